// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.portable;

import io.filbert.internal.serialization.stream.Bytes;
import io.filbert.serialization.ClassDefinition;
import io.filbert.serialization.FieldDefinition;
import io.filbert.serialization.FieldType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A class definition made ready for work. Objects name their fields, in almost every program, by the same constants and in the order
 * of the definition; so the names here are the very objects that constants are (interned), and whoever looks for a field first
 * compares a reference. Thread-safe.
 */
final class Layout {

    final ClassDefinition definition;

    /** Whether the definitions of all nested classes are known; only then may objects be written by it. */
    final boolean complete;

    private final int factoryId;
    private final int classId;
    private final int version;
    final Field[] fields;
    private final Map<String, Field> byName;

    /**
     * Whether the version is known to be the one this client has for the class. Only a shortcut: a thread that does not see it set
     * looks it up.
     */
    boolean ofOwnVersion;

    Layout(ClassDefinition definition, boolean complete, boolean bigEndian) {
        this.definition = definition;
        this.complete = complete;
        this.factoryId = definition.factoryId();
        this.classId = definition.classId();
        this.version = definition.version();
        int count = definition.fields().size();
        fields = new Field[count];
        byName = new LinkedHashMap<>(2 * count);
        for (FieldDefinition field : definition.fields()) {
            Field ready = new Field(field, bigEndian);
            fields[field.index()] = ready;
            byName.put(ready.name, ready);
        }
    }

    /** The field with this name; null if there is none. */
    @Nullable
    Field find(String name) {
        return byName.get(name);
    }

    Set<String> nameSet() {
        return Collections.unmodifiableSet(byName.keySet());
    }

    boolean isOf(int factoryId, int classId, int version) {
        return this.classId == classId && this.version == version && this.factoryId == factoryId;
    }

    /** About how many bytes of memory this takes. */
    long weight() {
        long weight = 200;
        for (Field field : fields) {
            weight += 150 + 2L * field.header.length;
        }
        return weight;
    }

    /** A field, ready to be recognized. */
    static final class Field {

        final FieldDefinition definition;
        final String name;
        final FieldType type;
        final int index;

        /** What stands in front of each value: length of the name, name, type. */
        final byte[] header;

        /** The first eight bytes of the header, if it has more than eight; else 0. */
        final long start;
        /** The last eight bytes of the header, and which of them it has. */
        final long tail;

        final long tailMask;

        Field(FieldDefinition definition, boolean bigEndian) {
            this.definition = definition;
            this.name = definition.name().intern();
            this.type = definition.type();
            this.index = definition.index();
            byte[] ascii = name.getBytes(StandardCharsets.US_ASCII);
            header = new byte[Short.BYTES + ascii.length + 1];
            Bytes.putShort(header, 0, (short) ascii.length, bigEndian);
            System.arraycopy(ascii, 0, header, Short.BYTES, ascii.length);
            header[header.length - 1] = (byte) type.id();

            start = header.length > Long.BYTES ? Bytes.getLong(header, 0, bigEndian) : 0;
            byte[] padded = new byte[Long.BYTES + header.length];
            System.arraycopy(header, 0, padded, Long.BYTES, header.length);
            tail = Bytes.getLong(padded, header.length, bigEndian);
            Arrays.fill(padded, Long.BYTES, padded.length, (byte) 0xFF);
            tailMask = Bytes.getLong(padded, header.length, bigEndian);
        }
    }
}
