// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.proxy.map;

import io.filbert.internal.invocation.PartialCall;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.protocol.DataDecoder;
import io.filbert.internal.protocol.codec.MapGetAllCodec;
import io.filbert.internal.protocol.codec.MapLoadGivenKeysCodec;
import io.filbert.internal.protocol.codec.MapPutAllCodec;
import io.filbert.internal.proxy.ObjectCalls;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The map's calls on many keys: one request for each partition concerned, or several if it is large. The requests are encoded as room for
 * them comes free; only the serialized keys are all there from the beginning, because they decide the partitions. Immutable.
 */
final class MapBulk<K, V> {

    private static final int NO_PARTITION = -1;

    private final String name;
    private final ObjectCalls calls;
    private final DataDecoder<K> keyDecoder;
    private final DataDecoder<V> valueDecoder;

    MapBulk(String name, ObjectCalls calls) {
        this.name = name;
        this.calls = calls;
        this.keyDecoder = calls.decoder();
        this.valueDecoder = calls.decoder();
    }

    CompletableFuture<Map<K, V>> getAll(Collection<? extends K> keys) {
        Objects.requireNonNull(keys, "keys");
        int partitionCount = calls.partitionCount();
        Map<Integer, Set<Data>> byPartition = new HashMap<>();
        for (K key : keys) {
            Data data = calls.toData(key, "key");
            byPartition
                    .computeIfAbsent(ObjectCalls.partitionOf(data, partitionCount), p -> new LinkedHashSet<>())
                    .add(data);
        }
        CutRequests<Data, Data, List<Map.Entry<K, V>>> requests = new CutRequests<>(
                byPartition,
                key -> key,
                Data::size,
                (partitionId, part) -> new PartialCall<>(
                        MapGetAllCodec.REQUEST,
                        MapGetAllCodec.encodeRequest(name, part),
                        partitionId,
                        response -> MapGetAllCodec.decodeResponse(response, keyDecoder, valueDecoder)));
        return calls.onAll(requests, partitionCount, MapBulk::collect);
    }

    private static <K, V> Map<K, V> collect(List<List<Map.Entry<K, V>>> parts) {
        Map<K, V> all = new HashMap<>();
        parts.forEach(part -> part.forEach(entry -> all.put(entry.getKey(), entry.getValue())));
        return all;
    }

    CompletableFuture<Void> putAll(Map<? extends K, ? extends V> entries) {
        Objects.requireNonNull(entries, "entries");
        int partitionCount = calls.partitionCount();
        Map<Integer, List<Map.Entry<Data, V>>> byPartition = new HashMap<>();
        entries.forEach((key, value) -> {
            Data data = calls.toData(key, "key");
            byPartition
                    .computeIfAbsent(ObjectCalls.partitionOf(data, partitionCount), p -> new ArrayList<>())
                    .add(Map.entry(data, Objects.requireNonNull(value, "value")));
        });
        CutRequests<Map.Entry<Data, V>, Map.Entry<Data, Data>, @Nullable Void> requests = new CutRequests<>(
                byPartition,
                entry -> Map.entry(entry.getKey(), calls.toData(entry.getValue(), "value")),
                entry -> entry.getKey().size() + entry.getValue().size(),
                (partitionId, part) -> new PartialCall<>(
                        MapPutAllCodec.REQUEST,
                        MapPutAllCodec.encodeRequest(name, part, false),
                        partitionId,
                        MapDecoders.PUT_ALL));
        return calls.changeAll(requests, partitionCount, done -> null);
    }

    CompletableFuture<Void> loadAll(Collection<? extends K> keys, boolean replaceExisting) {
        Objects.requireNonNull(keys, "keys");
        Set<Data> data = new LinkedHashSet<>();
        keys.forEach(key -> data.add(calls.toData(key, "key")));
        // The members would take an empty list for "all keys".
        Map<Integer, Set<Data>> all = new HashMap<>(data.isEmpty() ? Map.of() : Map.of(NO_PARTITION, data));
        CutRequests<Data, Data, @Nullable Void> requests = new CutRequests<>(
                all,
                key -> key,
                Data::size,
                (partitionId, part) -> new PartialCall<>(
                        MapLoadGivenKeysCodec.REQUEST,
                        MapLoadGivenKeysCodec.encodeRequest(name, part, replaceExisting),
                        partitionId,
                        MapDecoders.LOAD_GIVEN_KEYS));
        return calls.changeAll(requests, 0, done -> null);
    }
}
