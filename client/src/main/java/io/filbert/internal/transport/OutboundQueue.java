// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.transport;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A queue of encoded messages for many producers and one consumer at a time: a ring, and behind it an overflow for the rare case
 * that the ring is full. How much is queued is bounded by what the client allows in flight, not here.
 *
 * <p>Why not a queue of the JDK alone: the linked ones allocate a node for each message, the array ones take a lock. Producers
 * claim a sequence with one compare-and-set and publish into its slot; the consumer reads slots in sequence order. A slot that
 * is claimed but not yet published holds up those behind it and the overflow, so the consumer must look again later: {@link
 * WireChannel} does, because the producer triggers a flush after publishing.
 *
 * <p>Messages of one thread keep their order: once the overflow is in use, everything goes there until it is empty again.
 *
 * <p>{@link #add} and {@link #hasNext} are thread-safe; {@link #poll} belongs to the holder of the channel's write lock.
 */
final class OutboundQueue {

    private final AtomicReferenceArray<byte @Nullable []> slots;
    private final int mask;
    private final AtomicLong tail = new AtomicLong();
    private final AtomicLong head = new AtomicLong();
    private final Queue<byte[]> overflow = new ConcurrentLinkedQueue<>();

    OutboundQueue(int capacity) {
        if (Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("capacity must be a power of two: " + capacity);
        }
        slots = new AtomicReferenceArray<>(capacity);
        mask = capacity - 1;
    }

    void add(byte[] message) {
        if (!overflow.isEmpty() || !offer(message)) {
            overflow.add(message);
        }
    }

    private boolean offer(byte[] message) {
        long sequence;
        do {
            sequence = tail.get();
            if (sequence - head.get() > mask) {
                return false;
            }
        } while (!tail.compareAndSet(sequence, sequence + 1));
        slots.setRelease((int) sequence & mask, message);
        return true;
    }

    byte @Nullable [] poll() {
        long sequence = head.get();
        int slot = (int) sequence & mask;
        byte[] message = slots.getAcquire(slot);
        if (message == null) {
            // In this order: only if the ring is empty after the overflow was seen is everything older than it out.
            return overflow.peek() != null && tail.get() == sequence ? overflow.poll() : null;
        }
        slots.setPlain(slot, null);
        // Publishes the emptied slot to producers.
        head.set(sequence + 1);
        return message;
    }

    /** Whether a message is there to be taken. */
    boolean hasNext() {
        long sequence = head.get();
        return slots.getAcquire((int) sequence & mask) != null || (!overflow.isEmpty() && tail.get() == sequence);
    }

    /** Messages queued and not yet taken. */
    int size() {
        return (int) Math.max(0, tail.get() - head.get()) + overflow.size();
    }
}
