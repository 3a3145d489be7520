// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.transport;

import io.filbert.internal.protocol.ProtocolException;
import java.io.EOFException;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
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

    private static final VarHandle BYTES_READ;
    private static final VarHandle BYTES_WRITTEN;
    private static final VarHandle MESSAGES_WRITTEN;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            BYTES_READ = lookup.findVarHandle(WireChannel.class, "bytesRead", long.class);
            BYTES_WRITTEN = lookup.findVarHandle(WireChannel.class, "bytesWritten", long.class);
            MESSAGES_WRITTEN = lookup.findVarHandle(WireChannel.class, "messagesWritten", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static final byte[] PREAMBLE = "CP2".getBytes(StandardCharsets.US_ASCII);

    private static final int OUTBOUND_CAPACITY = 4096;

    private static final int SOCKET_BUFFER_BYTES = 128_000;

    /** How often one turn reads or writes before others get theirs. */
    private static final int ROUNDS_PER_TURN = 16;

    private final IoThread ioThread;
    private final ChannelHandler handler;
    private final SocketChannel socket;
    private final Link link;
    private final Executor tasks;
    private final InboundBuffer inbound;
    private final OutboundQueue queue = new OutboundQueue(OUTBOUND_CAPACITY);
    private final ReentrantLock writeLock = new ReentrantLock();
    private final OutboundBuffer outbound;
    private final AtomicBoolean flushRequested = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicLong queuedBytes = new AtomicLong();

    /** Set while the socket takes no more bytes: only the I/O thread may write then. */
    private volatile boolean blocked;

    /** The socket is up, though TLS may not be. */
    private volatile boolean reached;

    /** Messages may pass. */
    private volatile boolean connected;

    private volatile long lastReadNanos = System.nanoTime();
    private volatile long lastWriteNanos = lastReadNanos;
    private volatile long lastMessageNanos = lastReadNanos;

    // Counters have one writer at a time, the I/O thread or the holder of the write lock, and are stored opaque: a
    // volatile store for each batch would cost more than all the counting.
    private long bytesRead;
    private long bytesWritten;

    @SuppressWarnings("UnusedVariable") // by its handle
    private long messagesWritten;

    private @Nullable SelectionKey key;

    private WireChannel(
            IoThread ioThread,
            SocketChannel socket,
            Link link,
            Executor tasks,
            ChannelHandler handler,
            int maxMessageBytes) {
        this.ioThread = ioThread;
        this.socket = socket;
        this.link = link;
        this.tasks = tasks;
        this.handler = handler;
        this.inbound = new InboundBuffer(maxMessageBytes);
        this.outbound = new OutboundBuffer();
    }

    /**
     * Starts a connection attempt; the outcome is reported to the handler.
     *
     * @param engine for TLS, null for none
     * @param tasks runs the costly parts of a TLS handshake
     * @throws IOException if the socket cannot be set up
     */
    public static WireChannel connect(
            IoThread ioThread,
            InetSocketAddress address,
            Map<SocketOption<?>, Object> options,
            int maxMessageBytes,
            @Nullable SSLEngine engine,
            Executor tasks,
            ChannelHandler handler)
            throws IOException {
        SocketChannel socket = SocketChannel.open();
        try {
            prepare(socket, options);
            Link link = engine == null ? new PlainLink(socket) : new TlsLink(socket, engine);
            WireChannel channel = new WireChannel(ioThread, socket, link, tasks, handler, maxMessageBytes);
            // First in the queue, whatever the owner sends before the socket is up.
            channel.queuedBytes.addAndGet(PREAMBLE.length);
            channel.queue.add(PREAMBLE);
            boolean atOnce = socket.connect(address);
            ioThread.execute(() -> channel.register(atOnce));
            if (ioThread.isStopping()) {
                channel.close("The client is shut down", null);
            }
            return channel;
        } catch (Throwable e) {
            // An Error too, such as: no memory for the buffers.
            socket.close();
            throw e;
        }
    }

    /** What a socket must be told before it connects: the client's own settings, then those of the user. */
    static void prepare(SocketChannel socket, Map<SocketOption<?>, Object> options) throws IOException {
        socket.configureBlocking(false);
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        socket.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER_BYTES);
        socket.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_BYTES);
        for (Map.Entry<SocketOption<?>, Object> option : options.entrySet()) {
            apply(socket, option.getKey(), option.getValue());
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
            key = socket.register(ioThread.selector(), alreadyConnected ? 0 : SelectionKey.OP_CONNECT, this);
            if (alreadyConnected) {
                reached = true;
                open(key);
            }
        } catch (Throwable e) {
            fail(e);
        }
    }

    /** Takes TLS as far as it goes now; plain sockets are connected at once. */
    private void open(SelectionKey registered) throws IOException {
        switch (link.open()) {
            case DONE -> {
                registered.interestOps(SelectionKey.OP_READ);
                becomeConnected();
                if (link.mayHoldMore()) {
                    readAvailable();
                }
            }
            case NEEDS_BYTES -> registered.interestOps(SelectionKey.OP_READ);
            case NEEDS_ROOM -> registered.interestOps(SelectionKey.OP_WRITE);
            case NEEDS_TASK -> {
                registered.interestOps(0);
                Runnable task = link.task();
                tasks.execute(() -> {
                    try {
                        task.run();
                    } finally {
                        ioThread.execute(this::openFurther);
                    }
                });
            }
        }
    }

    private void openFurther() {
        SelectionKey registered = key;
        if (closed.get() || registered == null) {
            return;
        }
        try {
            open(registered);
        } catch (Throwable e) {
            fail(e);
        }
    }

    private void becomeConnected() {
        lastReadNanos = System.nanoTime();
        lastMessageNanos = lastReadNanos;
        connected = true;
        handler.onConnected();
        flushQueued();
    }

    /** On the I/O thread. */
    void onReady(SelectionKey ready) {
        try {
            if (!connected) {
                if (ready.isConnectable() && !socket.finishConnect()) {
                    return;
                }
                reached = true;
                open(ready);
                return;
            }
            if (ready.isReadable()) {
                readAvailable();
            }
            if (ready.isValid() && ready.isWritable()) {
                ready.interestOpsAnd(~SelectionKey.OP_WRITE);
                blocked = false;
                flushQueued();
                if (link.readNeedsRoom()) {
                    readAvailable();
                }
            }
        } catch (Throwable e) {
            fail(e);
        }
    }

    /** On the I/O thread, some time after a turn that ended before all was read. */
    void readOn() {
        if (closed.get()) {
            return;
        }
        try {
            readAvailable();
        } catch (Throwable e) {
            fail(e);
        }
    }

    private void fail(Throwable e) {
        if (e instanceof ProtocolException) {
            close("Protocol violation: " + e.getMessage(), e);
        } else if (e instanceof IOException) {
            String what = connected ? "Read failed: " : reached ? "TLS handshake failed: " : "Connecting failed: ";
            close(what + e.getMessage(), e);
        } else {
            // An Error too: the loop serves other channels.
            close("Unexpected failure: " + e, e);
        }
    }

    private void readAvailable() throws IOException {
        // A second read only when the first filled the buffer: an empty read would cost a system call each time.
        // After some rounds other channels get their turn; the selector reports what is left, unless TLS holds it.
        int rounds = 0;
        boolean more = true;
        while (more && rounds < ROUNDS_PER_TURN) {
            int count = inbound.readFrom(link);
            if (count < 0) {
                throw new EOFException("the member closed the connection");
            }
            if (count > 0) {
                BYTES_READ.setOpaque(this, bytesRead + count);
                lastReadNanos = System.nanoTime();
            }
            boolean full = inbound.isFull();
            if (inbound.drainTo(handler)) {
                lastMessageNanos = lastReadNanos;
            }
            more = count > 0 && (full || link.mayHoldMore()) && !closed.get();
            rounds++;
        }
        if (more && link.mayHoldMore()) {
            ioThread.readSoon(this);
        }
        if (link.readNeedsRoom()) {
            awaitWritable();
        }
    }

    /**
     * Queues the message and has it written. Never waits for the network.
     *
     * @param outstanding how many replies the owner is waiting for on this channel
     * @return false if the channel is closed by now; whether the message was written before is told by {@link ChannelHandler#onClosed}
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
        // Looked at again after each unlock: this thread must write what was queued, or unblocked, while it held the
        // lock.
        int rounds = 0;
        while (!blocked && !closed.get() && (queue.hasNext() || outbound.hasPending()) && writeLock.tryLock()) {
            Throwable failure = null;
            try {
                if (!blocked) {
                    drain();
                }
            } catch (IOException | RuntimeException | Error e) {
                // An Error too, such as no memory outside of the heap: what is queued would else wait for a write that
                // may never come, while its callers believe that it failed.
                failure = e;
            } finally {
                writeLock.unlock();
            }
            if (failure != null) {
                // Not under the lock: all who wait for replies are told on this thread.
                close("Write failed: " + (failure instanceof IOException ? failure.getMessage() : failure), failure);
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
        boolean everything = outbound.writeOnce(queue, link);
        queuedBytes.addAndGet(before - outbound.totalWritten());
        BYTES_WRITTEN.setOpaque(this, outbound.totalWritten());
        MESSAGES_WRITTEN.setOpaque(this, outbound.messagesTaken());
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
            link.close();
        } catch (IOException e) {
            if (cause != null) {
                cause.addSuppressed(e);
            }
        }
        // Lets the selector forget the key, which is what really frees the descriptor.
        ioThread.execute(() -> {});
        handler.onClosed(reason, cause, takeUnsent());
    }

    private List<byte[]> takeUnsent() {
        // Whoever is writing meets the closed socket and lets go.
        writeLock.lock();
        try {
            List<byte[]> unsent = outbound.takeUnsent(queue);
            unsent.remove(PREAMBLE);
            return unsent;
        } finally {
            writeLock.unlock();
        }
    }

    /** Whether the socket is connected, though TLS may not be. */
    public boolean isReached() {
        return reached;
    }

    /** Whether the connection is encrypted, or will be. */
    public boolean isEncrypted() {
        return link instanceof TlsLink;
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

    /** When a message, or a fragment of one, was last complete, by {@link System#nanoTime}. */
    public long lastMessageNanos() {
        return lastMessageNanos;
    }

    /**
     * Looks at the message that is not whole yet.
     *
     * @param sought bytes that may be part of it
     * @param result told on the I/O thread; not at all if the channel is closed
     */
    public void examineUnfinished(byte[] sought, Consumer<UnfinishedMessage> result) {
        ioThread.execute(() -> {
            if (!closed.get()) {
                result.accept(inbound.unfinished(sought));
            }
        });
    }

    public long bytesRead() {
        return (long) BYTES_READ.getOpaque(this);
    }

    public long bytesWritten() {
        return (long) BYTES_WRITTEN.getOpaque(this);
    }

    /** Messages handed to the socket, the last one perhaps in part. */
    public long messagesWritten() {
        // The first one is the preamble.
        return Math.max(0, (long) MESSAGES_WRITTEN.getOpaque(this) - 1);
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
