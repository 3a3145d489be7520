// SPDX-License-Identifier: Apache-2.0
package io.filbert.serialization;

import io.filbert.error.SerializationException;
import java.util.Objects;

/**
 * One field of a {@link ClassDefinition}.
 *
 * @param index its position in the class definition
 * @param name its name, unique in the class definition; ASCII, because clients in different languages count other characters
 *     differently, and at most 32767 characters long
 * @param type what it holds
 * @param factoryId of the nested class, if it holds nested objects; else 0
 * @param classId of the nested class, if it holds nested objects; else 0
 * @param version of the nested class, if it holds nested objects; else 0. Below 0 it stands for the client's {@code portableVersion}
 */
public record FieldDefinition(int index, String name, FieldType type, int factoryId, int classId, int version) {

    /** @throws SerializationException if the name is too long or not ASCII */
    public FieldDefinition {
        Objects.requireNonNull(type, "type");
        if (name.length() > Short.MAX_VALUE) {
            throw new SerializationException("The name of a portable field has " + name.length()
                    + " characters but may have at most " + Short.MAX_VALUE + ". Shorten \"" + name.substring(0, 40)
                    + "...\"");
        }
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) >= 0x80) {
                throw new SerializationException("The name \"" + name + "\" of a portable field has the character '"
                        + name.charAt(i) + "', but only ASCII characters are allowed. Rename the field");
            }
        }
    }
}
