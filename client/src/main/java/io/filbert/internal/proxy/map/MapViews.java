// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.proxy.map;

import io.filbert.internal.blocking.Await;
import io.filbert.internal.protocol.Data;
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

    MapViews(BlockingDistributedMap<K, V> map, MapEntries<V> entries, MapWalk<K, V> walk) {
        this.map = map;
        this.entries = entries;
        this.walk = walk;
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

    void forEachFetched(Consumer<FetchedEntry<K, V>> action) {
        new PagedIterator<>(walk.fetchedEntries(), item -> {}).forEachRemaining(action);
    }

    // ---- changes of single entries

    private static long owner() {
        return Thread.currentThread().getId();
    }

    EntryUpdate<V> update(String what, FetchedEntry<K, V> entry, UpdateRule<V> rule) {
        return new EntryUpdate<>(entries, what, entry.key().data(), owner(), rule);
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

    /** Removes the entries that satisfy the test; one that somebody changes meanwhile is tested again. */
    private boolean removeIf(Test<K, V> test) {
        boolean[] removed = {false};
        forEachFetched(entry -> removed[0] |= removeIf(entry, test));
        return removed[0];
    }

    private boolean removeIf(FetchedEntry<K, V> entry, Test<K, V> test) {
        EntryUpdate<V> update = update(
                "removeIf",
                entry,
                present ->
                        present != null && test.removes(entry.key(), present) ? Verdict.remove() : Verdict.keep(null));
        var unused = EntryUpdates.await(update, entry.value());
        return update.change() == Change.REMOVE;
    }

    private interface Test<K, V> {
        boolean removes(Fetched<K> key, Fetched<V> value);
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
            boolean removed = false;
            Iterator<Fetched<K>> keys = new PagedIterator<>(walk.fetchedKeys(), key -> {});
            while (keys.hasNext()) {
                Fetched<K> key = keys.next();
                if (filter.test(key.object())) {
                    removed |= remove(key.data());
                }
            }
            return removed;
        }

        @Override
        public boolean retainAll(Collection<?> kept) {
            Objects.requireNonNull(kept, "kept");
            return removeIf(key -> !kept.contains(key));
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
            Iterator<FetchedEntry<K, V>> all = new PagedIterator<>(walk.fetchedEntries(), entry -> {});
            while (all.hasNext()) {
                if (MapViews.this.removeIf(
                        all.next(), (key, present) -> present.object().equals(value))) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public boolean removeIf(Predicate<? super V> filter) {
            Objects.requireNonNull(filter, "filter");
            return MapViews.this.removeIf((key, value) -> filter.test(value.object()));
        }

        @Override
        public boolean removeAll(Collection<?> removed) {
            Objects.requireNonNull(removed, "removed");
            return removeIf(removed::contains);
        }

        @Override
        public boolean retainAll(Collection<?> kept) {
            Objects.requireNonNull(kept, "kept");
            return removeIf(value -> !kept.contains(value));
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
            return MapViews.this.removeIf((key, value) -> filter.test(Map.entry(key.object(), value.object())));
        }

        @Override
        public boolean retainAll(Collection<?> kept) {
            Objects.requireNonNull(kept, "kept");
            return removeIf(entry -> !kept.contains(entry));
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
