// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.compact;

import io.filbert.serialization.FieldKind;
import java.util.Locale;

/** What the layout of an object needs to know about the kinds of fields. */
final class Kinds {

    private Kinds() {}

    /** The bytes that a value of the kind takes in the fixed section; 0 if its size varies or if it is a bit. */
    static int fixedSize(FieldKind kind) {
        return switch (kind) {
            case INT64, FLOAT64 -> Long.BYTES;
            case INT32, FLOAT32 -> Integer.BYTES;
            case INT16 -> Short.BYTES;
            case INT8 -> Byte.BYTES;
            default -> 0;
        };
    }

    /** Whether values of the kind lie behind the fixed section, at an offset. */
    static boolean isVariable(FieldKind kind) {
        return kind != FieldKind.BOOLEAN && fixedSize(kind) == 0;
    }

    /** Whether objects can have fields of the kind. */
    static boolean isUsable(FieldKind kind) {
        return switch (kind) {
            case NOT_AVAILABLE, CHAR, ARRAY_OF_CHAR, PORTABLE, ARRAY_OF_PORTABLE -> false;
            default -> true;
        };
    }

    /** The bytes that each entry of an offsets table takes, for values that take so many bytes together. */
    static int offsetWidth(int dataLength) {
        if (dataLength < 0xFF) {
            return Byte.BYTES;
        }
        return dataLength < 0xFFFF ? Short.BYTES : Integer.BYTES;
    }

    /** Such as {@code NullableInt32}: what follows {@code read} or {@code write} in the name of a method. */
    static String methodSuffix(FieldKind kind) {
        StringBuilder suffix = new StringBuilder();
        for (String word : kind.name().split("_")) {
            suffix.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return suffix.toString();
    }
}
