// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.protocol;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts fragmented messages together. Each fragment starts with a frame that holds nothing but the id its fragments
 * share; the frames behind it belong to the message. No known member sends fragments, so the bounds are strict: a
 * number of unfinished messages, and their bytes taken together. A message over the second bound, or without room in the heap, is
 * given up: it is reported once, and its further fragments are dropped. Confined to one thread.
 */
public final class FragmentAssembler {
    private static final int HEADER = MessageHeader.FRAME_HEADER_BYTES;

    private final int maxMessageBytes;
    private final int maxOpenFragments;
    private final Map<Long, Partial> open = new HashMap<>();
    private int openBytes;

    public FragmentAssembler(int maxMessageBytes, int maxOpenFragments) {
        this.maxMessageBytes = maxMessageBytes;
        this.maxOpenFragments = maxOpenFragments;
    }

    /**
     * Takes one fragment as the cutter found it and answers the whole message if that was its last one, else null. The
     * bytes are copied. Frames inside may still be flagged final where a fragment ended.
     *
     * @throws MessageTooLongException if the message becomes longer than allowed, or than there is memory for; further fragments
     *     of it are dropped
     * @throws ProtocolException if the fragment has no id, or does not fit those before it
     */
    public byte @Nullable [] accept(byte[] buffer, int offset, int limit) {
        Partial partial = partialOf(buffer, offset, limit);
        int flags = MessageHeader.flags(buffer, offset);
        boolean last = (flags & MessageHeader.END_FRAGMENT) != 0;
        if (partial.isGivenUp()) {
            close(partial, last);
            return null;
        }
        int body = offset + MessageHeader.frameLength(buffer, offset);
        int bytes = limit - body;
        if (bytes > maxMessageBytes - openBytes) {
            throw giveUp(partial, last, buffer, body, limit, null);
        }
        try {
            partial.append(buffer, body, bytes);
        } catch (OutOfMemoryError e) {
            throw giveUp(partial, last, buffer, body, limit, e);
        }
        openBytes += bytes;
        if (!last) {
            return null;
        }
        byte[] whole;
        try {
            whole = partial.whole();
        } catch (OutOfMemoryError e) {
            throw giveUp(partial, true, buffer, limit, limit, e);
        }
        close(partial, true);
        return whole;
    }

    /**
     * Gives up the message of a fragment that is itself too long, of which only the beginning is there.
     *
     * @return the error to report; null if the message was given up before
     * @throws ProtocolException as {@link #accept}
     */
    public @Nullable MessageTooLongException refuse(
            byte[] buffer, int offset, int limit, MessageTooLongException fragment) {
        Partial partial = partialOf(buffer, offset, limit);
        boolean last = (fragment.flags() & MessageHeader.END_FRAGMENT) != 0;
        if (partial.isGivenUp()) {
            close(partial, last);
            return null;
        }
        int body = offset + MessageHeader.frameLength(buffer, offset);
        OutOfMemoryError memory = fragment.getCause() instanceof OutOfMemoryError error ? error : null;
        return giveUp(partial, last, buffer, body, limit, memory);
    }

    private Partial partialOf(byte[] buffer, int offset, int limit) {
        int available = limit - offset;
        int first = available < HEADER ? 0 : MessageHeader.frameLength(buffer, offset);
        if (first < HEADER + Long.BYTES || first > available) {
            throw new ProtocolException("fragment of " + available + " bytes with a first frame of " + first);
        }
        int flags = MessageHeader.flags(buffer, offset);
        if (!MessageHeader.isFragment(flags)) {
            throw new ProtocolException("a whole message is no fragment");
        }
        long id = Wire.getLong(buffer, offset + HEADER);
        return (flags & MessageHeader.BEGIN_FRAGMENT) != 0 ? begin(id) : existing(id);
    }

    private Partial begin(long id) {
        if (open.size() >= maxOpenFragments) {
            throw new ProtocolException("more than " + maxOpenFragments + " unfinished fragmented messages");
        }
        Partial partial = new Partial(id);
        if (open.putIfAbsent(id, partial) != null) {
            throw new ProtocolException("fragment " + id + " begins twice");
        }
        return partial;
    }

    private Partial existing(long id) {
        Partial partial = open.get(id);
        if (partial == null) {
            throw new ProtocolException("fragment " + id + " goes on without having begun");
        }
        return partial;
    }

    private MessageTooLongException giveUp(
            Partial partial, boolean last, byte[] buffer, int body, int limit, @Nullable OutOfMemoryError memory) {
        byte[] present = partial.bytes;
        boolean begun = present != null && partial.length > 0;
        byte[] source = present != null && begun ? present : buffer;
        int header = begun ? 0 : body;
        int there = begun ? partial.length : limit - body;
        long atLeast = (long) partial.length + limit - body;
        openBytes -= partial.length;
        partial.giveUp();
        close(partial, last);
        if (memory != null) {
            return MessageTooLongException.overHeap(source, header, there, atLeast, memory);
        }
        return openBytes == 0
                ? MessageTooLongException.overLimit(source, header, there, atLeast, maxMessageBytes)
                : MessageTooLongException.overLimitWithOthers(
                        source, header, there, atLeast, maxMessageBytes, openBytes);
    }

    private void close(Partial partial, boolean last) {
        if (last) {
            open.remove(partial.id);
            openBytes -= partial.length;
        }
    }

    private static final class Partial {
        private static final byte[] NOTHING = {};

        private final long id;
        private byte @Nullable [] bytes = NOTHING;
        private int length;

        Partial(long id) {
            this.id = id;
        }

        void append(byte[] source, int from, int count) {
            byte[] room = room(count);
            System.arraycopy(source, from, room, length, count);
            bytes = room;
            length += count;
        }

        private byte[] room(int count) {
            byte[] present = bytes == null ? NOTHING : bytes;
            return count <= present.length - length
                    ? present
                    // doubling, unless that overflows
                    : Arrays.copyOf(present, (int) Math.min(Integer.MAX_VALUE - 8L, 2L * length + count));
        }

        byte[] whole() {
            byte[] present = bytes == null ? NOTHING : bytes;
            return present.length == length ? present : Arrays.copyOf(present, length);
        }

        void giveUp() {
            bytes = null;
            length = 0;
        }

        boolean isGivenUp() {
            return bytes == null;
        }
    }
}
