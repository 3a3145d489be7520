// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.serialization;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedList;
import java.util.Locale;
import java.util.UUID;

/** A value that all peers agree on: one for each form that the Node.js client shares, and the edges that matter. */
@SuppressWarnings({"ImmutableEnumChecker", "JavaUtilDate", "JdkObsolete"
}) // Old types are types, and nobody changes the values.
enum InteropCase {
    BYTE((byte) 127),
    NEGATIVE_BYTE(Byte.MIN_VALUE),
    BOOLEAN(true),
    CHARACTER('ß', Node.READS),
    SHORT(Short.MIN_VALUE),
    INTEGER(Integer.MIN_VALUE),
    LONG(Long.MIN_VALUE),
    FLOAT(0.1f),
    DOUBLE(0.1),
    NOT_A_NUMBER(Double.NaN),
    STRING(Fields.TEXT),
    EMPTY_STRING(""),
    LONG_STRING("語".repeat(50_000)),
    UUID(new UUID(0x1234567890abcdefL, 0xfedcba0987654321L)),
    DATE(new Date(1_700_000_000_123L)),
    JAVA_CLASS(String.class, Node.READS),
    BIG_INTEGER(BigInteger.ONE.shiftLeft(500).negate()),
    MINUS_ONE(BigInteger.ONE.negate(), Node.READS),
    SMALL_BIG_INTEGER(BigInteger.valueOf(128)),
    BIG_DECIMAL(Fields.DECIMAL),
    BIG_DECIMAL_OF_NEGATIVE_SCALE(new BigDecimal(BigInteger.valueOf(-7), -3)),
    LOCAL_DATE(Fields.DATE),
    LOCAL_TIME(Fields.TIME),
    LOCAL_DATE_TIME(Fields.TIMESTAMP),
    OFFSET_DATE_TIME(Fields.ZONED),
    BYTE_ARRAY(new byte[] {1, -1, 0}),
    BOOLEAN_ARRAY(new boolean[] {true, false}),
    CHAR_ARRAY(new char[] {'a', '\uFFFF'}, Node.READS),
    SHORT_ARRAY(new short[] {1, Short.MAX_VALUE}),
    INT_ARRAY(new int[] {1, Integer.MAX_VALUE}),
    LONG_ARRAY(new long[] {1, Long.MIN_VALUE}),
    FLOAT_ARRAY(Fields.FLOATS),
    DOUBLE_ARRAY(Fields.DOUBLES),
    EMPTY_DOUBLE_ARRAY(new double[0]),
    STRING_ARRAY(new String[] {"a", "", "語"}),
    STRING_ARRAY_WITH_NULL(new String[] {"a", null}),
    OBJECT_ARRAY(new Object[] {Fields.TEXT, 1, null, new String[] {"nested"}, 2L}, Node.READS),
    ARRAY_LIST(
            new ArrayList<>(Arrays.asList(
                    Fields.TEXT, 1, null, new String[] {"nested"}, new Sample.IdentifiedInner("nested", 7))),
            Node.READS),
    LINKED_LIST(new LinkedList<>(Arrays.asList(null, 1.5, true)), Node.READS),
    EMPTY_LIST(new ArrayList<>(), Node.READS),
    JSON(new Sample.Json("{\"name\":\"\uD83D\uDE00\",\"list\":[1,2.5,null]}")),
    IDENTIFIED(new Sample.Identified(Fields.values(Fields.STREAM, Field::value))),
    CUSTOM(new Sample.Custom(Fields.values(Fields.STREAM, Field::value))),
    PORTABLE(new Sample.Portable(Fields.values(Fields.PORTABLE, Field::value))),
    PORTABLE_OF_NULLS(new Sample.Portable(Fields.values(Fields.PORTABLE, Field::absent))),
    COMPACT(new Sample.Compact(Fields.values(Fields.COMPACT, Field::value))),
    COMPACT_OF_NULLS(new Sample.Compact(Fields.values(Fields.COMPACT, Field::absent))),
    COMPACT_OF_EMPTY_ARRAYS(new Sample.Compact(Fields.values(Fields.COMPACT, Field::withoutElements)));

    /** What the Node.js client can do with a type, found by trying. */
    private enum Node {
        READS_AND_WRITES,
        /** It has no type of its own that would be written so, or writes it wrongly. */
        READS
    }

    private final Object value;
    private final Node node;

    InteropCase(Object value) {
        this(value, Node.READS_AND_WRITES);
    }

    InteropCase(Object value, Node node) {
        this.value = value;
        this.node = node;
    }

    /** The value, with {@link Sample}s in place of what clients have their own classes for. */
    Object value() {
        return value;
    }

    boolean isWrittenByNode() {
        return node == Node.READS_AND_WRITES;
    }

    /** How {@code cases.js} calls it, and its key in maps. */
    String label() {
        String[] words = name().toLowerCase(Locale.ROOT).split("_");
        StringBuilder label = new StringBuilder(words[0]);
        for (String word : Arrays.asList(words).subList(1, words.length)) {
            label.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
        }
        return label.toString();
    }
}
