// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.compact;

import io.filbert.internal.shape.RecordAccess;
import io.filbert.internal.shape.RecordShape;
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

    static final RecordAccess<GenericRecord, FieldKind> RECORDS = RecordAccess.to(GenericRecord.class);

    private final ConcurrentMap<RecordShape<FieldKind>, Layout> layouts = new ConcurrentHashMap<>();

    GenericForm(CompactForms forms) {
        super(forms);
    }

    @Override
    public void write(DataWriter out, Object object) {
        GenericRecord record = (GenericRecord) object;
        RecordShape<FieldKind> shape = RECORDS.shape(record);
        Layout layout = layouts.get(shape);
        if (layout == null) {
            layout = introduce(shape);
        }
        @Nullable Object[] values = RECORDS.values(record);
        Slot[] slots = layout.slots(); // by name, as the values
        FieldWriter writer = new FieldWriter(out, forms, layout);
        for (int i : shape.order()) {
            write(writer, slots[i], values[i]);
        }
        writer.end();
    }

    private Layout introduce(RecordShape<FieldKind> shape) {
        List<Schema.Field> fields = new ArrayList<>(shape.size());
        for (int i = 0; i < shape.size(); i++) {
            fields.add(new Schema.Field(shape.name(i), shape.kind(i)));
        }
        Layout layout = forms.introduce(new Schema(shape.typeName(), fields));
        layouts.put(shape, layout);
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
        Slot[] slots = in.layout().slots();
        @Nullable Object[] values = new @Nullable Object[slots.length];
        for (int i = 0; i < slots.length; i++) {
            values[i] = read(in, slots[i]);
        }
        return RECORDS.create(shapeOf(in), values);
    }

    /** The shape of the schema, with the order in which the fields of this object were written. */
    private static RecordShape<FieldKind> shapeOf(FieldReader in) {
        RecordShape<FieldKind> shape = in.layout().shape();
        if (!in.isWrittenInOrder(shape.order())) {
            shape = shape.inOrder(in.writtenOrder());
            in.layout().shape(shape); // most likely that of the next object too
        }
        return shape;
    }

    private static @Nullable Object read(SlotReader in, Slot slot) {
        return switch (slot.kind()) {
            case BOOLEAN -> in.getBoolean(slot);
            case INT8 -> in.getInt8(slot);
            case INT16 -> in.getInt16(slot);
            case INT32 -> in.getInt32(slot);
            case INT64 -> in.getInt64(slot);
            case FLOAT32 -> in.getFloat32(slot);
            case FLOAT64 -> in.getFloat64(slot);
            case STRING -> in.getString(slot);
            case DECIMAL -> in.getDecimal(slot);
            case TIME -> in.getTime(slot);
            case DATE -> in.getDate(slot);
            case TIMESTAMP -> in.getTimestamp(slot);
            case TIMESTAMP_WITH_TIMEZONE -> in.getTimestampWithTimezone(slot);
            case COMPACT -> in.getCompact(slot);
            case ARRAY_OF_BOOLEAN -> in.getArrayOfBoolean(slot);
            case ARRAY_OF_INT8 -> in.getArrayOfInt8(slot);
            case ARRAY_OF_INT16 -> in.getArrayOfInt16(slot);
            case ARRAY_OF_INT32 -> in.getArrayOfInt32(slot);
            case ARRAY_OF_INT64 -> in.getArrayOfInt64(slot);
            case ARRAY_OF_FLOAT32 -> in.getArrayOfFloat32(slot);
            case ARRAY_OF_FLOAT64 -> in.getArrayOfFloat64(slot);
            case ARRAY_OF_STRING -> in.getArrayOfString(slot);
            case ARRAY_OF_DECIMAL -> in.getArrayOfDecimal(slot);
            case ARRAY_OF_TIME -> in.getArrayOfTime(slot);
            case ARRAY_OF_DATE -> in.getArrayOfDate(slot);
            case ARRAY_OF_TIMESTAMP -> in.getArrayOfTimestamp(slot);
            case ARRAY_OF_TIMESTAMP_WITH_TIMEZONE ->
                in.getArrayOfTimestampWithTimezone(slot);
            case ARRAY_OF_COMPACT ->
                in.getArrayOfCompact(slot, GenericRecord.class);
            case NULLABLE_BOOLEAN -> in.getNullableBoolean(slot);
            case NULLABLE_INT8 -> in.getNullableInt8(slot);
            case NULLABLE_INT16 -> in.getNullableInt16(slot);
            case NULLABLE_INT32 -> in.getNullableInt32(slot);
            case NULLABLE_INT64 -> in.getNullableInt64(slot);
            case NULLABLE_FLOAT32 -> in.getNullableFloat32(slot);
            case NULLABLE_FLOAT64 -> in.getNullableFloat64(slot);
            case ARRAY_OF_NULLABLE_BOOLEAN ->
                in.getArrayOfNullableBoolean(slot);
            case ARRAY_OF_NULLABLE_INT8 -> in.getArrayOfNullableInt8(slot);
            case ARRAY_OF_NULLABLE_INT16 -> in.getArrayOfNullableInt16(slot);
            case ARRAY_OF_NULLABLE_INT32 -> in.getArrayOfNullableInt32(slot);
            case ARRAY_OF_NULLABLE_INT64 -> in.getArrayOfNullableInt64(slot);
            case ARRAY_OF_NULLABLE_FLOAT32 ->
                in.getArrayOfNullableFloat32(slot);
            case ARRAY_OF_NULLABLE_FLOAT64 ->
                in.getArrayOfNullableFloat64(slot);
            default -> throw new IllegalStateException(slot.kind().name()); // no layout has such a slot
        };
    }
}
