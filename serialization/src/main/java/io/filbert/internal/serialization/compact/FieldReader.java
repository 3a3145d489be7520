// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.compact;

import io.filbert.internal.serialization.stream.DataReader;
import io.filbert.serialization.CompactReader;
import io.filbert.serialization.FieldKind;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Reads the fields of one object by name. Not thread-safe. */
final class FieldReader extends SlotReader implements CompactReader {

    private int count; // of the fields asked for

    FieldReader(DataReader in, Reading reading) {
        super(in, reading);
    }

    private Slot slot(String name) {
        Slot slot = layout().find(name, count++);
        if (slot == null) {
            throw CompactErrors.unknownField(layout().schema(), name);
        }
        return slot;
    }

    @Override
    public FieldKind getFieldKind(String name) {
        Slot slot = layout().find(name);
        return slot == null ? FieldKind.NOT_AVAILABLE : slot.kind();
    }

    @Override
    public boolean readBoolean(String name) {
        return getBoolean(slot(name));
    }

    @Override
    public byte readInt8(String name) {
        return getInt8(slot(name));
    }

    @Override
    public short readInt16(String name) {
        return getInt16(slot(name));
    }

    @Override
    public int readInt32(String name) {
        return getInt32(slot(name));
    }

    @Override
    public long readInt64(String name) {
        return getInt64(slot(name));
    }

    @Override
    public float readFloat32(String name) {
        return getFloat32(slot(name));
    }

    @Override
    public double readFloat64(String name) {
        return getFloat64(slot(name));
    }

    @Override
    public @Nullable String readString(String name) {
        return getString(slot(name));
    }

    @Override
    public @Nullable BigDecimal readDecimal(String name) {
        return getDecimal(slot(name));
    }

    @Override
    public @Nullable LocalTime readTime(String name) {
        return getTime(slot(name));
    }

    @Override
    public @Nullable LocalDate readDate(String name) {
        return getDate(slot(name));
    }

    @Override
    public @Nullable LocalDateTime readTimestamp(String name) {
        return getTimestamp(slot(name));
    }

    @Override
    public @Nullable OffsetDateTime readTimestampWithTimezone(String name) {
        return getTimestampWithTimezone(slot(name));
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // what was written is the caller's to know
    public <T> @Nullable T readCompact(String name) {
        return (T) getCompact(slot(name));
    }

    @Override
    public boolean @Nullable [] readArrayOfBoolean(String name) {
        return getArrayOfBoolean(slot(name));
    }

    @Override
    public byte @Nullable [] readArrayOfInt8(String name) {
        return getArrayOfInt8(slot(name));
    }

    @Override
    public short @Nullable [] readArrayOfInt16(String name) {
        return getArrayOfInt16(slot(name));
    }

    @Override
    public int @Nullable [] readArrayOfInt32(String name) {
        return getArrayOfInt32(slot(name));
    }

    @Override
    public long @Nullable [] readArrayOfInt64(String name) {
        return getArrayOfInt64(slot(name));
    }

    @Override
    public float @Nullable [] readArrayOfFloat32(String name) {
        return getArrayOfFloat32(slot(name));
    }

    @Override
    public double @Nullable [] readArrayOfFloat64(String name) {
        return getArrayOfFloat64(slot(name));
    }

    @Override
    public @Nullable String @Nullable [] readArrayOfString(String name) {
        return getArrayOfString(slot(name));
    }

    @Override
    public @Nullable BigDecimal @Nullable [] readArrayOfDecimal(String name) {
        return getArrayOfDecimal(slot(name));
    }

    @Override
    public @Nullable LocalTime @Nullable [] readArrayOfTime(String name) {
        return getArrayOfTime(slot(name));
    }

    @Override
    public @Nullable LocalDate @Nullable [] readArrayOfDate(String name) {
        return getArrayOfDate(slot(name));
    }

    @Override
    public @Nullable LocalDateTime @Nullable [] readArrayOfTimestamp(String name) {
        return getArrayOfTimestamp(slot(name));
    }

    @Override
    public @Nullable OffsetDateTime @Nullable [] readArrayOfTimestampWithTimezone(String name) {
        return getArrayOfTimestampWithTimezone(slot(name));
    }

    @Override
    public <T> @Nullable T @Nullable [] readArrayOfCompact(String name, Class<T> itemClass) {
        return getArrayOfCompact(slot(name), itemClass);
    }

    @Override
    public @Nullable Boolean readNullableBoolean(String name) {
        return getNullableBoolean(slot(name));
    }

    @Override
    public @Nullable Byte readNullableInt8(String name) {
        return getNullableInt8(slot(name));
    }

    @Override
    public @Nullable Short readNullableInt16(String name) {
        return getNullableInt16(slot(name));
    }

    @Override
    public @Nullable Integer readNullableInt32(String name) {
        return getNullableInt32(slot(name));
    }

    @Override
    public @Nullable Long readNullableInt64(String name) {
        return getNullableInt64(slot(name));
    }

    @Override
    public @Nullable Float readNullableFloat32(String name) {
        return getNullableFloat32(slot(name));
    }

    @Override
    public @Nullable Double readNullableFloat64(String name) {
        return getNullableFloat64(slot(name));
    }

    @Override
    public @Nullable Boolean @Nullable [] readArrayOfNullableBoolean(String name) {
        return getArrayOfNullableBoolean(slot(name));
    }

    @Override
    public @Nullable Byte @Nullable [] readArrayOfNullableInt8(String name) {
        return getArrayOfNullableInt8(slot(name));
    }

    @Override
    public @Nullable Short @Nullable [] readArrayOfNullableInt16(String name) {
        return getArrayOfNullableInt16(slot(name));
    }

    @Override
    public @Nullable Integer @Nullable [] readArrayOfNullableInt32(String name) {
        return getArrayOfNullableInt32(slot(name));
    }

    @Override
    public @Nullable Long @Nullable [] readArrayOfNullableInt64(String name) {
        return getArrayOfNullableInt64(slot(name));
    }

    @Override
    public @Nullable Float @Nullable [] readArrayOfNullableFloat32(String name) {
        return getArrayOfNullableFloat32(slot(name));
    }

    @Override
    public @Nullable Double @Nullable [] readArrayOfNullableFloat64(String name) {
        return getArrayOfNullableFloat64(slot(name));
    }
}
