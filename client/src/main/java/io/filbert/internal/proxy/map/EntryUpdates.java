// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.proxy.map;

import io.filbert.error.CallInterruptedException;
import io.filbert.error.HazelcastException;
import io.filbert.internal.blocking.Await;
import io.filbert.internal.invocation.OwnFuture;
import io.filbert.internal.runtime.Failures;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes the calls of {@link EntryUpdate}s, in the two ways there are: waiting in the thread of the caller, or following futures. */
final class EntryUpdates {

    private EntryUpdates() {}

    // ---- waiting: code of the user runs in the calling thread

    /** From locking, or reading, on; returns what the user's call returns. */
    static <V> @Nullable V await(EntryUpdate<V> update) {
        try {
            CompletableFuture<Boolean> lock = update.lock();
            if (lock != null) {
                // A copy: an interruption must not cancel the call, which may be granted all the same.
                update.requireLocked(changingNothing(update, lock.copy()));
            }
            return await(update, changingNothing(update, update.fetch()));
        } finally {
            release(update);
        }
    }

    private static void release(EntryUpdate<?> update) {
        try {
            Await.result(update.release());
        } catch (CallInterruptedException e) {
            // It goes on by itself; the interrupt flag is set again.
        }
    }

    /** From what was read already, without a lock. */
    static <V> @Nullable V await(EntryUpdate<V> update, @Nullable Fetched<V> first) {
        Fetched<V> present = first;
        while (true) {
            if (!update.decide(present) || Await.result(update.write())) {
                return update.result();
            }
            Duration pause = update.pause();
            if (!pause.isZero()) {
                changingNothing(update, update.pause(pause));
            }
            present = changingNothing(update, update.fetch());
        }
    }

    private static <T extends @Nullable Object> T changingNothing(EntryUpdate<?> update, CompletableFuture<T> call) {
        try {
            return Await.result(call);
        } catch (HazelcastException e) {
            throw (RuntimeException) update.withoutEffect(e);
        }
    }

    // ---- following futures: code of the user runs on the executor

    /** From locking, or reading, on. */
    static <V> CompletableFuture<@Nullable V> run(EntryUpdate<V> update, Executor executor) {
        Run<V> run = new Run<>(update, executor);
        run.begin();
        return run.done;
    }

    /** From what was read already, without a lock; the first attempt is made by this thread. */
    static <V> CompletableFuture<@Nullable V> run(
            EntryUpdate<V> update, @Nullable Fetched<V> first, Executor executor) {
        Run<V> run = new Run<>(update, executor);
        try {
            run.attempt(first);
        } catch (Throwable e) {
            run.fail(e);
        }
        return run.done;
    }

    /**
     * One update. Its steps follow each other, and the last one, whichever it is, releases the lock. If the user ends the future early, the
     * step under way becomes the last one: it may be the user's function, and until that has returned the entry must stay locked, and
     * nothing must be written afterwards.
     */
    private static final class Run<V> {

        private final EntryUpdate<V> update;
        private final Executor executor;
        private final OwnFuture<@Nullable V> done;

        /** What need not go on when the user has ended the future; null if there is nothing, or it must. */
        private volatile @Nullable CompletableFuture<?> current;

        Run(EntryUpdate<V> update, Executor executor) {
            this.update = update;
            this.executor = executor;
            this.done = new OwnFuture<>(update.call(), executor, this::cancelCurrent);
        }

        private void cancelCurrent() {
            CompletableFuture<?> call = current;
            if (call != null) {
                call.cancel(true);
            }
        }

        void begin() {
            CompletableFuture<Boolean> lock = update.lock();
            if (lock == null) {
                fetch();
                return;
            }
            // Not cancelled: it may be granted all the same, and who would unlock then?
            next(
                    lock,
                    locked -> {
                        update.requireLocked(locked);
                        fetch();
                    },
                    update::withoutEffect);
        }

        private void fetch() {
            follow(update.fetch(), this::attempt, update::withoutEffect);
        }

        void attempt(@Nullable Fetched<V> present) {
            if (!update.decide(present)) {
                succeed();
            } else if (done.isDelivered()) {
                update.release();
            } else {
                follow(update.write(), this::answered, UnaryOperator.identity());
            }
        }

        private void answered(Boolean changed) {
            if (changed) {
                succeed();
                return;
            }
            Duration pause = update.pause();
            if (pause.isZero()) {
                fetch();
            } else {
                follow(update.pause(pause), over -> fetch(), update::withoutEffect);
            }
        }

        private <T extends @Nullable Object> void follow(
                CompletableFuture<T> call, Consumer<T> step, UnaryOperator<Throwable> failures) {
            current = call;
            if (done.isDelivered()) {
                call.cancel(true); // the user may have come before it was current
            }
            next(call, step, failures);
        }

        private <T extends @Nullable Object> void next(
                CompletableFuture<T> call, Consumer<T> step, UnaryOperator<Throwable> failures) {
            call.whenCompleteAsync(
                    (result, error) -> {
                        current = null;
                        if (done.isDelivered()) {
                            update.release();
                        } else if (error != null) {
                            fail(failures.apply(Failures.unwrapped(error)));
                        } else {
                            try {
                                step.accept(result);
                            } catch (Throwable e) {
                                // Errors of the user's code, too: nothing else would end the future.
                                fail(e);
                            }
                        }
                    },
                    executor);
        }

        @SuppressWarnings("NullAway") // the result may be null
        private void succeed() {
            end(() -> done.succeed(update.result()));
        }

        void fail(Throwable error) {
            end(() -> done.fail(error));
        }

        private void end(Runnable outcome) {
            CompletableFuture<?> released = update.release();
            if (released.isDone()) {
                outcome.run();
            } else {
                var unused = released.whenCompleteAsync((done, failure) -> outcome.run(), executor);
            }
        }
    }
}
