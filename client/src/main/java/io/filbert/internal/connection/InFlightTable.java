// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.connection;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The replies a connection owes, found by correlation id without hashing or allocation.
 *
 * <p>A correlation id is the number of the connection (high 23 bits) and a sequence (low 40 bits), so it is unique in the
 * client: backup acks arrive on other connections and name nothing else. The low bits of the sequence are the slot. A slot that
 * is still taken (by a call that waits long, such as a lock) is passed over; when several in a row are taken the entry goes
 * into an overflow map, so the table has no limit of its own.
 *
 * <p>Thread-safe.
 */
public final class InFlightTable {

    private static final int SLOTS = 2048;
    private static final int MASK = SLOTS - 1;
    private static final int PROBES = 8;
    private static final int SEQUENCE_BITS = 40;
    private static final long SEQUENCE_MASK = (1L << SEQUENCE_BITS) - 1;
    private static final int MAX_CONNECTION_NUMBER = (1 << 23) - 1;

    private final long base;
    private final AtomicReferenceArray<@Nullable PendingReply> slots = new AtomicReferenceArray<>(SLOTS);
    private final Map<Long, PendingReply> overflow = new ConcurrentHashMap<>();
    private final AtomicLong sequence = new AtomicLong(1);
    private final AtomicInteger size = new AtomicInteger();

    InFlightTable(int connectionNumber) {
        base = (long) (connectionNumber & MAX_CONNECTION_NUMBER) << SEQUENCE_BITS;
    }

    /** The connection a correlation id belongs to. */
    static int connectionNumber(long correlationId) {
        return (int) (correlationId >>> SEQUENCE_BITS);
    }

    /** Assigns a fresh correlation id, keeps the reply's place under it, and returns it. */
    long add(PendingReply reply) {
        size.incrementAndGet();
        long id = 0;
        for (int probe = 0; probe < PROBES; probe++) {
            id = nextId();
            int slot = (int) id & MASK;
            if (slots.getPlain(slot) == null) {
                reply.assign(id);
                if (slots.compareAndSet(slot, null, reply)) {
                    return id;
                }
            }
        }
        reply.assign(id);
        overflow.put(id, reply);
        return id;
    }

    private long nextId() {
        return base | (sequence.getAndIncrement() & SEQUENCE_MASK);
    }

    /** The waiting reply, or null if nobody waits (any more). */
    @Nullable
    PendingReply find(long correlationId) {
        PendingReply reply = slots.get((int) correlationId & MASK);
        if (reply != null && reply.correlationId() == correlationId) {
            return reply;
        }
        return overflow.isEmpty() ? null : overflow.get(correlationId);
    }

    /** Gives the place up; whether it was still held. */
    public boolean remove(PendingReply reply, long correlationId) {
        int slot = (int) correlationId & MASK;
        boolean removed = (slots.get(slot) == reply && slots.compareAndSet(slot, reply, null))
                || (!overflow.isEmpty() && overflow.remove(correlationId, reply));
        if (removed) {
            size.decrementAndGet();
        }
        return removed;
    }

    /** How many replies are outstanding. */
    public int size() {
        return size.get();
    }

    /** Visits every waiting reply; those that come and go meanwhile may be missed. */
    public void forEach(Consumer<PendingReply> action) {
        if (size.get() == 0) {
            return;
        }
        for (int slot = 0; slot < SLOTS; slot++) {
            PendingReply reply = slots.get(slot);
            if (reply != null) {
                action.accept(reply);
            }
        }
        overflow.values().forEach(action);
    }
}
