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

/** The map's calls on many keys: one request for each partition concerned, all at once. Immutable. */
final class MapBulk<K, V> {

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
        List<PartialCall<List<Map.Entry<K, V>>>> parts = new ArrayList<>(byPartition.size());
        byPartition.forEach((partitionId, group) -> parts.add(new PartialCall<>(
                MapGetAllCodec.REQUEST,
                MapGetAllCodec.encodeRequest(name, List.copyOf(group)),
                partitionId,
                response -> MapGetAllCodec.decodeResponse(response, keyDecoder, valueDecoder))));
        return calls.onAll(parts, partitionCount, MapBulk::collect);
    }

    private static <K, V> Map<K, V> collect(List<List<Map.Entry<K, V>>> parts) {
        Map<K, V> all = new HashMap<>();
        parts.forEach(part -> part.forEach(entry -> all.put(entry.getKey(), entry.getValue())));
        return all;
    }

    CompletableFuture<Void> putAll(Map<? extends K, ? extends V> entries) {
        Objects.requireNonNull(entries, "entries");
        int partitionCount = calls.partitionCount();
        Map<Integer, List<Map.Entry<Data, Data>>> byPartition = new HashMap<>();
        entries.forEach((key, value) -> {
            Data data = calls.toData(key, "key");
            byPartition
                    .computeIfAbsent(ObjectCalls.partitionOf(data, partitionCount), p -> new ArrayList<>())
                    .add(Map.entry(data, calls.toData(value, "value")));
        });
        List<PartialCall<@Nullable Void>> parts = new ArrayList<>(byPartition.size());
        byPartition.forEach((partitionId, group) -> parts.add(new PartialCall<>(
                MapPutAllCodec.REQUEST,
                MapPutAllCodec.encodeRequest(name, group, false),
                partitionId,
                MapDecoders.PUT_ALL)));
        return calls.changeAll(parts, partitionCount, done -> null);
    }

    CompletableFuture<Void> loadAll(Collection<? extends K> keys, boolean replaceExisting) {
        Objects.requireNonNull(keys, "keys");
        Set<Data> data = new LinkedHashSet<>();
        keys.forEach(key -> data.add(calls.toData(key, "key")));
        if (data.isEmpty()) {
            // The members would take an empty list for "all keys".
            return calls.onAll(List.of(), 0, done -> null);
        }
        return calls.onAny(
                MapLoadGivenKeysCodec.REQUEST,
                MapLoadGivenKeysCodec.encodeRequest(name, List.copyOf(data), replaceExisting),
                MapDecoders.LOAD_GIVEN_KEYS);
    }
}
