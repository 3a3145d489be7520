// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.stream;

import io.filbert.error.SerializationException;
import io.filbert.serialization.ObjectDataInput;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The cursor that reads one serialized object from a range of a buffer. It trusts nothing: each length is compared with
 * the bytes that are left before anything is allocated, so the memory a value costs stays in proportion to its bytes.
 * Nothing read keeps a reference to the buffer. Not thread-safe: one call owns it.
 */
public final class DataReader implements ObjectDataInput {
    /**
     * How deep objects may lie inside objects: more than real values need, and with compiled code at its most wasteful
     * less than half of what the usual stack of one megabyte holds.
     */
    public static final int MAX_DEPTH = 500;

    private static final int ROOM_AT_ANY_DEPTH = 1024;

    private final byte[] buffer;
    private final int start;
    private final int end;
    private final boolean bigEndian;
    private final ObjectForms forms;
    private int limit;
    private int position;
    private int typeId;
    private int depth;
    private int unused;
    private @Nullable RuntimeException signal;

    /** Reads the payload of the object that starts at {@code start}; the caller has looked at its header. */
    public DataReader(byte[] buffer, int start, int limit, int typeId, boolean bigEndian, ObjectForms forms) {
        this.buffer = buffer;
        this.start = start;
        this.end = limit;
        this.limit = limit;
        this.bigEndian = bigEndian;
        this.forms = forms;
        this.position = start + DataWriter.HEADER_SIZE;
        this.typeId = typeId;
        this.unused = limit - start;
    }

    /** Where classes are looked up by name. */
    public Classes classes() {
        return forms.classes();
    }

    @Override
    public boolean readBoolean() {
        return readByte() != 0;
    }

    @Override
    public byte readByte() {
        return buffer[advance(1)];
    }

    @Override
    public char readChar() {
        return (char) readShort();
    }

    @Override
    public short readShort() {
        return Bytes.getShort(buffer, advance(Short.BYTES), bigEndian);
    }

    @Override
    public int readInt() {
        return Bytes.getInt(buffer, advance(Integer.BYTES), bigEndian);
    }

    @Override
    public long readLong() {
        return Bytes.getLong(buffer, advance(Long.BYTES), bigEndian);
    }

    @Override
    public float readFloat() {
        return Float.intBitsToFloat(readInt());
    }

    @Override
    public double readDouble() {
        return Double.longBitsToDouble(readLong());
    }

    @Override
    public @Nullable String readString() {
        int length = readLength(1);
        if (length == DataWriter.NULL_LENGTH) {
            return null;
        }
        int from = advance(length);
        return Utf8.decode(buffer, from, length, typeId, from - start);
    }

    /** Reads two's complement with the highest byte first, in either byte order. */
    public BigInteger readBigInteger() {
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

    /** Reads a number as {@link #readBigInteger} does, and the scale. */
    public BigDecimal readBigDecimal() {
        int offset = position();
        int length = readCount(1);
        if (length == 0 || length > Long.BYTES) {
            seek(offset);
            BigInteger unscaled = readBigInteger();
            return new BigDecimal(unscaled, readInt());
        }
        int from = advance(length);
        long unscaled = buffer[from];
        for (int i = 1; i < length; i++) {
            unscaled = (unscaled << Byte.SIZE) | (buffer[from + i] & 0xFF);
        }
        return BigDecimal.valueOf(unscaled, readInt());
    }

    @Override
    public byte @Nullable [] readByteArray() {
        int length = readLength(1);
        if (length == DataWriter.NULL_LENGTH) {
            return null;
        }
        byte[] values = new byte[length];
        System.arraycopy(buffer, advance(length), values, 0, length);
        return values;
    }

    @Override
    public boolean @Nullable [] readBooleanArray() {
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

    @Override
    public char @Nullable [] readCharArray() {
        int length = readLength(Character.BYTES);
        if (length == DataWriter.NULL_LENGTH) {
            return null;
        }
        char[] values = new char[length];
        Bytes.getAll(buffer, advance(length * Character.BYTES), values, bigEndian);
        return values;
    }

    @Override
    public short @Nullable [] readShortArray() {
        int length = readLength(Short.BYTES);
        if (length == DataWriter.NULL_LENGTH) {
            return null;
        }
        short[] values = new short[length];
        Bytes.getAll(buffer, advance(length * Short.BYTES), values, bigEndian);
        return values;
    }

    @Override
    public int @Nullable [] readIntArray() {
        int length = readLength(Integer.BYTES);
        if (length == DataWriter.NULL_LENGTH) {
            return null;
        }
        int[] values = new int[length];
        Bytes.getAll(buffer, advance(length * Integer.BYTES), values, bigEndian);
        return values;
    }

    @Override
    public long @Nullable [] readLongArray() {
        int length = readLength(Long.BYTES);
        if (length == DataWriter.NULL_LENGTH) {
            return null;
        }
        long[] values = new long[length];
        Bytes.getAll(buffer, advance(length * Long.BYTES), values, bigEndian);
        return values;
    }

    @Override
    public float @Nullable [] readFloatArray() {
        int length = readLength(Float.BYTES);
        if (length == DataWriter.NULL_LENGTH) {
            return null;
        }
        float[] values = new float[length];
        Bytes.getAll(buffer, advance(length * Float.BYTES), values, bigEndian);
        return values;
    }

    @Override
    public double @Nullable [] readDoubleArray() {
        int length = readLength(Double.BYTES);
        if (length == DataWriter.NULL_LENGTH) {
            return null;
        }
        double[] values = new double[length];
        Bytes.getAll(buffer, advance(length * Double.BYTES), values, bigEndian);
        return values;
    }

    @Override
    public @Nullable String @Nullable [] readStringArray() {
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

    /**
     * Reads the type id and then the form of an object inside this one. What most of them are is read here, so that the compiler can
     * put a loop over them into one piece: through the way to all the others it would come back to this method, and give up.
     */
    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // what was written is the caller's to know
    public <T> @Nullable T readObject() {
        int outer = typeId;
        int offset = position();
        int type = readInt();
        typeId = type;
        if (depth >= MAX_DEPTH) {
            throw SerializationErrors.tooDeepToRead(type, offset);
        }
        Object object;
        if (type == TypeId.STRING) {
            object = readString();
        } else if (type == TypeId.INTEGER) {
            object = readInt();
        } else if (type == TypeId.LONG) {
            object = readLong();
        } else if (type == TypeId.NULL) {
            object = null;
        } else {
            object = readOther(type);
        }
        typeId = outer;
        return (T) object;
    }

    private @Nullable Object readOther(int type) {
        depth++;
        Object object = forms.read(type, this);
        depth--;
        return object;
    }

    /** Keeps a signal for whoever asked for the whole object, whatever code of the user on the way makes of it. */
    public void signal(RuntimeException keep) {
        signal = keep;
    }

    /** The signal kept last; null if there is none. */
    public @Nullable RuntimeException signal() {
        return signal;
    }

    /** Goes one level down, into an object that has no type id of its own; {@link #ascend} comes back. */
    public void descend() {
        if (++depth > MAX_DEPTH) {
            throw SerializationErrors.tooDeepToRead(typeId, position());
        }
    }

    /** Ends a level begun by {@link #descend}. */
    public void ascend() {
        depth--;
    }

    /**
     * Counts bytes that were reached by an offset and became part of a value. Where each byte belongs to one value they never exceed what is
     * there; hostile offsets, which make many values of the same bytes, do.
     */
    public void use(int bytes) {
        unused -= bytes;
        if (unused < 0) {
            throw malformed(position(), "its parts overlap: they take more bytes than there are", null);
        }
    }

    /** How many bytes may still be used. */
    public int unused() {
        return unused;
    }

    /** Sets how many bytes may still be used, for a caller who means to use some twice. */
    public void unused(int bytes) {
        unused = bytes;
    }

    /** Reads an array of booleans of a bit each, the lowest first. */
    public boolean[] readBits() {
        int offset = position();
        int length = readInt();
        if (length < 0) {
            throw SerializationErrors.badLength(typeId, offset, length);
        }
        int from = advance((int) ((length + (Byte.SIZE - 1L)) / Byte.SIZE));
        boolean[] values = new boolean[length];
        for (int i = 0; i < length; i++) {
            values[i] = (buffer[from + i / Byte.SIZE] & (1 << (i % Byte.SIZE))) != 0;
        }
        return values;
    }

    /** The number of elements that follow, each of which takes at least so many bytes; -1 stands for no array at all. */
    public int readLength(int minElementSize) {
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
    public int readCount(int minElementSize) {
        int offset = position - start;
        int length = readLength(minElementSize);
        if (length < 0) {
            throw SerializationErrors.badLength(typeId, offset, length);
        }
        return length;
    }

    /**
     * How many of so many elements that follow, as {@link #readCount} has said, to make room for at once: usually all. Deep
     * inside other objects it is fewer, because the same bytes may be claimed again at each level.
     */
    public int roomFor(int count) {
        return count <= ROOM_AT_ANY_DEPTH ? count : Math.max(ROOM_AT_ANY_DEPTH, count >> Math.min(depth, 31));
    }

    /** The error for bytes just read that no value of their type has. */
    public SerializationException malformed(int offset, String problem, @Nullable Throwable cause) {
        return SerializationErrors.malformed(typeId, offset, problem, cause);
    }

    public SerializationException unreadable() {
        return SerializationErrors.unreadable(typeId, position());
    }

    /** What {@link #position} counts from, for reading somewhere else in the same bytes. */
    @Override
    public int position() {
        return position - start;
    }

    @Override
    public int size() {
        return end - start;
    }

    /** Goes to a position, as {@link #position} counts it. */
    public void seek(int target) {
        if (target < DataWriter.HEADER_SIZE || target > limit - start) {
            throw malformed(
                    position(),
                    "a position should follow, but " + target + " is outside the " + (limit - start)
                            + " bytes of the object",
                    null);
        }
        position = start + target;
    }

    /** Where what can be read ends, as {@link #position} counts it. */
    public int limit() {
        return limit - start;
    }

    /**
     * Ends what can be read at a position, as {@link #position} counts it: that of an object inside others, whose bytes are then safe from
     * it. Returns where it ended before, for {@link #widen}.
     */
    public int narrow(int newEnd) {
        int before = limit - start;
        if (newEnd < position - start || newEnd > before) {
            throw malformed(
                    position(),
                    "an object should end between here and " + before + ", but is said to end at " + newEnd,
                    null);
        }
        limit = start + newEnd;
        return before;
    }

    /** Undoes {@link #narrow}, whose result it is given. */
    public void widen(int oldEnd) {
        limit = start + oldEnd;
    }

    /** The array read from, for readers that find their own way; {@link #start} says where the bytes of the object are in it. */
    public byte[] buffer() {
        return buffer;
    }

    /** Whether numbers in the {@link #buffer} have their high byte first. */
    public boolean bigEndian() {
        return bigEndian;
    }

    /** Where position 0 is in the {@link #buffer}. */
    public int start() {
        return start;
    }

    /** Reads ASCII text elsewhere, at a position as {@link #position} counts it; the cursor stays. */
    public String asciiAt(int at, int length) {
        int from = check(at, length);
        for (int i = 0; i < length; i++) {
            if (buffer[from + i] < 0) {
                throw malformed(at + i, "a name holds bytes that are not ASCII", null);
            }
        }
        return new String(buffer, from, length, StandardCharsets.US_ASCII);
    }

    /** The kind of object being read now, for errors. */
    public int typeId() {
        return typeId;
    }

    /** Reads an int elsewhere, at a position as {@link #position} counts it; the cursor stays. */
    public int intAt(int at) {
        return Bytes.getInt(buffer, check(at, Integer.BYTES), bigEndian);
    }

    /** As {@link #intAt}. */
    public long longAt(int at) {
        return Bytes.getLong(buffer, check(at, Long.BYTES), bigEndian);
    }

    /** As {@link #intAt}. */
    public short shortAt(int at) {
        return Bytes.getShort(buffer, check(at, Short.BYTES), bigEndian);
    }

    /** As {@link #intAt}. */
    public byte byteAt(int at) {
        return buffer[check(at, 1)];
    }

    private int check(int at, int size) {
        if ((at | size) < 0 || at > limit - start - size) {
            throw SerializationErrors.truncated(typeId, at, size, Math.max(0, limit - start - at));
        }
        return start + at;
    }

    @Override
    public int readUnsignedByte() {
        return readByte() & 0xFF;
    }

    @Override
    public int readUnsignedShort() {
        return readShort() & 0xFFFF;
    }

    @Override
    public void readInto(byte[] target) {
        readInto(target, 0, target.length);
    }

    @Override
    public void readInto(byte[] target, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, target.length);
        System.arraycopy(buffer, advance(length), target, offset, length);
    }

    @Override
    public int skipBytes(int count) {
        int skipped = Math.max(0, Math.min(count, limit - position));
        position += skipped;
        return skipped;
    }

    @Override
    public ByteOrder byteOrder() {
        return bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    @Override
    public InputStream asStream() {
        return new ReaderStream(this);
    }

    /** How many bytes are left. */
    int remaining() {
        return limit - position;
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
