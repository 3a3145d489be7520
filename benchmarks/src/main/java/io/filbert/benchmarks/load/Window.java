// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks.load;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;

/**
 * The slots that are free, handed from the threads that end calls to the one that starts them.
 *
 * <p>Allocates nothing, and wakes the starter only when it sleeps: what this costs is charged to every client.
 *
 * <p>{@link #release} is thread-safe, the rest belongs to the starter.
 */
final class Window {

    private final int mask;
    private final AtomicIntegerArray ring;
    private final AtomicInteger tail = new AtomicInteger();
    private final Thread starter = Thread.currentThread();
    private volatile int wakeAt;
    private int head;

    /** All slots are free at first. */
    Window(int size) {
        int capacity = Integer.highestOneBit(Math.max(1, size - 1)) << 1;
        mask = capacity - 1;
        ring = new AtomicIntegerArray(capacity);
        wakeAt = -1;
        for (int i = 0; i < size; i++) {
            release(i);
        }
    }

    void release(int slot) {
        int sequence = tail.getAndIncrement();
        ring.set(sequence & mask, slot + 1);
        if (sequence + 1 == wakeAt) {
            LockSupport.unpark(starter);
        }
    }

    /** A free slot, waiting for one if need be; -1 if there is none for so long that something must be wrong. */
    int take(long patienceNanos) {
        if (tail.get() == head && !awaitFree(patienceNanos)) {
            return -1;
        }
        int at = head++ & mask;
        int slot;
        while ((slot = ring.get(at)) == 0) {
            Thread.onSpinWait(); // Claimed by a releaser that has not stored it yet.
        }
        ring.set(at, 0);
        return slot - 1;
    }

    private boolean awaitFree(long patienceNanos) {
        // Announced before the last look, so that a release after that look wakes this thread.
        wakeAt = head + 1;
        long giveUp = System.nanoTime() + patienceNanos;
        while (tail.get() == head) {
            long left = giveUp - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            LockSupport.parkNanos(this, left);
        }
        return true;
    }

    /** How many slots are free now. */
    int free() {
        return tail.get() - head;
    }
}
