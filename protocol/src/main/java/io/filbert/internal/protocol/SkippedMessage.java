// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.protocol;

/**
 * Finds the end of a message whose bytes are not kept: walks from frame to frame and remembers only how much of the current
 * one is still to come.
 *
 * <p>As nothing else is looked at, the frames are checked as strictly as they can be: the beginning of another message in the
 * midst of this one means that the lengths are wrong. Confined to one thread.
 */
public final class SkippedMessage {
    private static final int HEADER = MessageHeader.FRAME_HEADER_BYTES;

    /** Flags that only the first frame of a message has. */
    private static final int FIRST_FRAME_ONLY =
            MessageHeader.UNFRAGMENTED | MessageHeader.EVENT | MessageHeader.BACKUP_AWARE | MessageHeader.BACKUP_EVENT;

    private final boolean fragment;
    private int frames;
    private long skipped;
    /** What is still to come of the current frame. */
    private int missing;

    private boolean lastFrame;

    /** @param fragment whether it is a fragment, whose second frame may be the first one of a message */
    public SkippedMessage(boolean fragment) {
        this.fragment = fragment;
    }

    /**
     * Walks over what is there.
     *
     * @return the offset behind the bytes that belong to this message; the few bytes of a frame header that is not complete
     *     are to be presented again
     * @throws ProtocolException if a length is impossible or another message begins
     */
    public int skip(byte[] buffer, int offset, int limit) {
        int at = offset;
        while (true) {
            int step = Math.min(missing, limit - at);
            at += step;
            skipped += step;
            missing -= step;
            if (missing > 0 || lastFrame || limit - at < HEADER) {
                return at;
            }
            beginFrame(buffer, at);
        }
    }

    private void beginFrame(byte[] buffer, int at) {
        int length = MessageHeader.frameLength(buffer, at);
        if (length < HEADER) {
            throw new ProtocolException("frame of " + length + " bytes at byte " + skipped + " of a message");
        }
        int flags = MessageHeader.flags(buffer, at);
        boolean mayBeFirst = frames == 0 || (fragment && frames == 1);
        if (!mayBeFirst && (flags & FIRST_FRAME_ONLY) != 0) {
            throw new ProtocolException("another message begins at byte " + skipped + " of a message");
        }
        frames++;
        missing = length;
        lastFrame = (flags & MessageHeader.FINAL) != 0;
    }

    /** Whether the end of the message has been reached. */
    public boolean isWhole() {
        return lastFrame && missing == 0;
    }

    /** How many bytes were skipped so far. */
    public long skippedBytes() {
        return skipped;
    }

    /** How long the message will at least be. */
    public long announcedBytes() {
        return skipped + missing;
    }
}
