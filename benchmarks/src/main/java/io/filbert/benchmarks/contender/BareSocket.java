// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks.contender;

import io.filbert.internal.protocol.MessageHeader;
import io.filbert.internal.protocol.MessageReader;
import io.filbert.internal.protocol.codec.ClientAuthenticationCodec;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The socket of the {@link BareLoop} and its thread. Up to {@link #DIRECT_WRITES} requests in flight the caller writes itself;
 * with more it leaves its request to the socket's thread, which writes all that wait at once.
 *
 * <p>{@link #send} is thread-safe as long as nobody else uses the same index; the rest belongs to the thread.
 */
final class BareSocket extends Thread {

    /** Told of each reply, on the socket's thread. */
    @FunctionalInterface
    interface Replies {
        /** @param valueBytes length of the array in the reply, 0 if there is none */
        void onReply(int index, int valueBytes);
    }

    private static final int DIRECT_WRITES = 8;
    private static final int BUFFER_BYTES = 128_000;
    private static final int CORRELATION_ID = MessageHeader.FRAME_HEADER_BYTES + Integer.BYTES;

    /** What lies between a frame's start and a {@code byte[]} in it: frame header, hash, type, length. */
    private static final int BEFORE_ARRAY = MessageHeader.FRAME_HEADER_BYTES + 3 * Integer.BYTES;

    private final Replies replies;
    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final int partitionCount;
    private final byte[][] requests;
    private final AtomicIntegerArray queue;
    private final AtomicInteger tail = new AtomicInteger();
    private final AtomicInteger head = new AtomicInteger();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicBoolean writing = new AtomicBoolean();
    private final AtomicBoolean flushWanted = new AtomicBoolean();
    private final AtomicBoolean awake = new AtomicBoolean(true);
    /** One for all rounds of the loop; a method reference there would be an object for each. */
    private final Consumer<SelectionKey> whenReady = this::onReady;

    private final ByteBuffer in = buffer();
    private final ByteBuffer out = buffer();
    private byte @Nullable [] unfinished;
    private int unfinishedOffset;
    private volatile boolean blocked;
    private volatile @Nullable Throwable failure;

    BareSocket(String address, int slots, Replies replies) throws IOException {
        super("floor-io");
        setDaemon(true);
        this.replies = replies;
        requests = new byte[slots][];
        queue = new AtomicIntegerArray(slots);
        int colon = address.lastIndexOf(':');
        channel = SocketChannel.open(
                new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        partitionCount = authenticate();
        channel.configureBlocking(false);
        selector = Selector.open();
        key = channel.register(selector, SelectionKey.OP_READ);
    }

    private static ByteBuffer buffer() {
        return ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }

    private int authenticate() throws IOException {
        byte[] request = ClientAuthenticationCodec.encodeRequest(
                "dev", null, null, UUID.randomUUID(), "FLR", (byte) 1, "5.7.0", "floor", List.of(), (byte) 0, false);
        MessageHeader.setCorrelationId(request, 1);
        channel.write(ByteBuffer.wrap("CP2".getBytes(StandardCharsets.US_ASCII)));
        channel.write(ByteBuffer.wrap(request));
        int end;
        do {
            if (channel.read(in) < 0) {
                throw new EOFException("The member closed the connection");
            }
            end = endOfMessage(0, in.position());
        } while (end < 0);
        byte[] reply = new byte[end];
        in.get(0, reply).clear();
        ClientAuthenticationCodec.Response response =
                ClientAuthenticationCodec.decodeResponse(new MessageReader().reset(reply, 0, end));
        if (response.status() != 0) {
            throw new IOException("The member refused the floor with status " + response.status());
        }
        return response.partitionCount();
    }

    int partitionCount() {
        return partitionCount;
    }

    void requireOpen() {
        if (failure != null) {
            throw new IllegalStateException("The floor lost its connection", failure);
        }
    }

    // ---- out

    void send(int index, byte[] request) {
        requests[index] = request;
        int at = tail.getAndIncrement() & (queue.length() - 1);
        queue.set(at, index + 1);
        if (inFlight.incrementAndGet() <= DIRECT_WRITES) {
            flush();
        } else if (flushWanted.compareAndSet(false, true) && !awake.get() && awake.compareAndSet(false, true)) {
            selector.wakeup();
        }
    }

    private boolean hasQueued() {
        return queue.get(head.get() & (queue.length() - 1)) != 0;
    }

    private void flush() {
        flushWanted.set(false);
        // Again after each unlock: what was queued while another thread was writing is that thread's to write.
        while (!blocked && hasQueued() && writing.compareAndSet(false, true)) {
            try {
                write();
            } catch (IOException e) {
                failure = e;
            } finally {
                writing.set(false);
            }
        }
    }

    private void write() throws IOException {
        while (fill()) {
            out.flip();
            channel.write(out);
            out.compact();
            if (out.position() > 0) {
                blocked = true;
                selector.wakeup();
                return;
            }
        }
    }

    /** Whether there is something to write. */
    private boolean fill() {
        int mask = queue.length() - 1;
        while (out.hasRemaining()) {
            byte[] request = unfinished;
            if (request == null) {
                int at = head.getPlain();
                int index = queue.get(at & mask) - 1;
                if (index < 0 || out.remaining() < CORRELATION_ID + Long.BYTES) {
                    break;
                }
                queue.setPlain(at & mask, 0);
                head.setRelease(at + 1);
                request = requests[index];
                out.put(request, 0, CORRELATION_ID).putLong(index);
                unfinishedOffset = CORRELATION_ID + Long.BYTES;
            }
            int length = Math.min(out.remaining(), request.length - unfinishedOffset);
            out.put(request, unfinishedOffset, length);
            unfinishedOffset += length;
            unfinished = unfinishedOffset < request.length ? request : null;
        }
        return out.position() > 0;
    }

    // ---- in

    @Override
    public void run() {
        try {
            while (!isInterrupted()) {
                awake.set(false);
                if (flushWanted.get() && !blocked) {
                    awake.set(true);
                    selector.selectNow(whenReady);
                } else {
                    selector.select(whenReady);
                    awake.set(true);
                }
                if (blocked) {
                    key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
                }
                flush();
            }
        } catch (IOException | RuntimeException e) {
            failure = e;
        }
        close();
    }

    private void onReady(SelectionKey ready) {
        // From here on senders need not wake this thread: it looks at the queue again before it sleeps.
        awake.lazySet(true);
        try {
            if (ready.isReadable()) {
                read();
            }
            if (ready.isWritable()) {
                ready.interestOps(SelectionKey.OP_READ);
                continueWriting();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Goes on after the socket was full. */
    private void continueWriting() throws IOException {
        if (writing.compareAndSet(false, true)) {
            try {
                blocked = false;
                write();
            } finally {
                writing.set(false);
            }
        }
    }

    private void read() throws IOException {
        boolean full;
        do {
            if (channel.read(in) < 0) {
                throw new EOFException("The member closed the connection");
            }
            int limit = in.position();
            full = limit == in.capacity();
            int at = 0;
            int end;
            while ((end = endOfMessage(at, limit)) >= 0) {
                reply(at, end);
                at = end;
            }
            if (at == 0 && full) {
                throw new IOException("A reply is longer than " + BUFFER_BYTES + " bytes");
            }
            in.limit(limit).position(at);
            in.compact();
        } while (full);
    }

    private int endOfMessage(int start, int limit) {
        int at = start;
        while (limit - at >= MessageHeader.FRAME_HEADER_BYTES) {
            int flags = in.getShort(at + Integer.BYTES);
            at += in.getInt(at);
            if (at > limit) {
                return -1;
            }
            if ((flags & MessageHeader.FINAL) != 0) {
                return at;
            }
        }
        return -1;
    }

    private void reply(int start, int end) {
        int type = in.getInt(start + MessageHeader.FRAME_HEADER_BYTES);
        if (type == MessageHeader.ERROR_TYPE) {
            throw new IllegalStateException("The member answered with an error");
        }
        int index = (int) in.getLong(start + CORRELATION_ID);
        int value = start + in.getInt(start);
        inFlight.decrementAndGet();
        replies.onReply(index, value == end ? 0 : Math.max(0, end - value - BEFORE_ARRAY));
    }

    void close() {
        interrupt();
        try {
            selector.close();
            channel.close();
        } catch (IOException e) {
            throw new IllegalStateException("Closing the floor failed", e);
        }
    }
}
