// SPDX-License-Identifier: Apache-2.0
package io.filbert.map;

/**
 * Hears of changes of a map, one event at a time, on the client's callback executor. All methods do nothing unless overridden; what they
 * throw is logged. Members are asked only for the kinds of events whose methods the listener's class overrides, and send nothing else. A
 * listener that does not keep up delays and finally loses its own events only.
 *
 * @param <K> type of the keys
 * @param <V> type of the values
 */
public interface EntryListener<K, V> {

    /** An entry that was not there was put. */
    default void entryAdded(EntryEvent<K, V> event) {}

    /** An entry was removed. The event of {@link DistributedMap#delete} has no old value. */
    default void entryRemoved(EntryEvent<K, V> event) {}

    /** An entry got another value. */
    default void entryUpdated(EntryEvent<K, V> event) {}

    /** An entry was removed from memory, to make room or on request. */
    default void entryEvicted(EntryEvent<K, V> event) {}

    /** An entry was removed because its time was over, which members may notice some time later. */
    default void entryExpired(EntryEvent<K, V> event) {}

    /** An entry was merged after a split of the cluster, or came from another cluster. */
    default void entryMerged(EntryEvent<K, V> event) {}

    /** An entry was loaded by the map loader. */
    default void entryLoaded(EntryEvent<K, V> event) {}

    /** All entries were removed from memory: {@link DistributedMap#evictAll}. Heard by listeners of one key or with a predicate too. */
    default void mapEvicted(MapEvent event) {}

    /** All entries were removed: {@link DistributedMap#clear}. Heard by listeners of one key or with a predicate too. */
    default void mapCleared(MapEvent event) {}

    /** Events may be missing at this point: the client was disconnected, or this listener did not keep up. */
    default void onGap() {}
}
