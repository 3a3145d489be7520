// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.runtime;

import io.filbert.internal.blocking.NonBlocking;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The user's executor, with another one behind it: a completion that the first refuses (it is full, or was shut down before the
 * client, or cannot start a thread) is not lost. Each task runs once, also if the first executor throws after it has run or kept the task.
 * Thread-safe.
 */
public final class FallbackExecutor implements Executor {

    private static final long WARNING_PERIOD_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Executor first;
    private final Executor fallback;
    private final ClientLog log;
    private final AtomicLong nextWarning = new AtomicLong(System.nanoTime());

    public FallbackExecutor(Executor first, Executor fallback, ClientLog log) {
        this.first = first;
        this.fallback = fallback;
        this.log = log;
    }

    @Override
    public void execute(Runnable task) {
        Once once = new Once(task);
        try {
            if (Thread.currentThread() instanceof NonBlocking thread) {
                executeOn(thread, once);
            } else {
                executeHere(once);
            }
        } catch (Throwable e) {
            // An Error too, such as: no memory for a thread.
            boolean refused = once.claim();
            warn(e, refused);
            if (refused) {
                fallback.execute(task);
            }
        }
    }

    /** Runs its task if it is the first to do so: the executor that gets it may throw and keep it all the same. */
    private static final class Once extends AtomicBoolean implements Runnable {

        private static final long serialVersionUID = 1;

        @SuppressWarnings("serial") // never written
        private final Runnable task;

        Once(Runnable task) {
            this.task = task;
        }

        /** Whether the caller is to run the task: nobody else has, or will. */
        boolean claim() {
            return compareAndSet(false, true);
        }

        @Override
        public void run() {
            if (claim()) {
                task.run();
            }
        }
    }

    /** An executor that runs tasks on the spot was chosen by the user: what it runs here may be code of the user. */
    private void executeOn(NonBlocking thread, Runnable task) {
        boolean before = thread.mayRunUserCode();
        thread.mayRunUserCode(true);
        try {
            first.execute(task);
        } finally {
            thread.mayRunUserCode(before);
            ClientThreads.clearInterrupt();
        }
    }

    /** The task may run on this thread, which may be one of the client, such as that which connects it. */
    private void executeHere(Runnable task) {
        try {
            first.execute(task);
        } finally {
            ClientThreads.clearInterrupt();
        }
    }

    private void warn(Throwable reason, boolean refused) {
        long now = System.nanoTime();
        long due = nextWarning.get();
        if (now - due >= 0 && nextWarning.compareAndSet(due, now + WARNING_PERIOD_NANOS)) {
            log.warning(
                    refused
                            ? "The configured callbackExecutor refuses completions; the client's own callback thread runs"
                                    + " them. Give the executor an unbounded queue, and end it after the client. Last refusal: "
                                    + reason
                            : "The configured callbackExecutor failed after it ran a completion: " + reason);
        }
    }
}
