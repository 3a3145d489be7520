// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.compact;

import io.filbert.internal.serialization.schema.Schema;
import io.filbert.internal.serialization.stream.DataWriter;
import io.filbert.serialization.FieldKind;
import io.filbert.serialization.GenericRecord;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** The form of records without a class, of any schema. Thread-safe. */
final class GenericForm extends CompactForm {

    /** What makes a schema, cheaper to compare than to compute the id. */
    private record Shape(String typeName, List<String> names, List<FieldKind> kinds) {}

    private final ConcurrentMap<Shape, Layout> layouts = new ConcurrentHashMap<>();

    GenericForm(CompactForms forms) {
        super(forms);
    }

    @Override
    public void write(DataWriter out, Object object) {
        GenericRecord record = (GenericRecord) object;
        Layout layout = layoutOf(record);
        FieldWriter writer = new FieldWriter(out, forms, layout);
        for (Slot slot : layout.slots()) {
            write(writer, slot, record.get(slot.name()));
        }
        writer.end();
    }

    private Layout layoutOf(GenericRecord record) {
        List<String> names = List.copyOf(record.fieldNames());
        List<FieldKind> kinds = new ArrayList<>(names.size());
        for (String name : names) {
            kinds.add(record.fieldKind(name));
        }
        Shape shape = new Shape(record.typeName(), names, kinds);
        Layout layout = layouts.get(shape);
        if (layout == null) {
            List<Schema.Field> fields = new ArrayList<>(names.size());
            for (int i = 0; i < names.size(); i++) {
                fields.add(new Schema.Field(names.get(i), kinds.get(i)));
            }
            layout = forms.introduce(new Schema(record.typeName(), fields));
            layouts.put(shape, layout);
        }
        return layout;
    }

    private static void write(SlotWriter out, Slot slot, @Nullable Object value) {
        switch (slot.kind()) {
            case BOOLEAN -> out.putBoolean(slot, notNull((Boolean) value));
            case INT8 -> out.putInt8(slot, notNull((Byte) value));
            case INT16 -> out.putInt16(slot, notNull((Short) value));
            case INT32 -> out.putInt32(slot, notNull((Integer) value));
            case INT64 -> out.putInt64(slot, notNull((Long) value));
            case FLOAT32 -> out.putFloat32(slot, notNull((Float) value));
            case FLOAT64 -> out.putFloat64(slot, notNull((Double) value));
            case STRING -> out.putString(slot, (String) value);
            case DECIMAL -> out.putDecimal(slot, (BigDecimal) value);
            case TIME -> out.putTime(slot, (LocalTime) value);
            case DATE -> out.putDate(slot, (LocalDate) value);
            case TIMESTAMP -> out.putTimestamp(slot, (LocalDateTime) value);
            case TIMESTAMP_WITH_TIMEZONE -> out.putTimestampWithTimezone(slot, (OffsetDateTime) value);
            case COMPACT -> out.putCompact(slot, value);
            case ARRAY_OF_BOOLEAN -> out.putArrayOfBoolean(slot, (boolean[]) value);
            case ARRAY_OF_INT8 -> out.putArrayOfInt8(slot, (byte[]) value);
            case ARRAY_OF_INT16 -> out.putArrayOfInt16(slot, (short[]) value);
            case ARRAY_OF_INT32 -> out.putArrayOfInt32(slot, (int[]) value);
            case ARRAY_OF_INT64 -> out.putArrayOfInt64(slot, (long[]) value);
            case ARRAY_OF_FLOAT32 -> out.putArrayOfFloat32(slot, (float[]) value);
            case ARRAY_OF_FLOAT64 -> out.putArrayOfFloat64(slot, (double[]) value);
            case ARRAY_OF_STRING -> out.putArrayOfString(slot, (@Nullable String[]) value);
            case ARRAY_OF_DECIMAL -> out.putArrayOfDecimal(slot, (@Nullable BigDecimal[]) value);
            case ARRAY_OF_TIME -> out.putArrayOfTime(slot, (@Nullable LocalTime[]) value);
            case ARRAY_OF_DATE -> out.putArrayOfDate(slot, (@Nullable LocalDate[]) value);
            case ARRAY_OF_TIMESTAMP -> out.putArrayOfTimestamp(slot, (@Nullable LocalDateTime[]) value);
            case ARRAY_OF_TIMESTAMP_WITH_TIMEZONE ->
                out.putArrayOfTimestampWithTimezone(slot, (@Nullable OffsetDateTime[]) value);
            case ARRAY_OF_COMPACT -> out.putArrayOfCompact(slot, (@Nullable Object[]) value);
            case NULLABLE_BOOLEAN -> out.putNullableBoolean(slot, (Boolean) value);
            case NULLABLE_INT8 -> out.putNullableInt8(slot, (Byte) value);
            case NULLABLE_INT16 -> out.putNullableInt16(slot, (Short) value);
            case NULLABLE_INT32 -> out.putNullableInt32(slot, (Integer) value);
            case NULLABLE_INT64 -> out.putNullableInt64(slot, (Long) value);
            case NULLABLE_FLOAT32 -> out.putNullableFloat32(slot, (Float) value);
            case NULLABLE_FLOAT64 -> out.putNullableFloat64(slot, (Double) value);
            case ARRAY_OF_NULLABLE_BOOLEAN -> out.putArrayOfNullableBoolean(slot, (@Nullable Boolean[]) value);
            case ARRAY_OF_NULLABLE_INT8 -> out.putArrayOfNullableInt8(slot, (@Nullable Byte[]) value);
            case ARRAY_OF_NULLABLE_INT16 -> out.putArrayOfNullableInt16(slot, (@Nullable Short[]) value);
            case ARRAY_OF_NULLABLE_INT32 -> out.putArrayOfNullableInt32(slot, (@Nullable Integer[]) value);
            case ARRAY_OF_NULLABLE_INT64 -> out.putArrayOfNullableInt64(slot, (@Nullable Long[]) value);
            case ARRAY_OF_NULLABLE_FLOAT32 -> out.putArrayOfNullableFloat32(slot, (@Nullable Float[]) value);
            case ARRAY_OF_NULLABLE_FLOAT64 -> out.putArrayOfNullableFloat64(slot, (@Nullable Double[]) value);
            default -> throw new IllegalStateException(slot.kind().name()); // no layout has such a slot
        }
    }

    private static <T> T notNull(@Nullable T value) {
        return Objects.requireNonNull(value, "a field that cannot be null");
    }

    @Override
    Object read(FieldReader in) {
        GenericRecord.Builder record =
                GenericRecord.compact(in.layout().schema().typeName());
        for (Slot slot : in.layout().slots()) {
            read(in, slot, record);
        }
        return record.build();
    }

    private static void read(SlotReader in, Slot slot, GenericRecord.Builder record) {
        String name = slot.name();
        switch (slot.kind()) {
            case BOOLEAN -> record.setBoolean(name, in.getBoolean(slot));
            case INT8 -> record.setInt8(name, in.getInt8(slot));
            case INT16 -> record.setInt16(name, in.getInt16(slot));
            case INT32 -> record.setInt32(name, in.getInt32(slot));
            case INT64 -> record.setInt64(name, in.getInt64(slot));
            case FLOAT32 -> record.setFloat32(name, in.getFloat32(slot));
            case FLOAT64 -> record.setFloat64(name, in.getFloat64(slot));
            case STRING -> record.setString(name, in.getString(slot));
            case DECIMAL -> record.setDecimal(name, in.getDecimal(slot));
            case TIME -> record.setTime(name, in.getTime(slot));
            case DATE -> record.setDate(name, in.getDate(slot));
            case TIMESTAMP -> record.setTimestamp(name, in.getTimestamp(slot));
            case TIMESTAMP_WITH_TIMEZONE -> record.setTimestampWithTimezone(name, in.getTimestampWithTimezone(slot));
            case COMPACT -> record.setGenericRecord(name, (GenericRecord) in.getCompact(slot));
            case ARRAY_OF_BOOLEAN -> record.setArrayOfBoolean(name, in.getArrayOfBoolean(slot));
            case ARRAY_OF_INT8 -> record.setArrayOfInt8(name, in.getArrayOfInt8(slot));
            case ARRAY_OF_INT16 -> record.setArrayOfInt16(name, in.getArrayOfInt16(slot));
            case ARRAY_OF_INT32 -> record.setArrayOfInt32(name, in.getArrayOfInt32(slot));
            case ARRAY_OF_INT64 -> record.setArrayOfInt64(name, in.getArrayOfInt64(slot));
            case ARRAY_OF_FLOAT32 -> record.setArrayOfFloat32(name, in.getArrayOfFloat32(slot));
            case ARRAY_OF_FLOAT64 -> record.setArrayOfFloat64(name, in.getArrayOfFloat64(slot));
            case ARRAY_OF_STRING -> record.setArrayOfString(name, in.getArrayOfString(slot));
            case ARRAY_OF_DECIMAL -> record.setArrayOfDecimal(name, in.getArrayOfDecimal(slot));
            case ARRAY_OF_TIME -> record.setArrayOfTime(name, in.getArrayOfTime(slot));
            case ARRAY_OF_DATE -> record.setArrayOfDate(name, in.getArrayOfDate(slot));
            case ARRAY_OF_TIMESTAMP -> record.setArrayOfTimestamp(name, in.getArrayOfTimestamp(slot));
            case ARRAY_OF_TIMESTAMP_WITH_TIMEZONE ->
                record.setArrayOfTimestampWithTimezone(name, in.getArrayOfTimestampWithTimezone(slot));
            case ARRAY_OF_COMPACT ->
                record.setArrayOfGenericRecord(name, in.getArrayOfCompact(slot, GenericRecord.class));
            case NULLABLE_BOOLEAN -> record.setNullableBoolean(name, in.getNullableBoolean(slot));
            case NULLABLE_INT8 -> record.setNullableInt8(name, in.getNullableInt8(slot));
            case NULLABLE_INT16 -> record.setNullableInt16(name, in.getNullableInt16(slot));
            case NULLABLE_INT32 -> record.setNullableInt32(name, in.getNullableInt32(slot));
            case NULLABLE_INT64 -> record.setNullableInt64(name, in.getNullableInt64(slot));
            case NULLABLE_FLOAT32 -> record.setNullableFloat32(name, in.getNullableFloat32(slot));
            case NULLABLE_FLOAT64 -> record.setNullableFloat64(name, in.getNullableFloat64(slot));
            case ARRAY_OF_NULLABLE_BOOLEAN ->
                record.setArrayOfNullableBoolean(name, in.getArrayOfNullableBoolean(slot));
            case ARRAY_OF_NULLABLE_INT8 -> record.setArrayOfNullableInt8(name, in.getArrayOfNullableInt8(slot));
            case ARRAY_OF_NULLABLE_INT16 -> record.setArrayOfNullableInt16(name, in.getArrayOfNullableInt16(slot));
            case ARRAY_OF_NULLABLE_INT32 -> record.setArrayOfNullableInt32(name, in.getArrayOfNullableInt32(slot));
            case ARRAY_OF_NULLABLE_INT64 -> record.setArrayOfNullableInt64(name, in.getArrayOfNullableInt64(slot));
            case ARRAY_OF_NULLABLE_FLOAT32 ->
                record.setArrayOfNullableFloat32(name, in.getArrayOfNullableFloat32(slot));
            case ARRAY_OF_NULLABLE_FLOAT64 ->
                record.setArrayOfNullableFloat64(name, in.getArrayOfNullableFloat64(slot));
            default -> throw new IllegalStateException(slot.kind().name()); // no layout has such a slot
        }
    }
}
