// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/**
 * The bytes of one connected socket, as they are or through TLS. Never waits.
 *
 * <p>{@link #open}, {@link #task}, reading and {@link #mayHoldMore} are confined to the I/O thread; writing belongs to the holder of
 * the channel's write lock and may happen at the same time as reading; {@link #close} is thread-safe.
 */
interface Link extends ReadableByteChannel {

    /** How far {@link #open} came. */
    enum Opening {
        /** Bytes can be read and written. */
        DONE,
        /** To be called again when the peer has sent something. */
        NEEDS_BYTES,
        /** To be called again when the socket takes more bytes. */
        NEEDS_ROOM,
        /** To be called again when {@link #task} was run, on whatever thread. */
        NEEDS_TASK
    }

    /** Prepares for reading and writing as far as that goes now. */
    Opening open() throws IOException;

    /** What has to be done before {@link #open} can go on; it may take milliseconds and run code of the user. */
    Runnable task();

    /**
     * Reads what is there, up to the room in the target.
     *
     * @return the number of bytes, -1 at end of stream
     */
    @Override
    int read(ByteBuffer target) throws IOException;

    /** Whether more may be at hand than the socket itself knows of, so that waiting for the socket would be a mistake. */
    boolean mayHoldMore();

    /** Whether reading can only go on when the socket has taken bytes. */
    boolean readNeedsRoom();

    /**
     * Takes bytes from the source for the socket.
     *
     * @return whether the socket has all of them, and all that were taken before
     */
    boolean write(ByteBuffer source) throws IOException;
}
