// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.protocol;

/**
 * Finds the end of messages in a buffer that grows at its end. A message says nowhere how long it is, so frames are
 * walked one by one; the cutter remembers how far it came and never looks at a header twice. Confined to one thread.
 */
public final class MessageCutter {
    private static final int HEADER = MessageHeader.FRAME_HEADER_BYTES;

    private final int maxMessageBytes;
    /** Length of the frames seen so far, all of them complete. */
    private int scanned;
    /** Length of the message as far as its frames announced it. */
    private int announced = HEADER;

    public MessageCutter(int maxMessageBytes) {
        this.maxMessageBytes = maxMessageBytes;
    }

    /**
     * The offset behind the message that starts at {@code start}, or -1 if it goes on behind {@code limit}. Must be
     * asked about the same message until it is complete; the message may have been moved in between.
     *
     * @throws MessageTooLongException if the message is longer than allowed: it may be skipped, with a {@link
     *     SkippedMessage} from {@code start} on, after {@link #restart}
     * @throws ProtocolException if a length is impossible; no first frame is as long as a message may be
     */
    public int findEnd(byte[] buffer, int start, int limit) {
        int available = limit - start;
        while (available - scanned >= HEADER) {
            int frame = start + scanned;
            int length = MessageHeader.frameLength(buffer, frame);
            if (length < HEADER) {
                throw new ProtocolException("frame of " + length + " bytes at byte " + scanned + " of a message");
            }
            if (length > maxMessageBytes - scanned) {
                if (scanned > 0) {
                    throw MessageTooLongException.overLimit(
                            buffer, start, scanned, (long) scanned + length, maxMessageBytes);
                }
                throw new ProtocolException("frame of " + length + " bytes at byte " + scanned
                        + " makes a message longer than the limit of " + maxMessageBytes + " bytes");
            }
            if (available - scanned < length) {
                announced = scanned + length;
                return -1;
            }
            scanned += length;
            if ((MessageHeader.flags(buffer, frame) & MessageHeader.FINAL) != 0) {
                int end = start + scanned;
                restart();
                return end;
            }
        }
        announced = scanned + HEADER;
        return -1;
    }

    /** Forgets the message under way: the next call is about another one. */
    public void restart() {
        scanned = 0;
        announced = HEADER;
    }

    /** After {@link #findEnd} answered -1: how long the message will at least be. Tells a buffer how far to grow. */
    public int announcedBytes() {
        return announced;
    }
}
