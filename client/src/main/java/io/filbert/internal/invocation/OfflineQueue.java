// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.invocation;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Calls that wait until the client is connected. They go on in the order in which they were made, and calls made meanwhile queue up
 * behind them: who writes a key twice without waiting expects the second value to remain. Thread-safe.
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

    private final BooleanSupplier connected;
    private final Consumer<Invocation<?>> send;

    /** Held while calls go on, so that two threads do not let them overtake each other. */
    private final ReentrantLock leaving = new ReentrantLock();

    private final ReentrantLock lock = new ReentrantLock();
    private final NavigableMap<Place, Invocation<?>> line = new TreeMap<>();
    private final Map<Invocation<?>, Place> places = new HashMap<>();
    private long numbers;
    private volatile boolean used;

    /**
     * @param connected whether calls can be sent
     * @param send gets each call that goes on
     */
    OfflineQueue(BooleanSupplier connected, Consumer<Invocation<?>> send) {
        this.connected = connected;
        this.send = send;
    }

    /** Whether calls wait, so that new ones have to do so, too. */
    boolean isUsed() {
        return used;
    }

    /** Lets the call wait for its turn, which may come before this returns. */
    void add(Invocation<?> call) {
        lock.lock();
        try {
            used = true;
            Place place = new Place(call.beganNanos(), numbers++);
            line.put(place, call);
            places.put(call, place);
        } finally {
            lock.unlock();
        }
        // If the client was connected meanwhile, nobody else might let it go on.
        goOn();
    }

    /** The call is over. */
    void remove(Invocation<?> call) {
        lock.lock();
        try {
            Place place = places.remove(call);
            if (place != null) {
                line.remove(place);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets all calls go on, if the client is connected. */
    void goOn() {
        if (!used || !connected.getAsBoolean()) {
            return;
        }
        leaving.lock();
        try {
            for (Invocation<?> call = next(); call != null; call = next()) {
                send.accept(call);
            }
        } finally {
            leaving.unlock();
        }
    }

    private @Nullable Invocation<?> next() {
        lock.lock();
        try {
            if (!connected.getAsBoolean()) {
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
