// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization;

import com.hazelcast.core.HazelcastJsonValue;
import java.lang.reflect.Array;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is in an object, as a text that is the same for objects of the same class with the same contents. Queues and arrays have no such
 * equality themselves, and neither has anything that holds them. Where the order is the hash table's business it counts for nothing.
 */
final class Contents {

    private Contents() {}

    static String of(@Nullable Object object) {
        if (object == null) {
            return "null";
        }
        String name = typeOf(object).getName();
        if (object.getClass().isArray()) {
            StringBuilder text = new StringBuilder(name);
            for (int i = 0; i < Array.getLength(object); i++) {
                text.append(',').append(of(Array.get(object, i)));
            }
            return text.append(';').toString();
        }
        if (object instanceof Collection<?> elements) {
            return name + order(object) + "[" + list(elements.stream().map(Contents::of), isHashed(elements)) + "]";
        }
        if (object instanceof Map<?, ?> map) {
            return name + order(object) + "[" + list(map.entrySet().stream().map(Contents::entry), isHashed(map)) + "]";
        }
        if (object instanceof Map.Entry<?, ?> entry) {
            return name + entry(entry);
        }
        if (object instanceof Optional<?> optional) {
            return name + optional.map(Contents::of);
        }
        if (object instanceof HazelcastJsonValue) {
            return io.filbert.serialization.HazelcastJsonValue.class.getName() + "(" + object + ")";
        }
        return name + "(" + object + ")";
    }

    private static String entry(Map.Entry<?, ?> entry) {
        return "{" + of(entry.getKey()) + "=" + of(entry.getValue()) + "}";
    }

    private static boolean isHashed(Object object) {
        Class<?> type = typeOf(object);
        return type == HashMap.class || type == HashSet.class || type == ConcurrentHashMap.class;
    }

    /** Those that keep their order by links are hash tables too. */
    private static Class<?> typeOf(Object object) {
        return switch (object.getClass().getSimpleName()) {
            case "LinkedSet" -> HashSet.class;
            case "LinkedMap" -> HashMap.class;
            default -> object.getClass();
        };
    }

    private static String list(Stream<String> elements, boolean hashed) {
        return (hashed ? elements.sorted() : elements).collect(Collectors.joining(","));
    }

    /** The comparator is part of the contents: those of the JDK say what they are by their class. */
    private static String order(Object object) {
        Comparator<?> comparator = comparator(object);
        return comparator == null ? "" : "by " + comparator.getClass().getName();
    }

    private static @Nullable Comparator<?> comparator(Object object) {
        if (object instanceof SortedSet<?> set) {
            return set.comparator();
        }
        if (object instanceof SortedMap<?, ?> map) {
            return map.comparator();
        }
        if (object instanceof PriorityQueue<?> queue) {
            return queue.comparator();
        }
        return object instanceof PriorityBlockingQueue<?> queue ? queue.comparator() : null;
    }
}
