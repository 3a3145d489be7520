// SPDX-License-Identifier: Apache-2.0
package io.filbert.serialization;

/** The types a field of a {@link Portable} can have. */
public enum FieldType {
    /** A nested object, or null. */
    PORTABLE(0),
    /** A number of 8 bits. */
    BYTE(1),
    /** A boolean. */
    BOOLEAN(2),
    /** A character. */
    CHAR(3),
    /** A number of 16 bits. */
    SHORT(4),
    /** A number of 32 bits. */
    INT(5),
    /** A number of 64 bits. */
    LONG(6),
    /** A floating-point number of 32 bits. */
    FLOAT(7),
    /** A floating-point number of 64 bits. */
    DOUBLE(8),
    /** A text, or null. */
    STRING(9),
    /** Nested objects of one class. */
    PORTABLE_ARRAY(10),
    /** An array of numbers of 8 bits, or null. */
    BYTE_ARRAY(11),
    /** An array of booleans, or null. */
    BOOLEAN_ARRAY(12),
    /** An array of characters, or null. */
    CHAR_ARRAY(13),
    /** An array of numbers of 16 bits, or null. */
    SHORT_ARRAY(14),
    /** An array of numbers of 32 bits, or null. */
    INT_ARRAY(15),
    /** An array of numbers of 64 bits, or null. */
    LONG_ARRAY(16),
    /** An array of floating-point numbers of 32 bits, or null. */
    FLOAT_ARRAY(17),
    /** An array of floating-point numbers of 64 bits, or null. */
    DOUBLE_ARRAY(18),
    /** An array of texts, or null. */
    STRING_ARRAY(19),
    /** A decimal number, or null. */
    DECIMAL(20),
    /** An array of decimal numbers, or null. */
    DECIMAL_ARRAY(21),
    /** A time of day, or null. */
    TIME(22),
    /** An array of times of day, or null. */
    TIME_ARRAY(23),
    /** A date, or null. */
    DATE(24),
    /** An array of dates, or null. */
    DATE_ARRAY(25),
    /** A date and time, or null. */
    TIMESTAMP(26),
    /** An array of dates with times, or null. */
    TIMESTAMP_ARRAY(27),
    /** A date and time with an offset, or null. */
    TIMESTAMP_WITH_TIMEZONE(28),
    /** An array of dates and times with offsets, or null. */
    TIMESTAMP_WITH_TIMEZONE_ARRAY(29);

    private static final FieldType[] BY_ID = values();

    private final int id;

    FieldType(int id) {
        this.id = id;
    }

    /** The number on the wire. */
    public int id() {
        return id;
    }

    /**
     * The type with this number.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static FieldType of(int id) {
        if (id < 0 || id >= BY_ID.length) {
            throw new IllegalArgumentException("No field type has the number " + id);
        }
        return BY_ID[id];
    }
}
