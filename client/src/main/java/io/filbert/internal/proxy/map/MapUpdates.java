// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.proxy.map;

import io.filbert.internal.protocol.Data;
import io.filbert.internal.proxy.ObjectCalls;
import io.filbert.map.Expiry;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The updates of a map's entries, for its asynchronous methods, its blocking ones and its views. Their writes are never sent again once they
 * may have had their effect, even with {@code redoOperation}: the second one would find that the entry has changed, and the function would be
 * applied to its own result. Immutable.
 */
final class MapUpdates<K, V> {

    private final String name;
    private final ObjectCalls calls;
    private final MapEntries<V> entries;
    private final MapWalk<K, V> walk;

    MapUpdates(String name, ObjectCalls calls, MapWalk<K, V> walk) {
        this.name = name;
        this.calls = calls;
        this.entries = new MapEntries<>(name, calls.withoutRedo());
        this.walk = walk;
    }

    /**
     * An update of what the key has.
     *
     * @param what the name of the user's call, for errors
     * @param owner whose locks the calls pass through
     */
    EntryUpdate<V> of(String what, K key, UpdateRule<V> rule, long owner) {
        return of(what, calls.toData(key, "key"), rule, owner);
    }

    /** As the other one, for a key as it was read. */
    EntryUpdate<V> of(String what, Data key, UpdateRule<V> rule, long owner) {
        return new EntryUpdate<>(entries, what, key, owner, rule);
    }

    /**
     * An update under the lock of the key.
     *
     * @param expiry what the entry is to have; null to keep what it has
     */
    EntryUpdate<V> locked(String what, K key, UpdateRule<V> rule, @Nullable Expiry expiry, long owner) {
        return new EntryUpdate<>(
                new LockedEntry<>(name, calls, calls.decoder(), expiry), what, calls.toData(key, "key"), owner, rule);
    }

    CompletableFuture<@Nullable V> run(EntryUpdate<V> update) {
        return EntryUpdates.run(update, calls.completions());
    }

    /** An update that writes this value under the lock of the key, which keeps its expiry; its result is null. */
    EntryUpdate<Object> settingKeepingExpiry(K key, V value, long owner) {
        // Serialized now, as the caller may change it; the present value is not read, as it may be unreadable.
        Data serialized = calls.toData(value, "value");
        return new EntryUpdate<>(
                new LockedEntry<>(name, calls, (buffer, offset, length) -> true, null),
                "setKeepingExpiry",
                calls.toData(key, "key"),
                owner,
                present -> UpdateRule.Verdict.write(serialized));
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // the result is null
    CompletableFuture<Void> setKeepingExpiry(K key, V value, long owner) {
        return (CompletableFuture<Void>)
                (CompletableFuture<?>) EntryUpdates.run(settingKeepingExpiry(key, value, owner), calls.completions());
    }

    CompletableFuture<Void> replaceAll(BiFunction<? super K, ? super V, ? extends V> function, long owner) {
        Objects.requireNonNull(function, "function");
        return new ReplaceAll<>(this, calls, function, owner).run(walk);
    }
}
