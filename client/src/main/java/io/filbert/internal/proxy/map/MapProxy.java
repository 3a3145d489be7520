// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.proxy.map;

import io.filbert.internal.protocol.Data;
import io.filbert.internal.protocol.codec.*;
import io.filbert.internal.proxy.ObjectCalls;
import io.filbert.map.BlockingDistributedMap;
import io.filbert.map.DistributedMap;
import io.filbert.map.EntryListener;
import io.filbert.map.EntryView;
import io.filbert.map.Expiry;
import io.filbert.query.Predicate;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The map as its async interface describes it. Calls on one key are here, those that say when an entry
 * expires in {@link MapWrites}; those on many keys are in {@link MapBulk}, the walk
 * over all entries in {@link MapWalk}, read-modify-write in {@link MapUpdates}, listeners in {@link MapListeners}. Thread-safe.
 */
public final class MapProxy<K, V> implements DistributedMap<K, V> {

    public static final String SERVICE_NAME = "hz:impl:mapService";

    private final String name;
    private final ObjectCalls calls;
    private final MapDecoders<K, V> decoders;
    private final MapWrites<V> writes;
    private final MapEntries<V> entries;
    private final MapBulk<K, V> bulk;
    private final MapWalk<K, V> walk;
    private final MapUpdates<K, V> updates;
    private final MapListeners<K, V> listeners;
    private final BlockingDistributedMap<K, V> blocking;

    public MapProxy(String name, ObjectCalls calls) {
        this.name = name;
        this.calls = calls;
        this.decoders = new MapDecoders<>(calls);
        this.writes = new MapWrites<>(name, calls, decoders);
        this.entries = new MapEntries<>(name, calls);
        this.bulk = new MapBulk<>(name, calls);
        this.walk = new MapWalk<>(name, calls);
        this.updates = new MapUpdates<>(name, calls, walk);
        this.listeners = new MapListeners<>(name, calls);
        this.blocking = new BlockingMapView<>(this, entries, walk, updates);
    }

    // The owner of locks: a call passes through the lock that its thread holds.
    private static long threadId() {
        return Thread.currentThread().getId();
    }

    private Data key(K key) {
        return calls.toData(key, "key");
    }

    private Data value(@Nullable Object value) {
        return calls.toData(value, "value");
    }

    // ---- read

    @Override
    public CompletableFuture<@Nullable V> get(K key) {
        Data data = key(key);
        return calls.onKey(data, MapGetCodec.REQUEST, MapGetCodec.encodeRequest(name, data, threadId()), decoders.get);
    }

    @Override
    public CompletableFuture<Map<K, V>> getAll(Collection<? extends K> keys) {
        return bulk.getAll(keys);
    }

    @Override
    public CompletableFuture<Boolean> containsKey(K key) {
        Data data = key(key);
        return calls.onKey(
                data,
                MapContainsKeyCodec.REQUEST,
                MapContainsKeyCodec.encodeRequest(name, data, threadId()),
                MapContainsKeyCodec::decodeResponse);
    }

    @Override
    public CompletableFuture<Boolean> containsValue(V value) {
        return calls.onAny(
                MapContainsValueCodec.REQUEST,
                MapContainsValueCodec.encodeRequest(name, value(value)),
                MapContainsValueCodec::decodeResponse);
    }

    @Override
    public CompletableFuture<Integer> size() {
        return calls.onAny(MapSizeCodec.REQUEST, MapSizeCodec.encodeRequest(name), MapSizeCodec::decodeResponse);
    }

    @Override
    public CompletableFuture<Boolean> isEmpty() {
        return calls.onAny(
                MapIsEmptyCodec.REQUEST, MapIsEmptyCodec.encodeRequest(name), MapIsEmptyCodec::decodeResponse);
    }

    @Override
    public CompletableFuture<@Nullable EntryView<K, V>> getEntryView(K key) {
        Data data = key(key);
        return calls.onKey(
                data,
                MapGetEntryViewCodec.REQUEST,
                MapGetEntryViewCodec.encodeRequest(name, data, threadId()),
                decoders.entryView);
    }

    // ---- write

    @Override
    public CompletableFuture<@Nullable V> put(K key, V value) {
        return put(key, value, Expiry.asConfigured());
    }

    @Override
    public CompletableFuture<@Nullable V> put(K key, V value, Duration ttl) {
        return put(key, value, Expiry.ofTtl(ttl));
    }

    @Override
    public CompletableFuture<@Nullable V> put(K key, V value, Duration ttl, Duration maxIdle) {
        return put(key, value, Expiry.ofTtl(ttl).withMaxIdle(maxIdle));
    }

    @Override
    public CompletableFuture<@Nullable V> put(K key, V value, Expiry expiry) {
        Objects.requireNonNull(expiry, "expiry");
        return writes.put(key(key), value(value), expiry, threadId());
    }

    @Override
    public CompletableFuture<Void> set(K key, V value) {
        return set(key, value, Expiry.asConfigured());
    }

    @Override
    public CompletableFuture<Void> set(K key, V value, Duration ttl) {
        return set(key, value, Expiry.ofTtl(ttl));
    }

    @Override
    public CompletableFuture<Void> set(K key, V value, Duration ttl, Duration maxIdle) {
        return set(key, value, Expiry.ofTtl(ttl).withMaxIdle(maxIdle));
    }

    @Override
    public CompletableFuture<Void> set(K key, V value, Expiry expiry) {
        Objects.requireNonNull(expiry, "expiry");
        return writes.set(key(key), value(value), expiry, threadId());
    }

    @Override
    public CompletableFuture<@Nullable V> putIfAbsent(K key, V value) {
        return putIfAbsent(key, value, Expiry.asConfigured());
    }

    @Override
    public CompletableFuture<@Nullable V> putIfAbsent(K key, V value, Duration ttl) {
        return putIfAbsent(key, value, Expiry.ofTtl(ttl));
    }

    @Override
    public CompletableFuture<@Nullable V> putIfAbsent(K key, V value, Duration ttl, Duration maxIdle) {
        return putIfAbsent(key, value, Expiry.ofTtl(ttl).withMaxIdle(maxIdle));
    }

    @Override
    public CompletableFuture<@Nullable V> putIfAbsent(K key, V value, Expiry expiry) {
        Objects.requireNonNull(expiry, "expiry");
        return writes.putIfAbsent(key(key), value(value), expiry, threadId());
    }

    @Override
    public CompletableFuture<Void> putTransient(K key, V value) {
        return putTransient(key, value, Expiry.asConfigured());
    }

    @Override
    public CompletableFuture<Void> putTransient(K key, V value, Duration ttl) {
        return putTransient(key, value, Expiry.ofTtl(ttl));
    }

    @Override
    public CompletableFuture<Void> putTransient(K key, V value, Duration ttl, Duration maxIdle) {
        return putTransient(key, value, Expiry.ofTtl(ttl).withMaxIdle(maxIdle));
    }

    @Override
    public CompletableFuture<Void> putTransient(K key, V value, Expiry expiry) {
        Objects.requireNonNull(expiry, "expiry");
        return writes.putTransient(key(key), value(value), expiry, threadId());
    }

    @Override
    public CompletableFuture<Boolean> tryPut(K key, V value, Duration timeout) {
        Data data = key(key);
        return calls.onKey(
                data,
                MapTryPutCodec.REQUEST,
                MapTryPutCodec.encodeRequest(
                        name, data, value(value), threadId(), ObjectCalls.millis(timeout, "timeout")),
                MapTryPutCodec::decodeResponse);
    }

    @Override
    public CompletableFuture<Void> putAll(Map<? extends K, ? extends V> entries) {
        return bulk.putAll(entries);
    }

    @Override
    public CompletableFuture<Void> setAll(Map<? extends K, ? extends V> entries) {
        return bulk.putAll(entries);
    }

    @Override
    public CompletableFuture<@Nullable V> replace(K key, V value) {
        Data data = key(key);
        return calls.onKey(
                data,
                MapReplaceCodec.REQUEST,
                MapReplaceCodec.encodeRequest(name, data, value(value), threadId()),
                decoders.replace);
    }

    @Override
    public CompletableFuture<Boolean> replaceIfSame(K key, V oldValue, V newValue) {
        return entries.replaceIfSame(
                key(key), calls.toData(oldValue, "oldValue"), calls.toData(newValue, "newValue"), threadId());
    }

    // ---- read, then write

    @Override
    public CompletableFuture<@Nullable V> compute(
            K key, BiFunction<? super K, ? super @Nullable V, ? extends @Nullable V> function) {
        return update("compute", key, UpdateRule.compute(key, function));
    }

    @Override
    public CompletableFuture<@Nullable V> computeIfPresent(
            K key, BiFunction<? super K, ? super V, ? extends @Nullable V> function) {
        return update("computeIfPresent", key, UpdateRule.computeIfPresent(key, function));
    }

    @Override
    public CompletableFuture<@Nullable V> computeIfAbsent(K key, Function<? super K, ? extends @Nullable V> function) {
        return update("computeIfAbsent", key, UpdateRule.computeIfAbsent(key, function));
    }

    @Override
    public CompletableFuture<@Nullable V> merge(
            K key, V value, BiFunction<? super V, ? super V, ? extends @Nullable V> function) {
        return update("merge", key, UpdateRule.merge(value, function));
    }

    private CompletableFuture<@Nullable V> update(String what, K key, UpdateRule<V> rule) {
        return updates.run(updates.of(what, key, rule, threadId()));
    }

    @Override
    public CompletableFuture<@Nullable V> compute(
            K key, BiFunction<? super K, ? super @Nullable V, ? extends @Nullable V> function, Expiry expiry) {
        Objects.requireNonNull(expiry, "expiry");
        return locked("compute", key, UpdateRule.compute(key, function), expiry);
    }

    @Override
    public CompletableFuture<@Nullable V> computeKeepingExpiry(
            K key, BiFunction<? super K, ? super @Nullable V, ? extends @Nullable V> function) {
        return locked("computeKeepingExpiry", key, UpdateRule.compute(key, function), null);
    }

    @Override
    public CompletableFuture<Void> setKeepingExpiry(K key, V value) {
        return updates.setKeepingExpiry(key, value, LockedEntry.newOwner());
    }

    private CompletableFuture<@Nullable V> locked(String what, K key, UpdateRule<V> rule, @Nullable Expiry expiry) {
        return updates.run(updates.locked(what, key, rule, expiry, LockedEntry.newOwner()));
    }

    @Override
    public CompletableFuture<Void> replaceAll(BiFunction<? super K, ? super V, ? extends V> function) {
        return updates.replaceAll(function, threadId());
    }

    // ---- remove

    @Override
    public CompletableFuture<@Nullable V> remove(K key) {
        Data data = key(key);
        return calls.onKey(
                data, MapRemoveCodec.REQUEST, MapRemoveCodec.encodeRequest(name, data, threadId()), decoders.remove);
    }

    @Override
    public CompletableFuture<Boolean> removeIfSame(K key, V value) {
        return entries.removeIfSame(key(key), value(value), threadId());
    }

    @Override
    public CompletableFuture<Void> delete(K key) {
        return entries.delete(key(key), threadId());
    }

    @Override
    public CompletableFuture<Boolean> tryRemove(K key, Duration timeout) {
        Data data = key(key);
        return calls.onKey(
                data,
                MapTryRemoveCodec.REQUEST,
                MapTryRemoveCodec.encodeRequest(name, data, threadId(), ObjectCalls.millis(timeout, "timeout")),
                MapTryRemoveCodec::decodeResponse);
    }

    @Override
    public CompletableFuture<Void> clear() {
        return calls.onAny(MapClearCodec.REQUEST, MapClearCodec.encodeRequest(name), MapDecoders.CLEAR);
    }

    @Override
    public CompletableFuture<Boolean> evict(K key) {
        Data data = key(key);
        return calls.onKey(
                data,
                MapEvictCodec.REQUEST,
                MapEvictCodec.encodeRequest(name, data, threadId()),
                MapEvictCodec::decodeResponse);
    }

    @Override
    public CompletableFuture<Void> evictAll() {
        return calls.onAny(MapEvictAllCodec.REQUEST, MapEvictAllCodec.encodeRequest(name), MapDecoders.EVICT_ALL);
    }

    @Override
    public CompletableFuture<Void> flush() {
        return calls.onAny(MapFlushCodec.REQUEST, MapFlushCodec.encodeRequest(name), MapDecoders.FLUSH);
    }

    @Override
    public CompletableFuture<Boolean> setTtl(K key, Duration ttl) {
        Data data = key(key);
        return calls.onKey(
                data,
                MapSetTtlCodec.REQUEST,
                MapSetTtlCodec.encodeRequest(name, data, ObjectCalls.millis(ttl, "ttl")),
                MapSetTtlCodec::decodeResponse);
    }

    @Override
    public CompletableFuture<Void> loadAll(boolean replaceExisting) {
        return calls.onAny(
                MapLoadAllCodec.REQUEST, MapLoadAllCodec.encodeRequest(name, replaceExisting), MapDecoders.LOAD_ALL);
    }

    @Override
    public CompletableFuture<Void> loadAll(Collection<? extends K> keys, boolean replaceExisting) {
        return bulk.loadAll(keys, replaceExisting);
    }

    // ---- everything

    @Override
    public CompletableFuture<Set<K>> keySet() {
        return calls.onAny(MapKeySetCodec.REQUEST, MapKeySetCodec.encodeRequest(name), decoders.keySet);
    }

    @Override
    public CompletableFuture<List<V>> values() {
        return calls.onAny(MapValuesCodec.REQUEST, MapValuesCodec.encodeRequest(name), decoders.values);
    }

    @Override
    public CompletableFuture<Set<Map.Entry<K, V>>> entrySet() {
        return calls.onAny(MapEntrySetCodec.REQUEST, MapEntrySetCodec.encodeRequest(name), decoders.entrySet);
    }

    // ---- what satisfies a predicate

    private Data predicate(Predicate predicate) {
        return calls.toDataForMembers(predicate, "predicate");
    }

    @Override
    public CompletableFuture<Set<K>> keySet(Predicate predicate) {
        return calls.onAny(
                MapKeySetWithPredicateCodec.REQUEST,
                MapKeySetWithPredicateCodec.encodeRequest(name, predicate(predicate)),
                decoders.keySetWithPredicate);
    }

    @Override
    public CompletableFuture<List<V>> values(Predicate predicate) {
        return calls.onAny(
                MapValuesWithPredicateCodec.REQUEST,
                MapValuesWithPredicateCodec.encodeRequest(name, predicate(predicate)),
                decoders.valuesWithPredicate);
    }

    @Override
    public CompletableFuture<Set<Map.Entry<K, V>>> entrySet(Predicate predicate) {
        return calls.onAny(
                MapEntriesWithPredicateCodec.REQUEST,
                MapEntriesWithPredicateCodec.encodeRequest(name, predicate(predicate)),
                decoders.entrySetWithPredicate);
    }

    // ---- walk

    @Override
    public CompletableFuture<Void> forEachEntry(BiConsumer<? super K, ? super V> action) {
        return walk.forEachEntry(action);
    }

    @Override
    public CompletableFuture<Void> forEachKey(Consumer<? super K> action) {
        return walk.forEachKey(action);
    }

    @Override
    public CompletableFuture<Void> forEachEntryBatch(
            int batchSize, Function<? super List<Map.Entry<K, V>>, ? extends CompletionStage<?>> action) {
        return walk.forEachEntryBatch(batchSize, action);
    }

    @Override
    public CompletableFuture<Void> forEachKeyBatch(
            int batchSize, Function<? super List<K>, ? extends CompletionStage<?>> action) {
        return walk.forEachKeyBatch(batchSize, action);
    }

    // ---- listen

    @Override
    public CompletableFuture<UUID> addEntryListener(
            EntryListener<? super K, ? super V> listener, boolean includeValue) {
        return listeners.add(listener, includeValue);
    }

    @Override
    public CompletableFuture<UUID> addEntryListener(
            EntryListener<? super K, ? super V> listener, K key, boolean includeValue) {
        return listeners.add(listener, key, includeValue);
    }

    @Override
    public CompletableFuture<UUID> addEntryListener(
            EntryListener<? super K, ? super V> listener, Predicate predicate, boolean includeValue) {
        return listeners.add(listener, predicate, includeValue);
    }

    @Override
    public CompletableFuture<UUID> addEntryListener(
            EntryListener<? super K, ? super V> listener, K key, Predicate predicate, boolean includeValue) {
        return listeners.add(listener, key, predicate, includeValue);
    }

    @Override
    public CompletableFuture<Boolean> removeEntryListener(UUID registrationId) {
        return listeners.remove(registrationId);
    }

    // ---- the object

    @Override
    public String name() {
        return name;
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public CompletableFuture<Boolean> destroy() {
        return calls.destroy();
    }

    @Override
    public DistributedMap<K, V> withDeadline(Duration deadline) {
        return new MapProxy<>(name, calls.withDeadline(deadline));
    }

    @Override
    public BlockingDistributedMap<K, V> blocking() {
        return blocking;
    }

    @Override
    public String toString() {
        return "DistributedMap(name=\"" + name + "\")";
    }
}
