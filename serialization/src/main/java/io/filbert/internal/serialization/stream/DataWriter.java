// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.stream;

import io.filbert.internal.protocol.Data;
import io.filbert.serialization.ObjectDataOutput;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The cursor that writes one serialized object. Whoever knows the size says so at the start, and then the one array
 * allocated here is the result; otherwise the object is written into a scratch buffer and copied out at the end. Not thread-safe: one
 * call owns it.
 */
public final class DataWriter implements ObjectDataOutput {
    /** Partition hash and type id, both big-endian whatever the order of the payload. */
    public static final int HEADER_SIZE = 8;
    /** The longest array every JVM can make. */
    public static final int MAX_SIZE = Integer.MAX_VALUE - 8;

    /** In place of a length: there is no array or text. */
    public static final int NULL_LENGTH = -1;

    private final boolean bigEndian;
    private final ObjectForms forms;
    private byte[] buffer;
    private int position = HEADER_SIZE;
    private int depth;
    private boolean forMembersOnly;

    /** For an object whose size is known: the array made here is the result. */
    public DataWriter(int typeId, long payloadSize, boolean bigEndian, ObjectForms forms) {
        this.bigEndian = bigEndian;
        this.forms = forms;
        this.buffer = newBuffer(typeId, payloadSize);
    }

    /** For an object whose size only writing tells: written into this array, or a larger one that replaces it. */
    public DataWriter(byte[] scratch, int typeId, boolean bigEndian, ObjectForms forms) {
        this.bigEndian = bigEndian;
        this.forms = forms;
        this.buffer = scratch;
        Bytes.putInt(buffer, 0, 0, true);
        Bytes.putInt(buffer, 4, typeId, true);
    }

    /** The array written into at the moment. */
    public byte[] buffer() {
        return buffer;
    }

    /** Corrects the type id of the whole object. */
    public void setTypeId(int typeId) {
        Bytes.putInt(buffer, 4, typeId, true);
    }

    /** Marks the object as one that members read and this client does not, such as a predicate. */
    public void setForMembersOnly() {
        forMembersOnly = true;
    }

    /** Whether this client need not be able to read the object. */
    public boolean isForMembersOnly() {
        return forMembersOnly;
    }

    /** Stores the hash that decides about the partition instead of the object's own. */
    public void setPartitionHash(int hash) {
        Bytes.putInt(buffer, 0, hash, true);
    }

    /** An array for a whole object, its header written and its partition hash left to be computed by readers. */
    public static byte[] newBuffer(int typeId, long payloadSize) {
        long size = HEADER_SIZE + payloadSize;
        if (size > MAX_SIZE) {
            throw SerializationErrors.tooLarge(TypeId.nameOf(typeId), size);
        }
        byte[] buffer = new byte[(int) size];
        Bytes.putInt(buffer, 4, typeId, true);
        return buffer;
    }

    /** A text as the whole object. */
    public static Data textToData(int typeId, String text, boolean bigEndian) {
        if (Utf8.isLong(text)) {
            return bytesToData(typeId, Utf8.encodeLong(text), bigEndian);
        }
        int asciiPrefix = Utf8.asciiPrefix(text);
        long size = Utf8.size(text, asciiPrefix);
        byte[] buffer = newBuffer(typeId, Integer.BYTES + size);
        Bytes.putInt(buffer, HEADER_SIZE, (int) size, bigEndian);
        Utf8.encode(text, asciiPrefix, buffer, HEADER_SIZE + Integer.BYTES);
        return Data.of(buffer);
    }

    /** Counted bytes as the whole object. */
    public static Data bytesToData(int typeId, byte[] values, boolean bigEndian) {
        byte[] buffer = newBuffer(typeId, Integer.BYTES + (long) values.length);
        Bytes.putInt(buffer, HEADER_SIZE, values.length, bigEndian);
        System.arraycopy(values, 0, buffer, HEADER_SIZE + Integer.BYTES, values.length);
        return Data.of(buffer);
    }

    /** What was written, of known size; the writer is finished after that. */
    public Data toData() {
        return Data.of(position == buffer.length ? buffer : Arrays.copyOf(buffer, position));
    }

    /** A copy of what was written; the array may be used again. */
    public Data copyToData() {
        return Data.of(Arrays.copyOf(buffer, position));
    }

    /** How many bytes have been written, the header included. */
    public int position() {
        return position;
    }

    /** Writes zeros, to be filled in later; returns where they start. */
    public int reserve(int size) {
        int at = claim(size);
        Arrays.fill(buffer, at, at + size, (byte) 0);
        return at;
    }

    /** Forgets what has been written from a position on. */
    public void rewind(int to) {
        position = to;
    }

    /** The int at a position that has been written already. */
    public int intAt(int at) {
        return Bytes.getInt(buffer, at, bigEndian);
    }

    /** Fills in an int at a position that has been written already. */
    public void putIntAt(int at, int value) {
        Bytes.putInt(buffer, at, value, bigEndian);
    }

    /** As {@link #putIntAt}. */
    public void putLongAt(int at, long value) {
        Bytes.putLong(buffer, at, value, bigEndian);
    }

    /** As {@link #putIntAt}. */
    public void putShortAt(int at, short value) {
        Bytes.putShort(buffer, at, value, bigEndian);
    }

    /** As {@link #putIntAt}. */
    public void putByteAt(int at, byte value) {
        buffer[at] = value;
    }

    /** The byte at a position that has been written already. */
    public byte byteAt(int at) {
        return buffer[at];
    }

    @Override
    public void writeBoolean(boolean value) {
        writeByte(value ? 1 : 0);
    }

    @Override
    public void writeByte(int value) {
        int start = claim(1); // before the array is looked at, which it may replace
        buffer[start] = (byte) value;
    }

    @Override
    public void writeChar(int value) {
        writeShort(value);
    }

    @Override
    public void writeShort(int value) {
        int start = claim(Short.BYTES);
        Bytes.putShort(buffer, start, (short) value, bigEndian);
    }

    @Override
    public void writeInt(int value) {
        int start = claim(Integer.BYTES);
        Bytes.putInt(buffer, start, value, bigEndian);
    }

    @Override
    public void writeLong(long value) {
        int start = claim(Long.BYTES);
        Bytes.putLong(buffer, start, value, bigEndian);
    }

    /** Writes every NaN alike, as the members do, so that equal keys have equal bytes. */
    @Override
    public void writeFloat(float value) {
        writeInt(Float.floatToIntBits(value));
    }

    /** Writes every NaN alike, as the members do, so that equal keys have equal bytes. */
    @Override
    public void writeDouble(double value) {
        writeLong(Double.doubleToLongBits(value));
    }

    @Override
    public void writeString(@Nullable String text) {
        if (text == null) {
            writeInt(NULL_LENGTH);
            return;
        }
        if (Utf8.isLong(text)) {
            writeByteArray(Utf8.encodeLong(text));
            return;
        }
        int asciiPrefix = Utf8.asciiPrefix(text);
        long size = Utf8.size(text, asciiPrefix);
        int start = claim(Integer.BYTES + size);
        Bytes.putInt(buffer, start, (int) size, bigEndian);
        Utf8.encode(text, asciiPrefix, buffer, start + Integer.BYTES);
    }

    /** Two's complement with the highest byte first, in either byte order. */
    public void writeBigInteger(BigInteger value) {
        writeByteArray(value.toByteArray());
    }

    @Override
    public void writeByteArray(byte @Nullable [] values) {
        if (values == null) {
            writeInt(NULL_LENGTH);
            return;
        }
        int start = claimArray(values.length, 1);
        System.arraycopy(values, 0, buffer, start, values.length);
    }

    @Override
    public void writeBooleanArray(boolean @Nullable [] values) {
        if (values == null) {
            writeInt(NULL_LENGTH);
            return;
        }
        int start = claimArray(values.length, 1);
        for (boolean value : values) {
            buffer[start++] = (byte) (value ? 1 : 0);
        }
    }

    /** Writes an array of booleans of a bit each, the lowest first. */
    public void writeBits(boolean[] values) {
        writeInt(values.length);
        int start = reserve((int) ((values.length + (Byte.SIZE - 1L)) / Byte.SIZE));
        for (int i = 0; i < values.length; i++) {
            if (values[i]) {
                buffer[start + i / Byte.SIZE] |= (byte) (1 << (i % Byte.SIZE));
            }
        }
    }

    @Override
    public void writeCharArray(char @Nullable [] values) {
        if (values == null) {
            writeInt(NULL_LENGTH);
            return;
        }
        int start = claimArray(values.length, Character.BYTES);
        Bytes.putAll(buffer, start, values, bigEndian);
    }

    @Override
    public void writeShortArray(short @Nullable [] values) {
        if (values == null) {
            writeInt(NULL_LENGTH);
            return;
        }
        int start = claimArray(values.length, Short.BYTES);
        Bytes.putAll(buffer, start, values, bigEndian);
    }

    @Override
    public void writeIntArray(int @Nullable [] values) {
        if (values == null) {
            writeInt(NULL_LENGTH);
            return;
        }
        int start = claimArray(values.length, Integer.BYTES);
        Bytes.putAll(buffer, start, values, bigEndian);
    }

    @Override
    public void writeLongArray(long @Nullable [] values) {
        if (values == null) {
            writeInt(NULL_LENGTH);
            return;
        }
        int start = claimArray(values.length, Long.BYTES);
        Bytes.putAll(buffer, start, values, bigEndian);
    }

    @Override
    public void writeFloatArray(float @Nullable [] values) {
        if (values == null) {
            writeInt(NULL_LENGTH);
            return;
        }
        int start = claimArray(values.length, Float.BYTES);
        Bytes.putAll(buffer, start, values, bigEndian);
    }

    @Override
    public void writeDoubleArray(double @Nullable [] values) {
        if (values == null) {
            writeInt(NULL_LENGTH);
            return;
        }
        int start = claimArray(values.length, Double.BYTES);
        Bytes.putAll(buffer, start, values, bigEndian);
    }

    @Override
    public void writeStringArray(@Nullable String @Nullable [] values) {
        if (values == null) {
            writeInt(NULL_LENGTH);
            return;
        }
        writeInt(values.length);
        for (String value : values) {
            writeString(value);
        }
    }

    @Override
    public void writeBytes(String text) {
        int length = text.length();
        int start = claim(length);
        for (int i = 0; i < length; i++) {
            buffer[start + i] = (byte) text.charAt(i);
        }
    }

    @Override
    public void writeChars(String text) {
        int length = text.length();
        int start = claim((long) length * Character.BYTES);
        for (int i = 0; i < length; i++) {
            Bytes.putShort(buffer, start + i * Character.BYTES, (short) text.charAt(i), bigEndian);
        }
    }

    @Override
    public void write(byte[] bytes) {
        write(bytes, 0, bytes.length);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        int start = claim(length);
        System.arraycopy(bytes, offset, buffer, start, length);
    }

    /** Writes the type id and then the form of an object inside this one. */
    @Override
    public void writeObject(@Nullable Object object) {
        descend();
        if (object == null) {
            writeInt(TypeId.NULL);
        } else {
            forms.write(this, object);
        }
        ascend();
    }

    /** Goes one level down, into an object inside this one; {@link #ascend} comes back. */
    public void descend() {
        if (++depth > DataReader.MAX_DEPTH) {
            throw SerializationErrors.tooDeepToWrite();
        }
    }

    /** Ends a level begun by {@link #descend}. */
    public void ascend() {
        depth--;
    }

    @Override
    public byte[] toByteArray() {
        return Arrays.copyOfRange(buffer, HEADER_SIZE, position);
    }

    @Override
    public ByteOrder byteOrder() {
        return bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    @Override
    public OutputStream asStream() {
        return new WriterStream(this);
    }

    /** Writes the length and returns where the elements start. */
    private int claimArray(int length, int elementSize) {
        int start = claim(Integer.BYTES + (long) length * elementSize);
        Bytes.putInt(buffer, start, length, bigEndian);
        return start + Integer.BYTES;
    }

    /** Makes room for so many bytes and returns where they start. */
    private int claim(long size) {
        int start = position;
        long end = start + size;
        if (end > buffer.length) {
            buffer = grown(buffer, end);
        }
        position = (int) end;
        return start;
    }

    private static byte[] grown(byte[] buffer, long needed) {
        if (needed > MAX_SIZE) {
            throw SerializationErrors.tooLarge("an object", needed);
        }
        try {
            return Arrays.copyOf(buffer, (int) Math.min(MAX_SIZE, Math.max(needed, buffer.length * 2L)));
        } catch (OutOfMemoryError e) {
            // One array too many for the heap says more about the object than about the program.
            throw SerializationErrors.tooLarge("an object", needed);
        }
    }
}
