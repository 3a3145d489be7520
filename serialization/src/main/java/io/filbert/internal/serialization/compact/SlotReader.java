// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.compact;

import io.filbert.error.SerializationException;
import io.filbert.internal.serialization.schema.Schema;
import io.filbert.internal.serialization.stream.Bytes;
import io.filbert.internal.serialization.stream.DataReader;
import io.filbert.internal.serialization.stream.TimeForms;
import io.filbert.internal.serialization.stream.TypeId;
import io.filbert.internal.serialization.stream.Utf8;
import io.filbert.serialization.FieldKind;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads fields of one object by their place, in any order. A field without place is absent and reads as its Java default.
 *
 * <p>No number in the bytes is trusted: all positions are checked, and the bytes of which values are made are counted, since fields that
 * claim the same bytes would make much out of little. A field read again is free: that the user asks for. Not thread-safe.
 */
abstract class SlotReader {

    /** How one item of an array is read. */
    private interface ItemForm<T> {
        @Nullable
        T read(DataReader in);
    }

    private static final long[] NONE = {};
    private static final int ABSENT = -1;

    private final DataReader in;
    private final byte[] buffer;
    private final boolean bigEndian;
    private final Reading reading;
    private final int data; // where the fixed section starts in the buffer
    private final int length; // of the fixed section and the values behind it
    private long opened; // the first 64 variable fields, a bit each
    private long[] openedAbove = NONE; // those above

    SlotReader(DataReader in, Reading reading) {
        this.in = in;
        this.buffer = in.buffer();
        this.bigEndian = in.bigEndian();
        this.reading = reading;
        Layout layout = reading.layout();
        int start = in.position();
        if (layout.variables() == 0) {
            length = layout.fixedSize();
            data = in.start() + start;
        } else {
            length = in.readInt();
            data = in.start() + start + Integer.BYTES;
        }
        if (length < layout.fixedSize() || size() > in.limit() - in.position()) {
            throw in.malformed(
                    start,
                    "an object of type '" + layout.schema().typeName() + "' that takes " + layout.fixedSize()
                            + " bytes at least is said to take " + length + " of " + (in.limit() - in.position()),
                    null);
        }
        in.use((int) (size() - length) + layout.fixedSize());
    }

    /** With the offsets. */
    private long size() {
        return length + (long) Kinds.offsetWidth(length) * layout().variables();
    }

    final Layout layout() {
        return reading.layout();
    }

    private CompactForms forms() {
        return reading.form().forms;
    }

    private Schema schema() {
        return layout().schema();
    }

    /** Goes behind the object. */
    final void end() {
        in.seek(data - in.start() + (int) size());
    }

    /** Where the member of the class lies that has this number; null if the object has no such field. */
    final @Nullable Slot member(int number) {
        return reading.members()[number];
    }

    /**
     * Where the value of a field starts in the buffer whose size varies; negative if it is null or absent.
     *
     * @param kind that the field must have
     * @param wanted how the user reads it, for the error
     * @param size that the value has at least
     */
    private int find(@Nullable Slot slot, FieldKind kind, FieldKind wanted, int size) {
        if (slot == null) {
            return ABSENT;
        }
        if (slot.kind() != kind) {
            throw reading.form().otherKind(layout(), slot, wanted);
        }
        int offset = offsetAt(data + length, slot.offset(), Kinds.offsetWidth(length));
        if (offset == ABSENT) {
            return ABSENT;
        }
        if (offset < layout().fixedSize() || offset > length - size) {
            throw misplaced(slot, offset);
        }
        return data + offset;
    }

    private SerializationException misplaced(Slot slot, int offset) {
        return in.malformed(
                data - in.start(),
                "field '" + slot.name() + "' of type '" + schema().typeName() + "' lies at " + offset + " of " + length
                        + " bytes, the first " + layout().fixedSize() + " of which are taken",
                null);
    }

    private int offsetAt(int table, int index, int entryWidth) {
        if (entryWidth == Byte.BYTES) {
            int offset = buffer[table + index] & 0xFF;
            return offset == 0xFF ? ABSENT : offset;
        }
        if (entryWidth == Short.BYTES) {
            int offset = Bytes.getShort(buffer, table + index * Short.BYTES, bigEndian) & 0xFFFF;
            return offset == 0xFFFF ? ABSENT : offset;
        }
        return Bytes.getInt(buffer, table + index * Integer.BYTES, bigEndian);
    }

    /** Goes to the value of a field and returns where that is; negative if it is null or absent. */
    private int open(@Nullable Slot slot, FieldKind kind) {
        int at = find(slot, kind, kind, 1);
        if (at >= 0) {
            at -= in.start();
            in.seek(at);
        }
        return at;
    }

    /** Counts the bytes of a value just read. */
    private void close(@Nullable Slot slot, int from) {
        if (slot != null && isFirstTime(slot)) {
            in.use(in.position() - from);
        }
    }

    private boolean isFirstTime(Slot slot) {
        int index = slot.offset();
        long bit = 1L << index;
        if (index < Long.SIZE) {
            boolean first = (opened & bit) == 0;
            opened |= bit;
            return first;
        }
        if (openedAbove.length == 0) {
            openedAbove = new long[(layout().variables() - 1) / Long.SIZE];
        }
        boolean first = (openedAbove[index / Long.SIZE - 1] & bit) == 0;
        openedAbove[index / Long.SIZE - 1] |= bit;
        return first;
    }

    /** As {@link #getCompact(Slot)}, for a field that is declared as a class. */
    final @Nullable Object getCompact(@Nullable Slot slot, Class<?> expected) {
        Object value = getCompact(slot);
        if (value != null && slot != null && !expected.isInstance(value)) {
            throw CompactErrors.wrongObject(schema(), slot, expected, value, forms().reasonForNoClass(value));
        }
        return value;
    }

    final @Nullable Object getCompact(@Nullable Slot slot) {
        if (open(slot, FieldKind.COMPACT) < 0 || slot == null) {
            return null;
        }
        int unused = in.unused();
        boolean first = isFirstTime(slot);
        if (!first) {
            in.unused(in.size());
        }
        Object value = readCompact(in);
        if (!first) {
            in.unused(unused);
        }
        return value;
    }

    private @Nullable Object readCompact(DataReader source) {
        source.descend();
        Object value = reading.form() instanceof GenericForm ? forms().readGeneric(source) : forms().read(source);
        source.ascend();
        return value;
    }

    @SuppressWarnings("unchecked") // the array is made of this class
    final <T> @Nullable T @Nullable [] getArrayOfCompact(@Nullable Slot slot, Class<T> itemClass) {
        return items(slot, FieldKind.ARRAY_OF_COMPACT, size -> (T[]) Array.newInstance(itemClass, size), source -> {
            Object item = readCompact(source);
            if (item != null && !itemClass.isInstance(item) && slot != null) {
                throw CompactErrors.wrongItem(
                        schema(), slot, itemClass, item, forms().reasonForNoClass(item));
            }
            return (T) item;
        });
    }

    /** Reads the length of the items, their number, the items, and the offset of each. */
    private <T> @Nullable T @Nullable [] items(
            @Nullable Slot slot, FieldKind kind, IntFunction<@Nullable T[]> maker, ItemForm<T> form) {
        int at = open(slot, kind);
        if (at < 0 || slot == null) {
            return null;
        }
        int unused = in.unused();
        boolean first = isFirstTime(slot);
        if (!first) {
            in.unused(in.size());
        }
        int itemsLength = in.readInt();
        int count = in.readInt();
        int start = in.position();
        int entryWidth = Kinds.offsetWidth(itemsLength);
        if (itemsLength < 0 || count < 0 || start + itemsLength + (long) entryWidth * count > in.limit()) {
            throw in.malformed(
                    at,
                    "an array of " + count + " items that take " + itemsLength + " bytes does not fit into "
                            + in.limit(),
                    null);
        }
        in.use(2 * Integer.BYTES + entryWidth * count);
        @Nullable T[] items = maker.apply(count);
        for (int i = 0; i < count; i++) {
            int offset = offsetAt(in.start() + start + itemsLength, i, entryWidth);
            if (offset == ABSENT) {
                continue;
            }
            if (offset < 0 || offset >= itemsLength) {
                throw in.malformed(at, "item " + i + " lies at " + offset + " of " + itemsLength + " bytes", null);
            }
            in.seek(start + offset);
            items[i] = form.read(in);
            if (kind != FieldKind.ARRAY_OF_COMPACT) { // objects count their own bytes
                in.use(in.position() - start - offset);
            }
        }
        if (!first) {
            in.unused(unused);
        }
        return items;
    }

    private boolean isWidened(Slot slot, FieldKind wanted) {
        return reading.form().widens() && Widening.isLossless(slot.kind(), wanted);
    }

    /** Whether the values whose size varies were written in this order of all fields; those that are null fit anywhere. */
    final boolean isWrittenInOrder(int[] indexes) {
        int last = ABSENT;
        for (int index : indexes) {
            int offset = valueOffset(index);
            if (offset != ABSENT) {
                if (offset < last) {
                    return false;
                }
                last = offset;
            }
        }
        return true;
    }

    /** The order in which the values whose size varies were written, all other fields behind them. */
    final int[] writtenOrder() {
        return IntStream.range(0, layout().slots().length)
                .boxed()
                .sorted(Comparator.comparingInt(index -> valueOffset(index) & Integer.MAX_VALUE))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private int valueOffset(int index) {
        Slot slot = layout().slots()[index];
        return Kinds.isVariable(slot.kind())
                ? offsetAt(data + length, slot.offset(), Kinds.offsetWidth(length))
                : ABSENT;
    }

    /** Whether the object has the member of the class that has this number. */
    final boolean hasMember(int number) {
        return reading.members()[number] != null;
    }

    final boolean getBoolean(@Nullable Slot slot) {
        if (slot == null) {
            return false;
        }
        if (slot.kind() == FieldKind.BOOLEAN) {
            return (buffer[data + slot.offset()] & (1 << slot.bit())) != 0;
        }
        int at = find(slot, FieldKind.NULLABLE_BOOLEAN, FieldKind.BOOLEAN, Byte.BYTES);
        if (at < 0) {
            throw reading.form().unexpectedNull(layout(), slot, FieldKind.BOOLEAN);
        }
        return buffer[at] != 0;
    }

    final @Nullable Boolean getNullableBoolean(@Nullable Slot slot) {
        if (slot == null) {
            return null;
        }
        if (slot.kind() == FieldKind.BOOLEAN) {
            return getBoolean(slot);
        }
        int at = find(slot, FieldKind.NULLABLE_BOOLEAN, FieldKind.NULLABLE_BOOLEAN, Byte.BYTES);
        return at < 0 ? null : (Boolean) (buffer[at] != 0);
    }

    final byte getInt8(@Nullable Slot slot) {
        if (slot == null) {
            return 0;
        }
        if (slot.kind() == FieldKind.INT8) {
            return buffer[data + slot.offset()];
        }
        int at = find(slot, FieldKind.NULLABLE_INT8, FieldKind.INT8, Byte.BYTES);
        if (at < 0) {
            throw reading.form().unexpectedNull(layout(), slot, FieldKind.INT8);
        }
        return buffer[at];
    }

    final @Nullable Byte getNullableInt8(@Nullable Slot slot) {
        if (slot == null) {
            return null;
        }
        if (slot.kind() == FieldKind.INT8) {
            return getInt8(slot);
        }
        int at = find(slot, FieldKind.NULLABLE_INT8, FieldKind.NULLABLE_INT8, Byte.BYTES);
        return at < 0 ? null : buffer[at];
    }

    final short getInt16(@Nullable Slot slot) {
        if (slot == null) {
            return 0;
        }
        if (slot.kind() == FieldKind.INT16) {
            return Bytes.getShort(buffer, data + slot.offset(), bigEndian);
        }
        if (isWidened(slot, FieldKind.INT16)) {
            Number number = Widening.read(this, slot);
            if (number == null) {
                throw reading.form().unexpectedNull(layout(), slot, FieldKind.INT16);
            }
            return number.shortValue();
        }
        int at = find(slot, FieldKind.NULLABLE_INT16, FieldKind.INT16, Short.BYTES);
        if (at < 0) {
            throw reading.form().unexpectedNull(layout(), slot, FieldKind.INT16);
        }
        return Bytes.getShort(buffer, at, bigEndian);
    }

    final @Nullable Short getNullableInt16(@Nullable Slot slot) {
        if (slot == null) {
            return null;
        }
        if (slot.kind() == FieldKind.INT16) {
            return getInt16(slot);
        }
        if (isWidened(slot, FieldKind.INT16)) {
            Number number = Widening.read(this, slot);
            return number == null ? null : number.shortValue();
        }
        int at = find(slot, FieldKind.NULLABLE_INT16, FieldKind.NULLABLE_INT16, Short.BYTES);
        return at < 0 ? null : Bytes.getShort(buffer, at, bigEndian);
    }

    final int getInt32(@Nullable Slot slot) {
        if (slot == null) {
            return 0;
        }
        if (slot.kind() == FieldKind.INT32) {
            return Bytes.getInt(buffer, data + slot.offset(), bigEndian);
        }
        if (isWidened(slot, FieldKind.INT32)) {
            Number number = Widening.read(this, slot);
            if (number == null) {
                throw reading.form().unexpectedNull(layout(), slot, FieldKind.INT32);
            }
            return number.intValue();
        }
        int at = find(slot, FieldKind.NULLABLE_INT32, FieldKind.INT32, Integer.BYTES);
        if (at < 0) {
            throw reading.form().unexpectedNull(layout(), slot, FieldKind.INT32);
        }
        return Bytes.getInt(buffer, at, bigEndian);
    }

    final @Nullable Integer getNullableInt32(@Nullable Slot slot) {
        if (slot == null) {
            return null;
        }
        if (slot.kind() == FieldKind.INT32) {
            return getInt32(slot);
        }
        if (isWidened(slot, FieldKind.INT32)) {
            Number number = Widening.read(this, slot);
            return number == null ? null : number.intValue();
        }
        int at = find(slot, FieldKind.NULLABLE_INT32, FieldKind.NULLABLE_INT32, Integer.BYTES);
        return at < 0 ? null : Bytes.getInt(buffer, at, bigEndian);
    }

    final long getInt64(@Nullable Slot slot) {
        if (slot == null) {
            return 0;
        }
        if (slot.kind() == FieldKind.INT64) {
            return Bytes.getLong(buffer, data + slot.offset(), bigEndian);
        }
        if (isWidened(slot, FieldKind.INT64)) {
            Number number = Widening.read(this, slot);
            if (number == null) {
                throw reading.form().unexpectedNull(layout(), slot, FieldKind.INT64);
            }
            return number.longValue();
        }
        int at = find(slot, FieldKind.NULLABLE_INT64, FieldKind.INT64, Long.BYTES);
        if (at < 0) {
            throw reading.form().unexpectedNull(layout(), slot, FieldKind.INT64);
        }
        return Bytes.getLong(buffer, at, bigEndian);
    }

    final @Nullable Long getNullableInt64(@Nullable Slot slot) {
        if (slot == null) {
            return null;
        }
        if (slot.kind() == FieldKind.INT64) {
            return getInt64(slot);
        }
        if (isWidened(slot, FieldKind.INT64)) {
            Number number = Widening.read(this, slot);
            return number == null ? null : number.longValue();
        }
        int at = find(slot, FieldKind.NULLABLE_INT64, FieldKind.NULLABLE_INT64, Long.BYTES);
        return at < 0 ? null : Bytes.getLong(buffer, at, bigEndian);
    }

    final float getFloat32(@Nullable Slot slot) {
        if (slot == null) {
            return 0;
        }
        if (slot.kind() == FieldKind.FLOAT32) {
            return Float.intBitsToFloat(Bytes.getInt(buffer, data + slot.offset(), bigEndian));
        }
        if (isWidened(slot, FieldKind.FLOAT32)) {
            Number number = Widening.read(this, slot);
            if (number == null) {
                throw reading.form().unexpectedNull(layout(), slot, FieldKind.FLOAT32);
            }
            return number.floatValue();
        }
        int at = find(slot, FieldKind.NULLABLE_FLOAT32, FieldKind.FLOAT32, Integer.BYTES);
        if (at < 0) {
            throw reading.form().unexpectedNull(layout(), slot, FieldKind.FLOAT32);
        }
        return Float.intBitsToFloat(Bytes.getInt(buffer, at, bigEndian));
    }

    final @Nullable Float getNullableFloat32(@Nullable Slot slot) {
        if (slot == null) {
            return null;
        }
        if (slot.kind() == FieldKind.FLOAT32) {
            return getFloat32(slot);
        }
        if (isWidened(slot, FieldKind.FLOAT32)) {
            Number number = Widening.read(this, slot);
            return number == null ? null : number.floatValue();
        }
        int at = find(slot, FieldKind.NULLABLE_FLOAT32, FieldKind.NULLABLE_FLOAT32, Integer.BYTES);
        return at < 0 ? null : Float.intBitsToFloat(Bytes.getInt(buffer, at, bigEndian));
    }

    final double getFloat64(@Nullable Slot slot) {
        if (slot == null) {
            return 0;
        }
        if (slot.kind() == FieldKind.FLOAT64) {
            return Double.longBitsToDouble(Bytes.getLong(buffer, data + slot.offset(), bigEndian));
        }
        if (isWidened(slot, FieldKind.FLOAT64)) {
            Number number = Widening.read(this, slot);
            if (number == null) {
                throw reading.form().unexpectedNull(layout(), slot, FieldKind.FLOAT64);
            }
            return number.doubleValue();
        }
        int at = find(slot, FieldKind.NULLABLE_FLOAT64, FieldKind.FLOAT64, Long.BYTES);
        if (at < 0) {
            throw reading.form().unexpectedNull(layout(), slot, FieldKind.FLOAT64);
        }
        return Double.longBitsToDouble(Bytes.getLong(buffer, at, bigEndian));
    }

    final @Nullable Double getNullableFloat64(@Nullable Slot slot) {
        if (slot == null) {
            return null;
        }
        if (slot.kind() == FieldKind.FLOAT64) {
            return getFloat64(slot);
        }
        if (isWidened(slot, FieldKind.FLOAT64)) {
            Number number = Widening.read(this, slot);
            return number == null ? null : number.doubleValue();
        }
        int at = find(slot, FieldKind.NULLABLE_FLOAT64, FieldKind.NULLABLE_FLOAT64, Long.BYTES);
        return at < 0 ? null : Double.longBitsToDouble(Bytes.getLong(buffer, at, bigEndian));
    }

    final @Nullable String getString(@Nullable Slot slot) {
        int at = find(slot, FieldKind.STRING, FieldKind.STRING, Integer.BYTES);
        if (at < 0 || slot == null) {
            return null;
        }
        int size = Bytes.getInt(buffer, at, bigEndian);
        if (size < 0 || size > data + length - at - Integer.BYTES) {
            throw in.malformed(at - in.start(), "field '" + slot.name() + "' is said to take " + size + " bytes", null);
        }
        String value = Utf8.decode(buffer, at + Integer.BYTES, size, TypeId.COMPACT, at - in.start());
        if (isFirstTime(slot)) {
            in.use(Integer.BYTES + size);
        }
        return value;
    }

    final @Nullable BigDecimal getDecimal(@Nullable Slot slot) {
        int at = open(slot, FieldKind.DECIMAL);
        if (at < 0) {
            return null;
        }
        BigDecimal value = in.readBigDecimal();
        close(slot, at);
        return value;
    }

    final @Nullable LocalTime getTime(@Nullable Slot slot) {
        return open(slot, FieldKind.TIME) < 0 ? null : TimeForms.readTime(in);
    }

    final @Nullable LocalDate getDate(@Nullable Slot slot) {
        return open(slot, FieldKind.DATE) < 0 ? null : TimeForms.readDate(in);
    }

    final @Nullable LocalDateTime getTimestamp(@Nullable Slot slot) {
        return open(slot, FieldKind.TIMESTAMP) < 0 ? null : TimeForms.readDateTime(in);
    }

    final @Nullable OffsetDateTime getTimestampWithTimezone(@Nullable Slot slot) {
        return open(slot, FieldKind.TIMESTAMP_WITH_TIMEZONE) < 0 ? null : TimeForms.readOffsetDateTime(in);
    }

    final boolean @Nullable [] getArrayOfBoolean(@Nullable Slot slot) {
        if (slot != null && slot.kind() == FieldKind.ARRAY_OF_NULLABLE_BOOLEAN) {
            return BoxedArrays.plain(reading, slot, getArrayOfNullableBoolean(slot));
        }
        int at = open(slot, FieldKind.ARRAY_OF_BOOLEAN);
        if (at < 0) {
            return null;
        }
        boolean[] values = in.readBits();
        close(slot, at);
        return values;
    }

    final @Nullable Boolean @Nullable [] getArrayOfNullableBoolean(@Nullable Slot slot) {
        if (slot != null && slot.kind() == FieldKind.ARRAY_OF_BOOLEAN) {
            return BoxedArrays.boxed(getArrayOfBoolean(slot));
        }
        return items(slot, FieldKind.ARRAY_OF_NULLABLE_BOOLEAN, Boolean[]::new, DataReader::readBoolean);
    }

    final byte @Nullable [] getArrayOfInt8(@Nullable Slot slot) {
        if (slot != null && slot.kind() == FieldKind.ARRAY_OF_NULLABLE_INT8) {
            return BoxedArrays.plain(reading, slot, getArrayOfNullableInt8(slot));
        }
        int at = open(slot, FieldKind.ARRAY_OF_INT8);
        if (at < 0) {
            return null;
        }
        byte[] values = in.readByteArray();
        close(slot, at);
        return values;
    }

    final @Nullable Byte @Nullable [] getArrayOfNullableInt8(@Nullable Slot slot) {
        if (slot != null && slot.kind() == FieldKind.ARRAY_OF_INT8) {
            return BoxedArrays.boxed(getArrayOfInt8(slot));
        }
        return items(slot, FieldKind.ARRAY_OF_NULLABLE_INT8, Byte[]::new, DataReader::readByte);
    }

    final short @Nullable [] getArrayOfInt16(@Nullable Slot slot) {
        if (slot != null && slot.kind() == FieldKind.ARRAY_OF_NULLABLE_INT16) {
            return BoxedArrays.plain(reading, slot, getArrayOfNullableInt16(slot));
        }
        int at = open(slot, FieldKind.ARRAY_OF_INT16);
        if (at < 0) {
            return null;
        }
        short[] values = in.readShortArray();
        close(slot, at);
        return values;
    }

    final @Nullable Short @Nullable [] getArrayOfNullableInt16(@Nullable Slot slot) {
        if (slot != null && slot.kind() == FieldKind.ARRAY_OF_INT16) {
            return BoxedArrays.boxed(getArrayOfInt16(slot));
        }
        return items(slot, FieldKind.ARRAY_OF_NULLABLE_INT16, Short[]::new, DataReader::readShort);
    }

    final int @Nullable [] getArrayOfInt32(@Nullable Slot slot) {
        if (slot != null && slot.kind() == FieldKind.ARRAY_OF_NULLABLE_INT32) {
            return BoxedArrays.plain(reading, slot, getArrayOfNullableInt32(slot));
        }
        int at = open(slot, FieldKind.ARRAY_OF_INT32);
        if (at < 0) {
            return null;
        }
        int[] values = in.readIntArray();
        close(slot, at);
        return values;
    }

    final @Nullable Integer @Nullable [] getArrayOfNullableInt32(@Nullable Slot slot) {
        if (slot != null && slot.kind() == FieldKind.ARRAY_OF_INT32) {
            return BoxedArrays.boxed(getArrayOfInt32(slot));
        }
        return items(slot, FieldKind.ARRAY_OF_NULLABLE_INT32, Integer[]::new, DataReader::readInt);
    }

    final long @Nullable [] getArrayOfInt64(@Nullable Slot slot) {
        if (slot != null && slot.kind() == FieldKind.ARRAY_OF_NULLABLE_INT64) {
            return BoxedArrays.plain(reading, slot, getArrayOfNullableInt64(slot));
        }
        int at = open(slot, FieldKind.ARRAY_OF_INT64);
        if (at < 0) {
            return null;
        }
        long[] values = in.readLongArray();
        close(slot, at);
        return values;
    }

    final @Nullable Long @Nullable [] getArrayOfNullableInt64(@Nullable Slot slot) {
        if (slot != null && slot.kind() == FieldKind.ARRAY_OF_INT64) {
            return BoxedArrays.boxed(getArrayOfInt64(slot));
        }
        return items(slot, FieldKind.ARRAY_OF_NULLABLE_INT64, Long[]::new, DataReader::readLong);
    }

    final float @Nullable [] getArrayOfFloat32(@Nullable Slot slot) {
        if (slot != null && slot.kind() == FieldKind.ARRAY_OF_NULLABLE_FLOAT32) {
            return BoxedArrays.plain(reading, slot, getArrayOfNullableFloat32(slot));
        }
        int at = open(slot, FieldKind.ARRAY_OF_FLOAT32);
        if (at < 0) {
            return null;
        }
        float[] values = in.readFloatArray();
        close(slot, at);
        return values;
    }

    final @Nullable Float @Nullable [] getArrayOfNullableFloat32(@Nullable Slot slot) {
        if (slot != null && slot.kind() == FieldKind.ARRAY_OF_FLOAT32) {
            return BoxedArrays.boxed(getArrayOfFloat32(slot));
        }
        return items(slot, FieldKind.ARRAY_OF_NULLABLE_FLOAT32, Float[]::new, DataReader::readFloat);
    }

    final double @Nullable [] getArrayOfFloat64(@Nullable Slot slot) {
        if (slot != null && slot.kind() == FieldKind.ARRAY_OF_NULLABLE_FLOAT64) {
            return BoxedArrays.plain(reading, slot, getArrayOfNullableFloat64(slot));
        }
        int at = open(slot, FieldKind.ARRAY_OF_FLOAT64);
        if (at < 0) {
            return null;
        }
        double[] values = in.readDoubleArray();
        close(slot, at);
        return values;
    }

    final @Nullable Double @Nullable [] getArrayOfNullableFloat64(@Nullable Slot slot) {
        if (slot != null && slot.kind() == FieldKind.ARRAY_OF_FLOAT64) {
            return BoxedArrays.boxed(getArrayOfFloat64(slot));
        }
        return items(slot, FieldKind.ARRAY_OF_NULLABLE_FLOAT64, Double[]::new, DataReader::readDouble);
    }

    final @Nullable String @Nullable [] getArrayOfString(@Nullable Slot slot) {
        return items(slot, FieldKind.ARRAY_OF_STRING, String[]::new, DataReader::readString);
    }

    final @Nullable BigDecimal @Nullable [] getArrayOfDecimal(@Nullable Slot slot) {
        return items(slot, FieldKind.ARRAY_OF_DECIMAL, BigDecimal[]::new, DataReader::readBigDecimal);
    }

    final @Nullable LocalTime @Nullable [] getArrayOfTime(@Nullable Slot slot) {
        return items(slot, FieldKind.ARRAY_OF_TIME, LocalTime[]::new, TimeForms::readTime);
    }

    final @Nullable LocalDate @Nullable [] getArrayOfDate(@Nullable Slot slot) {
        return items(slot, FieldKind.ARRAY_OF_DATE, LocalDate[]::new, TimeForms::readDate);
    }

    final @Nullable LocalDateTime @Nullable [] getArrayOfTimestamp(@Nullable Slot slot) {
        return items(slot, FieldKind.ARRAY_OF_TIMESTAMP, LocalDateTime[]::new, TimeForms::readDateTime);
    }

    final @Nullable OffsetDateTime @Nullable [] getArrayOfTimestampWithTimezone(@Nullable Slot slot) {
        return items(
                slot, FieldKind.ARRAY_OF_TIMESTAMP_WITH_TIMEZONE, OffsetDateTime[]::new, TimeForms::readOffsetDateTime);
    }
}
