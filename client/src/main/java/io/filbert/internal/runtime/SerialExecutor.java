// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.runtime;

import io.filbert.internal.blocking.NonBlocking;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs its tasks one at a time and in order, on the threads of another executor. After a number of tasks it lets others have a
 * turn. Queueing and starting are two steps for those who queue under a lock: the other executor may run tasks at once, on the
 * calling thread. Thread-safe.
 */
public final class SerialExecutor implements Executor {

    private static final int TASKS_PER_TURN = 64;

    /** How long the other executor has until tasks run on a thread that waits for them. */
    private static final Duration BEFORE_RUNNING_HERE = Duration.ofMillis(100);

    private final Executor delegate;
    private final Consumer<Throwable> failures;
    private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final AtomicReference<@Nullable Thread> runner = new AtomicReference<>();

    /** @param failures told of what tasks throw; the following tasks run all the same */
    public SerialExecutor(Executor delegate, Consumer<Throwable> failures) {
        this.delegate = delegate;
        this.failures = failures;
    }

    /** Queues the task and has it run. */
    @Override
    public void execute(Runnable task) {
        enqueue(task);
        start();
    }

    /** Queues the task; {@link #start} has it run. */
    public void enqueue(Runnable task) {
        queue.add(task);
    }

    /** Has everything run that is queued. */
    public void start() {
        if (queue.isEmpty() || !scheduled.compareAndSet(false, true)) {
            return;
        }
        try {
            delegate.execute(this::turn);
        } catch (Throwable e) {
            scheduled.set(false);
            throw e;
        }
    }

    /**
     * Runs on the calling thread what is queued, unless another thread is at it: for those who must know that a task of theirs has run, while
     * the other executor may be waiting for them.
     */
    public void runHere() {
        if (runSome()) {
            start();
        }
    }

    /**
     * Queues the task and returns when it has run, or when waiting is of no use: the thread must not wait, is interrupted, or another task
     * takes longer than {@code patience}. If the other executor does not come to it, perhaps because it waits for this thread, it runs here.
     */
    public void runAndWait(Runnable task, Duration patience) {
        if (isRunningHere()) {
            run(task); // nothing else runs until the caller returns
            return;
        }
        CountDownLatch ran = new CountDownLatch(1);
        enqueue(() -> {
            try {
                task.run();
            } finally {
                ran.countDown();
            }
        });
        start();
        if (Thread.currentThread() instanceof NonBlocking) {
            return;
        }
        try {
            if (!ran.await(BEFORE_RUNNING_HERE.toMillis(), TimeUnit.MILLISECONDS)) {
                runHere();
                boolean ignored = ran.await(patience.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the calling thread is running one of the tasks, so that no other one runs before it returns. */
    public boolean isRunningHere() {
        return runner.get() == Thread.currentThread();
    }

    private void turn() {
        boolean ran = false;
        try {
            ran = runSome();
        } finally {
            scheduled.set(false);
            // What was queued since the last look finds nobody scheduled, or is found here. Another thread that is at
            // it looks itself.
            if (ran || runner.get() == null) {
                start();
            }
        }
    }

    /** Runs some of the tasks, unless another thread does. */
    private boolean runSome() {
        if (!runner.compareAndSet(null, Thread.currentThread())) {
            return false;
        }
        try {
            for (int i = 0; i < TASKS_PER_TURN; i++) {
                Runnable task = queue.poll();
                if (task == null) {
                    break;
                }
                run(task);
            }
        } finally {
            runner.set(null);
        }
        return true;
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            failures.accept(e);
        } finally {
            ClientThreads.clearInterrupt();
        }
    }
}
