// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writing side of the codecs: little-endian values and whole frames at an offset of an array of the right size. Methods
 * that write a frame answer the offset behind it. Nothing here allocates, apart from the message array itself and the
 * bytes of strings that are not ASCII.
 */
public final class Wire {
    /** Stands for a null {@link UUID} where the schema knows no null; members send it there all the same. */
    public static final UUID NIL_UUID = new UUID(0, 0);

    static final int UUID_BYTES = 17;

    private static final int HEADER = MessageHeader.FRAME_HEADER_BYTES;
    private static final int FLAGS = 4;
    private static final VarHandle SHORT = view(short[].class);
    private static final VarHandle INT = view(int[].class);
    private static final VarHandle LONG = view(long[].class);

    private Wire() {}

    private static VarHandle view(Class<?> arrayType) {
        return MethodHandles.byteArrayViewVarHandle(arrayType, ByteOrder.LITTLE_ENDIAN);
    }

    // ---- whole messages

    /** A request without correlation id and partition; {@code firstFrame} and {@code total} count the header. */
    public static byte[] newRequest(int messageType, int firstFrame, int total) {
        byte[] out = newMessage(messageType, firstFrame, total, MessageHeader.UNFRAGMENTED);
        MessageHeader.setPartitionId(out, -1);
        return out;
    }

    public static byte[] newResponse(int messageType, int firstFrame, int total) {
        return newMessage(messageType, firstFrame, total, MessageHeader.UNFRAGMENTED);
    }

    public static byte[] newEvent(int messageType, int firstFrame, int total) {
        byte[] out = newMessage(messageType, firstFrame, total, MessageHeader.UNFRAGMENTED | MessageHeader.EVENT);
        MessageHeader.setPartitionId(out, -1);
        return out;
    }

    private static byte[] newMessage(int messageType, int firstFrame, int total, int flags) {
        if (total < firstFrame) {
            throw new IllegalArgumentException(MessageNames.of(messageType) + " would be longer than 2 GB");
        }
        byte[] out = new byte[total];
        putHeader(out, 0, firstFrame - HEADER, flags);
        putInt(out, HEADER, messageType);
        return out;
    }

    /** Marks the frame at an offset as the last one of the message. */
    public static byte[] finish(byte[] out, int lastFrame) {
        addFlags(out, lastFrame, MessageHeader.FINAL);
        return out;
    }

    static void addFlags(byte[] out, int frame, int flags) {
        SHORT.set(out, frame + FLAGS, (short) ((short) SHORT.get(out, frame + FLAGS) | flags));
    }

    // ---- fixed-size values

    public static void putBoolean(byte[] out, int at, boolean value) {
        out[at] = (byte) (value ? 1 : 0);
    }

    public static void putByte(byte[] out, int at, byte value) {
        out[at] = value;
    }

    public static void putShort(byte[] out, int at, short value) {
        SHORT.set(out, at, value);
    }

    public static void putInt(byte[] out, int at, int value) {
        INT.set(out, at, value);
    }

    public static void putLong(byte[] out, int at, long value) {
        LONG.set(out, at, value);
    }

    public static void putFloat(byte[] out, int at, float value) {
        INT.set(out, at, Float.floatToRawIntBits(value));
    }

    /** A UUID, or the flag that there is none; the array is still zero behind the flag. */
    public static void putUuid(byte[] out, int at, @Nullable UUID value) {
        if (value == null) {
            out[at] = 1;
        } else {
            LONG.set(out, at + 1, value.getMostSignificantBits());
            LONG.set(out, at + 9, value.getLeastSignificantBits());
        }
    }

    public static short getShort(byte[] in, int at) {
        return (short) SHORT.get(in, at);
    }

    public static int getInt(byte[] in, int at) {
        return (int) INT.get(in, at);
    }

    public static long getLong(byte[] in, int at) {
        return (long) LONG.get(in, at);
    }

    static float getFloat(byte[] in, int at) {
        return Float.intBitsToFloat(getInt(in, at));
    }

    /** Only a 1 means null, like only a 1 means true. */
    static @Nullable UUID getUuid(byte[] in, int at) {
        return in[at] == 1 ? null : new UUID(getLong(in, at + 1), getLong(in, at + 9));
    }

    // ---- frames

    private static void putHeader(byte[] out, int at, int content, int flags) {
        INT.set(out, at, HEADER + content);
        SHORT.set(out, at + FLAGS, (short) flags);
    }

    /** The header of a frame whose content the caller writes; answers the offset of the content. */
    public static int putFrame(byte[] out, int at, int content) {
        putHeader(out, at, content, 0);
        return at + HEADER;
    }

    public static int putBegin(byte[] out, int at) {
        putHeader(out, at, 0, MessageHeader.BEGIN);
        return at + HEADER;
    }

    public static int putEnd(byte[] out, int at) {
        putHeader(out, at, 0, MessageHeader.END);
        return at + HEADER;
    }

    public static int putNull(byte[] out, int at) {
        putHeader(out, at, 0, MessageHeader.NULL);
        return at + HEADER;
    }

    static int putBytes(byte[] out, int at, byte[] value) {
        int content = putFrame(out, at, value.length);
        System.arraycopy(value, 0, out, content, value.length);
        return content + value.length;
    }

    // ---- serialized objects

    public static int size(Data value) {
        return HEADER + value.size();
    }

    public static int sizeOrNull(@Nullable Data value) {
        return value == null ? HEADER : size(value);
    }

    public static int put(byte[] out, int at, Data value) {
        return putBytes(out, at, value.bytes());
    }

    public static int putOrNull(byte[] out, int at, @Nullable Data value) {
        return value == null ? putNull(out, at) : put(out, at, value);
    }

    // ---- strings

    /**
     * How many bytes a string takes, 0 for null. A surrogate without its other half has no UTF-8 form: replacing it
     * would make two names one, so it is refused.
     */
    public static int utf8Length(@Nullable String value) {
        if (value == null) {
            return 0;
        }
        int length = value.length();
        for (int i = 0; i < length; i++) {
            if (value.charAt(i) >= 0x80) {
                return i + utf8LengthBeyondAscii(value, i);
            }
        }
        return length;
    }

    private static int utf8LengthBeyondAscii(String value, int from) {
        int bytes = 0;
        for (int i = from; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < 0x80) {
                bytes++;
            } else if (c < 0x800) {
                bytes += 2;
            } else if (!Character.isSurrogate(c)) {
                bytes += 3;
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1))) {
                bytes += 4;
                i++;
            } else {
                throw new IllegalArgumentException(
                        "character " + i + " of a string is half of a surrogate pair and cannot be sent");
            }
        }
        return bytes;
    }

    /** A string whose {@link #utf8Length} is known already. */
    @SuppressWarnings("deprecation") // the one copy loop from a string of one-byte characters without a detour
    public static int putString(byte[] out, int at, String value, int utf8Length) {
        int content = putFrame(out, at, utf8Length);
        if (utf8Length == value.length()) {
            value.getBytes(0, utf8Length, out, content);
        } else {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            System.arraycopy(bytes, 0, out, content, bytes.length);
        }
        return content + utf8Length;
    }

    public static int putStringOrNull(byte[] out, int at, @Nullable String value, int utf8Length) {
        return value == null ? putNull(out, at) : putString(out, at, value, utf8Length);
    }
}
