// SPDX-License-Identifier: Apache-2.0
package io.filbert.map;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a map with what the owning member keeps about it, as of one moment. Members keep statistics of single entries
 * only if the map is configured so; otherwise the moments are null and {@code hits} is −1.
 *
 * @param key the key
 * @param value the value
 * @param cost bytes the entry takes in the member's memory
 * @param hits how often the entry was read; −1 if the member does not count
 * @param version how often the entry was changed
 * @param creationTime when the entry was created
 * @param lastAccessTime when it was last read; null if never
 * @param lastUpdateTime when it was last changed; null if never
 * @param lastStoredTime when it was last written to the map store; null if never
 * @param expirationTime when it expires; null if never
 * @param ttl time to live from the last change; zero if infinite
 * @param maxIdle how long it may stay unread; zero if infinite
 */
public record EntryView<K, V>(
        K key,
        V value,
        long cost,
        long hits,
        long version,
        @Nullable Instant creationTime,
        @Nullable Instant lastAccessTime,
        @Nullable Instant lastUpdateTime,
        @Nullable Instant lastStoredTime,
        @Nullable Instant expirationTime,
        Duration ttl,
        Duration maxIdle) {

    /** Checks the parts that are always present. */
    public EntryView {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(ttl, "ttl");
        Objects.requireNonNull(maxIdle, "maxIdle");
    }
}
