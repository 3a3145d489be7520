// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.builtin;

import io.filbert.internal.serialization.stream.DataReader;
import io.filbert.internal.serialization.stream.DataWriter;
import io.filbert.internal.serialization.stream.HashOrder;
import io.filbert.internal.serialization.stream.LinkedTables;
import io.filbert.internal.serialization.stream.SerializationErrors;
import io.filbert.internal.serialization.stream.TypeId;
import java.util.Arrays;
import java.util.ConcurrentModificationException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** Maps: the number of entries, then key and value of each; before both, where there is an order, the comparator. */
final class MapForms {
    /** Two type ids. */
    private static final int MIN_ENTRY_SIZE = 2 * Integer.BYTES;

    private MapForms() {}

    static void write(DataWriter out, Map<?, ?> map) {
        int at = out.reserve(Integer.BYTES);
        int count = 0;
        try {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.writeObject(entry.getKey());
                out.writeObject(entry.getValue());
                count++;
            }
        } catch (ConcurrentModificationException e) {
            throw SerializationErrors.changedMeanwhile(map.getClass(), e);
        }
        out.putIntAt(at, count);
    }

    static void writeOrdered(DataWriter out, Map<?, ?> map) {
        out.writeObject(((SortedMap<?, ?>) map).comparator());
        write(out, map);
    }

    static Map<?, ?> read(int typeId, DataReader in) {
        return switch (typeId) {
            case TypeId.TREE_MAP -> fill(in, new TreeMap<>(CollectionForms.readComparator(in)));
            case TypeId.CONCURRENT_SKIP_LIST_MAP ->
                fill(in, new ConcurrentSkipListMap<>(CollectionForms.readComparator(in)));
            default -> readUnordered(typeId, in, in.readCount(MIN_ENTRY_SIZE));
        };
    }

    private static Map<?, ?> readUnordered(int typeId, DataReader in, int count) {
        return switch (typeId) {
            case TypeId.HASH_MAP, TypeId.CONCURRENT_HASH_MAP -> readHashed(typeId, in, count);
            case TypeId.LINKED_HASH_MAP -> fill(in, count, new LinkedHashMap<>(CollectionForms.tableFor(in, count)));
            default -> throw in.unreadable();
        };
    }

    private static Map<?, ?> readHashed(int typeId, DataReader in, int count) {
        boolean concurrent = typeId == TypeId.CONCURRENT_HASH_MAP;
        int first = in.position();
        HashOrder order = new HashOrder(in.roomFor(count));
        @Nullable Object[] keys = new @Nullable Object[in.roomFor(count)];
        @Nullable Object[] values = new @Nullable Object[keys.length];
        for (int i = 0; i < count; i++) {
            int offset = in.position();
            Object key = in.readObject();
            CostlyComparisons.whenHashed(key, count);
            Object value = in.readObject();
            if (i == keys.length) {
                keys = Arrays.copyOf(keys, (int) Math.min(count, 2L * i));
                values = Arrays.copyOf(values, keys.length);
            }
            keys[i] = key;
            values[i] = value;
            try {
                if (concurrent) {
                    Objects.requireNonNull(key, "key");
                    Objects.requireNonNull(value, "value");
                }
                order.add(key);
            } catch (VirtualMachineError e) {
                throw e;
            } catch (Throwable e) {
                throw refused(in, offset, key, value, e);
            }
        }
        try {
            return concurrent
                    ? order.concurrentMap(keys, values)
                    : order.map(keys, values, LinkedTables.LinkedMap::new);
        } catch (VirtualMachineError e) {
            throw e;
        } catch (Throwable e) {
            throw in.malformed(first, "the keys of a map cannot be compared with each other: " + e, e);
        }
    }

    private static Map<?, ?> fill(DataReader in, Map<@Nullable Object, @Nullable Object> target) {
        return fill(in, in.readCount(MIN_ENTRY_SIZE), target);
    }

    private static Map<?, ?> fill(DataReader in, int count, Map<@Nullable Object, @Nullable Object> target) {
        boolean hashing = !(target instanceof SortedMap);
        for (int i = 0; i < count; i++) {
            int offset = in.position();
            Object key = in.readObject();
            if (hashing) {
                CostlyComparisons.whenHashed(key, count);
            }
            Object value = in.readObject();
            try {
                target.put(key, value);
            } catch (VirtualMachineError e) {
                throw e;
            } catch (Throwable e) {
                throw refused(in, offset, key, value, e);
            }
        }
        return target;
    }

    private static RuntimeException refused(
            DataReader in, int offset, @Nullable Object key, @Nullable Object value, Throwable cause) {
        return in.malformed(
                offset,
                "the entry of key " + nameOf(key) + " and value " + nameOf(value) + " is not accepted by such a map: "
                        + cause,
                cause);
    }

    private static String nameOf(@Nullable Object object) {
        return object == null ? "null" : object.getClass().getName();
    }
}
