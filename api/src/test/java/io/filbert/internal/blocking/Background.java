// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.blocking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Something that runs on a thread of its own while a test watches. */
final class Background<T extends @Nullable Object> {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final FutureTask<T> task;
    private final Thread thread;

    private Background(FutureTask<T> task, Thread thread) {
        this.task = task;
        this.thread = thread;
    }

    /** Starts it and returns when its thread waits for something. */
    static <T extends @Nullable Object> Background<T> waiting(Callable<T> code) {
        Background<T> started = started(code);
        eventually("a thread that waits", () -> started.isWaiting());
        return started;
    }

    static <T extends @Nullable Object> Background<T> started(Callable<T> code) {
        FutureTask<T> task = new FutureTask<>(code);
        Thread thread = new Thread(task, "background of a test");
        thread.setDaemon(true);
        thread.start();
        return new Background<>(task, thread);
    }

    boolean isWaiting() {
        Thread.State state = thread.getState();
        return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
    }

    void interrupt() {
        thread.interrupt();
    }

    boolean isInterrupted() {
        return thread.isInterrupted();
    }

    /** What the code returned or threw, waiting for its end. */
    T result() throws Exception {
        return task.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Polls until the condition holds. */
    static void eventually(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - deadline)
                    .as("waited %s for %s", PATIENCE, what)
                    .isNegative();
            LockSupport.parkNanos(100_000);
        }
    }
}
