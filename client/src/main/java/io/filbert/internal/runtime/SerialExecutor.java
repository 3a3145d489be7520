// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.runtime;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Runs its tasks one at a time and in order, on the threads of another executor. After a number of tasks it lets others have a
 * turn. Thread-safe.
 */
public final class SerialExecutor implements Executor {

    private static final int TASKS_PER_TURN = 64;

    private final Executor delegate;
    private final Consumer<RuntimeException> failures;
    private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();

    /** @param failures told of what tasks throw; the following tasks run all the same */
    public SerialExecutor(Executor delegate, Consumer<RuntimeException> failures) {
        this.delegate = delegate;
        this.failures = failures;
    }

    @Override
    public void execute(Runnable task) {
        queue.add(task);
        if (pending.getAndIncrement() == 0) {
            delegate.execute(this::turn);
        }
    }

    private void turn() {
        for (int i = 0; i < TASKS_PER_TURN; i++) {
            Runnable task = queue.poll();
            if (task == null) {
                return;
            }
            try {
                task.run();
            } catch (RuntimeException e) {
                failures.accept(e);
            }
            if (pending.decrementAndGet() == 0) {
                return;
            }
        }
        delegate.execute(this::turn);
    }
}
