// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.transport;

import io.filbert.internal.protocol.FragmentAssembler;
import io.filbert.internal.protocol.MessageCutter;
import io.filbert.internal.protocol.MessageHeader;
import io.filbert.internal.protocol.MessageTooLongException;
import io.filbert.internal.protocol.ProtocolException;
import io.filbert.internal.protocol.SkippedMessage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Collects bytes from a socket and hands out whole messages as slices of its array, without copying.
 *
 * <p>The array grows only as bytes really arrive, by doubling, so that an announced length alone costs nothing; after a large
 * message it shrinks back. Fragments are put together here, so the handler sees whole messages only.
 *
 * <p>A message that is longer than allowed, or for which the heap has no room, is reported as soon as that is known. Its bytes
 * are then skipped as they arrive, so that the messages behind it are read as ever.
 *
 * <p>Confined to the I/O thread.
 */
final class InboundBuffer {

    /** The answer of a wrong port: "HZX", sent by a member's other endpoints to a client that is not meant for them. */
    private static final byte[] WRONG_ENDPOINT = {'H', 'Z', 'X'};

    private static final byte[] HTTP = {'H', 'T', 'T', 'P'};

    private static final byte TLS_ALERT = 21;
    private static final byte TLS_HANDSHAKE = 22;
    private static final byte TLS_MAJOR = 3;
    private static final byte TLS_LAST_MINOR = 4;

    private static final int INITIAL_BYTES = 64 * 1024;

    /** A buffer that has grown up to here is kept: shrinking it after each message would cost more than it saves. */
    private static final int KEPT_BYTES = 1024 * 1024;

    /**
     * One read takes no more, which is what a socket has at a time: for each read into an array the JDK needs a buffer outside of the heap as
     * large as the room it is offered, and keeps it as long as the thread lives.
     */
    private static final int BYTES_PER_READ = 128 * 1024;

    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

    private static final int MAX_OPEN_FRAGMENTS = 1024;

    private static final byte[] NOTHING = {};

    private final IntFunction<byte[]> allocation;
    private final int maxMessageBytes;
    private final MessageCutter cutter;
    private final FragmentAssembler fragments;
    private byte[] buffer = new byte[INITIAL_BYTES];
    private ByteBuffer view = ByteBuffer.wrap(buffer);
    private int start;
    private boolean firstBytesChecked;

    /** The message that is being skipped, if one is. */
    private @Nullable SkippedMessage skipped;

    /** A message that is to be reported as too long. */
    private @Nullable MessageTooLongException refused;

    InboundBuffer(int maxMessageBytes) {
        this(maxMessageBytes, byte[]::new);
    }

    /** @param allocation gives larger arrays, or throws {@link OutOfMemoryError} */
    InboundBuffer(int maxMessageBytes, IntFunction<byte[]> allocation) {
        this.allocation = allocation;
        this.maxMessageBytes = maxMessageBytes;
        this.cutter = new MessageCutter(maxMessageBytes);
        this.fragments = new FragmentAssembler(maxMessageBytes, MAX_OPEN_FRAGMENTS);
    }

    /**
     * Reads what the socket has, up to the room in the buffer.
     *
     * @return the number of bytes, -1 at end of stream
     */
    int readFrom(ReadableByteChannel socket) throws IOException {
        if (view.position() == buffer.length) {
            makeRoom();
        }
        view.limit(Math.min(buffer.length, view.position() + BYTES_PER_READ));
        return socket.read(view);
    }

    /** Whether the last read took all it could, so that the socket probably holds more. */
    boolean isFull() {
        return !view.hasRemaining();
    }

    /**
     * Gives each whole message to the handler.
     *
     * @return whether there was one, or a fragment, or the end of one that was skipped
     * @throws ProtocolException if the bytes are not client messages
     */
    boolean drainTo(ChannelHandler handler) {
        boolean any = false;
        int limit = view.position();
        if (!firstBytesChecked && limit - start >= 3) {
            checkFirstBytes(limit);
        }
        reportRefused(handler);
        while (start < limit) {
            if (skipped != null) {
                boolean whole = skip(skipped, limit);
                any |= whole;
                if (!whole && start < limit) {
                    return any;
                }
                continue;
            }
            int end;
            try {
                end = cutter.findEnd(buffer, start, limit);
            } catch (MessageTooLongException e) {
                refuse(e, limit);
                reportRefused(handler);
                continue;
            }
            if (end < 0) {
                return any;
            }
            any = true;
            int from = start;
            // Moved on before the call, so that an exception from the handler does not deliver the message twice.
            start = end;
            deliver(from, end, handler);
        }
        reset();
        return any;
    }

    /** Skips what is there of the message; whether it ends here. */
    private boolean skip(SkippedMessage message, int limit) {
        start = message.skip(buffer, start, limit);
        if (!message.isWhole()) {
            return false;
        }
        skipped = null;
        return true;
    }

    /** From now on the message that begins at {@link #start} is skipped. */
    private void refuse(MessageTooLongException tooLong, int limit) {
        boolean fragment = tooLong.isFragment();
        refused = fragment ? fragments.refuse(buffer, start, limit, tooLong) : tooLong;
        skipped = new SkippedMessage(fragment);
        cutter.restart();
    }

    private void reportRefused(ChannelHandler handler) {
        MessageTooLongException tooLong = refused;
        if (tooLong != null) {
            refused = null;
            if (!handler.onTooLong(tooLong)) {
                throw tooLong;
            }
        }
    }

    /** What is there of a message that is not whole yet, and whether these bytes are part of it. */
    UnfinishedMessage unfinished(byte[] sought) {
        SkippedMessage skipping = skipped;
        if (skipping != null) {
            return new UnfinishedMessage(skipping.skippedBytes(), skipping.announcedBytes(), false, true);
        }
        int there = view.position() - start;
        return new UnfinishedMessage(there, there == 0 ? 0 : cutter.announcedBytes(), contains(sought), false);
    }

    private boolean contains(byte[] sought) {
        int last = view.position() - sought.length;
        for (int at = start; at <= last; at++) {
            if (buffer[at] == sought[0] && Arrays.equals(buffer, at, at + sought.length, sought, 0, sought.length)) {
                return true;
            }
        }
        return false;
    }

    private void deliver(int from, int end, ChannelHandler handler) {
        if (!MessageHeader.isFragment(MessageHeader.flags(buffer, from))) {
            handler.onMessage(buffer, from, end);
            return;
        }
        byte[] whole;
        try {
            whole = fragments.accept(buffer, from, end);
        } catch (MessageTooLongException e) {
            refused = e;
            reportRefused(handler);
            return;
        }
        if (whole != null) {
            handler.onMessage(whole, 0, whole.length);
        }
    }

    private void checkFirstBytes(int limit) {
        firstBytesChecked = true;
        if (startsWith(WRONG_ENDPOINT, limit)) {
            throw new ProtocolException(
                    "The peer answered 'HZX': this port belongs to another endpoint of the member"
                            + " (member-to-member, REST, WAN …), not to its client endpoint. Use the client port of the member");
        }
        if (startsWith(HTTP, limit)) {
            throw new ProtocolException(
                    "The peer speaks HTTP, not the client protocol. Use the client port of the member (5701 unless configured)");
        }
        // The head of an alert or a handshake record; no member begins with a message as long as that would be.
        boolean record = buffer[start] == TLS_ALERT || buffer[start] == TLS_HANDSHAKE;
        if (record && buffer[start + 1] == TLS_MAJOR && buffer[start + 2] >= 0 && buffer[start + 2] <= TLS_LAST_MINOR) {
            throw new ProtocolException("The peer speaks TLS, and this client does not: configure it with tls(...)");
        }
    }

    private boolean startsWith(byte[] prefix, int limit) {
        int length = Math.min(prefix.length, limit - start);
        return Arrays.equals(buffer, start, start + length, prefix, 0, length);
    }

    private void reset() {
        start = 0;
        if (buffer.length > KEPT_BYTES) {
            shrink();
        } else {
            view.position(0);
        }
    }

    /** Moves the unfinished message to the front; doubles the array when the message fills most of it. */
    private void makeRoom() {
        int pending = view.position() - start;
        long largest = Math.min((long) maxMessageBytes + INITIAL_BYTES, LARGEST_ARRAY);
        if (start > 0 && (pending <= buffer.length / 2 || buffer.length >= largest)) {
            System.arraycopy(buffer, start, buffer, 0, pending);
            start = 0;
            view.position(pending);
            return;
        }
        if (buffer.length >= largest) {
            throw new ProtocolException(
                    "A message exceeds the limit of " + maxMessageBytes + " bytes (option maxMessageBytes)");
        }
        try {
            grow((int) Math.min((long) buffer.length * 2, largest), pending);
        } catch (OutOfMemoryError e) {
            skipForLackOfMemory(e);
        }
    }

    private void grow(int size, int pending) {
        byte[] larger = allocation.apply(size);
        System.arraycopy(buffer, start, larger, 0, pending);
        use(larger, pending);
    }

    /** The array is full and cannot grow: what is there of the message is skipped, so that a small array does. */
    private void skipForLackOfMemory(OutOfMemoryError error) {
        int limit = view.position();
        refuse(MessageTooLongException.overHeap(buffer, start, limit - start, cutter.announcedBytes(), error), limit);
        SkippedMessage message = Objects.requireNonNull(skipped);
        skip(message, limit);
        // At most a part of a frame's header.
        byte[] rest = Arrays.copyOfRange(buffer, start, limit);
        shrink();
        view.put(rest);
    }

    private void shrink() {
        // Let go of first: there may be no room for both.
        use(NOTHING, 0);
        use(new byte[INITIAL_BYTES], 0);
    }

    private void use(byte[] array, int pending) {
        buffer = array;
        view = ByteBuffer.wrap(buffer);
        view.position(pending);
        start = 0;
    }
}
