// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A point in time by which something must have happened, and the patience to look again until then. Immutable. */
record Deadline(long nanoTime) {

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    static Deadline after(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    boolean hasPassed() {
        return System.nanoTime() - nanoTime >= 0;
    }

    /** Looks every few milliseconds; {@code false} if the deadline passed, or the thread was interrupted, first. */
    boolean poll(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            if (hasPassed() || Thread.currentThread().isInterrupted()) {
                return condition.getAsBoolean();
            }
            LockSupport.parkNanos(this, PAUSE_NANOS);
        }
        return true;
    }

    /** Like {@link #poll}, but an interrupt waits until the end: for cleaning up after a test that was interrupted. */
    boolean pollUninterruptibly(BooleanSupplier condition) {
        boolean interrupted = Thread.interrupted();
        try {
            boolean reached = poll(condition);
            while (!reached && !hasPassed()) {
                interrupted |= Thread.interrupted();
                reached = poll(condition);
            }
            return reached;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
