// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.connection;

import io.filbert.cluster.Address;
import io.filbert.error.ConnectionException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What attempts to connect do on threads that may block: look-ups of names, and options of the user. When an attempt has ended because its
 * time was up, such work may still hang, for ever perhaps. Then no further attempt at the same address begins before the work has ended, so
 * that the threads that hang are no more than there are addresses. Thread-safe.
 */
final class BlockingWork {

    private final Executor executor;

    /** By address: work that went on after its attempt had ended. */
    private final Map<Address, Attempt> overdue = new ConcurrentHashMap<>();

    BlockingWork(Executor executor) {
        this.executor = executor;
    }

    /**
     * Begins an attempt.
     *
     * @throws ConnectionException if work of an earlier one still goes on
     */
    Attempt begin(Address address) {
        Attempt earlier = overdue.get(address);
        if (earlier != null) {
            throw new ConnectionException("The last attempt to connect to " + address + " began "
                    + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - earlier.beganNanos)
                    + " s ago and still waits for " + earlier.what + "; the next one begins when that has returned");
        }
        return new Attempt(address);
    }

    /** The executor of one attempt. */
    final class Attempt implements Executor {

        private final Address address;
        private final long beganNanos = System.nanoTime();
        private final ReentrantLock lock = new ReentrantLock();
        private volatile String what = "a thread";

        // Guarded by the lock.
        private int running;
        private boolean ended;

        private Attempt(Address address) {
            this.address = address;
        }

        /** Notes what the thread is about to wait for, in words for the log. */
        void waitsFor(String next) {
            what = next;
        }

        @Override
        public void execute(Runnable task) {
            count(1);
            try {
                executor.execute(() -> {
                    try {
                        task.run();
                    } finally {
                        count(-1);
                    }
                });
            } catch (Throwable e) {
                count(-1);
                throw e;
            }
        }

        private void count(int change) {
            lock.lock();
            try {
                running += change;
                if (ended && running == 0) {
                    overdue.remove(address, this);
                }
            } finally {
                lock.unlock();
            }
        }

        /** The attempt has its outcome. Nobody waits any more for what still runs. */
        void ended(@Nullable Throwable failure) {
            lock.lock();
            try {
                ended = true;
                if (failure != null && running > 0) {
                    overdue.put(address, this);
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
