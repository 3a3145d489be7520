// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Packs queued messages into one direct buffer and writes it, so that many small messages cost one system call and a large
 * one passes in pieces without the JDK growing a hidden buffer of its size.
 *
 * <p>Belongs to the holder of the channel's write lock; {@link #hasPending} may be asked by any thread.
 */
final class OutboundBuffer {

    private static final int BYTES = 64 * 1024;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BYTES);
    private byte @Nullable [] partial;
    private int partialOffset;
    private long totalWritten;
    private long messagesTaken;
    private volatile boolean pending;

    /**
     * Fills the buffer from the queue and writes it.
     *
     * @return false when the socket took less than it was offered
     */
    boolean writeOnce(OutboundQueue queue, Link link) throws IOException {
        fill(queue);
        buffer.flip();
        int offered = buffer.remaining();
        boolean everything;
        try {
            everything = link.write(buffer);
        } finally {
            totalWritten += offered - buffer.remaining();
            buffer.compact();
        }
        pending = !everything || partial != null;
        return everything;
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
            }
            int length = Math.min(buffer.remaining(), message.length - partialOffset);
            buffer.put(message, partialOffset, length);
            partialOffset += length;
            partial = partialOffset < message.length ? message : null;
        }
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
