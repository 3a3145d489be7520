// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.compact;

import io.filbert.error.SerializationException;
import io.filbert.internal.serialization.stream.LinkedTables;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Refuses to write values of fields that readers would get back as something else: the bytes do not say of which class a value is, so
 * what a subclass adds would be lost. Each error names the field.
 */
final class FieldValues {

    /** Fields of these classes hold objects of just these classes, or of those that keep the same order. */
    private static final Set<Class<?>> EXACT = Set.of(
            ArrayList.class,
            LinkedList.class,
            ArrayDeque.class,
            HashSet.class,
            LinkedHashSet.class,
            TreeSet.class,
            HashMap.class,
            LinkedHashMap.class,
            TreeMap.class,
            ConcurrentHashMap.class);

    private FieldValues() {}

    /** The same conversion, whose errors name the field. */
    static Function<@Nullable Object, @Nullable Object> named(
            String verb, String field, Function<@Nullable Object, @Nullable Object> conversion) {
        return value -> {
            try {
                return conversion.apply(value);
            } catch (SerializationException e) {
                throw CompactErrors.inField(verb, field, String.valueOf(e.getMessage()), e);
            } catch (ConcurrentModificationException e) {
                throw CompactErrors.inField(
                        verb, field, "it was changed while it was written. Give a copy that nobody changes", e);
            } catch (RuntimeException e) {
                throw CompactErrors.inField(verb, field, e.toString(), e);
            }
        };
    }

    /** The value, if it is of just this class. */
    static Object exact(Class<?> declared, Object value) {
        if (value.getClass() != declared) {
            throw CompactErrors.narrowed(declared, value, "only an object of just this class");
        }
        return value;
    }

    /** Refuses a collection or map that is more than a field of this class can be read as. */
    static void requireKept(Class<?> declared, Object value) {
        Class<?> type = value.getClass();
        if (EXACT.contains(declared) && type != declared && !isInSameOrder(declared, type)) {
            throw CompactErrors.narrowed(declared, value, "a copy of just this class");
        }
        if (value instanceof SortedSet<?> sorted && sorted.comparator() != null) {
            throw CompactErrors.hasComparator(value);
        }
        if (value instanceof SortedMap<?, ?> map && map.comparator() != null) {
            throw CompactErrors.hasComparator(value);
        }
        if (value instanceof SortedMap && declared == ConcurrentMap.class) {
            throw CompactErrors.narrowed(declared, value, "a ConcurrentHashMap, or declare the field as a SortedMap");
        }
        if (value instanceof IdentityHashMap) {
            throw CompactErrors.narrowed(declared, value, "a map that compares its keys by equals");
        }
        if (value instanceof PriorityQueue || value instanceof PriorityBlockingQueue || value instanceof DelayQueue) {
            throw CompactErrors.narrowed(
                    declared, value, "a list, or a queue that keeps the order in which it was filled");
        }
        if (declared == Set.class && comparesByIdentity((Set<?>) value)) {
            throw CompactErrors.narrowed(declared, value, "a set that compares its items by equals");
        }
    }

    /** Which map a set was made of cannot be seen; but one that compares by identity may have two items that are equal. */
    private static boolean comparesByIdentity(Set<?> set) {
        String name = set.getClass().getName();
        return name.equals("java.util.IdentityHashMap$KeySet")
                || (name.equals("java.util.Collections$SetFromMap") && new HashSet<>(set).size() < set.size());
    }

    /** A linked table is read as one that iterates in the same order. */
    private static boolean isInSameOrder(Class<?> declared, Class<?> type) {
        if (declared == HashSet.class) {
            return type == LinkedHashSet.class || type == LinkedTables.LinkedSet.class;
        }
        return declared == HashMap.class && (type == LinkedHashMap.class || type == LinkedTables.LinkedMap.class);
    }

    /** The entries of a concurrent map in the order in which the map that is read will have them. */
    static Map<?, ?> inOrderOfReaders(Class<?> declared, Map<?, ?> map) {
        return declared == ConcurrentMap.class && map.getClass() != ConcurrentHashMap.class
                ? new ConcurrentHashMap<>(map)
                : map;
    }

    /** The language tag of a locale, if that says all about it. */
    static String tagOf(Locale locale) {
        String tag = locale.toLanguageTag();
        if (!Locale.forLanguageTag(tag).equals(locale)) {
            throw new SerializationException(
                    "the locale '" + locale + "' has no language tag that stands for it: '" + tag
                            + "' is another one. Use Locale.forLanguageTag, or new Locale(language, country), which takes the country apart");
        }
        return tag;
    }
}
