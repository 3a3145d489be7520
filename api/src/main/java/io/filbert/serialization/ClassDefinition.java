// SPDX-License-Identifier: Apache-2.0
package io.filbert.serialization;

import java.util.List;

/**
 * The fields of one version of a {@link Portable} class. Made by {@link ClassDefinitionBuilder}.
 *
 * @param factoryId the factory of the class
 * @param classId its id in the factory
 * @param version its version; below 0 stands for the client's {@code portableVersion}
 * @param fields its fields in the order in which they are written
 */
public record ClassDefinition(int factoryId, int classId, int version, List<FieldDefinition> fields) {

    /** Copies the fields. */
    public ClassDefinition {
        fields = List.copyOf(fields);
    }
}
