// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.runtime;

import io.filbert.internal.blocking.NonBlocking;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The user's executor, with another one behind it: a completion that the first refuses (it is full, or was shut down before the
 * client) is not lost. Tasks must not throw: what comes out of the first executor is taken for a refusal. Thread-safe.
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
        try {
            if (Thread.currentThread() instanceof NonBlocking thread) {
                executeOn(thread, task);
            } else {
                first.execute(task);
            }
        } catch (RuntimeException e) {
            warn(e);
            fallback.execute(task);
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
        }
    }

    private void warn(RuntimeException reason) {
        long now = System.nanoTime();
        long due = nextWarning.get();
        if (now - due >= 0 && nextWarning.compareAndSet(due, now + WARNING_PERIOD_NANOS)) {
            log.warning(
                    "The configured callbackExecutor refuses completions; the client's own callback thread runs them."
                            + " Give the executor an unbounded queue, and end it after the client. Last refusal: "
                            + reason);
        }
    }
}
