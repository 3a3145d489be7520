// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.proxy.map;

import io.filbert.error.ConnectionException;
import io.filbert.internal.connection.ResponseDecoder;
import io.filbert.internal.invocation.OwnFuture;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.protocol.DataDecoder;
import io.filbert.internal.protocol.RequestType;
import io.filbert.internal.protocol.codec.MapFetchEntriesCodec;
import io.filbert.internal.protocol.codec.MapFetchKeysCodec;
import io.filbert.internal.proxy.ObjectCalls;
import io.filbert.internal.runtime.Failures;
import io.filbert.internal.runtime.Printable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Walks over all entries in constant memory: partition by partition, batch by batch, the next one asked for when the last one
 * has been taken. A member hands out a partition's table by pointers into it, which the next request gives back. Immutable.
 */
final class MapWalk<K, V> {

    private static final int DEFAULT_BATCH = 100;

    private final String name;
    private final ObjectCalls calls;
    private final DataDecoder<K> keyDecoder;
    private final DataDecoder<V> valueDecoder;

    MapWalk(String name, ObjectCalls calls) {
        this.name = name;
        this.calls = calls;
        this.keyDecoder = calls.decoder();
        this.valueDecoder = calls.decoder();
    }

    CompletableFuture<Void> forEachEntry(BiConsumer<? super K, ? super V> action) {
        Objects.requireNonNull(action, "action");
        return forEachEntryBatch(DEFAULT_BATCH, batch -> {
            batch.forEach(entry -> action.accept(entry.getKey(), entry.getValue()));
            return CompletableFuture.completedFuture(null);
        });
    }

    CompletableFuture<Void> forEachKey(Consumer<? super K> action) {
        Objects.requireNonNull(action, "action");
        return forEachKeyBatch(DEFAULT_BATCH, batch -> {
            batch.forEach(action);
            return CompletableFuture.completedFuture(null);
        });
    }

    CompletableFuture<Void> forEachEntryBatch(
            int batchSize, Function<? super List<Map.Entry<K, V>>, ? extends CompletionStage<?>> action) {
        return walk("forEachEntry", entries(batchSize), action);
    }

    CompletableFuture<Void> forEachKeyBatch(
            int batchSize, Function<? super List<K>, ? extends CompletionStage<?>> action) {
        return walk("forEachKey", keys(batchSize), action);
    }

    /** The batches of all entries, in order. */
    MapCursor<Map.Entry<K, V>> entries(int batchSize) {
        return entries(
                batchSize,
                (key, value) -> Map.entry(ObjectCalls.read(keyDecoder, key), ObjectCalls.read(valueDecoder, value)));
    }

    /** The batches of all entries with their bytes, in order. */
    MapCursor<FetchedEntry<K, V>> fetchedEntries() {
        return entries(
                DEFAULT_BATCH,
                (key, value) -> new FetchedEntry<>(Fetched.of(key, keyDecoder), Fetched.of(value, valueDecoder)));
    }

    private <T> MapCursor<T> entries(int batchSize, BiFunction<Data, Data, T> reader) {
        return cursor(
                MapFetchEntriesCodec.REQUEST,
                pointers -> MapFetchEntriesCodec.encodeRequest(name, pointers, batchSize),
                batchSize,
                response -> {
                    MapFetchEntriesCodec.Response batch = MapFetchEntriesCodec.decodeResponse(response);
                    List<T> entries = new ArrayList<>(batch.entries().size());
                    batch.entries().forEach(entry -> entries.add(reader.apply(entry.getKey(), entry.getValue())));
                    return new MapCursor.Batch<>(Collections.unmodifiableList(entries), batch.iterationPointers());
                });
    }

    /** The batches of all keys, in order. */
    MapCursor<K> keys(int batchSize) {
        return keys(batchSize, key -> ObjectCalls.read(keyDecoder, key));
    }

    /** The batches of all keys with their bytes, in order. */
    MapCursor<Fetched<K>> fetchedKeys() {
        return keys(DEFAULT_BATCH, key -> Fetched.of(key, keyDecoder));
    }

    private <T> MapCursor<T> keys(int batchSize, Function<Data, T> reader) {
        return cursor(
                MapFetchKeysCodec.REQUEST,
                pointers -> MapFetchKeysCodec.encodeRequest(name, pointers, batchSize),
                batchSize,
                response -> {
                    MapFetchKeysCodec.Response batch = MapFetchKeysCodec.decodeResponse(response);
                    List<T> keys = new ArrayList<>(batch.keys().size());
                    batch.keys().forEach(key -> keys.add(reader.apply(key)));
                    return new MapCursor.Batch<>(Collections.unmodifiableList(keys), batch.iterationPointers());
                });
    }

    private <T> MapCursor<T> cursor(
            RequestType type,
            Function<List<Map.Entry<Integer, Integer>>, byte[]> request,
            int batchSize,
            ResponseDecoder<MapCursor.Batch<T>> decoder) {
        checkBatchSize(batchSize);
        int partitionCount = calls.partitionCount();
        ResponseDecoder<MapCursor.Batch<T>> ofOneCluster = new OneCluster().only(decoder);
        return new MapCursor<>(
                partitionCount,
                (partitionId, pointers) ->
                        calls.onPartition(partitionId, partitionCount, type, request.apply(pointers), ofOneCluster));
    }

    private static void checkBatchSize(int batchSize) {
        if (batchSize < 1) {
            throw new IllegalArgumentException("batchSize must be at least 1, but is " + batchSize);
        }
    }

    /** What a walk does with its batches. */
    interface Steps<T> {

        /** Takes a batch; the next one is fetched when the stage is complete. */
        CompletionStage<?> take(List<T> batch);

        /** Runs the steps. */
        Executor executor();

        /** The error of the walk when fetching a batch failed. */
        default Throwable fetchFailed(Throwable failure) {
            return failure;
        }

        /** The user has ended the walk's future. */
        default void abandoned() {}
    }

    private <T> CompletableFuture<Void> walk(
            String what, MapCursor<T> cursor, Function<? super List<T>, ? extends CompletionStage<?>> action) {
        Objects.requireNonNull(action, "action");
        return walk(what, cursor, new Steps<>() {

            @Override
            public CompletionStage<?> take(List<T> batch) {
                return action.apply(batch);
            }

            @Override
            public Executor executor() {
                return calls.completions();
            }
        });
    }

    /**
     * Hands out the batches of the cursor, each when the stage of the one before is complete.
     *
     * @param what the name of the user's call, for errors
     */
    <T> CompletableFuture<Void> walk(String what, MapCursor<T> cursor, Steps<T> steps) {
        Walk<T> walk = new Walk<>(what + " of " + calls.subject(), cursor, steps, calls.completions());
        walk.step();
        return walk.done;
    }

    /** Lets batches pass as long as they come from the cluster of the first one: another has other entries, and other tables. */
    private final class OneCluster {

        private final AtomicReference<@Nullable UUID> first = new AtomicReference<>();

        <B> ResponseDecoder<B> only(ResponseDecoder<B> decoder) {
            return response -> {
                UUID now = calls.clusterId();
                if (!first.compareAndSet(null, now) && !Objects.equals(first.get(), now)) {
                    throw new ConnectionException("The walk over map " + Printable.quoted(name)
                            + " has ended: the client has gone to another cluster, or its cluster was"
                            + " restarted, and some entries of the one it began with were not seen. Start it again");
                }
                return decoder.decode(response);
            };
        }
    }

    /** One walk. Its steps follow each other, on an executor: else a walk would be a recursion. */
    private static final class Walk<T> {

        private final MapCursor<T> cursor;
        private final Steps<T> steps;
        private final OwnFuture<@Nullable Void> done;

        /** The request under way. The stages of the user's action are the user's own. */
        private volatile @Nullable CompletableFuture<?> fetching;

        Walk(String call, MapCursor<T> cursor, Steps<T> steps, Executor completions) {
            this.cursor = cursor;
            this.steps = steps;
            this.done = new OwnFuture<>(call, completions, this::abandoned);
        }

        private void abandoned() {
            cancelFetching();
            steps.abandoned();
        }

        private void cancelFetching() {
            CompletableFuture<?> call = fetching;
            if (call != null) {
                call.cancel(true);
            }
        }

        @SuppressWarnings("NullAway") // a walk has no result
        void step() {
            if (cursor.atEnd()) {
                done.succeed(null);
            } else if (!done.isDelivered()) {
                CompletableFuture<MapCursor.Batch<T>> call = cursor.fetch();
                fetching = call;
                if (done.isDelivered()) {
                    cancelFetching(); // the user may have come before there was something to cancel
                }
                call.whenCompleteAsync(this::take, steps.executor());
            }
        }

        private void take(MapCursor.@Nullable Batch<T> batch, @Nullable Throwable failure) {
            fetching = null;
            if (batch == null) {
                fail(steps.fetchFailed(real(failure)));
                return;
            }
            cursor.advance(batch);
            if (batch.items().isEmpty() || done.isDelivered()) {
                step();
                return;
            }
            try {
                steps.take(batch.items())
                        .whenCompleteAsync(
                                (result, error) -> {
                                    if (error == null) {
                                        step();
                                    } else {
                                        fail(error);
                                    }
                                },
                                steps.executor());
            } catch (Throwable e) {
                // An Error of the action, too: nothing else would end the walk.
                fail(e);
            }
        }

        private void fail(@Nullable Throwable error) {
            done.fail(real(error));
        }

        private static Throwable real(@Nullable Throwable error) {
            return error == null ? new NullPointerException("stage") : Failures.unwrapped(error);
        }
    }
}
