// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.compact;

import io.filbert.internal.serialization.stream.DataWriter;
import io.filbert.serialization.CompactWriter;
import io.filbert.serialization.FieldKind;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the fields of one object by name, and sees to it that the object writes just those of the layout. Not thread-safe. */
final class FieldWriter extends SlotWriter implements CompactWriter {

    private static final long[] NONE = {};

    private long written; // the first 64 fields, a bit each
    private final long[] writtenAbove; // those above
    private int count;

    FieldWriter(DataWriter out, CompactForms forms, Layout layout) {
        super(out, forms, layout);
        int fields = layout.slots().length;
        writtenAbove = fields <= Long.SIZE ? NONE : new long[(fields - 1) / Long.SIZE];
    }

    /** Where the field lies, which is thereby written. */
    private Slot claim(String name, FieldKind kind) {
        Slot slot = layout.find(name, count);
        if (slot == null) {
            throw CompactErrors.notInSchema(layout.schema(), name, kind);
        }
        if (slot.kind() != kind) {
            throw CompactErrors.writtenAs(layout.schema(), name, kind, slot.kind());
        }
        if (isWritten(slot)) {
            throw CompactErrors.writtenTwice(layout.schema().typeName(), name, kind);
        }
        if (slot.index() < Long.SIZE) {
            written |= 1L << slot.index();
        } else {
            writtenAbove[slot.index() / Long.SIZE - 1] |= 1L << slot.index();
        }
        count++;
        return slot;
    }

    private boolean isWritten(Slot slot) {
        long bits = slot.index() < Long.SIZE ? written : writtenAbove[slot.index() / Long.SIZE - 1];
        return (bits & (1L << slot.index())) != 0;
    }

    /** Ends the object. */
    void endComplete() {
        if (count != layout.slots().length) {
            List<Slot> missing = new ArrayList<>();
            for (Slot slot : layout.slots()) {
                if (!isWritten(slot)) {
                    missing.add(slot);
                }
            }
            throw CompactErrors.notWritten(layout.schema(), missing);
        }
        end();
    }

    @Override
    public void writeBoolean(String name, boolean value) {
        putBoolean(claim(name, FieldKind.BOOLEAN), value);
    }

    @Override
    public void writeInt8(String name, byte value) {
        putInt8(claim(name, FieldKind.INT8), value);
    }

    @Override
    public void writeInt16(String name, short value) {
        putInt16(claim(name, FieldKind.INT16), value);
    }

    @Override
    public void writeInt32(String name, int value) {
        putInt32(claim(name, FieldKind.INT32), value);
    }

    @Override
    public void writeInt64(String name, long value) {
        putInt64(claim(name, FieldKind.INT64), value);
    }

    @Override
    public void writeFloat32(String name, float value) {
        putFloat32(claim(name, FieldKind.FLOAT32), value);
    }

    @Override
    public void writeFloat64(String name, double value) {
        putFloat64(claim(name, FieldKind.FLOAT64), value);
    }

    @Override
    public void writeString(String name, @Nullable String value) {
        putString(claim(name, FieldKind.STRING), value);
    }

    @Override
    public void writeDecimal(String name, @Nullable BigDecimal value) {
        putDecimal(claim(name, FieldKind.DECIMAL), value);
    }

    @Override
    public void writeTime(String name, @Nullable LocalTime value) {
        putTime(claim(name, FieldKind.TIME), value);
    }

    @Override
    public void writeDate(String name, @Nullable LocalDate value) {
        putDate(claim(name, FieldKind.DATE), value);
    }

    @Override
    public void writeTimestamp(String name, @Nullable LocalDateTime value) {
        putTimestamp(claim(name, FieldKind.TIMESTAMP), value);
    }

    @Override
    public void writeTimestampWithTimezone(String name, @Nullable OffsetDateTime value) {
        putTimestampWithTimezone(claim(name, FieldKind.TIMESTAMP_WITH_TIMEZONE), value);
    }

    @Override
    public void writeCompact(String name, @Nullable Object value) {
        putCompact(claim(name, FieldKind.COMPACT), value);
    }

    @Override
    public void writeArrayOfBoolean(String name, boolean @Nullable [] values) {
        putArrayOfBoolean(claim(name, FieldKind.ARRAY_OF_BOOLEAN), values);
    }

    @Override
    public void writeArrayOfInt8(String name, byte @Nullable [] values) {
        putArrayOfInt8(claim(name, FieldKind.ARRAY_OF_INT8), values);
    }

    @Override
    public void writeArrayOfInt16(String name, short @Nullable [] values) {
        putArrayOfInt16(claim(name, FieldKind.ARRAY_OF_INT16), values);
    }

    @Override
    public void writeArrayOfInt32(String name, int @Nullable [] values) {
        putArrayOfInt32(claim(name, FieldKind.ARRAY_OF_INT32), values);
    }

    @Override
    public void writeArrayOfInt64(String name, long @Nullable [] values) {
        putArrayOfInt64(claim(name, FieldKind.ARRAY_OF_INT64), values);
    }

    @Override
    public void writeArrayOfFloat32(String name, float @Nullable [] values) {
        putArrayOfFloat32(claim(name, FieldKind.ARRAY_OF_FLOAT32), values);
    }

    @Override
    public void writeArrayOfFloat64(String name, double @Nullable [] values) {
        putArrayOfFloat64(claim(name, FieldKind.ARRAY_OF_FLOAT64), values);
    }

    @Override
    public void writeArrayOfString(String name, @Nullable String @Nullable [] values) {
        putArrayOfString(claim(name, FieldKind.ARRAY_OF_STRING), values);
    }

    @Override
    public void writeArrayOfDecimal(String name, @Nullable BigDecimal @Nullable [] values) {
        putArrayOfDecimal(claim(name, FieldKind.ARRAY_OF_DECIMAL), values);
    }

    @Override
    public void writeArrayOfTime(String name, @Nullable LocalTime @Nullable [] values) {
        putArrayOfTime(claim(name, FieldKind.ARRAY_OF_TIME), values);
    }

    @Override
    public void writeArrayOfDate(String name, @Nullable LocalDate @Nullable [] values) {
        putArrayOfDate(claim(name, FieldKind.ARRAY_OF_DATE), values);
    }

    @Override
    public void writeArrayOfTimestamp(String name, @Nullable LocalDateTime @Nullable [] values) {
        putArrayOfTimestamp(claim(name, FieldKind.ARRAY_OF_TIMESTAMP), values);
    }

    @Override
    public void writeArrayOfTimestampWithTimezone(String name, @Nullable OffsetDateTime @Nullable [] values) {
        putArrayOfTimestampWithTimezone(claim(name, FieldKind.ARRAY_OF_TIMESTAMP_WITH_TIMEZONE), values);
    }

    @Override
    public void writeArrayOfCompact(String name, @Nullable Object @Nullable [] values) {
        putArrayOfCompact(claim(name, FieldKind.ARRAY_OF_COMPACT), values);
    }

    @Override
    public void writeNullableBoolean(String name, @Nullable Boolean value) {
        putNullableBoolean(claim(name, FieldKind.NULLABLE_BOOLEAN), value);
    }

    @Override
    public void writeNullableInt8(String name, @Nullable Byte value) {
        putNullableInt8(claim(name, FieldKind.NULLABLE_INT8), value);
    }

    @Override
    public void writeNullableInt16(String name, @Nullable Short value) {
        putNullableInt16(claim(name, FieldKind.NULLABLE_INT16), value);
    }

    @Override
    public void writeNullableInt32(String name, @Nullable Integer value) {
        putNullableInt32(claim(name, FieldKind.NULLABLE_INT32), value);
    }

    @Override
    public void writeNullableInt64(String name, @Nullable Long value) {
        putNullableInt64(claim(name, FieldKind.NULLABLE_INT64), value);
    }

    @Override
    public void writeNullableFloat32(String name, @Nullable Float value) {
        putNullableFloat32(claim(name, FieldKind.NULLABLE_FLOAT32), value);
    }

    @Override
    public void writeNullableFloat64(String name, @Nullable Double value) {
        putNullableFloat64(claim(name, FieldKind.NULLABLE_FLOAT64), value);
    }

    @Override
    public void writeArrayOfNullableBoolean(String name, @Nullable Boolean @Nullable [] values) {
        putArrayOfNullableBoolean(claim(name, FieldKind.ARRAY_OF_NULLABLE_BOOLEAN), values);
    }

    @Override
    public void writeArrayOfNullableInt8(String name, @Nullable Byte @Nullable [] values) {
        putArrayOfNullableInt8(claim(name, FieldKind.ARRAY_OF_NULLABLE_INT8), values);
    }

    @Override
    public void writeArrayOfNullableInt16(String name, @Nullable Short @Nullable [] values) {
        putArrayOfNullableInt16(claim(name, FieldKind.ARRAY_OF_NULLABLE_INT16), values);
    }

    @Override
    public void writeArrayOfNullableInt32(String name, @Nullable Integer @Nullable [] values) {
        putArrayOfNullableInt32(claim(name, FieldKind.ARRAY_OF_NULLABLE_INT32), values);
    }

    @Override
    public void writeArrayOfNullableInt64(String name, @Nullable Long @Nullable [] values) {
        putArrayOfNullableInt64(claim(name, FieldKind.ARRAY_OF_NULLABLE_INT64), values);
    }

    @Override
    public void writeArrayOfNullableFloat32(String name, @Nullable Float @Nullable [] values) {
        putArrayOfNullableFloat32(claim(name, FieldKind.ARRAY_OF_NULLABLE_FLOAT32), values);
    }

    @Override
    public void writeArrayOfNullableFloat64(String name, @Nullable Double @Nullable [] values) {
        putArrayOfNullableFloat64(claim(name, FieldKind.ARRAY_OF_NULLABLE_FLOAT64), values);
    }
}
