// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Packs queued messages into one direct buffer and writes it, so that many small messages cost one system call and a large
 * one passes in pieces without the JDK growing a hidden buffer of its size.
 *
 * <p>Belongs to the holder of the channel's write lock; {@link #hasPending} may be asked by any thread.
 */
final class OutboundBuffer {

    private static final int BYTES = 64 * 1024;
    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    /** Made for the first write: most attempts to connect to a member that is gone end before. */
    private ByteBuffer buffer = NONE;

    private byte @Nullable [] partial;
    private int partialOffset;

    /** The messages taken and not wholly written, oldest first, and how much of the first one is written. */
    private final Deque<byte[]> unfinished = new ArrayDeque<>();

    private int firstWritten;
    private long totalWritten;
    private long messagesTaken;
    private volatile boolean pending;

    /**
     * Fills the buffer from the queue and writes it.
     *
     * @return false when the socket took less than it was offered
     */
    boolean writeOnce(OutboundQueue queue, Link link) throws IOException {
        if (buffer.capacity() == 0) {
            buffer = ByteBuffer.allocateDirect(BYTES);
        }
        fill(queue);
        buffer.flip();
        int offered = buffer.remaining();
        boolean everything;
        try {
            everything = link.write(buffer);
        } finally {
            forget(offered - buffer.remaining());
            buffer.compact();
        }
        pending = !everything || partial != null;
        return everything;
    }

    private void forget(int written) {
        totalWritten += written;
        if (partial == null && !buffer.hasRemaining()) {
            unfinished.clear();
            firstWritten = 0;
            return;
        }
        int left = firstWritten + written;
        byte[] first = unfinished.peek();
        while (first != null && left >= first.length) {
            left -= first.length;
            unfinished.remove();
            first = unfinished.peek();
        }
        firstWritten = left;
    }

    private void fill(OutboundQueue queue) {
        while (buffer.hasRemaining()) {
            byte[] message = partial;
            if (message == null) {
                message = queue.poll();
                if (message == null) {
                    return;
                }
                partialOffset = 0;
                messagesTaken++;
                unfinished.add(message);
            }
            int length = Math.min(buffer.remaining(), message.length - partialOffset);
            buffer.put(message, partialOffset, length);
            partialOffset += length;
            partial = partialOffset < message.length ? message : null;
        }
    }

    /** Hands out the messages of which no byte was written, those in the queue too. They will not be written. */
    List<byte[]> takeUnsent(OutboundQueue queue) {
        if (firstWritten > 0) {
            unfinished.remove();
            firstWritten = 0;
        }
        List<byte[]> unsent = new ArrayList<>(unfinished);
        unfinished.clear();
        for (byte[] message = queue.poll(); message != null; message = queue.poll()) {
            unsent.add(message);
        }
        return unsent;
    }

    /** Whether bytes taken from the queue wait for the socket. */
    boolean hasPending() {
        return pending;
    }

    long totalWritten() {
        return totalWritten;
    }

    /** How many messages were taken from the queue, the one under way included. */
    long messagesTaken() {
        return messagesTaken;
    }
}
