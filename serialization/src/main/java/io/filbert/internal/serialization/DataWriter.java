// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization;

import io.filbert.internal.protocol.Data;
import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The cursor that writes one serialized object. Whoever knows the size says so at the start, and then the one array
 * allocated here is the result; otherwise the array grows and is trimmed at the end. Not thread-safe: one call owns it.
 */
final class DataWriter {
    /** Partition hash and type id, both big-endian whatever the order of the payload. */
    static final int HEADER_SIZE = 8;
    /** The longest array every JVM can make. */
    static final int MAX_SIZE = Integer.MAX_VALUE - 8;

    static final int NULL_LENGTH = -1;

    private final boolean bigEndian;
    private byte[] buffer;
    private int position;
    private int depth;

    DataWriter(int typeId, long payloadSize, boolean bigEndian) {
        this.bigEndian = bigEndian;
        this.buffer = newBuffer(typeId, payloadSize);
        this.position = HEADER_SIZE;
    }

    /** An array for a whole object, its header written and its partition hash left to be computed by readers. */
    static byte[] newBuffer(int typeId, long payloadSize) {
        long size = HEADER_SIZE + payloadSize;
        if (size > MAX_SIZE) {
            throw SerializationErrors.tooLarge(TypeId.nameOf(typeId), size);
        }
        byte[] buffer = new byte[(int) size];
        Bytes.putInt(buffer, 4, typeId, true);
        return buffer;
    }

    /** What was written; the writer is finished after that. */
    Data toData() {
        return Data.of(position == buffer.length ? buffer : Arrays.copyOf(buffer, position));
    }

    void writeBoolean(boolean value) {
        writeByte(value ? 1 : 0);
    }

    void writeByte(int value) {
        int start = claim(1); // before the array is looked at, which it may replace
        buffer[start] = (byte) value;
    }

    void writeChar(char value) {
        writeShort((short) value);
    }

    void writeShort(short value) {
        int start = claim(Short.BYTES);
        Bytes.putShort(buffer, start, value, bigEndian);
    }

    void writeInt(int value) {
        int start = claim(Integer.BYTES);
        Bytes.putInt(buffer, start, value, bigEndian);
    }

    void writeLong(long value) {
        int start = claim(Long.BYTES);
        Bytes.putLong(buffer, start, value, bigEndian);
    }

    /** Writes every NaN alike, as the members do, so that equal keys have equal bytes. */
    void writeFloat(float value) {
        writeInt(Float.floatToIntBits(value));
    }

    /** Writes every NaN alike, as the members do, so that equal keys have equal bytes. */
    void writeDouble(double value) {
        writeLong(Double.doubleToLongBits(value));
    }

    void writeString(@Nullable String text) {
        if (text == null) {
            writeInt(NULL_LENGTH);
            return;
        }
        int asciiPrefix = Utf8.asciiPrefix(text);
        long size = Utf8.size(text, asciiPrefix);
        int start = claim(Integer.BYTES + size);
        Bytes.putInt(buffer, start, (int) size, bigEndian);
        Utf8.encode(text, asciiPrefix, buffer, start + Integer.BYTES);
    }

    /** Two's complement with the highest byte first, in either byte order. */
    void writeBigInteger(BigInteger value) {
        writeByteArray(value.toByteArray());
    }

    void writeByteArray(byte @Nullable [] values) {
        if (values == null) {
            writeInt(NULL_LENGTH);
            return;
        }
        int start = claimArray(values.length, 1);
        System.arraycopy(values, 0, buffer, start, values.length);
    }

    void writeBooleanArray(boolean @Nullable [] values) {
        if (values == null) {
            writeInt(NULL_LENGTH);
            return;
        }
        int start = claimArray(values.length, 1);
        for (boolean value : values) {
            buffer[start++] = (byte) (value ? 1 : 0);
        }
    }

    void writeCharArray(char @Nullable [] values) {
        if (values == null) {
            writeInt(NULL_LENGTH);
            return;
        }
        int start = claimArray(values.length, Character.BYTES);
        Bytes.putAll(buffer, start, values, bigEndian);
    }

    void writeShortArray(short @Nullable [] values) {
        if (values == null) {
            writeInt(NULL_LENGTH);
            return;
        }
        int start = claimArray(values.length, Short.BYTES);
        Bytes.putAll(buffer, start, values, bigEndian);
    }

    void writeIntArray(int @Nullable [] values) {
        if (values == null) {
            writeInt(NULL_LENGTH);
            return;
        }
        int start = claimArray(values.length, Integer.BYTES);
        Bytes.putAll(buffer, start, values, bigEndian);
    }

    void writeLongArray(long @Nullable [] values) {
        if (values == null) {
            writeInt(NULL_LENGTH);
            return;
        }
        int start = claimArray(values.length, Long.BYTES);
        Bytes.putAll(buffer, start, values, bigEndian);
    }

    void writeFloatArray(float @Nullable [] values) {
        if (values == null) {
            writeInt(NULL_LENGTH);
            return;
        }
        int start = claimArray(values.length, Float.BYTES);
        Bytes.putAll(buffer, start, values, bigEndian);
    }

    void writeDoubleArray(double @Nullable [] values) {
        if (values == null) {
            writeInt(NULL_LENGTH);
            return;
        }
        int start = claimArray(values.length, Double.BYTES);
        Bytes.putAll(buffer, start, values, bigEndian);
    }

    void writeStringArray(@Nullable String @Nullable [] values) {
        if (values == null) {
            writeInt(NULL_LENGTH);
            return;
        }
        writeInt(values.length);
        for (String value : values) {
            writeString(value);
        }
    }

    /** Writes the type id and then the form of an object inside this one. */
    void writeObject(@Nullable Object object) {
        if (++depth > DataReader.MAX_DEPTH) {
            throw SerializationErrors.tooDeepToWrite();
        }
        if (object == null) {
            writeInt(TypeId.NULL);
        } else {
            int typeId = BuiltInTypes.idOf(object);
            writeInt(typeId);
            NestedTypes.write(typeId, this, object);
        }
        depth--;
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
        return Arrays.copyOf(buffer, (int) Math.min(MAX_SIZE, Math.max(needed, buffer.length * 2L)));
    }
}
