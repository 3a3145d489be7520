// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.compact;

import io.filbert.internal.serialization.stream.DataWriter;
import io.filbert.internal.serialization.stream.TimeForms;
import io.filbert.serialization.GenericRecord;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Writes one object whose fields are given by their place, which the caller vouches for: numbers and booleans go to their fixed place at
 * once, everything else behind what has been written so far. Not thread-safe.
 */
abstract class SlotWriter {

    /** How one item of an array is written. */
    private interface ItemForm<T> {
        void write(DataWriter out, T item);
    }

    private static final int[] NO_OFFSETS = {};
    private static final int NULL_OFFSET = -1;

    private final DataWriter out;
    private final CompactForms forms;
    final Layout layout;
    private final int data; // where the fixed section starts
    private final int[] offsets;

    SlotWriter(DataWriter out, CompactForms forms, Layout layout) {
        this.out = out;
        this.forms = forms;
        this.layout = layout;
        int variables = layout.variables();
        int header = variables == 0 ? Long.BYTES : Long.BYTES + Integer.BYTES;
        int start = out.reserve(header + layout.fixedSize());
        out.putLongAt(start, layout.schema().id());
        data = start + header;
        offsets = variables == 0 ? NO_OFFSETS : new int[variables];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = NULL_OFFSET;
        }
    }

    /** Ends the object. */
    final void end() {
        if (offsets.length > 0) {
            int length = out.position() - data;
            out.putIntAt(data - Integer.BYTES, length);
            writeOffsets(offsets, length);
        }
    }

    private void writeOffsets(int[] positions, int length) {
        int width = Kinds.offsetWidth(length);
        int at = out.reserve(width * positions.length);
        for (int position : positions) {
            switch (width) {
                case Byte.BYTES -> out.putByteAt(at, (byte) position);
                case Short.BYTES -> out.putShortAt(at, (short) position);
                default -> out.putIntAt(at, position);
            }
            at += width;
        }
    }

    /** Notes where the value of a field starts. Fields without one have been noted as null from the beginning. */
    private void start(Slot slot) {
        offsets[slot.offset()] = out.position() - data;
    }

    private <T> void putItems(Slot slot, @Nullable T @Nullable [] items, ItemForm<T> form) {
        if (items == null) {
            return;
        }
        start(slot);
        int header = out.reserve(2 * Integer.BYTES);
        int start = out.position();
        int[] positions = new int[items.length];
        for (int i = 0; i < items.length; i++) {
            T item = items[i];
            if (item == null) {
                positions[i] = NULL_OFFSET;
            } else {
                positions[i] = out.position() - start;
                form.write(out, item);
            }
        }
        int length = out.position() - start;
        out.putIntAt(header, length);
        out.putIntAt(header + Integer.BYTES, items.length);
        writeOffsets(positions, length);
    }

    private void writeCompact(DataWriter target, Object value) {
        target.descend();
        forms.writeNested(target, value);
        target.ascend();
    }

    private void requireOneType(Slot slot, @Nullable Object @Nullable [] items) {
        Object first = null;
        if (items == null) {
            return;
        }
        for (Object item : items) {
            if (first == null) {
                first = item;
            } else if (item != null && !isSameType(first, item)) {
                throw CompactErrors.mixedItems(
                        slot.name(),
                        layout.schema().typeName(),
                        CompactErrors.describe(first),
                        CompactErrors.describe(item));
            }
        }
    }

    private static boolean isSameType(Object first, Object item) {
        return first.getClass() == item.getClass()
                && (!(item instanceof GenericRecord record)
                        || record.typeName().equals(((GenericRecord) first).typeName()));
    }

    private static void writeDecimal(DataWriter out, BigDecimal value) {
        out.writeBigInteger(value.unscaledValue());
        out.writeInt(value.scale());
    }

    final void putBoolean(Slot slot, boolean value) {
        if (value) {
            int at = data + slot.offset();
            out.putByteAt(at, (byte) (out.byteAt(at) | (1 << slot.bit())));
        }
    }

    final void putInt8(Slot slot, byte value) {
        out.putByteAt(data + slot.offset(), value);
    }

    final void putInt16(Slot slot, short value) {
        out.putShortAt(data + slot.offset(), value);
    }

    final void putInt32(Slot slot, int value) {
        out.putIntAt(data + slot.offset(), value);
    }

    final void putInt64(Slot slot, long value) {
        out.putLongAt(data + slot.offset(), value);
    }

    final void putFloat32(Slot slot, float value) {
        out.putIntAt(data + slot.offset(), Float.floatToIntBits(value));
    }

    final void putFloat64(Slot slot, double value) {
        out.putLongAt(data + slot.offset(), Double.doubleToLongBits(value));
    }

    final void putString(Slot slot, @Nullable String value) {
        if (value != null) {
            start(slot);
            out.writeString(value);
        }
    }

    final void putDecimal(Slot slot, @Nullable BigDecimal value) {
        if (value != null) {
            start(slot);
            writeDecimal(out, value);
        }
    }

    final void putTime(Slot slot, @Nullable LocalTime value) {
        if (value != null) {
            start(slot);
            TimeForms.writeTime(out, value);
        }
    }

    final void putDate(Slot slot, @Nullable LocalDate value) {
        if (value != null) {
            start(slot);
            TimeForms.writeDate(out, value);
        }
    }

    final void putTimestamp(Slot slot, @Nullable LocalDateTime value) {
        if (value != null) {
            start(slot);
            TimeForms.writeDateTime(out, value);
        }
    }

    final void putTimestampWithTimezone(Slot slot, @Nullable OffsetDateTime value) {
        if (value != null) {
            start(slot);
            TimeForms.writeOffsetDateTime(out, value);
        }
    }

    final void putCompact(Slot slot, @Nullable Object value) {
        if (value != null) {
            start(slot);
            writeCompact(out, value);
        }
    }

    final void putArrayOfBoolean(Slot slot, boolean @Nullable [] values) {
        if (values != null) {
            start(slot);
            out.writeBits(values);
        }
    }

    final void putArrayOfInt8(Slot slot, byte @Nullable [] values) {
        if (values != null) {
            start(slot);
            out.writeByteArray(values);
        }
    }

    final void putArrayOfInt16(Slot slot, short @Nullable [] values) {
        if (values != null) {
            start(slot);
            out.writeShortArray(values);
        }
    }

    final void putArrayOfInt32(Slot slot, int @Nullable [] values) {
        if (values != null) {
            start(slot);
            out.writeIntArray(values);
        }
    }

    final void putArrayOfInt64(Slot slot, long @Nullable [] values) {
        if (values != null) {
            start(slot);
            out.writeLongArray(values);
        }
    }

    final void putArrayOfFloat32(Slot slot, float @Nullable [] values) {
        if (values != null) {
            start(slot);
            out.writeFloatArray(values);
        }
    }

    final void putArrayOfFloat64(Slot slot, double @Nullable [] values) {
        if (values != null) {
            start(slot);
            out.writeDoubleArray(values);
        }
    }

    final void putArrayOfString(Slot slot, @Nullable String @Nullable [] values) {
        putItems(slot, values, DataWriter::writeString);
    }

    final void putArrayOfDecimal(Slot slot, @Nullable BigDecimal @Nullable [] values) {
        putItems(slot, values, SlotWriter::writeDecimal);
    }

    final void putArrayOfTime(Slot slot, @Nullable LocalTime @Nullable [] values) {
        putItems(slot, values, TimeForms::writeTime);
    }

    final void putArrayOfDate(Slot slot, @Nullable LocalDate @Nullable [] values) {
        putItems(slot, values, TimeForms::writeDate);
    }

    final void putArrayOfTimestamp(Slot slot, @Nullable LocalDateTime @Nullable [] values) {
        putItems(slot, values, TimeForms::writeDateTime);
    }

    final void putArrayOfTimestampWithTimezone(Slot slot, @Nullable OffsetDateTime @Nullable [] values) {
        putItems(slot, values, TimeForms::writeOffsetDateTime);
    }

    final void putArrayOfCompact(Slot slot, @Nullable Object @Nullable [] values) {
        requireOneType(slot, values);
        putItems(slot, values, this::writeCompact);
    }

    final void putNullableBoolean(Slot slot, @Nullable Boolean value) {
        if (value != null) {
            start(slot);
            out.writeBoolean(value);
        }
    }

    final void putNullableInt8(Slot slot, @Nullable Byte value) {
        if (value != null) {
            start(slot);
            out.writeByte(value);
        }
    }

    final void putNullableInt16(Slot slot, @Nullable Short value) {
        if (value != null) {
            start(slot);
            out.writeShort(value);
        }
    }

    final void putNullableInt32(Slot slot, @Nullable Integer value) {
        if (value != null) {
            start(slot);
            out.writeInt(value);
        }
    }

    final void putNullableInt64(Slot slot, @Nullable Long value) {
        if (value != null) {
            start(slot);
            out.writeLong(value);
        }
    }

    final void putNullableFloat32(Slot slot, @Nullable Float value) {
        if (value != null) {
            start(slot);
            out.writeFloat(value);
        }
    }

    final void putNullableFloat64(Slot slot, @Nullable Double value) {
        if (value != null) {
            start(slot);
            out.writeDouble(value);
        }
    }

    final void putArrayOfNullableBoolean(Slot slot, @Nullable Boolean @Nullable [] values) {
        putItems(slot, values, DataWriter::writeBoolean);
    }

    final void putArrayOfNullableInt8(Slot slot, @Nullable Byte @Nullable [] values) {
        putItems(slot, values, (target, item) -> target.writeByte(item));
    }

    final void putArrayOfNullableInt16(Slot slot, @Nullable Short @Nullable [] values) {
        putItems(slot, values, (target, item) -> target.writeShort(item));
    }

    final void putArrayOfNullableInt32(Slot slot, @Nullable Integer @Nullable [] values) {
        putItems(slot, values, DataWriter::writeInt);
    }

    final void putArrayOfNullableInt64(Slot slot, @Nullable Long @Nullable [] values) {
        putItems(slot, values, DataWriter::writeLong);
    }

    final void putArrayOfNullableFloat32(Slot slot, @Nullable Float @Nullable [] values) {
        putItems(slot, values, DataWriter::writeFloat);
    }

    final void putArrayOfNullableFloat64(Slot slot, @Nullable Double @Nullable [] values) {
        putItems(slot, values, DataWriter::writeDouble);
    }
}
