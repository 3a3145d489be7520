// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.transport;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import tlschannel.BufferAllocator;
import tlschannel.ClientTlsChannel;
import tlschannel.NeedsReadException;
import tlschannel.NeedsTaskException;
import tlschannel.NeedsWriteException;

/**
 * TLS over the socket.
 *
 * <p>The handshake runs on the I/O thread step by step, but for the costly parts (certificates, key agreement), which are handed out
 * as {@link #task}. Afterwards one thread may write while the I/O thread reads: the TLS channel has a lock for each direction, held
 * for as long as it takes to encrypt or decrypt what is there. Only when the protocol itself has to answer (a new key, or a handshake
 * that the member asks for anew) does reading take the lock for writing; if the socket has no room for such an answer, reading waits
 * for room.
 */
final class TlsLink implements Link {

    /** Buffers live as long as the connection; outside the heap, because the JDK would copy them there for each system call. */
    private static final BufferAllocator KEPT = new BufferAllocator() {
        @Override
        public ByteBuffer allocate(int size) {
            return ByteBuffer.allocateDirect(size);
        }

        @Override
        public void free(ByteBuffer buffer) {
            // The garbage collector does.
        }
    };

    private final SocketChannel socket;
    private final SSLEngine engine;
    private final ClientTlsChannel channel;

    /** These are confined to the I/O thread. */
    private @Nullable Runnable task;

    private @Nullable IOException failure;
    private boolean ended;
    private boolean mayHoldMore;
    private boolean readNeedsRoom;

    TlsLink(SocketChannel socket, SSLEngine engine) {
        this.socket = socket;
        this.engine = engine;
        channel = ClientTlsChannel.newBuilder(socket, engine)
                .withRunTasks(false)
                .withReleaseBuffers(false)
                .withEncryptedBufferAllocator(KEPT)
                .build();
    }

    @Override
    public Opening open() throws IOException {
        try {
            channel.handshake();
            // The first messages may have come together with the last of the handshake.
            mayHoldMore = true;
            return Opening.DONE;
        } catch (NeedsReadException e) {
            return Opening.NEEDS_BYTES;
        } catch (NeedsWriteException e) {
            return Opening.NEEDS_ROOM;
        } catch (NeedsTaskException e) {
            task = e.getTask();
            return Opening.NEEDS_TASK;
        } catch (SSLException e) {
            tellWhy();
            throw e;
        } catch (ClosedChannelException e) {
            EOFException explained = new EOFException("the member closed the connection");
            explained.initCause(e);
            throw explained;
        } catch (IOException e) {
            SSLException alert = UnreadAlert.find(engine, socket);
            if (alert == null) {
                throw e;
            }
            alert.addSuppressed(e);
            throw alert;
        }
    }

    @Override
    public Runnable task() {
        Runnable next = task;
        if (next == null) {
            throw new IllegalStateException("Nothing to do before the handshake can go on");
        }
        task = null;
        return next;
    }

    /** Reads record by record until the target is full or nothing is left; trouble after the first bytes is told by the next read. */
    @Override
    public int read(ByteBuffer target) throws IOException {
        if (failure != null) {
            throw failure;
        }
        int total = 0;
        readNeedsRoom = false;
        mayHoldMore = true;
        while (!ended && target.hasRemaining()) {
            try {
                int count = channel.read(target);
                ended = count < 0;
                total += Math.max(count, 0);
            } catch (NeedsReadException e) {
                mayHoldMore = false;
                return total;
            } catch (NeedsWriteException e) {
                mayHoldMore = false;
                readNeedsRoom = true;
                return total;
            } catch (NeedsTaskException e) {
                // Only if the member negotiates anew in the midst of messages. Handing the task out would stop reading
                // meanwhile.
                e.getTask().run();
            } catch (IOException e) {
                if (e instanceof SSLException) {
                    tellWhy();
                }
                failure = e;
                break;
            }
        }
        if (total > 0 || !target.hasRemaining()) {
            return total;
        }
        if (failure != null) {
            throw failure;
        }
        return -1;
    }

    @Override
    public boolean mayHoldMore() {
        return mayHoldMore;
    }

    @Override
    public boolean readNeedsRoom() {
        return readNeedsRoom;
    }

    @Override
    public boolean write(ByteBuffer source) throws IOException {
        try {
            channel.write(source);
            return !source.hasRemaining();
        } catch (NeedsWriteException e) {
            // What was taken from the source is encrypted and waits in the channel for the next write.
            return false;
        }
    }

    /** Sends the alert with which TLS tells the member what was wrong with it, if the socket takes it at once. */
    private void tellWhy() {
        try {
            ByteBuffer alert = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
            if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
                engine.wrap(ByteBuffer.allocate(0), alert);
                socket.write(alert.flip());
            }
        } catch (IOException e) {
            // The connection ends in any case.
        }
    }

    @Override
    public boolean isOpen() {
        return socket.isOpen();
    }

    /** Says goodbye to the member (close_notify) if nobody is reading or writing and the socket takes it at once. */
    @Override
    public void close() throws IOException {
        try (socket) {
            channel.close();
        }
    }
}
