// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.schema;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The 64-bit Rabin fingerprint of a schema: of its type name, the number of its fields, and the name and kind of each. Texts count as
 * their length in UTF-8 and the bytes, numbers as four bytes with the lowest first.
 */
final class Fingerprint {

    private static final long EMPTY = -4513414715797952619L;
    private static final long[] TABLE = table();

    private Fingerprint() {}

    static long of(String typeName, List<Schema.Field> fields) {
        long print = add(EMPTY, typeName);
        print = add(print, fields.size());
        for (Schema.Field field : fields) {
            print = add(print, field.name());
            print = add(print, field.kind().id());
        }
        return print;
    }

    private static long add(long print, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        long sum = add(print, bytes.length);
        for (byte b : bytes) {
            sum = add(sum, b);
        }
        return sum;
    }

    private static long add(long print, int number) {
        long sum = print;
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            sum = add(sum, (byte) (number >> shift));
        }
        return sum;
    }

    private static long add(long print, byte b) {
        return (print >>> 8) ^ TABLE[(int) (print ^ b) & 0xFF];
    }

    private static long[] table() {
        long[] table = new long[256];
        for (int i = 0; i < table.length; i++) {
            long value = i;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                value = (value >>> 1) ^ (EMPTY & -(value & 1));
            }
            table[i] = value;
        }
        return table;
    }
}
