// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.transport;

import io.filbert.internal.protocol.ProtocolException;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One socket to a member: whole client messages in and out.
 *
 * <p><b>The hybrid writer.</b> {@link #send} always queues the message. While few replies are outstanding the calling thread
 * then writes the queue itself, which saves two thread changes; with many outstanding it leaves the write to the I/O thread,
 * which takes everything queued in one system call. Whoever holds the write lock drains the queue, and looks at the queue
 * again after letting go, so a message queued behind the holder's back is never left lying. A socket that takes no more bytes
 * turns on write interest, and the I/O thread goes on when there is room.
 *
 * <p>{@link #send}, {@link #close} and the counters are thread-safe; the reading side is confined to the I/O thread.
 */
public final class WireChannel {

    /** Up to this many outstanding replies the calling thread writes itself (measured, see docs/performance.md). */
    private static final int DIRECT_WRITE_LIMIT = 8;

    private static final byte[] PREAMBLE = "CP2".getBytes(StandardCharsets.US_ASCII);

    private static final int OUTBOUND_CAPACITY = 4096;

    private static final int SOCKET_BUFFER_BYTES = 128 * 1024;

    /** How often one turn reads or writes before others get theirs. */
    private static final int ROUNDS_PER_TURN = 16;

    private final IoThread ioThread;
    private final ChannelHandler handler;
    private final SocketChannel socket;
    private final InboundBuffer inbound;
    private final OutboundQueue queue = new OutboundQueue(OUTBOUND_CAPACITY);
    private final ReentrantLock writeLock = new ReentrantLock();
    private final OutboundBuffer outbound;
    private final AtomicBoolean flushRequested = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicLong queuedBytes = new AtomicLong();

    /** Set while the socket takes no more bytes: only the I/O thread may write then. */
    private volatile boolean blocked;

    private volatile boolean connected;
    private volatile long lastReadNanos = System.nanoTime();
    private volatile long lastWriteNanos = lastReadNanos;
    private volatile long bytesRead;
    private volatile long bytesWritten;
    private long readTotal;
    private @Nullable SelectionKey key;

    private WireChannel(IoThread ioThread, SocketChannel socket, ChannelHandler handler, int maxMessageBytes) {
        this.ioThread = ioThread;
        this.socket = socket;
        this.handler = handler;
        this.inbound = new InboundBuffer(maxMessageBytes);
        this.outbound = new OutboundBuffer();
    }

    /**
     * Starts a connection attempt; the outcome is reported to the handler.
     *
     * @throws IOException if the socket cannot be set up
     */
    public static WireChannel connect(
            IoThread ioThread,
            InetSocketAddress address,
            Map<SocketOption<?>, Object> options,
            int maxMessageBytes,
            ChannelHandler handler)
            throws IOException {
        SocketChannel socket = SocketChannel.open();
        try {
            socket.configureBlocking(false);
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            socket.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER_BYTES);
            socket.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_BYTES);
            for (Map.Entry<SocketOption<?>, Object> option : options.entrySet()) {
                apply(socket, option.getKey(), option.getValue());
            }
            WireChannel channel = new WireChannel(ioThread, socket, handler, maxMessageBytes);
            // First in the queue, whatever the owner sends before the socket is up.
            channel.queuedBytes.addAndGet(PREAMBLE.length);
            channel.queue.add(PREAMBLE);
            boolean atOnce = socket.connect(address);
            ioThread.execute(() -> channel.register(atOnce));
            if (ioThread.isStopping()) {
                channel.close("The client is shut down", null);
            }
            return channel;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> void apply(SocketChannel socket, SocketOption<T> option, Object value) throws IOException {
        socket.setOption(option, (T) value);
    }

    private void register(boolean alreadyConnected) {
        if (closed.get()) {
            return;
        }
        try {
            key = socket.register(
                    ioThread.selector(), alreadyConnected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, this);
            if (alreadyConnected) {
                becomeConnected();
            }
        } catch (IOException | RuntimeException e) {
            close("Registering the socket failed", e);
        }
    }

    private void becomeConnected() {
        connected = true;
        lastReadNanos = System.nanoTime();
        handler.onConnected();
        flushQueued();
    }

    /** On the I/O thread. */
    void onReady(SelectionKey ready) {
        try {
            if (ready.isConnectable()) {
                if (!socket.finishConnect()) {
                    return;
                }
                ready.interestOps(SelectionKey.OP_READ);
                becomeConnected();
            }
            if (ready.isReadable()) {
                readAvailable();
            }
            if (ready.isValid() && ready.isWritable()) {
                ready.interestOpsAnd(~SelectionKey.OP_WRITE);
                blocked = false;
                flushQueued();
            }
        } catch (ProtocolException e) {
            close("Protocol violation: " + e.getMessage(), e);
        } catch (IOException e) {
            close(connected ? "Read failed: " + e.getMessage() : "Connecting failed: " + e.getMessage(), e);
        } catch (Throwable e) {
            // An Error too: the loop serves other channels.
            close("Unexpected failure: " + e, e);
        }
    }

    private void readAvailable() throws IOException {
        // A second read only when the first filled the buffer: an empty read would cost a system call each time. After
        // some
        // rounds other channels get their turn; the selector reports what is left.
        int rounds = 0;
        do {
            int count = inbound.readFrom(socket);
            if (count < 0) {
                throw new EOFException("the member closed the connection");
            }
            if (count == 0) {
                return;
            }
            readTotal += count;
            bytesRead = readTotal;
            lastReadNanos = System.nanoTime();
        } while (drainWhenFull() && ++rounds < ROUNDS_PER_TURN);
    }

    private boolean drainWhenFull() {
        boolean full = inbound.isFull();
        inbound.drainTo(handler);
        return full && !closed.get();
    }

    /**
     * Queues the message and has it written. Never waits for the network.
     *
     * @param outstanding how many replies the owner is waiting for on this channel
     * @return false if the channel is closed, so the message was certainly not written by this call
     */
    public boolean send(byte[] message, int outstanding) {
        queuedBytes.addAndGet(message.length);
        queue.add(message);
        if (closed.get()) {
            return false;
        }
        if (connected) {
            if (outstanding <= DIRECT_WRITE_LIMIT && !blocked) {
                flushQueued();
            } else if (flushRequested.compareAndSet(false, true)) {
                ioThread.flushSoon(this);
            }
        }
        return true;
    }

    /** Writes what is queued, unless another thread is at it or the socket is full. */
    void flushQueued() {
        flushRequested.set(false);
        // Looked at again after each unlock: what was queued, or unblocked, while the lock was held is this thread's to
        // write.
        int rounds = 0;
        while (!blocked && !closed.get() && (queue.hasNext() || outbound.hasPending()) && writeLock.tryLock()) {
            try {
                if (!blocked) {
                    drain();
                }
            } catch (IOException e) {
                close("Write failed: " + e.getMessage(), e);
            } finally {
                writeLock.unlock();
            }
            if (++rounds == ROUNDS_PER_TURN) {
                // Others queue as fast as this thread writes: it has done its share.
                ioThread.flushSoon(this);
                return;
            }
        }
    }

    private void drain() throws IOException {
        long before = outbound.totalWritten();
        boolean everything = outbound.writeOnce(queue, socket);
        queuedBytes.addAndGet(before - outbound.totalWritten());
        bytesWritten = outbound.totalWritten();
        if (bytesWritten != before) {
            lastWriteNanos = System.nanoTime();
        }
        if (!everything) {
            blocked = true;
            ioThread.execute(this::awaitWritable);
        }
    }

    private void awaitWritable() {
        SelectionKey registered = key;
        if (registered != null && registered.isValid()) {
            registered.interestOpsOr(SelectionKey.OP_WRITE);
        }
    }

    /** Closes once; later calls do nothing. */
    public void close(String reason, @Nullable Throwable cause) {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            socket.close();
        } catch (IOException e) {
            if (cause != null) {
                cause.addSuppressed(e);
            }
        }
        // Lets the selector forget the key, which is what really frees the descriptor.
        ioThread.execute(() -> {});
        handler.onClosed(reason, cause);
    }

    public boolean isClosed() {
        return closed.get();
    }

    /** When bytes last arrived, by {@link System#nanoTime}. */
    public long lastReadNanos() {
        return lastReadNanos;
    }

    /** When bytes were last written, by {@link System#nanoTime}. */
    public long lastWriteNanos() {
        return lastWriteNanos;
    }

    public long bytesRead() {
        return bytesRead;
    }

    public long bytesWritten() {
        return bytesWritten;
    }

    /** Bytes of messages that have not been written yet. */
    public long queuedBytes() {
        return queuedBytes.get();
    }

    public @Nullable SocketAddress localAddress() {
        try {
            return socket.getLocalAddress();
        } catch (IOException e) {
            return null;
        }
    }
}
