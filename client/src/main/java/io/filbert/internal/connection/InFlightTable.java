// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.connection;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The replies a connection owes, found by correlation id without hashing or allocation.
 *
 * <p>A correlation id is the number of the connection (high 23 bits) and a sequence (low 40 bits), so it is unique in the
 * client: backup acks arrive on other connections and name nothing else. The low bits of the sequence are the slot. A slot that
 * is still taken (by a call that waits long, such as a lock) is passed over. When several in a row are taken the table gets a
 * second, larger array for everything that comes, and when that is crowded too, a map: it has no limit of its own.
 *
 * <p>Thread-safe.
 */
public final class InFlightTable {

    private static final int FEW_SLOTS = 1024;
    private static final int MANY_SLOTS = 16 * 1024;
    private static final int PROBES = 8;
    private static final long NO_PLACE = -1;
    private static final int SEQUENCE_BITS = 40;
    private static final long SEQUENCE_MASK = (1L << SEQUENCE_BITS) - 1;
    private static final int MAX_CONNECTION_NUMBER = (1 << 23) - 1;

    private final long base;
    private final AtomicReferenceArray<@Nullable PendingReply> few = new AtomicReferenceArray<>(FEW_SLOTS);
    private final AtomicReference<@Nullable AtomicReferenceArray<@Nullable PendingReply>> many =
            new AtomicReference<>();
    private final Map<Long, PendingReply> overflow = new ConcurrentHashMap<>();
    private final AtomicLong sequence = new AtomicLong(1);
    private final AtomicInteger size = new AtomicInteger();

    /** @param connectionNumber as from {@link #numberOf} */
    InFlightTable(int connectionNumber) {
        base = (long) connectionNumber << SEQUENCE_BITS;
    }

    /** The number of the connection that is the so manieth: as much of it as a correlation id has room for. */
    static int numberOf(int count) {
        return count & MAX_CONNECTION_NUMBER;
    }

    /** The connection a correlation id belongs to. */
    static int connectionNumber(long correlationId) {
        return (int) (correlationId >>> SEQUENCE_BITS);
    }

    /** Assigns a fresh correlation id, keeps the reply's place under it, and returns it. */
    long add(PendingReply reply) {
        size.incrementAndGet();
        AtomicReferenceArray<@Nullable PendingReply> larger = many.get();
        long id = place(reply, larger == null ? few : larger);
        if (id == NO_PLACE && larger == null) {
            many.compareAndSet(null, new AtomicReferenceArray<>(MANY_SLOTS));
            id = place(reply, Objects.requireNonNull(many.get()));
        }
        if (id == NO_PLACE) {
            id = nextId();
            reply.assign(id);
            overflow.put(id, reply);
        }
        return id;
    }

    private long place(PendingReply reply, AtomicReferenceArray<@Nullable PendingReply> slots) {
        int mask = slots.length() - 1;
        for (int probe = 0; probe < PROBES; probe++) {
            long id = nextId();
            int slot = (int) id & mask;
            if (slots.getPlain(slot) == null) {
                reply.assign(id);
                if (slots.compareAndSet(slot, null, reply)) {
                    return id;
                }
            }
        }
        return NO_PLACE;
    }

    private long nextId() {
        return base | (sequence.getAndIncrement() & SEQUENCE_MASK);
    }

    /** The waiting reply, or null if nobody waits (any more). */
    @Nullable
    PendingReply find(long correlationId) {
        AtomicReferenceArray<@Nullable PendingReply> larger = many.get();
        PendingReply reply = larger == null ? null : find(larger, correlationId);
        if (reply == null) {
            reply = find(few, correlationId);
        }
        // The map is not asked whether it is empty: it counts an entry only some time after the entry is there.
        return reply != null ? reply : overflow.get(correlationId);
    }

    private static @Nullable PendingReply find(AtomicReferenceArray<@Nullable PendingReply> slots, long correlationId) {
        PendingReply reply = slots.get((int) correlationId & (slots.length() - 1));
        return reply != null && reply.correlationId() == correlationId ? reply : null;
    }

    /** Gives the place up; whether it was still held. */
    public boolean remove(PendingReply reply, long correlationId) {
        AtomicReferenceArray<@Nullable PendingReply> larger = many.get();
        boolean removed = (larger != null && clear(larger, reply, correlationId))
                || clear(few, reply, correlationId)
                || overflow.remove(correlationId, reply);
        if (removed) {
            size.decrementAndGet();
        }
        return removed;
    }

    private static boolean clear(
            AtomicReferenceArray<@Nullable PendingReply> slots, PendingReply reply, long correlationId) {
        int slot = (int) correlationId & (slots.length() - 1);
        return slots.get(slot) == reply && slots.compareAndSet(slot, reply, null);
    }

    /** Puts a reply back that was {@linkplain #remove removed}, under the same correlation id. */
    void restore(PendingReply reply, long correlationId) {
        size.incrementAndGet();
        overflow.put(correlationId, reply);
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
        forEach(few, action);
        AtomicReferenceArray<@Nullable PendingReply> larger = many.get();
        if (larger != null) {
            forEach(larger, action);
        }
        overflow.values().forEach(action);
    }

    private static void forEach(AtomicReferenceArray<@Nullable PendingReply> slots, Consumer<PendingReply> action) {
        for (int slot = 0; slot < slots.length(); slot++) {
            PendingReply reply = slots.get(slot);
            if (reply != null) {
                action.accept(reply);
            }
        }
    }
}
