// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization;

import io.filbert.error.SerializationException;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * The cursor that reads one serialized object from a range of a buffer. It trusts nothing: each length is compared with
 * the bytes that are left before anything is allocated, so the memory a value costs stays in proportion to its bytes.
 * Nothing read keeps a reference to the buffer. Not thread-safe: one call owns it.
 */
final class DataReader {
    /**
     * How deep objects may lie inside objects: more than real values need, and with compiled code at its most wasteful
     * less than half of what the usual stack of one megabyte holds.
     */
    static final int MAX_DEPTH = 500;

    private final byte[] buffer;
    private final int start;
    private final int limit;
    private final boolean bigEndian;
    private int position;
    private int typeId;
    private int depth;

    /** Reads the payload of the object that starts at {@code start}; the caller has looked at its header. */
    DataReader(byte[] buffer, int start, int limit, int typeId, boolean bigEndian) {
        this.buffer = buffer;
        this.start = start;
        this.limit = limit;
        this.bigEndian = bigEndian;
        this.position = start + DataWriter.HEADER_SIZE;
        this.typeId = typeId;
    }

    boolean readBoolean() {
        return readByte() != 0;
    }

    byte readByte() {
        return buffer[advance(1)];
    }

    char readChar() {
        return (char) readShort();
    }

    short readShort() {
        return Bytes.getShort(buffer, advance(Short.BYTES), bigEndian);
    }

    int readInt() {
        return Bytes.getInt(buffer, advance(Integer.BYTES), bigEndian);
    }

    long readLong() {
        return Bytes.getLong(buffer, advance(Long.BYTES), bigEndian);
    }

    float readFloat() {
        return Float.intBitsToFloat(readInt());
    }

    double readDouble() {
        return Double.longBitsToDouble(readLong());
    }

    @Nullable
    String readString() {
        int length = readLength(1);
        if (length == DataWriter.NULL_LENGTH) {
            return null;
        }
        int from = advance(length);
        return Utf8.decode(buffer, from, length, typeId, from - start);
    }

    BigInteger readBigInteger() {
        int length = readCount(1);
        int from = advance(length);
        if (length == 0) {
            throw malformed(from - start, "a number has no digits", null);
        }
        try {
            return new BigInteger(buffer, from, length);
        } catch (ArithmeticException e) {
            throw malformed(from - start, "a number of " + length + " bytes is larger than a BigInteger can be", e);
        }
    }

    byte @Nullable [] readByteArray() {
        int length = readLength(1);
        if (length == DataWriter.NULL_LENGTH) {
            return null;
        }
        byte[] values = new byte[length];
        System.arraycopy(buffer, advance(length), values, 0, length);
        return values;
    }

    boolean @Nullable [] readBooleanArray() {
        int length = readLength(1);
        if (length == DataWriter.NULL_LENGTH) {
            return null;
        }
        boolean[] values = new boolean[length];
        int from = advance(length);
        for (int i = 0; i < length; i++) {
            values[i] = buffer[from + i] != 0;
        }
        return values;
    }

    char @Nullable [] readCharArray() {
        int length = readLength(Character.BYTES);
        if (length == DataWriter.NULL_LENGTH) {
            return null;
        }
        char[] values = new char[length];
        Bytes.getAll(buffer, advance(length * Character.BYTES), values, bigEndian);
        return values;
    }

    short @Nullable [] readShortArray() {
        int length = readLength(Short.BYTES);
        if (length == DataWriter.NULL_LENGTH) {
            return null;
        }
        short[] values = new short[length];
        Bytes.getAll(buffer, advance(length * Short.BYTES), values, bigEndian);
        return values;
    }

    int @Nullable [] readIntArray() {
        int length = readLength(Integer.BYTES);
        if (length == DataWriter.NULL_LENGTH) {
            return null;
        }
        int[] values = new int[length];
        Bytes.getAll(buffer, advance(length * Integer.BYTES), values, bigEndian);
        return values;
    }

    long @Nullable [] readLongArray() {
        int length = readLength(Long.BYTES);
        if (length == DataWriter.NULL_LENGTH) {
            return null;
        }
        long[] values = new long[length];
        Bytes.getAll(buffer, advance(length * Long.BYTES), values, bigEndian);
        return values;
    }

    float @Nullable [] readFloatArray() {
        int length = readLength(Float.BYTES);
        if (length == DataWriter.NULL_LENGTH) {
            return null;
        }
        float[] values = new float[length];
        Bytes.getAll(buffer, advance(length * Float.BYTES), values, bigEndian);
        return values;
    }

    double @Nullable [] readDoubleArray() {
        int length = readLength(Double.BYTES);
        if (length == DataWriter.NULL_LENGTH) {
            return null;
        }
        double[] values = new double[length];
        Bytes.getAll(buffer, advance(length * Double.BYTES), values, bigEndian);
        return values;
    }

    @Nullable
    String @Nullable [] readStringArray() {
        int length = readLength(Integer.BYTES);
        if (length == DataWriter.NULL_LENGTH) {
            return null;
        }
        @Nullable String[] values = new @Nullable String[length];
        for (int i = 0; i < length; i++) {
            values[i] = readString();
        }
        return values;
    }

    /** Reads the type id and then the form of an object inside this one. */
    @Nullable
    Object readObject() {
        int outer = typeId;
        int offset = position - start;
        typeId = readInt();
        if (++depth > MAX_DEPTH) {
            throw SerializationErrors.tooDeepToRead(typeId, offset);
        }
        Object object = NestedTypes.read(typeId, this);
        depth--;
        typeId = outer;
        return object;
    }

    /** The number of elements that follow, each of which takes at least so many bytes; -1 stands for no array at all. */
    int readLength(int minElementSize) {
        int offset = position - start;
        int length = readInt();
        if (length < DataWriter.NULL_LENGTH) {
            throw SerializationErrors.badLength(typeId, offset, length);
        }
        if ((long) length * minElementSize > limit - position) {
            throw SerializationErrors.truncated(typeId, offset, (long) length * minElementSize, limit - position);
        }
        return length;
    }

    /** As {@link #readLength}, where the form has no way to say that there is no array. */
    int readCount(int minElementSize) {
        int offset = position - start;
        int length = readLength(minElementSize);
        if (length < 0) {
            throw SerializationErrors.badLength(typeId, offset, length);
        }
        return length;
    }

    /** The error for bytes just read that no value of their type has. */
    SerializationException malformed(int offset, String problem, @Nullable Throwable cause) {
        return SerializationErrors.malformed(typeId, offset, problem, cause);
    }

    SerializationException unreadable() {
        return SerializationErrors.unreadable(typeId, offset());
    }

    /** How far the cursor is from the first byte of the whole object. */
    int offset() {
        return position - start;
    }

    /** Steps over so many bytes, which must be there, and returns where they start. */
    private int advance(int size) {
        int from = position;
        if (size > limit - from) {
            throw SerializationErrors.truncated(typeId, from - start, size, limit - from);
        }
        position = from + size;
        return from;
    }
}
