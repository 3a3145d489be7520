// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.protocol;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts fragmented messages together. Each fragment starts with a frame that holds nothing but the id its fragments
 * share; the frames behind it belong to the message. No known member sends fragments, so the bounds are strict: a
 * number of unfinished messages, and their bytes taken together. Confined to one thread.
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
     * @throws ProtocolException if the fragment has no id, does not fit those before it, or is too much to keep
     */
    public byte @Nullable [] accept(byte[] buffer, int offset, int limit) {
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
        Partial partial = (flags & MessageHeader.BEGIN_FRAGMENT) != 0 ? begin(id) : existing(id);
        int bytes = available - first;
        if (bytes > maxMessageBytes - openBytes) {
            throw new ProtocolException(
                    "unfinished fragments hold more than the limit of " + maxMessageBytes + " bytes");
        }
        partial.append(buffer, offset + first, bytes);
        openBytes += bytes;
        if ((flags & MessageHeader.END_FRAGMENT) == 0) {
            return null;
        }
        open.remove(id);
        openBytes -= partial.length;
        return Arrays.copyOf(partial.bytes, partial.length);
    }

    private Partial begin(long id) {
        if (open.size() >= maxOpenFragments) {
            throw new ProtocolException("more than " + maxOpenFragments + " unfinished fragmented messages");
        }
        Partial partial = new Partial();
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

    private static final class Partial {
        private byte[] bytes = new byte[0];
        private int length;

        void append(byte[] source, int from, int count) {
            if (count > bytes.length - length) {
                // doubling, unless that overflows
                bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8L, 2L * length + count));
            }
            System.arraycopy(source, from, bytes, length, count);
            length += count;
        }
    }
}
