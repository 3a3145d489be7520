// SPDX-License-Identifier: Apache-2.0
package io.filbert.map;

import io.filbert.cluster.Member;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One entry changed.
 *
 * @param name the name of the map
 * @param type what happened
 * @param key the key
 * @param value the value after the change; null if there is none, or unless the listener was registered to get values
 * @param oldValue the value before the change; null if there was none or the change did not look at it, such as {@link
 *     DistributedMap#delete}, or unless the listener was registered to get values
 * @param mergingValue of {@link EntryEventType#MERGED}, the value that was to be merged; otherwise null
 * @param memberUuid the uuid of the member that took the call
 * @param member that member; null if it has left the cluster
 * @param <K> type of the keys
 * @param <V> type of the values
 */
public record EntryEvent<K, V>(
        String name,
        EntryEventType type,
        K key,
        @Nullable V value,
        @Nullable V oldValue,
        @Nullable V mergingValue,
        UUID memberUuid,
        @Nullable Member member) {}
