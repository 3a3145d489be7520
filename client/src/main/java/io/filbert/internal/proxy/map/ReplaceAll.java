// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.proxy.map;

import io.filbert.internal.proxy.BulkChange;
import io.filbert.internal.proxy.ObjectCalls;
import io.filbert.internal.runtime.SerialExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * One asynchronous {@code replaceAll}: a walk that updates the entries of each batch side by side. All its steps go through one executor that
 * runs them one at a time, so that the user's function is never called by two threads at once, whatever the callback executor is. Ending
 * its future early ends the updates under way.
 */
final class ReplaceAll<K, V> {

    private static final String NAME = "replaceAll";

    private final MapUpdates<K, V> updates;
    private final BiFunction<? super K, ? super V, ? extends V> function;
    private final long owner;
    private final Executor executor;
    private final BulkChange bulk;
    private final Queue<CompletableFuture<?>> underWay = new ConcurrentLinkedQueue<>();
    private volatile boolean abandoned;

    ReplaceAll(
            MapUpdates<K, V> updates,
            ObjectCalls calls,
            BiFunction<? super K, ? super V, ? extends V> function,
            long owner) {
        this.updates = updates;
        this.function = function;
        this.owner = owner;
        // The steps are stages, which keep what they throw to themselves.
        this.executor = new SerialExecutor(calls.completions(), failure -> {});
        this.bulk = new BulkChange(NAME + " of " + calls.subject(), "entries");
    }

    CompletableFuture<Void> run(MapWalk<K, V> walk) {
        return walk.walk(NAME, walk.fetchedEntries(), new MapWalk.Steps<>() {

            @Override
            public CompletableFuture<?> take(List<FetchedEntry<K, V>> batch) {
                return update(batch);
            }

            @Override
            public Executor executor() {
                return executor;
            }

            @Override
            public Throwable fetchFailed(Throwable failure) {
                return bulk.whileReading(failure);
            }

            @Override
            public void abandoned() {
                abandon();
            }
        });
    }

    private CompletableFuture<Void> update(List<FetchedEntry<K, V>> batch) {
        List<EntryUpdate<V>> begun = new ArrayList<>(batch.size());
        List<CompletableFuture<?>> ended = new ArrayList<>(batch.size());
        @Nullable Throwable[] failures = new Throwable[batch.size()];
        underWay.clear();
        for (FetchedEntry<K, V> entry : batch) {
            int number = begun.size();
            EntryUpdate<V> update = updates.of(NAME, entry.key().data(), rule(entry), owner);
            CompletableFuture<?> run = EntryUpdates.run(update, entry.value(), executor);
            begun.add(update);
            underWay.add(run);
            ended.add(run.handle((result, failure) -> failures[number] = failure));
            if (abandoned || run.isCompletedExceptionally()) {
                break; // the function need not be called for the rest
            }
        }
        if (abandoned) {
            cancelThoseUnderWay();
        }
        return CompletableFuture.allOf(ended.toArray(new CompletableFuture<?>[0]))
                .thenComposeAsync(all -> outcome(begun, failures), executor);
    }

    /** Writes nothing if the user ends the future while the function runs. */
    private UpdateRule<V> rule(FetchedEntry<K, V> entry) {
        UpdateRule<V> replace = UpdateRule.replace(entry.key().object(), function);
        return present -> {
            UpdateRule.Verdict<V> verdict = replace.decide(present);
            return abandoned ? UpdateRule.Verdict.keep(null) : verdict;
        };
    }

    /** Only now that all have ended is it known what was changed. */
    private CompletableFuture<Void> outcome(List<EntryUpdate<V>> ended, @Nullable Throwable[] failures) {
        for (int i = 0; i < ended.size(); i++) {
            Throwable failure = failures[i];
            if (failure == null && ended.get(i).change() != UpdateRule.Change.KEEP) {
                bulk.changed();
            } else if (failure != null && !ended.get(i).isOfRule(failure)) {
                bulk.failed(failure);
            }
        }
        for (int i = 0; i < ended.size(); i++) {
            Throwable failure = failures[i];
            if (failure != null) {
                return CompletableFuture.failedFuture(
                        ended.get(i).isOfRule(failure) ? failure : bulk.whileWriting(failure));
            }
        }
        return CompletableFuture.completedFuture(null);
    }

    private void abandon() {
        abandoned = true;
        cancelThoseUnderWay();
    }

    private void cancelThoseUnderWay() {
        underWay.forEach(update -> update.cancel(true));
    }
}
