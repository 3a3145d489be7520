// SPDX-License-Identifier: Apache-2.0
package io.filbert.map;

import io.filbert.cluster.DistributedObject;
import io.filbert.query.Predicate;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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
 * A map whose entries are spread over the members of the cluster. {@link #blocking()} is the same map as a
 * {@link java.util.concurrent.ConcurrentMap}.
 *
 * <p><b>Keys and values.</b> Neither may be null. Two keys are the same if their serialized bytes are the same;
 * {@code equals} is never asked. Values are compared ({@link #replaceIfSame}, {@link #removeIfSame}, {@link #containsValue}) by their
 * serialized bytes too, unless the map is configured with in-memory format OBJECT: then by the {@code equals} of their class on the
 * members. What a method returns is a copy: changing it does not change the map.
 *
 * <p><b>Where calls go.</b> A method that takes one key goes to the member that owns the key's partition. {@link #getAll},
 * {@link #putAll} and {@link #setAll} send one request per partition, or several if there is much to send, and are not atomic. All
 * other methods go to one member,
 * chosen by the load balancer, which asks the rest.
 *
 * <p><b>Time to live and idle time.</b> {@code ttl} limits an entry's life from its last change, {@code maxIdle} the time it
 * may stay unread; whichever ends first removes the entry. {@link Expiry} gives each: as the map is configured on the members, none, or a
 * duration. As plain durations {@link Duration#ZERO} means no limit. Times are sent in milliseconds, parts
 * of one dropped, except that a time between 0 and 1 ms becomes 1 ms and never "no limit". Members keep and compare these
 * times in whole seconds, so an entry may go up to a second early. Negative times are refused.
 *
 * <p><b>Every write sets both times anew.</b> What an entry had before is not kept: a write that does not say when the entry expires
 * ({@code put}, {@code set}, {@code putTransient}, {@code tryPut}, {@code replace}, {@code replaceIfSame}, {@code putAll}, {@code setAll},
 * {@code compute} and its like, {@code setValue} of an entry) gives it what the map's configuration says, so that an entry that was put
 * with a ttl lives for ever after its next {@code replace} unless a ttl is configured. {@link #setKeepingExpiry} and
 * {@link #computeKeepingExpiry} keep what the entry has, and {@link #compute(Object, BiFunction, Expiry)} gives it something else. A write with a ttl alone sets the idle time to the
 * configured one. Only a {@code putIfAbsent} that finds a value leaves both, since it writes nothing.
 *
 * <p><b>Locked keys.</b> While somebody else has locked a key, a method that changes this one key waits for the lock, at
 * most until its deadline; {@link #tryPut} and {@link #tryRemove} wait as long as they are told. Reading does not wait, and
 * {@link #putAll} and {@link #setAll} neither: they overwrite.
 *
 * <p><b>Errors.</b> A null argument or a negative time is refused with {@link NullPointerException} or
 * {@link IllegalArgumentException}, and an object without serializer with
 * {@link io.filbert.error.SerializationException}, in the calling thread, before anything is sent. All other errors arrive
 * through the future: {@link io.filbert.error.HazelcastException} and its kinds, or a JDK exception a member answered with.
 *
 * <p><b>Repetition and deadline.</b> Every call ends by its deadline, {@code invocationTimeout} of the client configuration
 * unless {@link #withDeadline} says otherwise. Until then the client sends a call again when it certainly had no effect. When
 * the connection is lost before the answer, methods that only read one key, and size, isEmpty, containsValue, keySet, values
 * and entrySet, are sent again; other methods fail with {@link io.filbert.error.TargetDisconnectedException}, unless
 * {@code redoOperation(true)} is configured. A method says so if it differs.
 *
 * <p><b>Order.</b> Calls for one key that one thread makes one after the other, without waiting, take effect in this order,
 * unless one of them is sent again, has to wait because its member does not read or does not know a schema yet, the key's partition
 * moves to another member meanwhile, or the client gains or loses its connection to that member. Calls that wait together for
 * the client to be connected are sent in their order.
 *
 * <p><b>Threads.</b> All methods are thread-safe and return without waiting for the network, except that a call may wait for
 * room while too many are in flight ({@code maxInFlight}). Stages that depend on a returned future run on the callback
 * executor, by default one thread of the client's own and further ones while callbacks block; any method, blocking ones too, may be
 * called there. Cancelling a returned future abandons the call; whether it takes effect is then unknown.
 *
 * @param <K> type of the keys
 * @param <V> type of the values
 */
public interface DistributedMap<K, V> extends DistributedObject {

    /** The value of the key, null if there is none. */
    CompletableFuture<@Nullable V> get(K key);

    /**
     * The values of several keys. Keys without a value are absent from the result. Not atomic: each partition answers for
     * itself. Not sent again when a connection is lost. If some partitions fail, the future fails with the first error, once
     * all have answered.
     *
     * @return a new map; an empty one, without any request, if {@code keys} is empty
     */
    CompletableFuture<Map<K, V>> getAll(Collection<? extends K> keys);

    /** Whether the key has a value. Counts as a read: {@code maxIdle} begins anew. */
    CompletableFuture<Boolean> containsKey(K key);

    /** Whether any key has the value, which members compare as the class describes. Looks at all entries of the cluster. */
    CompletableFuture<Boolean> containsValue(V value);

    /** The number of entries, summed over the members one after the other. */
    CompletableFuture<Integer> size();

    /** Whether there is no entry. */
    CompletableFuture<Boolean> isEmpty();

    /**
     * Sets the value of the key and returns the previous one, null if there was none. Cheaper without: {@link #set}. Ends the time to live
     * and the idle time that the entry had: those of the map's configuration apply.
     */
    CompletableFuture<@Nullable V> put(K key, V value);

    /** As {@link #put(Object, Object)}, with a time to live; the idle time is as configured. */
    CompletableFuture<@Nullable V> put(K key, V value, Duration ttl);

    /** As {@link #put(Object, Object)}, with a time to live and an idle time. */
    CompletableFuture<@Nullable V> put(K key, V value, Duration ttl, Duration maxIdle);

    /** As {@link #put(Object, Object)}, saying when the entry expires. */
    CompletableFuture<@Nullable V> put(K key, V value, Expiry expiry);

    /** Sets the value of the key without returning the previous one. Otherwise as {@link #put(Object, Object)}. */
    CompletableFuture<Void> set(K key, V value);

    /** As {@link #set(Object, Object)}, with a time to live; the idle time is as configured. */
    CompletableFuture<Void> set(K key, V value, Duration ttl);

    /** As {@link #set(Object, Object)}, with a time to live and an idle time. */
    CompletableFuture<Void> set(K key, V value, Duration ttl, Duration maxIdle);

    /** As {@link #set(Object, Object)}, saying when the entry expires. */
    CompletableFuture<Void> set(K key, V value, Expiry expiry);

    /**
     * Sets the value of the key if it has none, with the time to live and the idle time that the map is configured with. Returns the
     * present value, whose expiry stays as it is; null if the new one was set. Atomic.
     */
    CompletableFuture<@Nullable V> putIfAbsent(K key, V value);

    /** As {@link #putIfAbsent(Object, Object)}, with a time to live; the idle time is as configured. */
    CompletableFuture<@Nullable V> putIfAbsent(K key, V value, Duration ttl);

    /** As {@link #putIfAbsent(Object, Object)}, with a time to live and an idle time. */
    CompletableFuture<@Nullable V> putIfAbsent(K key, V value, Duration ttl, Duration maxIdle);

    /** As {@link #putIfAbsent(Object, Object)}, saying when the entry expires. */
    CompletableFuture<@Nullable V> putIfAbsent(K key, V value, Expiry expiry);

    /**
     * Sets the value of the key in the cluster's memory only, not in the map store of the map. Ends the time to live and the idle time that
     * the entry had: those of the map's configuration apply, except on members of 4.0, where there are none then.
     */
    CompletableFuture<Void> putTransient(K key, V value);

    /** As {@link #putTransient(Object, Object)}, with a time to live; the idle time is as configured. */
    CompletableFuture<Void> putTransient(K key, V value, Duration ttl);

    /** As {@link #putTransient(Object, Object)}, with a time to live and an idle time. */
    CompletableFuture<Void> putTransient(K key, V value, Duration ttl, Duration maxIdle);

    /** As {@link #putTransient(Object, Object)}, saying when the entry expires. */
    CompletableFuture<Void> putTransient(K key, V value, Expiry expiry);

    /**
     * Sets the value of the key, waiting for its lock for at most {@code timeout}. The configured time to live and idle time apply.
     *
     * @param timeout how long the member waits while somebody else has locked the key; zero for not at all
     * @return whether the value was set
     */
    CompletableFuture<Boolean> tryPut(K key, V value, Duration timeout);

    /**
     * Sets the values of many keys. Not atomic: each partition is changed for itself, and on failure some may have been
     * changed. An empty map sends nothing. If some requests fail, the future fails once all have been answered: with the first error if
     * nothing was set, otherwise with an indeterminate one that says how many requests had their effect.
     *
     * <p>Ends the time to live and the idle time that entries had: those of the map's configuration apply.
     *
     * <p>A large map is sent piece by piece, so that it takes little memory besides its own: the values are serialized in the calling
     * thread, which waits while 8 MiB of requests of this call are not answered, at most until the deadline. When the method returns, all
     * values have been serialized. If one of the first 4 MiB cannot be, the method throws and nothing is sent; if a later one cannot be,
     * the future fails when others may have been set.
     *
     * <p>The map loader of the map is not asked for the previous values, so that events show null for those which were not in
     * memory.
     */
    CompletableFuture<Void> putAll(Map<? extends K, ? extends V> entries);

    /** The same as {@link #putAll}, which never returns previous values; here for those who know it by this name. */
    CompletableFuture<Void> setAll(Map<? extends K, ? extends V> entries);

    /**
     * Sets the value of the key if it has one. Returns the previous value, null if there was none and nothing changed. Ends the time to
     * live and the idle time that the entry had: those of the map's configuration apply.
     */
    CompletableFuture<@Nullable V> replace(K key, V value);

    /**
     * Sets the value of the key if it is the old one, which members compare as the class describes. Returns whether it did. Atomic.
     * {@link #compute(Object, BiFunction)} saves a loop around it, and compares with the bytes that were read. The configured time to live and idle time apply.
     */
    CompletableFuture<Boolean> replaceIfSame(K key, V oldValue, V newValue);

    /**
     * Sets the value of the key to what the function makes of the present one, or removes the key if that is null.
     *
     * <p><b>Atomic by repetition</b>, as {@link #computeIfPresent}, {@link #computeIfAbsent}, {@link #merge} and {@link #replaceAll}
     * are: the value is fetched, the function is called, and the result is written only if the entry still has the bytes that were
     * fetched. If somebody was faster, all this happens again after a pause that grows. So the function is called once unless
     * others change the same key, and may be called several times if they do. It may change its argument and return it.
     *
     * <p>All attempts together end by the deadline of one call. Then the future fails with an
     * {@link io.filbert.error.OperationTimeoutException} that says how often it was tried. In a map with in-memory format OBJECT
     * members compare values by {@code equals}: a class that does not override it never compares as the same, and no attempt can
     * succeed.
     *
     * <p>The function runs on the callback executor. What it throws is what the future fails with; nothing is changed then. The
     * write is one without ttl: see the class on what that does to the expiry of the entry.
     *
     * <p>If the future fails before anything was written, the error says so: it is not indeterminate. The write is never sent again once it
     * may have had its effect, not even with {@code redoOperation(true)}: the function would be applied to its own result. Ending
     * the future early, with {@code cancel} or {@code orTimeout}, ends the repetition; a function that is running runs on, and what it
     * returns is not written.
     *
     * @param function receives the key, and the present value or null
     * @return the new value, null if there is none
     */
    CompletableFuture<@Nullable V> compute(
            K key, BiFunction<? super K, ? super @Nullable V, ? extends @Nullable V> function);

    /**
     * As {@link #compute(Object, BiFunction)}, if the key has a value; otherwise nothing happens and the function is not called.
     *
     * @return the new value, null if there is none
     */
    CompletableFuture<@Nullable V> computeIfPresent(
            K key, BiFunction<? super K, ? super V, ? extends @Nullable V> function);

    /**
     * As {@link #compute(Object, BiFunction)}, if the key has no value; otherwise nothing happens and the function is not called. Nothing is set if the
     * function returns null.
     *
     * @return the value that is there or was set, null if there is none
     */
    CompletableFuture<@Nullable V> computeIfAbsent(K key, Function<? super K, ? extends @Nullable V> function);

    /**
     * As {@link #compute(Object, BiFunction)}: sets the value of the key if it has none, otherwise to what the function makes of the present and the given
     * one. Removes the key if that is null.
     *
     * @param function receives the present and the given value
     * @return the new value, null if there is none
     */
    CompletableFuture<@Nullable V> merge(
            K key, V value, BiFunction<? super V, ? super V, ? extends @Nullable V> function);

    /**
     * As {@link #compute(Object, BiFunction)}, and says when the entry expires if it is set. No message does both, so the key is locked
     * meanwhile: four round trips instead of two, and others who write the key wait. The function is called once.
     *
     * <p>Nobody changes the entry between reading and writing, except through {@link #putAll} and {@link #setAll}, which ignore locks: what
     * they write meanwhile is overwritten. The lock belongs to this call and ends with it, or after its deadline if it cannot be unlocked.
     * If the key stays locked by somebody else, the future fails with an {@link io.filbert.error.OperationTimeoutException}. If the future is
     * ended early, the key is unlocked as soon as the step under way ends: the function returns, or the lock that is waited for is granted.
     */
    CompletableFuture<@Nullable V> compute(
            K key, BiFunction<? super K, ? super @Nullable V, ? extends @Nullable V> function, Expiry expiry);

    /**
     * As {@link #compute(Object, BiFunction, Expiry)}, with the time to live and the idle time that the entry has. Both count from this
     * change on: an entry with a time to live of 30 minutes lives for 30 minutes more. An entry that is new gets the configured ones.
     */
    CompletableFuture<@Nullable V> computeKeepingExpiry(
            K key, BiFunction<? super K, ? super @Nullable V, ? extends @Nullable V> function);

    /**
     * Sets the value of the key as {@link #set(Object, Object)} does, but keeps the time to live and the idle time that the entry has, as
     * {@link #computeKeepingExpiry}: under the key's lock, with four round trips.
     */
    CompletableFuture<Void> setKeepingExpiry(K key, V value);

    /**
     * Sets the value of each entry to what the function makes of it. Each entry is changed as by {@link #computeIfPresent}, except that
     * the function must not return null; the entries are found as by {@link #forEachEntry}. Calls of the function come one after the
     * other, also with a callback executor of several threads. The first error ends it, when some entries may have been changed: it is
     * indeterminate then and says how many, unless the function itself has thrown it. The deadline counts for each entry, not for all of
     * them.
     */
    CompletableFuture<Void> replaceAll(BiFunction<? super K, ? super V, ? extends V> function);

    /** Removes the key and returns its value, null if there was none. Cheaper without: {@link #delete}. */
    CompletableFuture<@Nullable V> remove(K key);

    /** Removes the key if it has this value, which members compare as the class describes. Returns whether it did. Atomic. */
    CompletableFuture<Boolean> removeIfSame(K key, V value);

    /** Removes the key without returning its value. Its event has no old value either. */
    CompletableFuture<Void> delete(K key);

    /**
     * Removes the key, waiting for its lock for at most {@code timeout}.
     *
     * @param timeout how long the member waits while somebody else has locked the key; zero for not at all
     * @return whether a value was removed: false if the key had none, or stayed locked
     */
    CompletableFuture<Boolean> tryRemove(K key, Duration timeout);

    /** Removes all entries, in the map store too. Keys that somebody has locked stay. */
    CompletableFuture<Void> clear();

    /** Removes the key from memory but not from the map store. Returns whether it was there. */
    CompletableFuture<Boolean> evict(K key);

    /** Removes all entries from memory but not from the map store. Keys that somebody has locked stay. */
    CompletableFuture<Void> evictAll();

    /** Writes everything the map store has not been told yet. */
    CompletableFuture<Void> flush();

    /**
     * Changes the time to live of an entry from now on. Its idle time becomes the one of the map's configuration, whatever it was.
     *
     * @param ttl the new time to live; zero for no limit
     * @return whether the key has a value
     */
    CompletableFuture<Boolean> setTtl(K key, Duration ttl);

    /** The entry with what its member keeps about it, null if the key has no value. Does not count as a read. */
    CompletableFuture<@Nullable EntryView<K, V>> getEntryView(K key);

    /**
     * Loads all keys of the map loader into the map. Complete when the members have begun.
     *
     * @param replaceExisting whether values in memory are loaded anew
     */
    CompletableFuture<Void> loadAll(boolean replaceExisting);

    /**
     * Loads these keys through the map loader into the map, in several requests if they are many. An empty collection loads nothing.
     *
     * @param replaceExisting whether values in memory are loaded anew
     */
    CompletableFuture<Void> loadAll(Collection<? extends K> keys, boolean replaceExisting);

    /** All keys, as a new set. They arrive in one answer: for large maps use {@link #forEachKey}. */
    CompletableFuture<Set<K>> keySet();

    /** The keys of the entries that satisfy the predicate, as a new set. Members check it; uses their indexes. */
    CompletableFuture<Set<K>> keySet(Predicate predicate);

    /** All values, as a new list in no particular order. They arrive in one answer: for large maps use {@link #forEachEntry}. */
    CompletableFuture<List<V>> values();

    /** The values of the entries that satisfy the predicate, as a new list. Members check it; uses their indexes. */
    CompletableFuture<List<V>> values(Predicate predicate);

    /** All entries, as a new set of immutable entries. They arrive in one answer: for large maps use {@link #forEachEntry}. */
    CompletableFuture<Set<Map.Entry<K, V>>> entrySet();

    /** The entries that satisfy the predicate, as a new set of immutable entries. Members check it; uses their indexes. */
    CompletableFuture<Set<Map.Entry<K, V>>> entrySet(Predicate predicate);

    /**
     * Calls the action for all entries, fetching them from the members in batches: memory use does not depend on the size of
     * the map.
     *
     * <p>Entries that exist during the whole walk are seen; an entry that is added or removed meanwhile may be seen or not,
     * and one may be seen twice when partitions move to other members. Calls of the action come one after the other, on the
     * callback executor. An exception ends the walk and fails the future; cancelling the future ends the walk too. The
     * deadline counts for each batch, not for the walk. A walk that meets another cluster than the one it began with (after a failover,
     * or when all members were restarted) fails with a {@link io.filbert.error.ConnectionException}.
     */
    CompletableFuture<Void> forEachEntry(BiConsumer<? super K, ? super V> action);

    /** As {@link #forEachEntry}, for the keys alone: values are not sent. */
    CompletableFuture<Void> forEachKey(Consumer<? super K> action);

    /**
     * Hands out all entries in batches, at the pace of the receiver: the next batch is fetched when the stage that
     * {@code action} returned is complete. Otherwise as {@link #forEachEntry}.
     *
     * @param batchSize about how many entries a batch has, at least 1; members may send somewhat more or fewer, never none
     * @param action receives an immutable list; a stage that fails ends the walk
     */
    CompletableFuture<Void> forEachEntryBatch(
            int batchSize, Function<? super List<Map.Entry<K, V>>, ? extends CompletionStage<?>> action);

    /** As {@link #forEachEntryBatch}, for the keys alone: values are not sent. */
    CompletableFuture<Void> forEachKeyBatch(
            int batchSize, Function<? super List<K>, ? extends CompletionStage<?>> action);

    /**
     * Registers a listener for all entries, on all members. Survives the loss of connections, and ends when the map is destroyed: members
     * forget the listeners of all clients then. The same listener may be registered several times.
     *
     * @param listener overrides at least one method that takes an event
     * @param includeValue whether events carry values
     * @return the registration id
     */
    CompletableFuture<UUID> addEntryListener(EntryListener<? super K, ? super V> listener, boolean includeValue);

    /** As {@link #addEntryListener(EntryListener, boolean)}, for the entry of one key. */
    CompletableFuture<UUID> addEntryListener(EntryListener<? super K, ? super V> listener, K key, boolean includeValue);

    /** As {@link #addEntryListener(EntryListener, boolean)}, for entries that satisfy the predicate. Members check it. */
    CompletableFuture<UUID> addEntryListener(
            EntryListener<? super K, ? super V> listener, Predicate predicate, boolean includeValue);

    /** As {@link #addEntryListener(EntryListener, boolean)}, for the entry of one key while it satisfies the predicate. */
    CompletableFuture<UUID> addEntryListener(
            EntryListener<? super K, ? super V> listener, K key, Predicate predicate, boolean includeValue);

    /**
     * Removes a listener. When the future completes, no further call of the listener begins.
     *
     * @return whether there was a registration with this id
     */
    CompletableFuture<Boolean> removeEntryListener(UUID registrationId);

    /**
     * The same map with a deadline of its own: a call made through the result ends at the latest this long after it was
     * made. It replaces {@code invocationTimeout}, whether shorter or longer.
     *
     * @param deadline more than zero
     */
    @Override
    DistributedMap<K, V> withDeadline(Duration deadline);

    /** The same map as a {@link java.util.concurrent.ConcurrentMap} whose methods wait. Always the same object. */
    @Override
    BlockingDistributedMap<K, V> blocking();
}
