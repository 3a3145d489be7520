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

    private final int maxCount;
    private final long maxBytes;
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicInteger waiters = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition released = lock.newCondition();

    InFlightLimit(int maxCount, long maxBytes) {
        this.maxCount = maxCount;
        this.maxBytes = maxBytes;
    }

    /**
     * Takes a place, waiting for one if need be.
     *
     * @return false if there was none until the deadline
     */
    boolean acquire(int size, long deadlineNanos) throws InterruptedException {
        return tryAcquire(size) || (!(Thread.currentThread() instanceof NonBlocking) && await(size, deadlineNanos));
    }

    private boolean tryAcquire(int size) {
        int now = count.incrementAndGet();
        long total = bytes.addAndGet(size);
        if (now <= maxCount && (total <= maxBytes || now == 1)) {
            return true;
        }
        giveBack(size);
        return false;
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
        giveBack(size);
    }

    private void giveBack(int size) {
        bytes.addAndGet(-size);
        count.decrementAndGet();
        if (waiters.get() > 0 && !lock.isHeldByCurrentThread()) {
            lock.lock();
            try {
                // All of them: their sizes differ, so the first in line may not be the one that fits.
                released.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    int count() {
        return count.get();
    }

    long bytes() {
        return bytes.get();
    }

    @Override
    public String toString() {
        return count + " of " + maxCount + " calls and " + bytes + " of " + maxBytes + " bytes in flight";
    }
}
