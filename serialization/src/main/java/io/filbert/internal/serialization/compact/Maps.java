// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.compact;

import static java.util.Map.entry;

import io.filbert.error.SerializationException;
import io.filbert.internal.serialization.stream.HashOrder;
import io.filbert.internal.serialization.stream.LinkedTables;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** How maps of one class are read from an array of keys and one of values, and written as such. Immutable. */
final class Maps {

    private static final Map<Class<?>, Maps> BY_CLASS = Map.ofEntries(
            of(Map.class, LinkedHashMap::new),
            entry(HashMap.class, new Maps(HashMap.class, Maps::hashed)),
            of(LinkedHashMap.class, LinkedHashMap::new),
            of(SortedMap.class, size -> new TreeMap<>()),
            of(NavigableMap.class, size -> new TreeMap<>()),
            of(TreeMap.class, size -> new TreeMap<>()),
            entry(ConcurrentMap.class, new Maps(ConcurrentMap.class, Maps::concurrent)),
            entry(ConcurrentHashMap.class, new Maps(ConcurrentHashMap.class, Maps::concurrent)));

    /** Makes a map of keys and their values. */
    private interface Maker {
        Map<@Nullable Object, @Nullable Object> of(@Nullable Object[] keys, @Nullable Object[] values);
    }

    private final Class<?> type;
    private final Maker maker;

    private Maps(Class<?> type, Maker maker) {
        this.type = type;
        this.maker = maker;
    }

    private static Map.Entry<Class<?>, Maps> of(
            Class<?> type, IntFunction<Map<@Nullable Object, @Nullable Object>> empty) {
        return entry(type, new Maps(type, (keys, values) -> {
            Map<@Nullable Object, @Nullable Object> map = empty.apply(keys.length);
            for (int i = 0; i < keys.length; i++) {
                map.put(keys[i], values[i]);
            }
            return map;
        }));
    }

    private static Map<@Nullable Object, @Nullable Object> hashed(@Nullable Object[] keys, @Nullable Object[] values) {
        return orderOf(keys).map(keys, values, LinkedTables.LinkedMap::new);
    }

    private static Map<@Nullable Object, @Nullable Object> concurrent(
            @Nullable Object[] keys, @Nullable Object[] values) {
        return orderOf(keys).concurrentMap(keys, values);
    }

    private static HashOrder orderOf(@Nullable Object[] keys) {
        HashOrder order = new HashOrder(keys.length);
        for (Object key : keys) {
            order.add(key);
        }
        return order;
    }

    /** For fields of this class; null if it is none of the maps we know. */
    static @Nullable Maps of(Class<?> type) {
        return BY_CLASS.get(type);
    }

    /** The keys and the values, both converted. */
    JavaType.Halves split(
            @Nullable Object map,
            Class<?> keyClass,
            Function<@Nullable Object, @Nullable Object> keyConversion,
            Class<?> valueClass,
            Function<@Nullable Object, @Nullable Object> valueConversion) {
        if (map == null) {
            return new JavaType.Halves(null, null);
        }
        FieldValues.requireKept(type, map);
        List<@Nullable Object> keys = new ArrayList<>();
        List<@Nullable Object> values = new ArrayList<>();
        for (Map.Entry<?, ?> entry :
                FieldValues.inOrderOfReaders(type, (Map<?, ?>) map).entrySet()) {
            keys.add(keyConversion.apply(entry.getKey()));
            values.add(valueConversion.apply(entry.getValue()));
        }
        return new JavaType.Halves(
                keys.toArray((@Nullable Object[]) Array.newInstance(keyClass, keys.size())),
                values.toArray((@Nullable Object[]) Array.newInstance(valueClass, values.size())));
    }

    /** A map of the keys to the values, both converted back. */
    @Nullable
    Map<@Nullable Object, @Nullable Object> of(
            @Nullable Object @Nullable [] keys,
            Class<?> keyClass,
            Function<@Nullable Object, @Nullable Object> keyConversion,
            @Nullable Object @Nullable [] values,
            Class<?> valueClass,
            Function<@Nullable Object, @Nullable Object> valueConversion) {
        if (keys == null || values == null) {
            return null;
        }
        if (keys.length != values.length) {
            throw new SerializationException(
                    "Cannot read a map that has " + keys.length + " keys and " + values.length + " values");
        }
        @Nullable Object[] converted = new @Nullable Object[keys.length];
        @Nullable Object[] convertedValues = new @Nullable Object[keys.length];
        for (int i = 0; i < keys.length; i++) {
            converted[i] = keyClass.cast(keyConversion.apply(keys[i]));
            convertedValues[i] = valueClass.cast(valueConversion.apply(values[i]));
        }
        return maker.of(converted, convertedValues);
    }
}
