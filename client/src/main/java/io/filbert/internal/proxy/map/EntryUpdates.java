// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.proxy.map;

import io.filbert.error.CallInterruptedException;
import io.filbert.error.SerializationException;
import io.filbert.internal.blocking.Await;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes the calls of {@link EntryUpdate}s, in the two ways there are: waiting in the thread of the caller, or following futures. */
final class EntryUpdates {

    private EntryUpdates() {}

    // ---- waiting: code of the user runs in the calling thread

    /** From reading on; returns what the user's call returns. */
    static <V> @Nullable V await(EntryUpdate<V> update) {
        try {
            return await(update, fetched(update));
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
            CompletableFuture<Boolean> sent = update.attempt(present);
            if (sent == null || Await.result(sent)) {
                return update.result();
            }
            Duration pause = update.pause();
            if (!pause.isZero()) {
                Await.result(update.pause(pause));
            }
            present = fetched(update);
        }
    }

    private static <V> @Nullable Fetched<V> fetched(EntryUpdate<V> update) {
        try {
            return Await.result(update.fetch());
        } catch (SerializationException e) {
            throw update.unreadable(e);
        }
    }

    // ---- following futures: code of the user runs on the executor

    /** From reading on. */
    static <V> CompletableFuture<@Nullable V> run(EntryUpdate<V> update, Executor executor) {
        Run<V> run = new Run<>(update, executor);
        run.fetch();
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

    /** One update. Its steps follow each other. Cancelling the future ends the call that is under way. */
    private static final class Run<V> {

        private final EntryUpdate<V> update;
        private final Executor executor;
        private final CompletableFuture<@Nullable V> done = new CompletableFuture<>();
        private volatile @Nullable CompletableFuture<?> current;

        Run(EntryUpdate<V> update, Executor executor) {
            this.update = update;
            this.executor = executor;
            done.whenComplete((result, error) -> {
                CompletableFuture<?> call = current;
                if (done.isCancelled() && call != null) {
                    call.cancel(true);
                    update.release();
                }
            });
        }

        void fetch() {
            follow(
                    update.fetch(),
                    this::attempt,
                    error ->
                            error instanceof SerializationException unreadable ? update.unreadable(unreadable) : error);
        }

        void attempt(@Nullable Fetched<V> present) {
            CompletableFuture<Boolean> sent = update.attempt(present);
            if (sent == null) {
                succeed();
            } else {
                follow(sent, this::answered, error -> error);
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
                follow(update.pause(pause), over -> fetch(), error -> error);
            }
        }

        private interface Failures {
            Throwable forUser(Throwable error);
        }

        private <T extends @Nullable Object> void follow(
                CompletableFuture<T> call, Consumer<T> next, Failures failures) {
            current = call;
            if (done.isDone()) {
                call.cancel(true);
            }
            call.whenCompleteAsync(
                    (result, error) -> {
                        if (done.isDone()) {
                            return;
                        }
                        if (error != null) {
                            fail(failures.forUser(unwrapped(error)));
                            return;
                        }
                        try {
                            next.accept(result);
                        } catch (Throwable e) {
                            // Errors of the user's code, too: nothing else would end the future.
                            fail(e);
                        }
                    },
                    executor);
        }

        private void succeed() {
            end(() -> done.complete(update.result()));
        }

        void fail(Throwable error) {
            end(() -> done.completeExceptionally(error));
        }

        private void end(Runnable outcome) {
            CompletableFuture<?> released = update.release();
            if (released.isDone()) {
                outcome.run();
            } else {
                var unused = released.whenCompleteAsync((done, failure) -> outcome.run(), executor);
            }
        }

        private static Throwable unwrapped(Throwable error) {
            return error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        }
    }
}
