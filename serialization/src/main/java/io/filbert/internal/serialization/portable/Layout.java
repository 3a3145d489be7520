// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.portable;

import io.filbert.internal.serialization.stream.Bytes;
import io.filbert.serialization.ClassDefinition;
import io.filbert.serialization.FieldDefinition;
import io.filbert.serialization.FieldType;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A class definition made ready for work. Objects name their fields, in almost every program, by the same constants and in the order
 * of the definition; so the names here are the very objects that constants are (interned), and whoever looks for a field first
 * compares a reference. Thread-safe.
 */
final class Layout {

    final ClassDefinition definition;

    /** Whether the definitions of all nested classes are known; only then may objects be written by it. */
    final boolean complete;

    final String[] names;
    final FieldType[] types;

    /** What stands in front of each value: length of the name, name, type. */
    final byte[][] headers;

    private final Map<String, Integer> indexes;

    /**
     * Whether the version is known to be the one this client has for the class. Only a shortcut: a thread that does not see it set
     * looks it up.
     */
    boolean ofOwnVersion;

    Layout(ClassDefinition definition, boolean complete, boolean bigEndian) {
        this.definition = definition;
        this.complete = complete;
        int count = definition.fields().size();
        names = new String[count];
        types = new FieldType[count];
        headers = new byte[count][];
        indexes = new LinkedHashMap<>(2 * count);
        for (FieldDefinition field : definition.fields()) {
            int i = field.index();
            names[i] = field.name().intern();
            types[i] = field.type();
            headers[i] = header(field, bigEndian);
            indexes.put(names[i], i);
        }
    }

    private static byte[] header(FieldDefinition field, boolean bigEndian) {
        byte[] name = field.name().getBytes(StandardCharsets.US_ASCII);
        byte[] header = new byte[Short.BYTES + name.length + 1];
        Bytes.putShort(header, 0, (short) name.length, bigEndian);
        System.arraycopy(name, 0, header, Short.BYTES, name.length);
        header[header.length - 1] = (byte) field.type().id();
        return header;
    }

    /** The position of a field in the definition; -1 if there is none with this name. */
    int indexOf(String name) {
        Integer index = indexes.get(name);
        return index == null ? -1 : index;
    }

    FieldDefinition field(int index) {
        return definition.fields().get(index);
    }

    Set<String> nameSet() {
        return Collections.unmodifiableSet(indexes.keySet());
    }

    boolean isOf(int factoryId, int classId, int version) {
        return definition.classId() == classId
                && definition.version() == version
                && definition.factoryId() == factoryId;
    }
}
