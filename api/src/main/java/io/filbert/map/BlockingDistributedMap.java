// SPDX-License-Identifier: Apache-2.0
package io.filbert.map;

import io.filbert.cluster.BlockingDistributedObject;
import io.filbert.internal.blocking.Await;
import io.filbert.query.Predicate;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A {@link DistributedMap} as a {@link ConcurrentMap}: each method calls the one of the same name there, where it is
 * explained, and waits for the answer. {@code remove(key, value)} and {@code replace(key, oldValue, newValue)} are
 * {@code removeIfSame} and {@code replaceIfSame}.
 *
 * <p>{@link #keySet()}, {@link #values()} and {@link #entrySet()} are views as the JDK demands: they show the map as it is
 * and write through. They fetch entries in batches, so walking a large map is safe, and are weakly consistent: streams and
 * {@code toArray} never fail because entries come or go. Removing through them ({@code removeIf}, {@code retainAll},
 * {@code Iterator.remove}, …) and {@code setValue} compare with the bytes that were fetched, so that an entry which somebody changed
 * meanwhile is neither removed nor overwritten: {@code removeIf} and {@code retainAll} test it again, {@code Iterator.remove} leaves
 * it (of {@link #keySet()}, removes the key whatever its value is), and {@code setValue} fails with a
 * {@link java.util.ConcurrentModificationException}. Each of these ends by the deadline of one call for each entry.
 *
 * <p>{@code equals} and {@code hashCode} are those of the object, not of the entries, and {@code toString} does not go to the network.
 *
 * @param <K> type of the keys
 * @param <V> type of the values
 */
public interface BlockingDistributedMap<K, V> extends ConcurrentMap<K, V>, BlockingDistributedObject {

    @Override
    DistributedMap<K, V> async();

    @Override
    @SuppressWarnings("unchecked") // a key of another type is legal here and simply not found
    default @Nullable V get(Object key) {
        return Await.result(async().get((K) key));
    }

    /** See {@link DistributedMap#getAll}. */
    default Map<K, V> getAll(Collection<? extends K> keys) {
        return Await.result(async().getAll(keys));
    }

    @Override
    @SuppressWarnings("unchecked") // as in get
    default boolean containsKey(Object key) {
        return Await.result(async().containsKey((K) key));
    }

    @Override
    @SuppressWarnings("unchecked") // as in get
    default boolean containsValue(Object value) {
        return Await.result(async().containsValue((V) value));
    }

    @Override
    default int size() {
        return Await.result(async().size());
    }

    @Override
    default boolean isEmpty() {
        return Await.result(async().isEmpty());
    }

    @Override
    default @Nullable V put(K key, V value) {
        return Await.result(async().put(key, value));
    }

    /** See {@link DistributedMap#put(Object, Object, Duration)}. */
    default @Nullable V put(K key, V value, Duration ttl) {
        return Await.result(async().put(key, value, ttl));
    }

    /** See {@link DistributedMap#put(Object, Object, Duration, Duration)}. */
    default @Nullable V put(K key, V value, Duration ttl, Duration maxIdle) {
        return Await.result(async().put(key, value, ttl, maxIdle));
    }

    /** See {@link DistributedMap#put(Object, Object, Expiry)}. */
    default @Nullable V put(K key, V value, Expiry expiry) {
        return Await.result(async().put(key, value, expiry));
    }

    /** See {@link DistributedMap#set(Object, Object)}. */
    default void set(K key, V value) {
        Await.result(async().set(key, value));
    }

    /** See {@link DistributedMap#set(Object, Object, Duration)}. */
    default void set(K key, V value, Duration ttl) {
        Await.result(async().set(key, value, ttl));
    }

    /** See {@link DistributedMap#set(Object, Object, Duration, Duration)}. */
    default void set(K key, V value, Duration ttl, Duration maxIdle) {
        Await.result(async().set(key, value, ttl, maxIdle));
    }

    /** See {@link DistributedMap#set(Object, Object, Expiry)}. */
    default void set(K key, V value, Expiry expiry) {
        Await.result(async().set(key, value, expiry));
    }

    @Override
    default @Nullable V putIfAbsent(K key, V value) {
        return Await.result(async().putIfAbsent(key, value));
    }

    /** See {@link DistributedMap#putIfAbsent(Object, Object, Duration)}. */
    default @Nullable V putIfAbsent(K key, V value, Duration ttl) {
        return Await.result(async().putIfAbsent(key, value, ttl));
    }

    /** See {@link DistributedMap#putIfAbsent(Object, Object, Duration, Duration)}. */
    default @Nullable V putIfAbsent(K key, V value, Duration ttl, Duration maxIdle) {
        return Await.result(async().putIfAbsent(key, value, ttl, maxIdle));
    }

    /** See {@link DistributedMap#putIfAbsent(Object, Object, Expiry)}. */
    default @Nullable V putIfAbsent(K key, V value, Expiry expiry) {
        return Await.result(async().putIfAbsent(key, value, expiry));
    }

    /** See {@link DistributedMap#putTransient(Object, Object)}. */
    default void putTransient(K key, V value) {
        Await.result(async().putTransient(key, value));
    }

    /** See {@link DistributedMap#putTransient(Object, Object, Duration)}. */
    default void putTransient(K key, V value, Duration ttl) {
        Await.result(async().putTransient(key, value, ttl));
    }

    /** See {@link DistributedMap#putTransient(Object, Object, Duration, Duration)}. */
    default void putTransient(K key, V value, Duration ttl, Duration maxIdle) {
        Await.result(async().putTransient(key, value, ttl, maxIdle));
    }

    /** See {@link DistributedMap#putTransient(Object, Object, Expiry)}. */
    default void putTransient(K key, V value, Expiry expiry) {
        Await.result(async().putTransient(key, value, expiry));
    }

    /** See {@link DistributedMap#tryPut}. */
    default boolean tryPut(K key, V value, Duration timeout) {
        return Await.result(async().tryPut(key, value, timeout));
    }

    @Override
    default void putAll(Map<? extends K, ? extends V> entries) {
        Await.result(async().putAll(entries));
    }

    /** See {@link DistributedMap#setAll}. */
    default void setAll(Map<? extends K, ? extends V> entries) {
        Await.result(async().setAll(entries));
    }

    @Override
    default @Nullable V replace(K key, V value) {
        return Await.result(async().replace(key, value));
    }

    @Override
    default boolean replace(K key, V oldValue, V newValue) {
        return replaceIfSame(key, oldValue, newValue);
    }

    /** See {@link DistributedMap#replaceIfSame}. */
    default boolean replaceIfSame(K key, V oldValue, V newValue) {
        return Await.result(async().replaceIfSame(key, oldValue, newValue));
    }

    /** As {@link DistributedMap#compute(Object, BiFunction)}, but the function runs in the calling thread, and what it throws is thrown unchanged. */
    @Override
    @Nullable
    V compute(K key, BiFunction<? super K, ? super @Nullable V, ? extends @Nullable V> function);

    /** As {@link DistributedMap#computeIfPresent}, but the function runs in the calling thread. */
    @Override
    @Nullable
    V computeIfPresent(K key, BiFunction<? super K, ? super V, ? extends @Nullable V> function);

    /** As {@link DistributedMap#computeIfAbsent}, but the function runs in the calling thread. */
    @Override
    @Nullable
    V computeIfAbsent(K key, Function<? super K, ? extends @Nullable V> function);

    /** As {@link DistributedMap#merge}, but the function runs in the calling thread. */
    @Override
    @Nullable
    V merge(K key, V value, BiFunction<? super V, ? super V, ? extends @Nullable V> function);

    /** As {@link DistributedMap#compute(Object, BiFunction, Expiry)}, but the function runs in the calling thread. */
    @Nullable V compute(K key, BiFunction<? super K, ? super @Nullable V, ? extends @Nullable V> function, Expiry expiry);

    /** As {@link DistributedMap#computeKeepingExpiry}, but the function runs in the calling thread. */
    @Nullable V computeKeepingExpiry(K key, BiFunction<? super K, ? super @Nullable V, ? extends @Nullable V> function);

    /** See {@link DistributedMap#setKeepingExpiry}. */
    default void setKeepingExpiry(K key, V value) {
        Await.result(async().setKeepingExpiry(key, value));
    }

    /** As {@link DistributedMap#replaceAll}, but the function runs in the calling thread. */
    @Override
    void replaceAll(BiFunction<? super K, ? super V, ? extends V> function);

    @Override
    @SuppressWarnings("unchecked") // as in get
    default @Nullable V remove(Object key) {
        return Await.result(async().remove((K) key));
    }

    @Override
    @SuppressWarnings("unchecked") // as in get
    default boolean remove(Object key, Object value) {
        return removeIfSame((K) key, (V) value);
    }

    /** See {@link DistributedMap#removeIfSame}. */
    default boolean removeIfSame(K key, V value) {
        return Await.result(async().removeIfSame(key, value));
    }

    /** See {@link DistributedMap#delete}. */
    default void delete(K key) {
        Await.result(async().delete(key));
    }

    /** See {@link DistributedMap#tryRemove}. */
    default boolean tryRemove(K key, Duration timeout) {
        return Await.result(async().tryRemove(key, timeout));
    }

    @Override
    default void clear() {
        Await.result(async().clear());
    }

    /** See {@link DistributedMap#evict}. */
    default boolean evict(K key) {
        return Await.result(async().evict(key));
    }

    /** See {@link DistributedMap#evictAll}. */
    default void evictAll() {
        Await.result(async().evictAll());
    }

    /** See {@link DistributedMap#flush}. */
    default void flush() {
        Await.result(async().flush());
    }

    /** See {@link DistributedMap#setTtl}. */
    default boolean setTtl(K key, Duration ttl) {
        return Await.result(async().setTtl(key, ttl));
    }

    /** See {@link DistributedMap#getEntryView}. */
    default @Nullable EntryView<K, V> getEntryView(K key) {
        return Await.result(async().getEntryView(key));
    }

    /** See {@link DistributedMap#loadAll(boolean)}. */
    default void loadAll(boolean replaceExisting) {
        Await.result(async().loadAll(replaceExisting));
    }

    /** See {@link DistributedMap#loadAll(Collection, boolean)}. */
    default void loadAll(Collection<? extends K> keys, boolean replaceExisting) {
        Await.result(async().loadAll(keys, replaceExisting));
    }

    /** The live view of the keys, fetched in batches. Removing from it removes from the map; adding is refused. */
    @Override
    Set<K> keySet();

    /** The live view of the values, fetched in batches. Removing from it removes from the map; adding is refused. */
    @Override
    Collection<V> values();

    /**
     * The live view of the entries, fetched in batches. Removing from it removes from the map, {@code setValue} of an entry
     * sets the value in the map unless somebody has changed it since; adding is refused.
     */
    @Override
    Set<Entry<K, V>> entrySet();

    /** A snapshot, unlike {@link #keySet()}. See {@link DistributedMap#keySet(Predicate)}. */
    default Set<K> keySet(Predicate predicate) {
        return Await.result(async().keySet(predicate));
    }

    /** A snapshot, unlike {@link #values()}. See {@link DistributedMap#values(Predicate)}. */
    default List<V> values(Predicate predicate) {
        return Await.result(async().values(predicate));
    }

    /** A snapshot, unlike {@link #entrySet()}. See {@link DistributedMap#entrySet(Predicate)}. */
    default Set<Map.Entry<K, V>> entrySet(Predicate predicate) {
        return Await.result(async().entrySet(predicate));
    }

    /**
     * The entries in batches of a chosen size, weakly consistent like {@link #entrySet()}: each iterator starts anew and
     * fetches the next batch when the present one is used up. Iterators belong to one thread and do not remove.
     *
     * @param batchSize about how many entries are fetched at once, at least 1
     */
    Iterable<Entry<K, V>> entries(int batchSize);

    /**
     * The keys in batches of a chosen size; otherwise as {@link #entries}. Values are not sent.
     *
     * @param batchSize about how many keys are fetched at once, at least 1
     */
    Iterable<K> keys(int batchSize);

    /** See {@link DistributedMap#addEntryListener(EntryListener, boolean)}. */
    default UUID addEntryListener(EntryListener<? super K, ? super V> listener, boolean includeValue) {
        return Await.result(async().addEntryListener(listener, includeValue));
    }

    /** See {@link DistributedMap#addEntryListener(EntryListener, Object, boolean)}. */
    default UUID addEntryListener(EntryListener<? super K, ? super V> listener, K key, boolean includeValue) {
        return Await.result(async().addEntryListener(listener, key, includeValue));
    }

    /** See {@link DistributedMap#addEntryListener(EntryListener, Predicate, boolean)}. */
    default UUID addEntryListener(
            EntryListener<? super K, ? super V> listener, Predicate predicate, boolean includeValue) {
        return Await.result(async().addEntryListener(listener, predicate, includeValue));
    }

    /** See {@link DistributedMap#addEntryListener(EntryListener, Object, Predicate, boolean)}. */
    default UUID addEntryListener(
            EntryListener<? super K, ? super V> listener, K key, Predicate predicate, boolean includeValue) {
        return Await.result(async().addEntryListener(listener, key, predicate, includeValue));
    }

    /** See {@link DistributedMap#removeEntryListener}. */
    default boolean removeEntryListener(UUID registrationId) {
        return Await.result(async().removeEntryListener(registrationId));
    }

    /** See {@link DistributedMap#withDeadline}. */
    @Override
    default BlockingDistributedMap<K, V> withDeadline(Duration deadline) {
        return async().withDeadline(deadline).blocking();
    }
}
