// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.invocation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Calls that wait until the client is connected. They go on in the order in which they were made, and calls made meanwhile queue up
 * behind them: who writes a key twice without waiting expects the second value to remain.
 *
 * <p>Thread-safe. No lock is held while a call goes on: one thread at a time lets them, and others that want the same only tell it to look
 * again.
 */
final class OfflineQueue {

    /** @param number decides between calls that began at the same time */
    private record Place(long beganNanos, long number) implements Comparable<Place> {

        @Override
        public int compareTo(Place other) {
            long earlier = beganNanos - other.beganNanos;
            return earlier != 0 ? Long.signum(earlier) : Long.compare(number, other.number);
        }
    }

    private final BooleanSupplier over;
    private final Consumer<Invocation<?>> goesOn;
    private final Consumer<Throwable> failures;
    private final ReentrantLock lock = new ReentrantLock();
    private final NavigableMap<Place, Invocation<?>> line = new TreeMap<>();
    private final Map<Invocation<?>, Place> places = new HashMap<>();
    private long numbers;

    /** True until the last call has gone on. */
    private volatile boolean used;

    /** How often {@link #goOn} was called since the thread that lets calls go on has looked. */
    private final AtomicInteger wishes = new AtomicInteger();

    /**
     * @param over whether calls need not wait any longer
     * @param goesOn gets each call whose turn has come
     * @param failures gets what that throws; the other calls go on all the same
     */
    OfflineQueue(BooleanSupplier over, Consumer<Invocation<?>> goesOn, Consumer<Throwable> failures) {
        this.over = over;
        this.goesOn = goesOn;
        this.failures = failures;
    }

    /** Whether calls wait, so that new ones have to do so, too. */
    boolean isUsed() {
        return used;
    }

    int size() {
        lock.lock();
        try {
            return line.size();
        } finally {
            lock.unlock();
        }
    }

    /** Lets the call wait for its turn, which may come before this returns. */
    void add(Invocation<?> call) {
        lock.lock();
        try {
            used = true;
            Place place = new Place(call.beganNanos(), numbers++);
            if (places.putIfAbsent(call, place) == null) {
                line.put(place, call);
            }
        } finally {
            lock.unlock();
        }
        // If the waiting is over by now, nobody else might let it go on.
        goOn();
    }

    /** Takes the call out, if it is there. */
    boolean remove(Invocation<?> call) {
        lock.lock();
        try {
            Place place = places.remove(call);
            if (place == null) {
                return false;
            }
            line.remove(place);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Takes out the calls whose time is over. */
    List<Invocation<?>> removeExpired(long now) {
        if (!used) {
            return List.of();
        }
        List<Invocation<?>> expired = new ArrayList<>();
        lock.lock();
        try {
            line.values().removeIf(call -> {
                boolean late = now - call.expiryNanos() >= 0;
                if (late) {
                    places.remove(call);
                    expired.add(call);
                }
                return late;
            });
        } finally {
            lock.unlock();
        }
        return expired;
    }

    /** Lets all calls go on, unless they have to wait. */
    void goOn() {
        if (!used || wishes.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        while (seen != 0) {
            try {
                letGoOn();
            } catch (Throwable e) {
                // Not out of here before the wishes are down again: else no call would ever go on.
                failures.accept(e);
            }
            seen = wishes.addAndGet(-seen);
        }
    }

    private void letGoOn() {
        for (Invocation<?> call = next(); call != null; call = next()) {
            try {
                goesOn.accept(call);
            } catch (Throwable e) {
                failures.accept(e);
            }
        }
    }

    private @Nullable Invocation<?> next() {
        lock.lock();
        try {
            if (!over.getAsBoolean()) {
                return null;
            }
            Map.Entry<Place, Invocation<?>> first = line.pollFirstEntry();
            if (first == null) {
                used = false;
                return null;
            }
            places.remove(first.getValue());
            return first.getValue();
        } finally {
            lock.unlock();
        }
    }
}
