// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** How bytes travel in one direction through a {@link FaultProxy}, on all its connections. Thread-safe. */
final class Flow {

    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final int DRIPS_PER_SECOND = 50;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final AtomicLong passed = new AtomicLong();

    /** Guarded by {@link #lock}, as are the next two. */
    private boolean stalled;

    private int bytesPerSecond = Integer.MAX_VALUE;
    private FaultProxy.@Nullable Corruption corruption;

    void stall() {
        change(() -> stalled = true);
    }

    void resume() {
        change(() -> stalled = false);
    }

    void drip(int rate) {
        change(() -> bytesPerSecond = rate);
    }

    void corrupt(FaultProxy.Corruption how) {
        change(() -> corruption = how);
    }

    void pass() {
        change(() -> {
            stalled = false;
            bytesPerSecond = Integer.MAX_VALUE;
            corruption = null;
        });
    }

    /** Makes all who wait look again, for instance at whether their connection is closed. */
    void wake() {
        change(() -> {});
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    long passed() {
        return passed.get();
    }

    /**
     * Waits until bytes may be written and says how many of those at hand. The bytes count as passed.
     *
     * @return 0 if the connection was closed meanwhile
     */
    int awaitTurn(int atHand, BooleanSupplier closed) {
        lock.lock();
        try {
            long paidUntil = 0;
            boolean dripped = false;
            while (!closed.getAsBoolean()) {
                if (stalled) {
                    changed.awaitUninterruptibly();
                    continue;
                }
                if (bytesPerSecond == Integer.MAX_VALUE) {
                    passed.addAndGet(atHand);
                    return atHand;
                }
                // Wait first, then let go: each turn costs the time its bytes take.
                int drip = Math.min(atHand, Math.max(1, bytesPerSecond / DRIPS_PER_SECOND));
                if (!dripped) {
                    paidUntil = System.nanoTime() + drip * NANOS_PER_SECOND / bytesPerSecond;
                    dripped = true;
                }
                long left = paidUntil - System.nanoTime();
                if (left <= 0) {
                    passed.addAndGet(drip);
                    return drip;
                }
                long unused = changed.awaitNanos(left);
            }
            return 0;
        } catch (InterruptedException e) {
            return 0; // Nobody interrupts the proxy's threads; if somebody does, the connection ends.
        } finally {
            lock.unlock();
        }
    }

    /** Applies the corruption asked for, if any, in place. */
    void corrupt(byte[] bytes, int offset, int length, long position) {
        FaultProxy.Corruption current;
        lock.lock();
        try {
            current = corruption;
        } finally {
            lock.unlock();
        }
        if (current != null) {
            for (int i = 0; i < length; i++) {
                bytes[offset + i] = current.apply(position + i, bytes[offset + i]);
            }
        }
    }
}
