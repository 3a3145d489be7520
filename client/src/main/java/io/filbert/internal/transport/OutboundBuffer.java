// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
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
    private volatile boolean pending;

    /**
     * Writes all of the queue that the socket takes.
     *
     * @return false when the socket took less than there is
     */
    boolean drain(OutboundQueue queue, WritableByteChannel socket) throws IOException {
        while (true) {
            fill(queue);
            if (buffer.position() == 0) {
                pending = false;
                return true;
            }
            buffer.flip();
            int written;
            try {
                written = socket.write(buffer);
            } finally {
                buffer.compact();
            }
            totalWritten += written;
            if (buffer.position() > 0) {
                pending = true;
                return false;
            }
        }
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
}
