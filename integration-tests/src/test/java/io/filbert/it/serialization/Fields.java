// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.serialization;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The fields of the structured values, as {@code cases.js} has them for Node.js, and what is in them. */
final class Fields {

    static final String TEXT = "ünïcödé \u0000 \uD83D\uDE00 語";
    static final BigDecimal DECIMAL = new BigDecimal("-123456789012345678901234567890.000123");
    static final LocalDate DATE = LocalDate.of(2024, 2, 29);
    static final LocalTime TIME = LocalTime.of(23, 59, 59, 999_999_999);
    static final LocalDateTime TIMESTAMP = LocalDateTime.of(2024, 2, 29, 12, 30, 15, 1);
    static final OffsetDateTime ZONED =
            OffsetDateTime.of(LocalDate.of(1999, 12, 31), TIME, ZoneOffset.ofHoursMinutes(-5, -30));
    static final float[] FLOATS = {0.1f, 1.5f, Float.NEGATIVE_INFINITY};
    static final double[] DOUBLES = {0.1, Double.NaN, -0.0, Double.MAX_VALUE, Double.MIN_VALUE};

    /** What identified objects and custom serializers write, in this order. */
    static final List<Field> STREAM = List.of(
            new Field("Boolean", true, false),
            new Field("Byte", (byte) 127, (byte) 0),
            new Field("Char", 'ß', '\0'),
            new Field("Short", Short.MIN_VALUE, (short) 0),
            new Field("Int", Integer.MIN_VALUE, 0),
            new Field("Long", Long.MIN_VALUE, 0L),
            new Field("Float", 0.1f, 0f),
            new Field("Double", 0.1, 0.0),
            new Field("String", TEXT, null),
            new Field("String", null, null),
            new Field("ByteArray", new byte[] {1, -1, 0}, null),
            new Field("BooleanArray", new boolean[] {true, false}, null),
            new Field("CharArray", new char[] {'a', '\uFFFF'}, null),
            new Field("ShortArray", new short[] {1, Short.MAX_VALUE}, null),
            new Field("IntArray", new int[] {1, Integer.MAX_VALUE}, null),
            new Field("LongArray", new long[] {1, Long.MIN_VALUE}, null),
            new Field("FloatArray", FLOATS, null),
            new Field("DoubleArray", DOUBLES, null),
            new Field("StringArray", new String[] {"a", "", "語"}, null),
            new Field("IntArray", null, null),
            new Field("StringArray", new String[0], null),
            new Field("Object", null, null),
            new Field("Object", TEXT, null),
            new Field("Object", new Sample.IdentifiedInner("nested", 7), null));

    /** All field types of portable objects. */
    static final List<Field> PORTABLE = List.of(
            new Field("Byte", (byte) 127, (byte) 0),
            new Field("Boolean", true, false),
            new Field("Char", 'ß', '\0'),
            new Field("Short", Short.MIN_VALUE, (short) 0),
            new Field("Int", Integer.MIN_VALUE, 0),
            new Field("Long", Long.MIN_VALUE, 0L),
            new Field("Float", 0.1f, 0f),
            new Field("Double", 0.1, 0.0),
            new Field("String", TEXT, null),
            new Field("Portable", new Sample.PortableInner("nested", 7), null),
            new Field(
                    "PortableArray",
                    new Object[] {new Sample.PortableInner("first", 1), new Sample.PortableInner("second", 2)},
                    null),
            new Field("ByteArray", new byte[] {1, -1, 0}, null),
            new Field("BooleanArray", new boolean[] {true, false}, null),
            new Field("CharArray", new char[] {'a', '\uFFFF'}, null),
            new Field("ShortArray", new short[] {1, Short.MAX_VALUE}, null),
            new Field("IntArray", new int[] {1, Integer.MAX_VALUE}, null),
            new Field("LongArray", new long[] {1, Long.MIN_VALUE}, null),
            new Field("FloatArray", FLOATS, null),
            new Field("DoubleArray", DOUBLES, null),
            new Field("StringArray", new String[] {"a", "", "語"}, null),
            new Field("Decimal", DECIMAL, null),
            new Field("DecimalArray", new BigDecimal[] {DECIMAL}, null),
            new Field("Time", TIME, null),
            new Field("TimeArray", new LocalTime[] {TIME}, null),
            new Field("Date", DATE, null),
            new Field("DateArray", new LocalDate[] {DATE}, null),
            new Field("Timestamp", TIMESTAMP, null),
            new Field("TimestampArray", new LocalDateTime[] {TIMESTAMP}, null),
            new Field("TimestampWithTimezone", ZONED, null),
            new Field("TimestampWithTimezoneArray", new OffsetDateTime[] {ZONED}, null));

    /** All field kinds of compact objects. */
    static final List<Field> COMPACT = compact();

    private Fields() {}

    private static List<Field> compact() {
        List<Field> fields = new ArrayList<>(List.of(
                new Field("Boolean", true, false),
                new Field("Int8", Byte.MIN_VALUE, (byte) 0),
                new Field("Int16", Short.MIN_VALUE, (short) 0),
                new Field("Int32", Integer.MIN_VALUE, 0),
                new Field("Int64", Long.MIN_VALUE, 0L),
                new Field("Float32", 0.1f, 0f),
                new Field("Float64", 0.1, 0.0)));
        List<Field> plain = List.copyOf(fields);
        fields.addAll(List.of(
                new Field("String", TEXT, null),
                new Field("Decimal", DECIMAL, null),
                new Field("Time", TIME, null),
                new Field("Date", DATE, null),
                new Field("Timestamp", TIMESTAMP, null),
                new Field("TimestampWithTimezone", ZONED, null),
                new Field("Compact", new Sample.CompactInner("nested", 7), null),
                new Field(
                        "ArrayOfBoolean",
                        new boolean[] {true, false, true, true, false, false, false, false, true},
                        null),
                new Field("ArrayOfInt8", new byte[] {1, -1, 0}, null),
                new Field("ArrayOfInt16", new short[] {1, Short.MAX_VALUE}, null),
                new Field("ArrayOfInt32", new int[] {1, Integer.MAX_VALUE}, null),
                new Field("ArrayOfInt64", new long[] {1, Long.MIN_VALUE}, null),
                new Field("ArrayOfFloat32", FLOATS, null),
                new Field("ArrayOfFloat64", DOUBLES, null),
                new Field("ArrayOfString", new @Nullable String[] {"a", null, ""}, null),
                new Field("ArrayOfDecimal", new @Nullable BigDecimal[] {DECIMAL, null}, null),
                new Field("ArrayOfTime", new @Nullable LocalTime[] {TIME, null}, null),
                new Field("ArrayOfDate", new @Nullable LocalDate[] {DATE, null}, null),
                new Field("ArrayOfTimestamp", new @Nullable LocalDateTime[] {TIMESTAMP, null}, null),
                new Field("ArrayOfTimestampWithTimezone", new @Nullable OffsetDateTime[] {ZONED, null}, null),
                new Field(
                        "ArrayOfCompact",
                        new Sample.@Nullable CompactInner[] {new Sample.CompactInner("first", 1), null},
                        null)));
        plain.forEach(field -> fields.add(new Field("Nullable" + field.kind(), field.value(), null)));
        plain.forEach(field -> fields.add(new Field("ArrayOfNullable" + field.kind(), nullables(field), null)));
        return List.copyOf(fields);
    }

    private static Object nullables(Field field) {
        Object[] values = (Object[])
                Array.newInstance(Objects.requireNonNull(field.value()).getClass(), 3);
        values[0] = field.value();
        values[2] = field.absent();
        return values;
    }

    /** The values of fields, each given by the other parameter. */
    static List<@Nullable Object> values(List<Field> fields, Function<Field, @Nullable Object> value) {
        return Arrays.asList(fields.stream().map(value).toArray());
    }
}
