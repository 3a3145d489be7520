// SPDX-License-Identifier: Apache-2.0
package io.filbert.serialization;

import io.filbert.error.SerializationException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The fields of one version of a {@link Portable} class. Made by {@link ClassDefinitionBuilder}.
 *
 * @param factoryId the factory of the class
 * @param classId its id in the factory
 * @param version its version; below 0 stands for the client's {@code portableVersion}
 * @param fields its fields; the order is part of the definition, because each object lists the positions of its fields in it
 */
public record ClassDefinition(int factoryId, int classId, int version, List<FieldDefinition> fields) {

    /**
     * Copies the fields.
     *
     * @throws SerializationException if the index of a field is not its position, or two fields have one name
     */
    public ClassDefinition {
        fields = List.copyOf(fields);
        Set<String> names = new HashSet<>();
        for (int i = 0; i < fields.size(); i++) {
            FieldDefinition field = fields.get(i);
            if (field.index() != i) {
                throw new SerializationException("The field \"" + field.name() + "\" of portable class " + classId
                        + " of factory " + factoryId + " has the index " + field.index() + " but is at position " + i
                        + ". Use ClassDefinitionBuilder, which numbers the fields");
            }
            if (!names.add(field.name())) {
                throw new SerializationException("Portable class " + classId + " of factory " + factoryId
                        + " has two fields with the name \"" + field.name() + "\". Give each field a name of its own");
            }
        }
    }
}
