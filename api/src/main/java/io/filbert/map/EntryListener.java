// SPDX-License-Identifier: Apache-2.0
package io.filbert.map;

import java.util.Objects;
import java.util.function.Consumer;

/**
 * Receives changes of a map, one event at a time, on the client's callback executor. All methods do nothing unless overridden; what they
 * throw is logged. Members are asked only for the kinds of events whose methods the listener's class overrides, and send nothing else. A
 * listener that does not keep up delays and finally loses its own events only. For a single kind of events there are factories: {@code
 * EntryListener.onAdded(event -> …)}.
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

    /** All entries were removed from memory: {@link DistributedMap#evictAll}. Listeners of one key or with a predicate receive it too. */
    default void mapEvicted(MapEvent event) {}

    /** All entries were removed: {@link DistributedMap#clear}. Listeners of one key or with a predicate receive it too. */
    default void mapCleared(MapEvent event) {}

    /**
     * Events may be missing before this point: a connection was lost or made again, this listener did not keep up, or an event could not be
     * decoded.
     */
    default void onGap() {}

    /** A listener for {@link #entryAdded} alone. */
    static <K, V> EntryListener<K, V> onAdded(Consumer<? super EntryEvent<K, V>> action) {
        Objects.requireNonNull(action, "action");
        return new EntryListener<>() {
            @Override
            public void entryAdded(EntryEvent<K, V> event) {
                action.accept(event);
            }
        };
    }

    /** A listener for {@link #entryUpdated} alone. */
    static <K, V> EntryListener<K, V> onUpdated(Consumer<? super EntryEvent<K, V>> action) {
        Objects.requireNonNull(action, "action");
        return new EntryListener<>() {
            @Override
            public void entryUpdated(EntryEvent<K, V> event) {
                action.accept(event);
            }
        };
    }

    /** A listener for {@link #entryRemoved} alone. */
    static <K, V> EntryListener<K, V> onRemoved(Consumer<? super EntryEvent<K, V>> action) {
        Objects.requireNonNull(action, "action");
        return new EntryListener<>() {
            @Override
            public void entryRemoved(EntryEvent<K, V> event) {
                action.accept(event);
            }
        };
    }

    /** A listener for {@link #entryEvicted} alone. */
    static <K, V> EntryListener<K, V> onEvicted(Consumer<? super EntryEvent<K, V>> action) {
        Objects.requireNonNull(action, "action");
        return new EntryListener<>() {
            @Override
            public void entryEvicted(EntryEvent<K, V> event) {
                action.accept(event);
            }
        };
    }

    /** A listener for {@link #entryExpired} alone. */
    static <K, V> EntryListener<K, V> onExpired(Consumer<? super EntryEvent<K, V>> action) {
        Objects.requireNonNull(action, "action");
        return new EntryListener<>() {
            @Override
            public void entryExpired(EntryEvent<K, V> event) {
                action.accept(event);
            }
        };
    }

    /** A listener for {@link #entryMerged} alone. */
    static <K, V> EntryListener<K, V> onMerged(Consumer<? super EntryEvent<K, V>> action) {
        Objects.requireNonNull(action, "action");
        return new EntryListener<>() {
            @Override
            public void entryMerged(EntryEvent<K, V> event) {
                action.accept(event);
            }
        };
    }

    /** A listener for {@link #entryLoaded} alone. */
    static <K, V> EntryListener<K, V> onLoaded(Consumer<? super EntryEvent<K, V>> action) {
        Objects.requireNonNull(action, "action");
        return new EntryListener<>() {
            @Override
            public void entryLoaded(EntryEvent<K, V> event) {
                action.accept(event);
            }
        };
    }

    /** A listener for {@link #mapEvicted} alone. */
    static <K, V> EntryListener<K, V> onMapEvicted(Consumer<? super MapEvent> action) {
        Objects.requireNonNull(action, "action");
        return new EntryListener<>() {
            @Override
            public void mapEvicted(MapEvent event) {
                action.accept(event);
            }
        };
    }

    /** A listener for {@link #mapCleared} alone. */
    static <K, V> EntryListener<K, V> onMapCleared(Consumer<? super MapEvent> action) {
        Objects.requireNonNull(action, "action");
        return new EntryListener<>() {
            @Override
            public void mapCleared(MapEvent event) {
                action.accept(event);
            }
        };
    }
}
