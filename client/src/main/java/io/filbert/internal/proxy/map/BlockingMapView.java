// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.proxy.map;

import io.filbert.map.BlockingDistributedMap;
import io.filbert.map.DistributedMap;
import java.util.AbstractCollection;
import java.util.AbstractMap.SimpleEntry;
import java.util.AbstractSet;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The blocking view of a map: what the interface's default methods cannot give, which is the live collections. Their iterators
 * fetch in batches and are weakly consistent. Two views are equal only if they are the same object, and {@code toString} never
 * goes to the network. Thread-safe.
 */
final class BlockingMapView<K, V> implements BlockingDistributedMap<K, V> {

    private static final int BATCH = 100;

    private final DistributedMap<K, V> async;
    private final MapWalk<K, V> walk;

    BlockingMapView(DistributedMap<K, V> async, MapWalk<K, V> walk) {
        this.async = async;
        this.walk = walk;
    }

    @Override
    public DistributedMap<K, V> async() {
        return async;
    }

    @Override
    public Iterable<Map.Entry<K, V>> entries(int batchSize) {
        walk.entries(batchSize);
        return () -> new PagedIterator<>(walk.entries(batchSize), BlockingMapView::refuseRemoval);
    }

    @Override
    public Iterable<K> keys(int batchSize) {
        walk.keys(batchSize);
        return () -> new PagedIterator<>(walk.keys(batchSize), BlockingMapView::refuseRemoval);
    }

    private static void refuseRemoval(Object item) {
        throw new UnsupportedOperationException(
                "This iterator does not remove; call delete(key), or iterate over keySet(), values() or entrySet()");
    }

    private Iterator<Map.Entry<K, V>> entryIterator() {
        return new PagedIterator<>(walk.entries(BATCH), entry -> delete(entry.getKey()));
    }

    private Iterator<K> keyIterator() {
        return new PagedIterator<>(walk.keys(BATCH), this::delete);
    }

    @Override
    public Set<K> keySet() {
        return new Keys();
    }

    @Override
    public Collection<V> values() {
        return new Values();
    }

    @Override
    public Set<Map.Entry<K, V>> entrySet() {
        return new Entries();
    }

    @Override
    public String toString() {
        return "BlockingDistributedMap(name=\"" + async.name() + "\")";
    }

    /** Makes each item of an iterator something else, removing through it. */
    private abstract static class Mapped<S, T> implements Iterator<T> {

        private final Iterator<S> source;

        Mapped(Iterator<S> source) {
            this.source = source;
        }

        abstract T map(S item);

        @Override
        public boolean hasNext() {
            return source.hasNext();
        }

        @Override
        public T next() {
            return map(source.next());
        }

        @Override
        public void remove() {
            source.remove();
        }
    }

    private final class Keys extends AbstractSet<K> {

        @Override
        public Iterator<K> iterator() {
            return keyIterator();
        }

        @Override
        public void forEach(Consumer<? super K> action) {
            Objects.requireNonNull(action);
            keyIterator().forEachRemaining(action);
        }

        @Override
        public int size() {
            return BlockingMapView.this.size();
        }

        @Override
        public boolean isEmpty() {
            return BlockingMapView.this.isEmpty();
        }

        @Override
        public boolean contains(@Nullable Object key) {
            return key != null && containsKey(key);
        }

        @Override
        public boolean remove(@Nullable Object key) {
            return key != null && BlockingMapView.this.remove(key) != null;
        }

        @Override
        public void clear() {
            BlockingMapView.this.clear();
        }
    }

    private final class Values extends AbstractCollection<V> {

        @Override
        public Iterator<V> iterator() {
            return new Mapped<Map.Entry<K, V>, V>(entryIterator()) {
                @Override
                V map(Map.Entry<K, V> entry) {
                    return entry.getValue();
                }
            };
        }

        @Override
        public int size() {
            return BlockingMapView.this.size();
        }

        @Override
        public boolean isEmpty() {
            return BlockingMapView.this.isEmpty();
        }

        @Override
        public boolean contains(@Nullable Object value) {
            return value != null && containsValue(value);
        }

        @Override
        public void clear() {
            BlockingMapView.this.clear();
        }
    }

    private final class Entries extends AbstractSet<Map.Entry<K, V>> {

        @Override
        public Iterator<Map.Entry<K, V>> iterator() {
            return new Mapped<Map.Entry<K, V>, Map.Entry<K, V>>(entryIterator()) {
                @Override
                Map.Entry<K, V> map(Map.Entry<K, V> entry) {
                    return new WriteThroughEntry(entry.getKey(), entry.getValue());
                }
            };
        }

        @Override
        public int size() {
            return BlockingMapView.this.size();
        }

        @Override
        public boolean isEmpty() {
            return BlockingMapView.this.isEmpty();
        }

        @Override
        public boolean contains(@Nullable Object candidate) {
            if (!(candidate instanceof Map.Entry<?, ?> entry) || entry.getKey() == null || entry.getValue() == null) {
                return false;
            }
            return Objects.deepEquals(get(entry.getKey()), entry.getValue());
        }

        @Override
        public boolean remove(@Nullable Object candidate) {
            return candidate instanceof Map.Entry<?, ?> entry
                    && entry.getKey() != null
                    && entry.getValue() != null
                    && BlockingMapView.this.remove(entry.getKey(), entry.getValue());
        }

        @Override
        public void clear() {
            BlockingMapView.this.clear();
        }
    }

    /** An entry as it was when it was fetched; setting its value writes to the map. */
    private final class WriteThroughEntry extends SimpleEntry<K, V> {

        private static final long serialVersionUID = 1L;

        WriteThroughEntry(K key, V value) {
            super(key, value);
        }

        @Override
        public V setValue(V value) {
            put(getKey(), value);
            return super.setValue(value);
        }
    }
}
