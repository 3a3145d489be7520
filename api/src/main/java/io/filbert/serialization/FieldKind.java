// SPDX-License-Identifier: Apache-2.0
package io.filbert.serialization;

/** The kinds a field of a compact object can have. */
public enum FieldKind {
    /** The field does not exist. */
    NOT_AVAILABLE(0),
    /** A boolean. */
    BOOLEAN(1),
    /** An array of booleans. */
    ARRAY_OF_BOOLEAN(2),
    /** A number of 8 bits. */
    INT8(3),
    /** An array of numbers of 8 bits. */
    ARRAY_OF_INT8(4),
    /** Reserved by the members; no class can write it. */
    CHAR(5),
    /** Reserved by the members; no class can write it. */
    ARRAY_OF_CHAR(6),
    /** A number of 16 bits. */
    INT16(7),
    /** An array of numbers of 16 bits. */
    ARRAY_OF_INT16(8),
    /** A number of 32 bits. */
    INT32(9),
    /** An array of numbers of 32 bits. */
    ARRAY_OF_INT32(10),
    /** A number of 64 bits. */
    INT64(11),
    /** An array of numbers of 64 bits. */
    ARRAY_OF_INT64(12),
    /** A floating-point number of 32 bits. */
    FLOAT32(13),
    /** An array of floating-point numbers of 32 bits. */
    ARRAY_OF_FLOAT32(14),
    /** A floating-point number of 64 bits. */
    FLOAT64(15),
    /** An array of floating-point numbers of 64 bits. */
    ARRAY_OF_FLOAT64(16),
    /** A text. */
    STRING(17),
    /** An array of texts. */
    ARRAY_OF_STRING(18),
    /** A decimal number. */
    DECIMAL(19),
    /** An array of decimal numbers. */
    ARRAY_OF_DECIMAL(20),
    /** A time of day. */
    TIME(21),
    /** An array of times of day. */
    ARRAY_OF_TIME(22),
    /** A date. */
    DATE(23),
    /** An array of dates. */
    ARRAY_OF_DATE(24),
    /** A date and time. */
    TIMESTAMP(25),
    /** An array of dates with times. */
    ARRAY_OF_TIMESTAMP(26),
    /** A date and time with an offset. */
    TIMESTAMP_WITH_TIMEZONE(27),
    /** An array of dates and times with offsets. */
    ARRAY_OF_TIMESTAMP_WITH_TIMEZONE(28),
    /** An object with a compact form of its own, or null. */
    COMPACT(29),
    /** Objects with a compact form of their own, or null. */
    ARRAY_OF_COMPACT(30),
    /** Reserved by the members; no class can write it. */
    PORTABLE(31),
    /** Reserved by the members; no class can write it. */
    ARRAY_OF_PORTABLE(32),
    /** A boolean, or null. */
    NULLABLE_BOOLEAN(33),
    /** An array of booleans, items may be null. */
    ARRAY_OF_NULLABLE_BOOLEAN(34),
    /** A number of 8 bits, or null. */
    NULLABLE_INT8(35),
    /** An array of numbers of 8 bits, items may be null. */
    ARRAY_OF_NULLABLE_INT8(36),
    /** A number of 16 bits, or null. */
    NULLABLE_INT16(37),
    /** An array of numbers of 16 bits, items may be null. */
    ARRAY_OF_NULLABLE_INT16(38),
    /** A number of 32 bits, or null. */
    NULLABLE_INT32(39),
    /** An array of numbers of 32 bits, items may be null. */
    ARRAY_OF_NULLABLE_INT32(40),
    /** A number of 64 bits, or null. */
    NULLABLE_INT64(41),
    /** An array of numbers of 64 bits, items may be null. */
    ARRAY_OF_NULLABLE_INT64(42),
    /** A floating-point number of 32 bits, or null. */
    NULLABLE_FLOAT32(43),
    /** An array of floating-point numbers of 32 bits, items may be null. */
    ARRAY_OF_NULLABLE_FLOAT32(44),
    /** A floating-point number of 64 bits, or null. */
    NULLABLE_FLOAT64(45),
    /** An array of floating-point numbers of 64 bits, items may be null. */
    ARRAY_OF_NULLABLE_FLOAT64(46);

    private static final FieldKind[] BY_ID = values();

    private final int id;

    FieldKind(int id) {
        this.id = id;
    }

    /** The number on the wire. */
    public int id() {
        return id;
    }

    /**
     * The kind with this number.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static FieldKind of(int id) {
        if (id < 0 || id >= BY_ID.length) {
            throw new IllegalArgumentException("No field kind has the number " + id);
        }
        return BY_ID[id];
    }
}
