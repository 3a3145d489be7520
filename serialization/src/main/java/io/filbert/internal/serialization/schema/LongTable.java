// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Values by number, looked up for each object that is read: without a lock and without boxing the number. Only grows. Thread-safe.
 *
 * <p>Open addressing: an entry lies at the first free place from its hash on, and at least half of the places are free. Entries are
 * immutable and published by the write to their place. A table that is replaced by a larger one stays as it is, so whoever still searches
 * it finds all that was there when the search began.
 */
public final class LongTable<V> {

    private record Entry<V>(long key, V value) {}

    private static final int FIRST_SIZE = 32;

    private final ReentrantLock lock = new ReentrantLock(); // for those who add
    private int size; // guarded by lock
    private volatile AtomicReferenceArray<@Nullable Entry<V>> places = new AtomicReferenceArray<>(FIRST_SIZE);

    /** The value of a number; null if it has none. */
    public @Nullable V find(long key) {
        AtomicReferenceArray<@Nullable Entry<V>> table = places;
        int mask = table.length() - 1;
        for (int i = spread(key) & mask; ; i = (i + 1) & mask) {
            Entry<V> entry = table.getAcquire(i);
            if (entry == null) {
                return null;
            }
            if (entry.key == key) {
                return entry.value;
            }
        }
    }

    /** Gives a number a value unless it has one; returns the one it has now. */
    public V putIfAbsent(long key, V value) {
        lock.lock();
        try {
            V known = find(key);
            if (known != null) {
                return known;
            }
            if (2 * (size + 1) > places.length()) {
                grow();
            }
            insert(places, new Entry<>(key, value));
            size++;
            return value;
        } finally {
            lock.unlock();
        }
    }

    /** Gives a number a value in place of the one it may have. */
    public void put(long key, V value) {
        lock.lock();
        try {
            if (putIfAbsent(key, value) != value) {
                insert(places, new Entry<>(key, value));
            }
        } finally {
            lock.unlock();
        }
    }

    /** The values at this moment. */
    public List<V> values() {
        AtomicReferenceArray<@Nullable Entry<V>> table = places;
        List<V> values = new ArrayList<>();
        for (int i = 0; i < table.length(); i++) {
            Entry<V> entry = table.getAcquire(i);
            if (entry != null) {
                values.add(entry.value);
            }
        }
        return values;
    }

    private void grow() {
        AtomicReferenceArray<@Nullable Entry<V>> old = places;
        AtomicReferenceArray<@Nullable Entry<V>> larger = new AtomicReferenceArray<>(2 * old.length());
        for (int i = 0; i < old.length(); i++) {
            Entry<V> entry = old.getPlain(i);
            if (entry != null) {
                insert(larger, entry);
            }
        }
        places = larger;
    }

    private static <V> void insert(AtomicReferenceArray<@Nullable Entry<V>> table, Entry<V> entry) {
        int mask = table.length() - 1;
        int i = spread(entry.key) & mask;
        for (Entry<V> there = table.getPlain(i); there != null && there.key != entry.key; there = table.getPlain(i)) {
            i = (i + 1) & mask;
        }
        table.setRelease(i, entry);
    }

    private static int spread(long key) {
        long mixed = key * 0x9E3779B97F4A7C15L; // schema ids are well mixed, but those of an enemy may not be
        return (int) (mixed >>> Integer.SIZE);
    }
}
