// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.invocation;

import io.filbert.internal.blocking.NonBlocking;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Bounds how many calls, and how many bytes of requests, are under way. A caller over the bound waits for its turn until its
 * deadline; a thread that must not wait is refused at once. A single request larger than the byte bound is let through when
 * nothing else is under way, else it could never be sent.
 *
 * <p>Thread-safe.
 */
final class InFlightLimit {

    private static final int BYTES_BITS = Long.SIZE - 24;
    private static final long ONE_CALL = 1L << BYTES_BITS;
    private static final long BYTES = ONE_CALL - 1;
    /** Eight million calls and a terabyte: more does not fit, neither here nor anywhere else. */
    private static final int MOST_CALLS = (1 << 23) - 1;

    private final int maxCount;
    private final long maxBytes;
    /** Calls above their bytes, in one number, so that nobody sees one without the other. */
    private final AtomicLong taken = new AtomicLong();

    private final AtomicInteger waiters = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition released = lock.newCondition();

    InFlightLimit(int maxCount, long maxBytes) {
        this.maxCount = Math.min(maxCount, MOST_CALLS);
        this.maxBytes = Math.min(maxBytes, BYTES);
    }

    /**
     * Takes a place, waiting for one if need be.
     *
     * @return false if there was none until the deadline
     */
    boolean acquire(int size, long deadlineNanos) throws InterruptedException {
        return tryAcquire(size) || (!(Thread.currentThread() instanceof NonBlocking) && await(size, deadlineNanos));
    }

    /** Takes a place though there may be none. */
    void take(int size) {
        taken.addAndGet(ONE_CALL + size);
    }

    private boolean tryAcquire(int size) {
        long now;
        do {
            now = taken.get();
            if (countOf(now) >= maxCount || (now != 0 && bytesOf(now) + size > maxBytes)) {
                return false;
            }
        } while (!taken.compareAndSet(now, now + ONE_CALL + size));
        return true;
    }

    private boolean await(int size, long deadlineNanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            // Announced before the last look, so that a release after that look signals.
            waiters.incrementAndGet();
            while (!tryAcquire(size)) {
                long left = deadlineNanos - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                released.awaitNanos(left);
            }
            return true;
        } finally {
            waiters.decrementAndGet();
            lock.unlock();
        }
    }

    void release(int size) {
        taken.addAndGet(-ONE_CALL - size);
        if (waiters.get() > 0) {
            lock.lock();
            try {
                // All of them: their sizes differ, so the first in line may not be the one that fits.
                released.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** How many threads wait for a place. */
    int waiting() {
        return waiters.get();
    }

    int count() {
        return countOf(taken.get());
    }

    long bytes() {
        return bytesOf(taken.get());
    }

    private static int countOf(long taken) {
        return (int) (taken >>> BYTES_BITS);
    }

    private static long bytesOf(long taken) {
        return taken & BYTES;
    }

    @Override
    public String toString() {
        long now = taken.get();
        return countOf(now) + " of " + maxCount + " calls and " + bytesOf(now) + " of " + maxBytes + " bytes in flight";
    }
}
