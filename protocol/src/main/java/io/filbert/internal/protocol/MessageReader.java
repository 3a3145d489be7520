// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A reusable cursor over one complete message. It walks from frame to frame without making an object for any of them,
 * believes no length before it was compared with the message's end, and ignores what it was not asked for: bytes behind
 * the known ones in a fixed frame, fields behind the known ones in a type, frames behind the known ones in a message.
 * Confined to one thread.
 */
public final class MessageReader {
    private static final int HEADER = MessageHeader.FRAME_HEADER_BYTES;
    private static final int STRUCTURE = MessageHeader.BEGIN | MessageHeader.END | MessageHeader.NULL;
    private static final byte[] NO_BYTES = new byte[0];

    private byte[] buffer = NO_BYTES;
    private int start;
    private int limit;
    /** Where the next frame starts. */
    private int next;
    /** Content of the frame taken last. */
    private int content;

    private int contentEnd;
    /** Content of the frame that fixed-size values are read from. */
    private int fixed;

    private int fixedEnd;

    /** Turns to another message, which must be complete and stay unchanged while it is read. */
    public MessageReader reset(byte[] newBuffer, int offset, int newLimit) {
        if (offset < 0 || newLimit > newBuffer.length || offset > newLimit) {
            throw new IndexOutOfBoundsException(
                    "message from " + offset + " to " + newLimit + " in " + newBuffer.length + " bytes");
        }
        buffer = newBuffer;
        start = offset;
        limit = newLimit;
        if (newLimit - offset < MessageHeader.MINIMUM_BYTES
                || MessageHeader.frameLength(newBuffer, offset) < MessageHeader.MINIMUM_BYTES
                || MessageHeader.frameLength(newBuffer, offset) > newLimit - offset) {
            throw new ProtocolException(
                    newLimit - offset < HEADER
                            ? "message of only " + (newLimit - offset) + " bytes"
                            : "first frame of " + MessageHeader.frameLength(newBuffer, offset)
                                    + " bytes in a message of " + (newLimit - offset));
        }
        rewind();
        return this;
    }

    private void rewind() {
        next = start + MessageHeader.frameLength(buffer, start);
        fixed = start + HEADER;
        fixedEnd = next;
    }

    // ---- header

    public int messageType() {
        return MessageHeader.messageType(buffer, start);
    }

    public long correlationId() {
        return MessageHeader.correlationId(buffer, start);
    }

    /** Flags of the first frame. */
    public int flags() {
        return MessageHeader.flags(buffer, start);
    }

    /** Partition of a request, ordering key of an event; -1 for none. Responses have none. */
    public int partitionId() {
        if (MessageHeader.frameLength(buffer, start) < HEADER + 16) {
            throw problem(start, "first frame too short for a partition id");
        }
        return MessageHeader.partitionId(buffer, start);
    }

    /** How many backup acks follow a response. */
    public int backupAcks() {
        return MessageHeader.backupAcks(buffer, start);
    }

    public boolean isEvent() {
        return MessageHeader.isEvent(flags());
    }

    public boolean isBackupEvent() {
        return MessageHeader.isBackupEvent(flags());
    }

    /** Length of the message in bytes. */
    public int length() {
        return limit - start;
    }

    /** A copy of the whole message, which outlives the buffer. */
    public byte[] copyMessage() {
        return Arrays.copyOfRange(buffer, start, limit);
    }

    // ---- fixed-size values

    /** Checks the message type and that the first frame is long enough, and goes to the first parameter. */
    public void begin(int expectedType, int requiredBytes) {
        if (messageType() != expectedType) {
            throw new ProtocolException(
                    "expected " + MessageNames.of(expectedType) + " but got " + MessageNames.of(messageType()));
        }
        rewind();
        requireFixed(requiredBytes);
    }

    /** Takes the frame that holds the fixed-size fields of a custom type. */
    public void fixedFrame(int requiredBytes) {
        takeValue();
        fixed = content;
        fixedEnd = contentEnd;
        requireFixed(requiredBytes);
    }

    private void requireFixed(int requiredBytes) {
        if (fixedEnd - fixed < requiredBytes) {
            throw problem(
                    fixed, (fixedEnd - fixed) + " bytes of fixed-size values where " + requiredBytes + " are needed");
        }
    }

    /** Whether the fixed-size values reach so far; those of younger versions may be missing. */
    public boolean has(int end) {
        return fixedEnd - fixed >= end;
    }

    public boolean booleanAt(int offset) {
        return buffer[fixed + offset] == 1;
    }

    public byte byteAt(int offset) {
        return buffer[fixed + offset];
    }

    public int intAt(int offset) {
        return Wire.getInt(buffer, fixed + offset);
    }

    public long longAt(int offset) {
        return Wire.getLong(buffer, fixed + offset);
    }

    public float floatAt(int offset) {
        return Wire.getFloat(buffer, fixed + offset);
    }

    public UUID uuidAt(int offset) {
        UUID value = Wire.getUuid(buffer, fixed + offset);
        return value == null ? Wire.NIL_UUID : value;
    }

    public @Nullable UUID uuidAtOrNull(int offset) {
        return Wire.getUuid(buffer, fixed + offset);
    }

    // ---- frames

    /** Whether the message has another frame. */
    public boolean hasNext() {
        return next < limit;
    }

    /** Whether the custom type, list or map being read has another frame. */
    public boolean hasField() {
        return (peek() & MessageHeader.END) == 0;
    }

    /** Steps over a null frame, if one is next. */
    public boolean takeNull() {
        if ((peek() & MessageHeader.NULL) == 0) {
            return false;
        }
        take();
        return true;
    }

    /** Steps into a custom type, list or map. */
    public void beginType() {
        int at = next;
        if ((take() & MessageHeader.BEGIN) == 0) {
            throw problem(at, "expected the beginning of a structure");
        }
    }

    /** Leaves a custom type, list or map, whatever fields it still has. */
    public void endType() {
        int depth = 1;
        while (depth > 0) {
            int flags = take();
            if ((flags & MessageHeader.BEGIN) != 0) {
                depth++;
            }
            if ((flags & MessageHeader.END) != 0) {
                depth--;
            }
        }
    }

    private int peek() {
        if (limit - next < HEADER) {
            throw problem(next, "message ends where another frame is needed");
        }
        return MessageHeader.flags(buffer, next);
    }

    private int take() {
        int flags = peek();
        int length = MessageHeader.frameLength(buffer, next);
        if (length < HEADER || length > limit - next) {
            throw problem(next, "frame of " + length + " bytes where " + (limit - next) + " are left");
        }
        content = next + HEADER;
        next += length;
        contentEnd = next;
        return flags;
    }

    private void takeValue() {
        int at = next;
        if ((take() & STRUCTURE) != 0) {
            throw problem(at, "expected a value, found a begin, end or null frame");
        }
    }

    // ---- values in one frame

    public String readString() {
        takeValue();
        String value = new String(buffer, content, contentEnd - content, StandardCharsets.UTF_8);
        // malformed input has become the replacement character; only then is it worth a second look
        if (value.indexOf('\uFFFD') >= 0) {
            requireUtf8();
        }
        return value;
    }

    private void requireUtf8() {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(buffer, content, contentEnd - content));
        } catch (CharacterCodingException e) {
            throw problem(content, "string is not UTF-8", e);
        }
    }

    public @Nullable String readStringOrNull() {
        return takeNull() ? null : readString();
    }

    public Data readData() {
        takeData();
        return Data.of(Arrays.copyOfRange(buffer, content, contentEnd));
    }

    public @Nullable Data readDataOrNull() {
        return takeNull() ? null : readData();
    }

    /** Decodes a serialized object where it lies. */
    public <T extends @Nullable Object> T readData(DataDecoder<T> decoder) {
        takeData();
        return decoder.decode(buffer, content, contentEnd - content);
    }

    public <T extends @Nullable Object> @Nullable T readDataOrNull(DataDecoder<T> decoder) {
        return takeNull() ? null : readData(decoder);
    }

    private void takeData() {
        takeValue();
        if (contentEnd - content < Data.HEADER_BYTES) {
            throw problem(content, "serialized object of only " + (contentEnd - content) + " bytes");
        }
    }

    byte[] readBytes() {
        takeValue();
        return content == contentEnd ? NO_BYTES : Arrays.copyOfRange(buffer, content, contentEnd);
    }

    /** Takes a frame of packed items and answers their number; {@link #packedOffset} tells where they lie. */
    public int takePacked(int itemBytes) {
        takeValue();
        int bytes = contentEnd - content;
        if (bytes % itemBytes != 0) {
            throw problem(content, bytes + " bytes cannot hold items of " + itemBytes);
        }
        return bytes / itemBytes;
    }

    /** Where the frame taken last starts in {@link #buffer}. */
    public int packedOffset() {
        return content;
    }

    /** Where the frame taken last ends in {@link #buffer}. */
    public int packedEnd() {
        return contentEnd;
    }

    /** The array being read; callers must not modify it. */
    public byte[] buffer() {
        return buffer;
    }

    // ---- lists of serialized objects, decoded in place

    public <T extends @Nullable Object> List<T> readDataList(DataDecoder<T> decoder) {
        List<T> values = new ArrayList<>();
        beginType();
        while (hasField()) {
            values.add(readData(decoder));
        }
        endType();
        return values;
    }

    public <T extends @Nullable Object> @Nullable List<T> readDataListOrNull(DataDecoder<T> decoder) {
        return takeNull() ? null : readDataList(decoder);
    }

    public <T extends @Nullable Object> List<@Nullable T> readDataOrNullList(DataDecoder<T> decoder) {
        List<@Nullable T> values = new ArrayList<>();
        beginType();
        while (hasField()) {
            values.add(readDataOrNull(decoder));
        }
        endType();
        return values;
    }

    public <K extends @Nullable Object, V extends @Nullable Object> List<Map.Entry<K, V>> readDataEntries(
            DataDecoder<K> keyDecoder, DataDecoder<V> valueDecoder) {
        List<Map.Entry<K, V>> entries = new ArrayList<>();
        beginType();
        while (hasField()) {
            K key = readData(keyDecoder);
            entries.add(new SimpleImmutableEntry<>(key, readData(valueDecoder)));
        }
        endType();
        return entries;
    }

    // ---- errors

    /** An exception that names the message and the place. */
    public ProtocolException problem(int offset, String what) {
        return new ProtocolException(describe(offset, what));
    }

    public ProtocolException problem(int offset, String what, Throwable cause) {
        return new ProtocolException(describe(offset, what), cause);
    }

    private String describe(int offset, String what) {
        return MessageNames.of(messageType()) + " of " + length() + " bytes, at byte " + (offset - start) + ": " + what;
    }
}
