// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.proxy.map;

import io.filbert.internal.blocking.Await;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.proxy.BulkChange;
import io.filbert.internal.proxy.map.UpdateRule.Change;
import io.filbert.internal.proxy.map.UpdateRule.Verdict;
import io.filbert.map.BlockingDistributedMap;
import java.util.AbstractCollection;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The live collections of the blocking map. They fetch in batches and are weakly consistent. What they hand out keeps the bytes it was read
 * from, and these are what removing and setting go by: a key is found again whatever serializing it anew would give, and a value that
 * somebody has changed since is neither removed nor overwritten. Nothing relies on a size, which is another the next moment. Thread-safe.
 */
final class MapViews<K, V> {

    private final BlockingDistributedMap<K, V> map;
    private final MapEntries<V> entries;
    private final MapWalk<K, V> walk;
    private final MapUpdates<K, V> updates;

    MapViews(BlockingDistributedMap<K, V> map, MapEntries<V> entries, MapWalk<K, V> walk, MapUpdates<K, V> updates) {
        this.map = map;
        this.entries = entries;
        this.walk = walk;
        this.updates = updates;
    }

    Set<K> keys() {
        return new Keys();
    }

    Collection<V> values() {
        return new Values();
    }

    Set<Map.Entry<K, V>> entries() {
        return new Entries();
    }

    // ---- changes of single entries

    private static long owner() {
        return Thread.currentThread().getId();
    }

    EntryUpdate<V> update(String what, FetchedEntry<K, V> entry, UpdateRule<V> rule) {
        return updates.of(what, entry.key().data(), rule, owner());
    }

    /** Removes the entry unless somebody has changed it since: then it is not there any more, as it was handed out. */
    private void remove(FetchedEntry<K, V> entry) {
        var unused = EntryUpdates.await(
                update(
                        "remove of an iterator",
                        entry,
                        present -> Fetched.same(present, entry.value()) ? Verdict.remove() : Verdict.keep(null)),
                entry.value());
    }

    // ---- changes of all entries

    /**
     * Updates the entries one after the other.
     *
     * @param what the name of the user's call, for errors
     * @return whether any was changed
     */
    boolean updateAll(String what, Function<FetchedEntry<K, V>, UpdateRule<V>> rule) {
        return updateSome(what, rule, false);
    }

    /** Removes the entries that satisfy the test; one that somebody changes meanwhile is tested again. */
    private boolean removeIf(String what, Test<K, V> test, boolean onlyOne) {
        return updateSome(
                what,
                entry -> present ->
                        present != null && test.removes(entry.key(), present) ? Verdict.remove() : Verdict.keep(null),
                onlyOne);
    }

    private interface Test<K, V> {
        boolean removes(Fetched<K> key, Fetched<V> value);
    }

    private boolean updateSome(String what, Function<FetchedEntry<K, V>, UpdateRule<V>> rule, boolean onlyOne) {
        BulkChange bulk = bulk(what);
        Iterator<FetchedEntry<K, V>> all = new PagedIterator<>(walk.fetchedEntries(), entry -> {});
        while (bulk.reading(all::hasNext)) {
            FetchedEntry<K, V> entry = all.next();
            EntryUpdate<V> update = update(what, entry, rule.apply(entry));
            try {
                var unused = EntryUpdates.await(update, entry.value());
            } catch (RuntimeException e) {
                throw update.isOfRule(e) ? e : (RuntimeException) bulk.whileWriting(e);
            }
            if (update.change() != Change.KEEP) {
                bulk.changed();
                if (onlyOne) {
                    break;
                }
            }
        }
        return bulk.hasChanged();
    }

    private BulkChange bulk(String what) {
        return new BulkChange(what + " of " + this, "entries");
    }

    // ---- what the collections have in common

    private static <T> Object[] toArray(Iterator<T> items) {
        return toList(items).toArray();
    }

    private static <T> List<T> toList(Iterator<T> items) {
        List<T> list = new ArrayList<>();
        items.forEachRemaining(list::add);
        return list;
    }

    private static <T> Spliterator<T> spliterator(Iterator<T> items, int characteristics) {
        return Spliterators.spliteratorUnknownSize(
                items, characteristics | Spliterator.NONNULL | Spliterator.CONCURRENT);
    }

    /** Shows what an iterator gives as something else, removing through it. */
    private static <S, T> Iterator<T> mapped(Iterator<S> source, Function<S, T> mapping) {
        return new Iterator<>() {

            @Override
            public boolean hasNext() {
                return source.hasNext();
            }

            @Override
            public T next() {
                return mapping.apply(source.next());
            }

            @Override
            public void remove() {
                source.remove();
            }
        };
    }

    /** Hands out entries that know what they were set to, so that removing goes by that. */
    private final class EntryIterator implements Iterator<Map.Entry<K, V>> {

        private final Iterator<FetchedEntry<K, V>> source =
                new PagedIterator<>(walk.fetchedEntries(), fetched -> removeLast());
        private @Nullable LiveEntry<K, V> last;

        @Override
        public boolean hasNext() {
            return source.hasNext();
        }

        @Override
        public Map.Entry<K, V> next() {
            LiveEntry<K, V> next = new LiveEntry<>(MapViews.this, source.next());
            last = next;
            return next;
        }

        @Override
        public void remove() {
            source.remove();
        }

        private void removeLast() {
            MapViews.this.remove(Objects.requireNonNull(last).fetched());
        }
    }

    private final class Keys extends AbstractSet<K> {

        @Override
        public Iterator<K> iterator() {
            return mapped(
                    new PagedIterator<>(walk.fetchedKeys(), key -> Await.result(entries.delete(key.data(), owner()))),
                    Fetched::object);
        }

        @Override
        public Spliterator<K> spliterator() {
            return MapViews.spliterator(iterator(), Spliterator.DISTINCT);
        }

        @Override
        public void forEach(Consumer<? super K> action) {
            Objects.requireNonNull(action);
            iterator().forEachRemaining(action);
        }

        @Override
        public Object[] toArray() {
            return MapViews.toArray(iterator());
        }

        @Override
        @SuppressWarnings("NullAway") // as Collection has it
        public <T> T[] toArray(T[] array) {
            return toList(iterator()).toArray(array);
        }

        @Override
        public int size() {
            return map.size();
        }

        @Override
        public boolean isEmpty() {
            return map.isEmpty();
        }

        @Override
        public boolean contains(@Nullable Object key) {
            return key != null && map.containsKey(key);
        }

        @Override
        public boolean remove(@Nullable Object key) {
            return key != null && remove(entries.calls().toData(key, "key"));
        }

        private boolean remove(Data key) {
            return Await.result(entries.remove(key, owner()));
        }

        @Override
        public boolean removeIf(Predicate<? super K> filter) {
            Objects.requireNonNull(filter, "filter");
            return removeIf("removeIf", filter);
        }

        private boolean removeIf(String what, Predicate<? super K> filter) {
            BulkChange bulk = bulk(what);
            Iterator<Fetched<K>> keys = new PagedIterator<>(walk.fetchedKeys(), key -> {});
            while (bulk.reading(keys::hasNext)) {
                Fetched<K> key = keys.next();
                if (filter.test(key.object()) && bulk.writing(() -> remove(key.data()))) {
                    bulk.changed();
                }
            }
            return bulk.hasChanged();
        }

        @Override
        public boolean removeAll(Collection<?> removed) {
            Objects.requireNonNull(removed, "removed");
            return removeIf("removeAll", removed::contains);
        }

        @Override
        public boolean retainAll(Collection<?> kept) {
            Objects.requireNonNull(kept, "kept");
            return removeIf("retainAll", key -> !kept.contains(key));
        }

        @Override
        public void clear() {
            map.clear();
        }
    }

    private final class Values extends AbstractCollection<V> {

        @Override
        public Iterator<V> iterator() {
            return mapped(
                    new PagedIterator<>(walk.fetchedEntries(), MapViews.this::remove),
                    entry -> entry.value().object());
        }

        @Override
        public Spliterator<V> spliterator() {
            return MapViews.spliterator(iterator(), 0);
        }

        @Override
        public Object[] toArray() {
            return MapViews.toArray(iterator());
        }

        @Override
        @SuppressWarnings("NullAway") // as Collection has it
        public <T> T[] toArray(T[] array) {
            return toList(iterator()).toArray(array);
        }

        @Override
        public int size() {
            return map.size();
        }

        @Override
        public boolean isEmpty() {
            return map.isEmpty();
        }

        @Override
        public boolean contains(@Nullable Object value) {
            return value != null && map.containsValue(value);
        }

        @Override
        public boolean remove(@Nullable Object value) {
            return MapViews.this.removeIf(
                    "remove", (key, present) -> present.object().equals(value), true);
        }

        @Override
        public boolean removeIf(Predicate<? super V> filter) {
            Objects.requireNonNull(filter, "filter");
            return removeIf("removeIf", filter);
        }

        private boolean removeIf(String what, Predicate<? super V> filter) {
            return MapViews.this.removeIf(what, (key, value) -> filter.test(value.object()), false);
        }

        @Override
        public boolean removeAll(Collection<?> removed) {
            Objects.requireNonNull(removed, "removed");
            return removeIf("removeAll", removed::contains);
        }

        @Override
        public boolean retainAll(Collection<?> kept) {
            Objects.requireNonNull(kept, "kept");
            return removeIf("retainAll", value -> !kept.contains(value));
        }

        @Override
        public void clear() {
            map.clear();
        }
    }

    private final class Entries extends AbstractSet<Map.Entry<K, V>> {

        @Override
        public Iterator<Map.Entry<K, V>> iterator() {
            return new EntryIterator();
        }

        @Override
        public Spliterator<Map.Entry<K, V>> spliterator() {
            return MapViews.spliterator(iterator(), Spliterator.DISTINCT);
        }

        @Override
        public Object[] toArray() {
            return MapViews.toArray(iterator());
        }

        @Override
        @SuppressWarnings("NullAway") // as Collection has it
        public <T> T[] toArray(T[] array) {
            return toList(iterator()).toArray(array);
        }

        @Override
        public int size() {
            return map.size();
        }

        @Override
        public boolean isEmpty() {
            return map.isEmpty();
        }

        @Override
        public boolean contains(@Nullable Object candidate) {
            if (!(candidate instanceof Map.Entry<?, ?> entry) || entry.getKey() == null || entry.getValue() == null) {
                return false;
            }
            Fetched<V> present = Await.result(entries.fetch(keyOf(entry), owner()));
            return present != null && Objects.deepEquals(present.object(), entry.getValue());
        }

        @Override
        public boolean remove(@Nullable Object candidate) {
            if (!(candidate instanceof Map.Entry<?, ?> entry) || entry.getKey() == null || entry.getValue() == null) {
                return false;
            }
            Data value = entry instanceof LiveEntry<?, ?> live
                    ? live.fetched().value().data()
                    : entries.calls().toData(entry.getValue(), "value");
            return Await.result(entries.removeIfSame(keyOf(entry), value, owner()));
        }

        private Data keyOf(Map.Entry<?, ?> entry) {
            return entry instanceof LiveEntry<?, ?> live
                    ? live.fetched().key().data()
                    : entries.calls().toData(entry.getKey(), "key");
        }

        @Override
        public boolean removeIf(Predicate<? super Map.Entry<K, V>> filter) {
            Objects.requireNonNull(filter, "filter");
            return removeIf("removeIf", filter);
        }

        private boolean removeIf(String what, Predicate<? super Map.Entry<K, V>> filter) {
            return MapViews.this.removeIf(
                    what, (key, value) -> filter.test(Map.entry(key.object(), value.object())), false);
        }

        @Override
        public boolean removeAll(Collection<?> removed) {
            Objects.requireNonNull(removed, "removed");
            return removeIf("removeAll", removed::contains);
        }

        @Override
        public boolean retainAll(Collection<?> kept) {
            Objects.requireNonNull(kept, "kept");
            return removeIf("retainAll", entry -> !kept.contains(entry));
        }

        @Override
        public void clear() {
            map.clear();
        }
    }

    @Override
    public String toString() {
        return entries.calls().subject();
    }
}
