// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.proxy.map;

import io.filbert.internal.proxy.map.UpdateRule.Change;
import io.filbert.internal.proxy.map.UpdateRule.Verdict;
import java.util.ConcurrentModificationException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the live entry set, as it was when it was fetched. Setting its value writes to the map, unless the entry has been changed
 * there since. Thread-safe.
 */
final class LiveEntry<K, V> implements Map.Entry<K, V> {

    private final MapViews<K, V> views;
    private volatile FetchedEntry<K, V> fetched;

    LiveEntry(MapViews<K, V> views, FetchedEntry<K, V> fetched) {
        this.views = views;
        this.fetched = fetched;
    }

    FetchedEntry<K, V> fetched() {
        return fetched;
    }

    @Override
    public K getKey() {
        return fetched.key().object();
    }

    @Override
    public V getValue() {
        return fetched.value().object();
    }

    @Override
    public V setValue(V value) {
        Objects.requireNonNull(value, "value");
        FetchedEntry<K, V> before = fetched;
        EntryUpdate<V> update = views.update(
                "setValue of an entry",
                before,
                present -> Fetched.same(present, before.value()) ? Verdict.writeOrRemove(value) : Verdict.keep(null));
        var unused = EntryUpdates.await(update, before.value());
        if (update.change() == Change.KEEP) {
            throw new ConcurrentModificationException("The entry of key " + getKey() + " in " + views
                    + " has been changed or removed since it was fetched; its value was not set. Use replaceAll,"
                    + " computeIfPresent or put");
        }
        fetched = new FetchedEntry<>(before.key(), new Fetched<>(update.written(), value));
        return before.value().object();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Map.Entry<?, ?> entry
                && getKey().equals(entry.getKey())
                && getValue().equals(entry.getValue());
    }

    @Override
    public int hashCode() {
        return getKey().hashCode() ^ getValue().hashCode();
    }

    @Override
    public String toString() {
        return getKey() + "=" + getValue();
    }
}
