// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.invocation;

import io.filbert.internal.blocking.ClientFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The future of a call that is several requests: ends when all of them have ended, with the combined results or the first error.
 * Ending it early abandons those still under way. Thread-safe; parts are added by one thread.
 */
final class FanOut<P extends @Nullable Object, T extends @Nullable Object> extends ClientFuture<T> {

    private final Function<List<P>, T> combine;
    private final Executor completions;
    private final List<CompletableFuture<P>> parts;
    private final AtomicInteger missing;
    private final int expected;
    private int skipped;
    private final AtomicReference<@Nullable Throwable> firstError = new AtomicReference<>();

    FanOut(int size, Function<List<P>, T> combine, Executor completions) {
        this.combine = combine;
        this.completions = completions;
        this.parts = new ArrayList<>(size);
        // One more, given back when all parts have been added: the list is complete before it is read.
        this.missing = new AtomicInteger(size + 1);
        this.expected = size;
        if (size == 0) {
            partEnded(null);
        }
    }

    void add(CompletableFuture<P> part) {
        parts.add(part);
        part.whenComplete((result, error) -> partEnded(error));
        if (parts.size() + skipped == expected) {
            partEnded(null);
        }
    }

    /** Whether a part has failed, so that the whole will. */
    boolean hasFailed() {
        return firstError.get() != null;
    }

    /** One part fewer is made, because the call has failed already. */
    void skip() {
        skipped++;
        partEnded(null);
        if (parts.size() + skipped == expected) {
            partEnded(null);
        }
    }

    private void partEnded(@Nullable Throwable error) {
        if (error != null) {
            firstError.compareAndSet(
                    null, error instanceof CompletionException && error.getCause() != null ? error.getCause() : error);
        }
        if (missing.decrementAndGet() == 0) {
            end();
        }
    }

    private void end() {
        Throwable error = firstError.get();
        if (error != null) {
            deliverFailure(error);
            return;
        }
        List<P> results = new ArrayList<>(parts.size());
        for (CompletableFuture<P> part : parts) {
            results.add(part.join());
        }
        try {
            deliver(combine.apply(results));
        } catch (RuntimeException e) {
            deliverFailure(e);
        }
    }

    @Override
    protected Executor completionExecutor() {
        return completions;
    }

    @Override
    protected void abandoned() {
        parts.forEach(part -> part.cancel(false));
    }
}
