// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.proxy.map;

import io.filbert.map.BlockingDistributedMap;
import io.filbert.map.DistributedMap;
import io.filbert.map.Expiry;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The blocking view of a map: what the interface's default methods cannot give, which is read-modify-write in the thread of the caller, and
 * the live collections of {@link MapViews}. Two views are equal only if they are the same object, and {@code toString} never goes to the
 * network. Thread-safe.
 */
final class BlockingMapView<K, V> implements BlockingDistributedMap<K, V> {

    private final MapProxy<K, V> async;
    private final MapUpdates<K, V> updates;
    private final MapWalk<K, V> walk;
    private final MapViews<K, V> views;

    BlockingMapView(MapProxy<K, V> async, MapEntries<V> entries, MapWalk<K, V> walk, MapUpdates<K, V> updates) {
        this.async = async;
        this.updates = updates;
        this.walk = walk;
        this.views = new MapViews<>(this, entries, walk, updates);
    }

    @Override
    public DistributedMap<K, V> async() {
        return async;
    }

    // ---- read, then write: the function runs in this thread

    @Override
    public @Nullable V compute(K key, BiFunction<? super K, ? super @Nullable V, ? extends @Nullable V> function) {
        return update("compute", key, UpdateRule.compute(key, function));
    }

    @Override
    public @Nullable V computeIfPresent(K key, BiFunction<? super K, ? super V, ? extends @Nullable V> function) {
        return update("computeIfPresent", key, UpdateRule.computeIfPresent(key, function));
    }

    @Override
    public @Nullable V computeIfAbsent(K key, Function<? super K, ? extends @Nullable V> function) {
        return update("computeIfAbsent", key, UpdateRule.computeIfAbsent(key, function));
    }

    @Override
    public @Nullable V merge(K key, V value, BiFunction<? super V, ? super V, ? extends @Nullable V> function) {
        return update("merge", key, UpdateRule.merge(value, function));
    }

    @Override
    public @Nullable V compute(
            K key, BiFunction<? super K, ? super @Nullable V, ? extends @Nullable V> function, Expiry expiry) {
        Objects.requireNonNull(expiry, "expiry");
        return EntryUpdates.await(updates.locked(
                "compute",
                key,
                UpdateRule.compute(key, function),
                expiry,
                Thread.currentThread().getId()));
    }

    @Override
    public @Nullable V computeKeepingExpiry(
            K key, BiFunction<? super K, ? super @Nullable V, ? extends @Nullable V> function) {
        return EntryUpdates.await(updates.locked(
                "computeKeepingExpiry",
                key,
                UpdateRule.compute(key, function),
                null,
                Thread.currentThread().getId()));
    }

    /** Passes through the lock that the caller may hold. */
    @Override
    public void setKeepingExpiry(K key, V value) {
        var unused = EntryUpdates.await(
                updates.settingKeepingExpiry(key, value, Thread.currentThread().getId()));
    }

    private @Nullable V update(String what, K key, UpdateRule<V> rule) {
        return EntryUpdates.await(
                updates.of(what, key, rule, Thread.currentThread().getId()));
    }

    @Override
    public void replaceAll(BiFunction<? super K, ? super V, ? extends V> function) {
        Objects.requireNonNull(function, "function");
        var unused = views.updateAll(
                "replaceAll", entry -> UpdateRule.replace(entry.key().object(), function));
    }

    // ---- collections

    @Override
    public Iterable<Map.Entry<K, V>> entries(int batchSize) {
        walk.entries(batchSize);
        return () -> new PagedIterator<>(walk.entries(batchSize), BlockingMapView::refuseRemoval);
    }

    @Override
    public Iterable<K> keys(int batchSize) {
        walk.keys(batchSize);
        return () -> new PagedIterator<>(walk.keys(batchSize), BlockingMapView::refuseRemoval);
    }

    private static void refuseRemoval(Object item) {
        throw new UnsupportedOperationException(
                "This iterator does not remove; call delete(key), or iterate over keySet(), values() or entrySet()");
    }

    @Override
    public Set<K> keySet() {
        return views.keys();
    }

    @Override
    public Collection<V> values() {
        return views.values();
    }

    @Override
    public Set<Map.Entry<K, V>> entrySet() {
        return views.entries();
    }

    @Override
    public String toString() {
        return "BlockingDistributedMap(name=\"" + async.name() + "\")";
    }
}
