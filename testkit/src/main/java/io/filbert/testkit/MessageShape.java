// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit;

import io.filbert.internal.protocol.MessageHeader;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Changes the shape of encoded messages: codecs always write the newest form in one piece, members of older releases send
 * less and a scripted one may send pieces. Stateless.
 */
final class MessageShape {

    private static final int HEADER = MessageHeader.FRAME_HEADER_BYTES;

    private MessageShape() {}

    /** One frame: where its content lies in the message, and its flags without {@code FINAL}. */
    private record Frame(int offset, int length, int flags) {}

    private static List<Frame> frames(byte[] message) {
        List<Frame> frames = new ArrayList<>();
        for (int at = 0;
                at < message.length;
                at += frames.get(frames.size() - 1).length()) {
            int flags = MessageHeader.flags(message, at) & ~MessageHeader.FINAL;
            frames.add(new Frame(at, MessageHeader.frameLength(message, at), flags));
        }
        return frames;
    }

    /** Cuts off what comes after the given number of content bytes in the first frame. */
    static byte[] keepFixed(byte[] message, int contentBytes) {
        List<Frame> frames = frames(message);
        Frame first = frames.get(0);
        frames.set(0, new Frame(first.offset(), Math.min(first.length(), HEADER + contentBytes), first.flags()));
        return join(message, frames);
    }

    /**
     * Keeps only the first so many items in each structure of a depth. Items are frames, or structures from their begin to
     * their end. Depth 0 is the message itself after its first frame, depth 1 the inside of its structures, and so on.
     */
    static byte[] keepItems(byte[] message, int depth, int items) {
        List<Frame> all = frames(message);
        List<Frame> kept = new ArrayList<>(List.of(all.get(0)));
        int currentDepth = 0;
        int seen = 0;
        for (Frame frame : all.subList(1, all.size())) {
            boolean begin = (frame.flags() & MessageHeader.BEGIN) != 0;
            boolean end = (frame.flags() & MessageHeader.END) != 0;
            if (end) {
                currentDepth--;
            }
            if (currentDepth < depth) {
                seen = 0; // The structure around ends or has not begun.
            } else if (currentDepth == depth && !end) {
                seen++;
            }
            if (currentDepth < depth || seen <= items) {
                kept.add(frame);
            }
            if (begin) {
                currentDepth++;
            }
        }
        return join(message, kept);
    }

    private static byte[] join(byte[] message, List<Frame> frames) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(message.length);
        for (int i = 0; i < frames.size(); i++) {
            write(out, message, frames.get(i), i == frames.size() - 1);
        }
        return out.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, byte[] message, Frame frame, boolean last) {
        int flags = frame.flags() | (last ? MessageHeader.FINAL : 0);
        out.writeBytes(header(frame.length(), flags).array());
        out.write(message, frame.offset() + HEADER, frame.length() - HEADER);
    }

    private static ByteBuffer header(int length, int flags) {
        return ByteBuffer.allocate(HEADER)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(length)
                .putShort((short) flags);
    }

    /** Cuts a message into fragments of at most so many frames each; at least two if it has two frames. */
    static List<byte[]> fragments(byte[] message, long fragmentId, int framesPerFragment) {
        List<Frame> frames = frames(message);
        List<byte[]> fragments = new ArrayList<>();
        for (int from = 0; from < frames.size(); from += framesPerFragment) {
            int to = Math.min(frames.size(), from + framesPerFragment);
            int flags = (from == 0 ? MessageHeader.BEGIN_FRAGMENT : 0)
                    | (to == frames.size() ? MessageHeader.END_FRAGMENT : 0);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.writeBytes(header(HEADER + Long.BYTES, flags).array());
            out.writeBytes(ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(fragmentId)
                    .array());
            for (int i = from; i < to; i++) {
                write(out, message, frames.get(i), i == to - 1);
            }
            fragments.add(out.toByteArray());
        }
        return fragments;
    }
}
