// SPDX-License-Identifier: Apache-2.0
package io.filbert.serialization;

import io.filbert.error.SerializationException;
import io.filbert.internal.shape.RecordAccess;
import io.filbert.internal.shape.RecordShape;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An object in compact form without a class: its type name, and its fields by name. Objects whose class this client does not have are
 * read as generic records, and a record that is written can be read by others as an object of the class.
 *
 * <pre>{@code
 * GenericRecord cat = GenericRecord.compact("cat").setString("name", "Felix").setInt32("age", 4).build();
 * }</pre>
 *
 * <p>A field is read by the method of its kind. As in {@link CompactReader}, plain and nullable are exchangeable as long as no null is
 * met. Any other method throws {@link SerializationException}.
 *
 * <p>A record that was read is written with its fields in the order in which they were read, so its bytes are the same, also from
 * {@link #toBuilder} if no field is added. Other records are written in the order of the alphabet.
 *
 * <p>Immutable: arrays are copied on the way in and out. Two records are equal if they have the same type name and the same fields of the
 * same kinds with equal values; the items of arrays are compared one by one.
 */
public final class GenericRecord {

    static {
        RecordAccess.install(GenericRecord.class, new Access());
    }

    private final RecordShape<FieldKind> shape;
    private final @Nullable Object[] values;

    private GenericRecord(RecordShape<FieldKind> shape, @Nullable Object[] values) {
        this.shape = shape;
        this.values = values;
    }

    private static final class Access implements RecordAccess<GenericRecord, FieldKind> {

        @Override
        public GenericRecord create(RecordShape<FieldKind> shape, @Nullable Object[] values) {
            return new GenericRecord(shape, values);
        }

        @Override
        public RecordShape<FieldKind> shape(GenericRecord record) {
            return record.shape;
        }

        @Override
        public @Nullable Object[] values(GenericRecord record) {
            return record.values;
        }
    }

    /** Builds a record of this type, which need not be known anywhere. */
    public static Builder compact(String typeName) {
        return new Builder(Objects.requireNonNull(typeName, "typeName"));
    }

    /** A builder with all fields of this record, which may be set to other values; fields may be added. */
    public Builder toBuilder() {
        Builder builder = new Builder(shape.typeName());
        builder.shape = shape;
        builder.values = values.clone();
        return builder;
    }

    /** The name under which all clients know the type. */
    public String typeName() {
        return shape.typeName();
    }

    /** The names of the fields, in the order of the alphabet. */
    public Set<String> fieldNames() {
        return shape.names();
    }

    /** The kind of a field; {@link FieldKind#NOT_AVAILABLE} if there is none of this name. */
    public FieldKind fieldKind(String name) {
        int i = find(name);
        return i < 0 ? FieldKind.NOT_AVAILABLE : shape.kind(i);
    }

    /**
     * The value of a field of any kind: what the method of its kind returns.
     *
     * @throws SerializationException if there is no such field
     */
    public @Nullable Object get(String name) {
        return copy(values[indexOf(name)]);
    }

    /** The value of a field with a boolean; also of a nullable one that is not null. */
    public boolean getBoolean(String name) {
        return notNull(
                (Boolean) value(name, FieldKind.BOOLEAN, FieldKind.NULLABLE_BOOLEAN), name, "getNullableBoolean");
    }

    /** The value of a field with a number of 8 bits; also of a nullable one that is not null. */
    public byte getInt8(String name) {
        return notNull((Byte) value(name, FieldKind.INT8, FieldKind.NULLABLE_INT8), name, "getNullableInt8");
    }

    /** The value of a field with a number of 16 bits; also of a nullable one that is not null. */
    public short getInt16(String name) {
        return notNull((Short) value(name, FieldKind.INT16, FieldKind.NULLABLE_INT16), name, "getNullableInt16");
    }

    /** The value of a field with a number of 32 bits; also of a nullable one that is not null. */
    public int getInt32(String name) {
        return notNull((Integer) value(name, FieldKind.INT32, FieldKind.NULLABLE_INT32), name, "getNullableInt32");
    }

    /** The value of a field with a number of 64 bits; also of a nullable one that is not null. */
    public long getInt64(String name) {
        return notNull((Long) value(name, FieldKind.INT64, FieldKind.NULLABLE_INT64), name, "getNullableInt64");
    }

    /** The value of a field with a floating-point number of 32 bits; also of a nullable one that is not null. */
    public float getFloat32(String name) {
        return notNull((Float) value(name, FieldKind.FLOAT32, FieldKind.NULLABLE_FLOAT32), name, "getNullableFloat32");
    }

    /** The value of a field with a floating-point number of 64 bits; also of a nullable one that is not null. */
    public double getFloat64(String name) {
        return notNull((Double) value(name, FieldKind.FLOAT64, FieldKind.NULLABLE_FLOAT64), name, "getNullableFloat64");
    }

    /** The value of a field with a text, or null. */
    public @Nullable String getString(String name) {
        return (String) value(name, FieldKind.STRING, FieldKind.STRING);
    }

    /** The value of a field with a decimal number, or null. */
    public @Nullable BigDecimal getDecimal(String name) {
        return (BigDecimal) value(name, FieldKind.DECIMAL, FieldKind.DECIMAL);
    }

    /** The value of a field with a time of day, or null. */
    public @Nullable LocalTime getTime(String name) {
        return (LocalTime) value(name, FieldKind.TIME, FieldKind.TIME);
    }

    /** The value of a field with a date, or null. */
    public @Nullable LocalDate getDate(String name) {
        return (LocalDate) value(name, FieldKind.DATE, FieldKind.DATE);
    }

    /** The value of a field with a date and time, or null. */
    public @Nullable LocalDateTime getTimestamp(String name) {
        return (LocalDateTime) value(name, FieldKind.TIMESTAMP, FieldKind.TIMESTAMP);
    }

    /** The value of a field with a date and time with an offset, or null. */
    public @Nullable OffsetDateTime getTimestampWithTimezone(String name) {
        return (OffsetDateTime) value(name, FieldKind.TIMESTAMP_WITH_TIMEZONE, FieldKind.TIMESTAMP_WITH_TIMEZONE);
    }

    /** The value of a field with an object, or null. */
    public @Nullable GenericRecord getGenericRecord(String name) {
        return (GenericRecord) value(name, FieldKind.COMPACT, FieldKind.COMPACT);
    }

    /** The value of a field with an array of booleans, or null; also of one whose items are nullable, none of them null. */
    public boolean @Nullable [] getArrayOfBoolean(String name) {
        Object values = value(name, FieldKind.ARRAY_OF_BOOLEAN, FieldKind.ARRAY_OF_NULLABLE_BOOLEAN);
        return (boolean[]) plainArray(values, boolean.class, name, "getArrayOfNullableBoolean");
    }

    /** The value of a field with an array of numbers of 8 bits, or null; also of one whose items are nullable, none of them null. */
    public byte @Nullable [] getArrayOfInt8(String name) {
        Object values = value(name, FieldKind.ARRAY_OF_INT8, FieldKind.ARRAY_OF_NULLABLE_INT8);
        return (byte[]) plainArray(values, byte.class, name, "getArrayOfNullableInt8");
    }

    /** The value of a field with an array of numbers of 16 bits, or null; also of one whose items are nullable, none of them null. */
    public short @Nullable [] getArrayOfInt16(String name) {
        Object values = value(name, FieldKind.ARRAY_OF_INT16, FieldKind.ARRAY_OF_NULLABLE_INT16);
        return (short[]) plainArray(values, short.class, name, "getArrayOfNullableInt16");
    }

    /** The value of a field with an array of numbers of 32 bits, or null; also of one whose items are nullable, none of them null. */
    public int @Nullable [] getArrayOfInt32(String name) {
        Object values = value(name, FieldKind.ARRAY_OF_INT32, FieldKind.ARRAY_OF_NULLABLE_INT32);
        return (int[]) plainArray(values, int.class, name, "getArrayOfNullableInt32");
    }

    /** The value of a field with an array of numbers of 64 bits, or null; also of one whose items are nullable, none of them null. */
    public long @Nullable [] getArrayOfInt64(String name) {
        Object values = value(name, FieldKind.ARRAY_OF_INT64, FieldKind.ARRAY_OF_NULLABLE_INT64);
        return (long[]) plainArray(values, long.class, name, "getArrayOfNullableInt64");
    }

    /** The value of a field with an array of floating-point numbers of 32 bits, or null; also of one whose items are nullable, none of them null. */
    public float @Nullable [] getArrayOfFloat32(String name) {
        Object values = value(name, FieldKind.ARRAY_OF_FLOAT32, FieldKind.ARRAY_OF_NULLABLE_FLOAT32);
        return (float[]) plainArray(values, float.class, name, "getArrayOfNullableFloat32");
    }

    /** The value of a field with an array of floating-point numbers of 64 bits, or null; also of one whose items are nullable, none of them null. */
    public double @Nullable [] getArrayOfFloat64(String name) {
        Object values = value(name, FieldKind.ARRAY_OF_FLOAT64, FieldKind.ARRAY_OF_NULLABLE_FLOAT64);
        return (double[]) plainArray(values, double.class, name, "getArrayOfNullableFloat64");
    }

    /** The value of a field with an array of texts, or null; items may be null. */
    public @Nullable String @Nullable [] getArrayOfString(String name) {
        return (@Nullable String @Nullable []) copy(value(name, FieldKind.ARRAY_OF_STRING, FieldKind.ARRAY_OF_STRING));
    }

    /** The value of a field with an array of decimal numbers, or null; items may be null. */
    public @Nullable BigDecimal @Nullable [] getArrayOfDecimal(String name) {
        return (@Nullable BigDecimal @Nullable [])
                copy(value(name, FieldKind.ARRAY_OF_DECIMAL, FieldKind.ARRAY_OF_DECIMAL));
    }

    /** The value of a field with an array of times of day, or null; items may be null. */
    public @Nullable LocalTime @Nullable [] getArrayOfTime(String name) {
        return (@Nullable LocalTime @Nullable []) copy(value(name, FieldKind.ARRAY_OF_TIME, FieldKind.ARRAY_OF_TIME));
    }

    /** The value of a field with an array of dates, or null; items may be null. */
    public @Nullable LocalDate @Nullable [] getArrayOfDate(String name) {
        return (@Nullable LocalDate @Nullable []) copy(value(name, FieldKind.ARRAY_OF_DATE, FieldKind.ARRAY_OF_DATE));
    }

    /** The value of a field with an array of dates with times, or null; items may be null. */
    public @Nullable LocalDateTime @Nullable [] getArrayOfTimestamp(String name) {
        return (@Nullable LocalDateTime @Nullable [])
                copy(value(name, FieldKind.ARRAY_OF_TIMESTAMP, FieldKind.ARRAY_OF_TIMESTAMP));
    }

    /** The value of a field with an array of dates and times with offsets, or null; items may be null. */
    public @Nullable OffsetDateTime @Nullable [] getArrayOfTimestampWithTimezone(String name) {
        return (@Nullable OffsetDateTime @Nullable []) copy(
                value(name, FieldKind.ARRAY_OF_TIMESTAMP_WITH_TIMEZONE, FieldKind.ARRAY_OF_TIMESTAMP_WITH_TIMEZONE));
    }

    /** The value of a field with an array of objects, or null; items may be null. */
    public @Nullable GenericRecord @Nullable [] getArrayOfGenericRecord(String name) {
        return (@Nullable GenericRecord @Nullable [])
                copy(value(name, FieldKind.ARRAY_OF_COMPACT, FieldKind.ARRAY_OF_COMPACT));
    }

    /** The value of a field with a boolean, or null. */
    public @Nullable Boolean getNullableBoolean(String name) {
        return (Boolean) value(name, FieldKind.NULLABLE_BOOLEAN, FieldKind.BOOLEAN);
    }

    /** The value of a field with a number of 8 bits, or null. */
    public @Nullable Byte getNullableInt8(String name) {
        return (Byte) value(name, FieldKind.NULLABLE_INT8, FieldKind.INT8);
    }

    /** The value of a field with a number of 16 bits, or null. */
    public @Nullable Short getNullableInt16(String name) {
        return (Short) value(name, FieldKind.NULLABLE_INT16, FieldKind.INT16);
    }

    /** The value of a field with a number of 32 bits, or null. */
    public @Nullable Integer getNullableInt32(String name) {
        return (Integer) value(name, FieldKind.NULLABLE_INT32, FieldKind.INT32);
    }

    /** The value of a field with a number of 64 bits, or null. */
    public @Nullable Long getNullableInt64(String name) {
        return (Long) value(name, FieldKind.NULLABLE_INT64, FieldKind.INT64);
    }

    /** The value of a field with a floating-point number of 32 bits, or null. */
    public @Nullable Float getNullableFloat32(String name) {
        return (Float) value(name, FieldKind.NULLABLE_FLOAT32, FieldKind.FLOAT32);
    }

    /** The value of a field with a floating-point number of 64 bits, or null. */
    public @Nullable Double getNullableFloat64(String name) {
        return (Double) value(name, FieldKind.NULLABLE_FLOAT64, FieldKind.FLOAT64);
    }

    /** The value of a field with an array of booleans, or null; items may be null. */
    public @Nullable Boolean @Nullable [] getArrayOfNullableBoolean(String name) {
        Object values = value(name, FieldKind.ARRAY_OF_NULLABLE_BOOLEAN, FieldKind.ARRAY_OF_BOOLEAN);
        return (@Nullable Boolean @Nullable []) boxedArray(values, Boolean.class);
    }

    /** The value of a field with an array of numbers of 8 bits, or null; items may be null. */
    public @Nullable Byte @Nullable [] getArrayOfNullableInt8(String name) {
        Object values = value(name, FieldKind.ARRAY_OF_NULLABLE_INT8, FieldKind.ARRAY_OF_INT8);
        return (@Nullable Byte @Nullable []) boxedArray(values, Byte.class);
    }

    /** The value of a field with an array of numbers of 16 bits, or null; items may be null. */
    public @Nullable Short @Nullable [] getArrayOfNullableInt16(String name) {
        Object values = value(name, FieldKind.ARRAY_OF_NULLABLE_INT16, FieldKind.ARRAY_OF_INT16);
        return (@Nullable Short @Nullable []) boxedArray(values, Short.class);
    }

    /** The value of a field with an array of numbers of 32 bits, or null; items may be null. */
    public @Nullable Integer @Nullable [] getArrayOfNullableInt32(String name) {
        Object values = value(name, FieldKind.ARRAY_OF_NULLABLE_INT32, FieldKind.ARRAY_OF_INT32);
        return (@Nullable Integer @Nullable []) boxedArray(values, Integer.class);
    }

    /** The value of a field with an array of numbers of 64 bits, or null; items may be null. */
    public @Nullable Long @Nullable [] getArrayOfNullableInt64(String name) {
        Object values = value(name, FieldKind.ARRAY_OF_NULLABLE_INT64, FieldKind.ARRAY_OF_INT64);
        return (@Nullable Long @Nullable []) boxedArray(values, Long.class);
    }

    /** The value of a field with an array of floating-point numbers of 32 bits, or null; items may be null. */
    public @Nullable Float @Nullable [] getArrayOfNullableFloat32(String name) {
        Object values = value(name, FieldKind.ARRAY_OF_NULLABLE_FLOAT32, FieldKind.ARRAY_OF_FLOAT32);
        return (@Nullable Float @Nullable []) boxedArray(values, Float.class);
    }

    /** The value of a field with an array of floating-point numbers of 64 bits, or null; items may be null. */
    public @Nullable Double @Nullable [] getArrayOfNullableFloat64(String name) {
        Object values = value(name, FieldKind.ARRAY_OF_NULLABLE_FLOAT64, FieldKind.ARRAY_OF_FLOAT64);
        return (@Nullable Double @Nullable []) boxedArray(values, Double.class);
    }

    private int find(String name) {
        return shape.find(Objects.requireNonNull(name, "name"));
    }

    private int indexOf(String name) {
        int i = find(name);
        if (i < 0) {
            throw new SerializationException("Type '" + typeName() + "' has no field '" + name + "'; it has " + fields());
        }
        return i;
    }

    private @Nullable Object value(String name, FieldKind kind, FieldKind otherKind) {
        int i = indexOf(name);
        FieldKind own = shape.kind(i);
        if (own != kind && own != otherKind) {
            throw new SerializationException("Field '" + name + "' of type '" + typeName() + "' is of kind " + own
                    + " and cannot be read as " + kind + "; ask fieldKind first");
        }
        return values[i];
    }

    private <T> T notNull(@Nullable T value, String name, String method) {
        if (value == null) {
            throw new SerializationException(
                    "Field '" + name + "' of type '" + typeName() + "' is or holds null; read it by " + method);
        }
        return value;
    }

    private @Nullable Object plainArray(@Nullable Object values, Class<?> item, String name, String method) {
        if (values == null || values.getClass().getComponentType() == item) {
            return copy(values);
        }
        Object plain = Array.newInstance(item, Array.getLength(values));
        for (int i = 0; i < Array.getLength(values); i++) {
            Array.set(plain, i, notNull(Array.get(values, i), name, method));
        }
        return plain;
    }

    private static @Nullable Object boxedArray(@Nullable Object values, Class<?> item) {
        if (values == null || values.getClass().getComponentType() == item) {
            return copy(values);
        }
        Object boxed = Array.newInstance(item, Array.getLength(values));
        for (int i = 0; i < Array.getLength(values); i++) {
            Array.set(boxed, i, Array.get(values, i));
        }
        return boxed;
    }

    /** A copy of an array; anything else as it is, because it cannot change. */
    private static @Nullable Object copy(@Nullable Object value) {
        if (value == null || !value.getClass().isArray()) {
            return value;
        }
        int length = Array.getLength(value);
        Object copy = Array.newInstance(value.getClass().getComponentType(), length);
        System.arraycopy(value, 0, copy, 0, length);
        return copy;
    }

    /** A copy whose items are of exactly this class, whatever class of array came in. */
    private static @Nullable Object copy(@Nullable Object @Nullable [] values, Class<?> item) {
        if (values == null) {
            return null;
        }
        Object copy = Array.newInstance(item, values.length);
        System.arraycopy(values, 0, copy, 0, values.length);
        return copy;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof GenericRecord record
                && record.shape.equals(shape)
                && Arrays.deepEquals(record.values, values);
    }

    @Override
    public int hashCode() {
        return 31 * shape.hashCode() + Arrays.deepHashCode(values);
    }

    /** All fields with their values. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(typeName()).append('{');
        for (int i = 0; i < values.length; i++) {
            String value = Arrays.deepToString(new Object[] {values[i]});
            text.append(i == 0 ? "" : ", ").append(shape.name(i)).append('=').append(value, 1, value.length() - 1);
        }
        return text.append('}').toString();
    }

    private String fields() {
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            fields.add(shape.name(i) + " " + shape.kind(i));
        }
        return fields.isEmpty() ? "none" : String.join(", ", fields);
    }

    /**
     * Collects the fields of a record. Setting a field again replaces its value, but its kind must stay the same. Not thread-safe; may be
     * used again after {@link #build}.
     */
    public static final class Builder {

        private record Field(FieldKind kind, @Nullable Object value) {}

        private final String typeName;
        private final TreeMap<String, Field> fields = new TreeMap<>(); // those that are not in the shape
        private @Nullable RecordShape<FieldKind> shape; // of the record built last
        private @Nullable Object[] values = {}; // by the indexes of the shape

        private Builder(String typeName) {
            this.typeName = typeName;
        }

        /** A record with the fields set so far. */
        public GenericRecord build() {
            if (shape == null || !fields.isEmpty()) {
                collect();
            }
            return new GenericRecord(Objects.requireNonNull(shape), values.clone());
        }

        /** Makes one shape of all fields. */
        private void collect() {
            for (int i = 0; shape != null && i < values.length; i++) {
                fields.put(shape.name(i), new Field(shape.kind(i), values[i]));
            }
            int size = fields.size();
            String[] names = new String[size];
            FieldKind[] kinds = new FieldKind[size];
            values = new @Nullable Object[size];
            int i = 0;
            for (var field : fields.entrySet()) {
                names[i] = field.getKey();
                kinds[i] = field.getValue().kind;
                values[i++] = field.getValue().value;
            }
            shape = RecordShape.of(typeName, names, kinds);
            fields.clear();
        }

        /** Sets a field with a boolean. */
        public Builder setBoolean(String name, boolean value) {
            return set(name, FieldKind.BOOLEAN, value);
        }

        /** Sets a field with a number of 8 bits. */
        public Builder setInt8(String name, byte value) {
            return set(name, FieldKind.INT8, value);
        }

        /** Sets a field with a number of 16 bits. */
        public Builder setInt16(String name, short value) {
            return set(name, FieldKind.INT16, value);
        }

        /** Sets a field with a number of 32 bits. */
        public Builder setInt32(String name, int value) {
            return set(name, FieldKind.INT32, value);
        }

        /** Sets a field with a number of 64 bits. */
        public Builder setInt64(String name, long value) {
            return set(name, FieldKind.INT64, value);
        }

        /** Sets a field with a floating-point number of 32 bits. */
        public Builder setFloat32(String name, float value) {
            return set(name, FieldKind.FLOAT32, value);
        }

        /** Sets a field with a floating-point number of 64 bits. */
        public Builder setFloat64(String name, double value) {
            return set(name, FieldKind.FLOAT64, value);
        }

        /** Sets a field with a text, or null. */
        public Builder setString(String name, @Nullable String value) {
            return set(name, FieldKind.STRING, value);
        }

        /** Sets a field with a decimal number, or null. */
        public Builder setDecimal(String name, @Nullable BigDecimal value) {
            return set(name, FieldKind.DECIMAL, value);
        }

        /** Sets a field with a time of day, or null. */
        public Builder setTime(String name, @Nullable LocalTime value) {
            return set(name, FieldKind.TIME, value);
        }

        /** Sets a field with a date, or null. */
        public Builder setDate(String name, @Nullable LocalDate value) {
            return set(name, FieldKind.DATE, value);
        }

        /** Sets a field with a date and time, or null. */
        public Builder setTimestamp(String name, @Nullable LocalDateTime value) {
            return set(name, FieldKind.TIMESTAMP, value);
        }

        /** Sets a field with a date and time with an offset, or null. */
        public Builder setTimestampWithTimezone(String name, @Nullable OffsetDateTime value) {
            return set(name, FieldKind.TIMESTAMP_WITH_TIMEZONE, value);
        }

        /** Sets a field with an object, or null. */
        public Builder setGenericRecord(String name, @Nullable GenericRecord value) {
            return set(name, FieldKind.COMPACT, value);
        }

        /** Sets a field with an array of booleans, or null. The array is copied. */
        public Builder setArrayOfBoolean(String name, boolean @Nullable [] values) {
            return set(name, FieldKind.ARRAY_OF_BOOLEAN, copy(values));
        }

        /** Sets a field with an array of numbers of 8 bits, or null. The array is copied. */
        public Builder setArrayOfInt8(String name, byte @Nullable [] values) {
            return set(name, FieldKind.ARRAY_OF_INT8, copy(values));
        }

        /** Sets a field with an array of numbers of 16 bits, or null. The array is copied. */
        public Builder setArrayOfInt16(String name, short @Nullable [] values) {
            return set(name, FieldKind.ARRAY_OF_INT16, copy(values));
        }

        /** Sets a field with an array of numbers of 32 bits, or null. The array is copied. */
        public Builder setArrayOfInt32(String name, int @Nullable [] values) {
            return set(name, FieldKind.ARRAY_OF_INT32, copy(values));
        }

        /** Sets a field with an array of numbers of 64 bits, or null. The array is copied. */
        public Builder setArrayOfInt64(String name, long @Nullable [] values) {
            return set(name, FieldKind.ARRAY_OF_INT64, copy(values));
        }

        /** Sets a field with an array of floating-point numbers of 32 bits, or null. The array is copied. */
        public Builder setArrayOfFloat32(String name, float @Nullable [] values) {
            return set(name, FieldKind.ARRAY_OF_FLOAT32, copy(values));
        }

        /** Sets a field with an array of floating-point numbers of 64 bits, or null. The array is copied. */
        public Builder setArrayOfFloat64(String name, double @Nullable [] values) {
            return set(name, FieldKind.ARRAY_OF_FLOAT64, copy(values));
        }

        /** Sets a field with an array of texts, or null; items may be null. The array is copied. */
        public Builder setArrayOfString(String name, @Nullable String @Nullable [] values) {
            return set(name, FieldKind.ARRAY_OF_STRING, copy(values, String.class));
        }

        /** Sets a field with an array of decimal numbers, or null; items may be null. The array is copied. */
        public Builder setArrayOfDecimal(String name, @Nullable BigDecimal @Nullable [] values) {
            return set(name, FieldKind.ARRAY_OF_DECIMAL, copy(values, BigDecimal.class));
        }

        /** Sets a field with an array of times of day, or null; items may be null. The array is copied. */
        public Builder setArrayOfTime(String name, @Nullable LocalTime @Nullable [] values) {
            return set(name, FieldKind.ARRAY_OF_TIME, copy(values, LocalTime.class));
        }

        /** Sets a field with an array of dates, or null; items may be null. The array is copied. */
        public Builder setArrayOfDate(String name, @Nullable LocalDate @Nullable [] values) {
            return set(name, FieldKind.ARRAY_OF_DATE, copy(values, LocalDate.class));
        }

        /** Sets a field with an array of dates with times, or null; items may be null. The array is copied. */
        public Builder setArrayOfTimestamp(String name, @Nullable LocalDateTime @Nullable [] values) {
            return set(name, FieldKind.ARRAY_OF_TIMESTAMP, copy(values, LocalDateTime.class));
        }

        /** Sets a field with an array of dates and times with offsets, or null; items may be null. The array is copied. */
        public Builder setArrayOfTimestampWithTimezone(String name, @Nullable OffsetDateTime @Nullable [] values) {
            return set(name, FieldKind.ARRAY_OF_TIMESTAMP_WITH_TIMEZONE, copy(values, OffsetDateTime.class));
        }

        /**
         * Sets a field with an array of objects, or null; items may be null. The array is copied.
         *
         * @throws IllegalArgumentException if two items have different type names
         */
        public Builder setArrayOfGenericRecord(String name, @Nullable GenericRecord @Nullable [] values) {
            requireOneType(name, values);
            return set(name, FieldKind.ARRAY_OF_COMPACT, copy(values, GenericRecord.class));
        }

        /** Sets a field with a boolean, or null. */
        public Builder setNullableBoolean(String name, @Nullable Boolean value) {
            return set(name, FieldKind.NULLABLE_BOOLEAN, value);
        }

        /** Sets a field with a number of 8 bits, or null. */
        public Builder setNullableInt8(String name, @Nullable Byte value) {
            return set(name, FieldKind.NULLABLE_INT8, value);
        }

        /** Sets a field with a number of 16 bits, or null. */
        public Builder setNullableInt16(String name, @Nullable Short value) {
            return set(name, FieldKind.NULLABLE_INT16, value);
        }

        /** Sets a field with a number of 32 bits, or null. */
        public Builder setNullableInt32(String name, @Nullable Integer value) {
            return set(name, FieldKind.NULLABLE_INT32, value);
        }

        /** Sets a field with a number of 64 bits, or null. */
        public Builder setNullableInt64(String name, @Nullable Long value) {
            return set(name, FieldKind.NULLABLE_INT64, value);
        }

        /** Sets a field with a floating-point number of 32 bits, or null. */
        public Builder setNullableFloat32(String name, @Nullable Float value) {
            return set(name, FieldKind.NULLABLE_FLOAT32, value);
        }

        /** Sets a field with a floating-point number of 64 bits, or null. */
        public Builder setNullableFloat64(String name, @Nullable Double value) {
            return set(name, FieldKind.NULLABLE_FLOAT64, value);
        }

        /** Sets a field with an array of booleans, or null; items may be null. The array is copied. */
        public Builder setArrayOfNullableBoolean(String name, @Nullable Boolean @Nullable [] values) {
            return set(name, FieldKind.ARRAY_OF_NULLABLE_BOOLEAN, copy(values, Boolean.class));
        }

        /** Sets a field with an array of numbers of 8 bits, or null; items may be null. The array is copied. */
        public Builder setArrayOfNullableInt8(String name, @Nullable Byte @Nullable [] values) {
            return set(name, FieldKind.ARRAY_OF_NULLABLE_INT8, copy(values, Byte.class));
        }

        /** Sets a field with an array of numbers of 16 bits, or null; items may be null. The array is copied. */
        public Builder setArrayOfNullableInt16(String name, @Nullable Short @Nullable [] values) {
            return set(name, FieldKind.ARRAY_OF_NULLABLE_INT16, copy(values, Short.class));
        }

        /** Sets a field with an array of numbers of 32 bits, or null; items may be null. The array is copied. */
        public Builder setArrayOfNullableInt32(String name, @Nullable Integer @Nullable [] values) {
            return set(name, FieldKind.ARRAY_OF_NULLABLE_INT32, copy(values, Integer.class));
        }

        /** Sets a field with an array of numbers of 64 bits, or null; items may be null. The array is copied. */
        public Builder setArrayOfNullableInt64(String name, @Nullable Long @Nullable [] values) {
            return set(name, FieldKind.ARRAY_OF_NULLABLE_INT64, copy(values, Long.class));
        }

        /** Sets a field with an array of floating-point numbers of 32 bits, or null; items may be null. The array is copied. */
        public Builder setArrayOfNullableFloat32(String name, @Nullable Float @Nullable [] values) {
            return set(name, FieldKind.ARRAY_OF_NULLABLE_FLOAT32, copy(values, Float.class));
        }

        /** Sets a field with an array of floating-point numbers of 64 bits, or null; items may be null. The array is copied. */
        public Builder setArrayOfNullableFloat64(String name, @Nullable Double @Nullable [] values) {
            return set(name, FieldKind.ARRAY_OF_NULLABLE_FLOAT64, copy(values, Double.class));
        }

        private Builder set(String name, FieldKind kind, @Nullable Object value) {
            int i = shape == null ? -1 : shape.find(Objects.requireNonNull(name, "name"));
            if (shape != null && i >= 0) {
                requireKind(name, shape.kind(i), kind);
                values[i] = value;
                return this;
            }
            Field old = fields.get(Objects.requireNonNull(name, "name"));
            if (old != null) {
                requireKind(name, old.kind, kind);
            }
            fields.put(name, new Field(kind, value));
            return this;
        }

        private void requireKind(String name, FieldKind known, FieldKind kind) {
            if (known != kind) {
                throw new IllegalArgumentException("Field '" + name + "' of type '" + typeName + "' has been set as "
                        + known + " and cannot be set as " + kind);
            }
        }

        private void requireOneType(String name, @Nullable GenericRecord @Nullable [] values) {
            GenericRecord first = null;
            for (GenericRecord value : values == null ? new @Nullable GenericRecord[0] : values) {
                if (first == null) {
                    first = value;
                } else if (value != null && !value.typeName().equals(first.typeName())) {
                    throw new IllegalArgumentException("Field '" + name + "' of type '" + typeName
                            + "' cannot hold objects of different types: '" + first.typeName() + "' and '"
                            + value.typeName() + "'");
                }
            }
        }
    }
}
