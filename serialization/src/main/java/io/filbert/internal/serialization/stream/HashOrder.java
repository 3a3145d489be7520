// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.stream;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Fills hash tables so that they iterate in the order in which their elements were written. A table that was read and is written again
 * then has the same bytes: as a key it finds its entry, and as a value it is equal to what the member holds.
 *
 * <p>A hash table of the JDK iterates by bucket, and a bucket by insertion. So the order of the bytes says how many buckets the table
 * had: the number at which the elements come bucket by bucket. It is not what the number of elements suggests if the table was created
 * larger, or has shrunk. No number fits if the hash codes were others when the elements were written (those of enums, classes and
 * arrays differ from JVM to JVM), if the elements were never in a hash table, or if many of them collide. Then a linked table keeps the
 * order. Nothing depends on how the JDK builds its tables: the order is checked, and the rest only guesses well.
 *
 * <p>Collects the hash codes of the elements as they are read. Not thread-safe.
 */
public final class HashOrder {

    private static final int USUAL = 16; // buckets of a new table
    private static final int ROOMIEST = 16; // times the usual number: bytes must not cost memory out of proportion
    private static final int ROOMIEST_CONCURRENT = 64; // more, because nothing else keeps the order then
    private static final float LOAD = 0.75f;

    private int[] hashes;
    private int count;

    /** @param room for how many elements; more may follow */
    public HashOrder(int room) {
        hashes = new int[room];
    }

    /** Takes the next element, whose hash code is asked: that may be code of the user, and may fail. */
    public void add(@Nullable Object element) {
        if (count == hashes.length) {
            hashes = Arrays.copyOf(hashes, Math.max(USUAL, 2 * count));
        }
        int hash = element == null ? 0 : element.hashCode();
        hashes[count++] = hash ^ (hash >>> 16);
    }

    /**
     * A set of the elements, in their order.
     *
     * @param elements those that have been added, and maybe room behind them
     * @param linked makes a set that keeps the order in which it is filled, with room for so many
     */
    public Set<@Nullable Object> set(@Nullable Object[] elements, IntFunction<? extends Set<@Nullable Object>> linked) {
        int buckets = buckets((int) Math.ceil(count / LOAD), ROOMIEST);
        Set<@Nullable Object> set = buckets == 0 ? linked.apply(count) : new HashSet<>(buckets);
        fill(set, elements);
        if (buckets != 0 && set.size() == count && !isInOrder(set, elements)) {
            set = linked.apply(count);
            fill(set, elements);
        }
        return set;
    }

    private void fill(Collection<@Nullable Object> set, @Nullable Object[] elements) {
        for (int i = 0; i < count; i++) {
            set.add(elements[i]);
        }
    }

    /**
     * A map of the keys, in their order.
     *
     * @param keys those that have been added, and maybe room behind them
     * @param values of each key
     * @param linked makes a map that keeps the order in which it is filled, with room for so many
     */
    public Map<@Nullable Object, @Nullable Object> map(
            @Nullable Object[] keys,
            @Nullable Object[] values,
            IntFunction<? extends Map<@Nullable Object, @Nullable Object>> linked) {
        int buckets = buckets((int) Math.ceil(count / LOAD), ROOMIEST);
        Map<@Nullable Object, @Nullable Object> map = buckets == 0 ? linked.apply(count) : new HashMap<>(buckets);
        fill(map, keys, values);
        if (buckets != 0 && map.size() == count && !isInOrder(map.keySet(), keys)) {
            map = linked.apply(count);
            fill(map, keys, values);
        }
        return map;
    }

    /** As {@link #map}, in their order if there is a number of buckets for it: no concurrent map of the JDK is linked. */
    public Map<@Nullable Object, @Nullable Object> concurrentMap(@Nullable Object[] keys, @Nullable Object[] values) {
        // Grows one element earlier than other tables.
        int buckets = buckets((int) Math.ceil((count + 1) / LOAD), ROOMIEST_CONCURRENT);
        Map<@Nullable Object, @Nullable Object> map = buckets <= 1
                ? new ConcurrentHashMap<>(Math.max(USUAL - 1, count))
                : new ConcurrentHashMap<>(buckets - 1, 1, 1); // exactly so many buckets
        fill(map, keys, values);
        return map;
    }

    private void fill(Map<@Nullable Object, @Nullable Object> map, @Nullable Object[] keys, @Nullable Object[] values) {
        for (int i = 0; i < count; i++) {
            map.put(keys[i], values[i]);
        }
    }

    /** With how many buckets a table iterates in the order of the hash codes; 0 if with no likely number. */
    private int buckets(int least, int roomiest) {
        int smallest = powerOfTwo(least);
        int usual = Math.max(USUAL, smallest);
        for (int buckets = usual; buckets > 0 && buckets / roomiest <= usual; buckets *= 2) {
            if (isInOrder(buckets - 1)) {
                return buckets;
            }
        }
        for (int buckets = usual / 2; buckets >= smallest; buckets /= 2) {
            if (isInOrder(buckets - 1)) {
                return buckets;
            }
        }
        return 0;
    }

    private boolean isInOrder(int mask) {
        int last = 0;
        for (int i = 0; i < count; i++) {
            int bucket = hashes[i] & mask;
            if (bucket < last) {
                return false;
            }
            last = bucket;
        }
        return true;
    }

    @SuppressWarnings("ReferenceEquality") // the same objects, or the order is another one
    private static boolean isInOrder(Set<@Nullable Object> set, @Nullable Object[] elements) {
        Iterator<@Nullable Object> all = set.iterator();
        for (int i = 0; all.hasNext(); i++) {
            if (all.next() != elements[i]) {
                return false;
            }
        }
        return true;
    }

    private static int powerOfTwo(int least) {
        return least <= 1 ? 1 : 1 << (Integer.SIZE - Integer.numberOfLeadingZeros(Math.min(least, 1 << 30) - 1));
    }
}
