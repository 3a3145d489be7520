// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.transport;

import io.filbert.internal.protocol.MessageHeader;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Messages made frame by frame, with a content that tells them apart. */
final class WireBytes {

    /** The shortest message: one frame that holds the header of a message and nothing else. */
    static final int SMALLEST = 22;

    private WireBytes() {}

    static byte[] frame(int flags, byte[] content) {
        return ByteBuffer.allocate(MessageHeader.FRAME_HEADER_BYTES + content.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(MessageHeader.FRAME_HEADER_BYTES + content.length)
                .putShort((short) flags)
                .put(content)
                .array();
    }

    /** A message of one frame, this many bytes long all together. */
    static byte[] message(int number, int length) {
        byte[] content = new byte[length - MessageHeader.FRAME_HEADER_BYTES];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) (number * 31 + i);
        }
        ByteBuffer.wrap(content).putInt(content.length - 4, number);
        return frame(MessageHeader.UNFRAGMENTED | MessageHeader.FINAL, content);
    }

    /** A message of several frames of which only the last is flagged as such. */
    static byte[] framed(int number, int frames, int contentBytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int f = 0; f < frames; f++) {
            byte[] content = new byte[Math.max(contentBytes, 16)];
            ByteBuffer.wrap(content).putInt(number).putInt(f);
            int flags = (f == 0 ? MessageHeader.UNFRAGMENTED : 0) | (f == frames - 1 ? MessageHeader.FINAL : 0);
            out.writeBytes(frame(flags, content));
        }
        return out.toByteArray();
    }

    /** A fragment of the message with this id: flags are those of its first frame. */
    static byte[] fragment(int flags, long id, byte[] bodyFrame) {
        byte[] first = frame(
                flags,
                ByteBuffer.allocate(Long.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(id)
                        .array());
        return concat(first, bodyFrame);
    }

    static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
