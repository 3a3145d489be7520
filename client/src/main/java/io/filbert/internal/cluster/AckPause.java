// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.cluster;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The time for which no backup acks are asked for, because some did not come. A backup may be on a member that cannot reach the client at
 * all, such as one without an endpoint for clients, which no member list shows: then every write that has a backup there would wait until
 * its time is up. When acks fail to come soon after a pause, the next one is twice as long. Thread-safe.
 */
final class AckPause {

    private static final Duration SHORTEST = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final LongSupplier nanoClock;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean on;

    // Guarded by the lock.
    private Duration length = Duration.ZERO;
    private long endNanos;

    AckPause(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    boolean isOn() {
        return on;
    }

    /** How long the pause is, or was. */
    Duration length() {
        lock.lock();
        try {
            return length;
        } finally {
            lock.unlock();
        }
    }

    /** Acks did not come; whether a pause begins with that. */
    boolean missed() {
        lock.lock();
        try {
            if (on) {
                return false; // a call from before the pause
            }
            long now = nanoClock.getAsLong();
            boolean soon = !length.isZero() && now - endNanos < length.toNanos();
            Duration doubled = length.multipliedBy(2);
            length = !soon ? SHORTEST : doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
            endNanos = now + length.toNanos();
            on = true;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the pause if its time is over; whether that was so. */
    boolean end() {
        if (!on) {
            return false;
        }
        lock.lock();
        try {
            if (!on || nanoClock.getAsLong() - endNanos < 0) {
                return false;
            }
            on = false;
            return true;
        } finally {
            lock.unlock();
        }
    }
}
