// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.proxy.map;

import io.filbert.error.ConnectionException;
import io.filbert.internal.connection.ResponseDecoder;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.protocol.DataDecoder;
import io.filbert.internal.protocol.RequestType;
import io.filbert.internal.protocol.codec.MapFetchEntriesCodec;
import io.filbert.internal.protocol.codec.MapFetchKeysCodec;
import io.filbert.internal.proxy.ObjectCalls;
import io.filbert.internal.runtime.Printable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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
        return walk(entries(batchSize), action);
    }

    CompletableFuture<Void> forEachKeyBatch(
            int batchSize, Function<? super List<K>, ? extends CompletionStage<?>> action) {
        return walk(keys(batchSize), action);
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

    /** Hands out the batches of the cursor, each when the stage of the one before is complete. */
    <T> CompletableFuture<Void> walk(
            MapCursor<T> cursor, Function<? super List<T>, ? extends CompletionStage<?>> action) {
        Objects.requireNonNull(action, "action");
        Walk<T> walk = new Walk<>(cursor, action, calls.completions());
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

    /** One walk. Its steps follow each other, on the completion executor: else a walk would be a recursion. */
    private static final class Walk<T> {

        private final MapCursor<T> cursor;
        private final Function<? super List<T>, ? extends CompletionStage<?>> action;
        private final Executor executor;
        private final CompletableFuture<Void> done = new CompletableFuture<>();

        Walk(MapCursor<T> cursor, Function<? super List<T>, ? extends CompletionStage<?>> action, Executor executor) {
            this.cursor = cursor;
            this.action = action;
            this.executor = executor;
        }

        void step() {
            if (cursor.atEnd()) {
                done.complete(null);
            } else if (!done.isDone()) {
                cursor.fetch().whenCompleteAsync(this::take, executor);
            }
        }

        private void take(MapCursor.@Nullable Batch<T> batch, @Nullable Throwable failure) {
            if (batch == null) {
                fail(failure);
                return;
            }
            cursor.advance(batch);
            if (batch.items().isEmpty() || done.isDone()) {
                step();
                return;
            }
            try {
                action.apply(batch.items())
                        .whenCompleteAsync(
                                (result, error) -> {
                                    if (error == null) {
                                        step();
                                    } else {
                                        fail(error);
                                    }
                                },
                                executor);
            } catch (Throwable e) {
                // An Error of the action, too, must end the walk: nobody else would hear of it.
                fail(e);
            }
        }

        private void fail(@Nullable Throwable error) {
            Throwable real =
                    error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
            done.completeExceptionally(real == null ? new NullPointerException("stage") : real);
        }
    }
}
