// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.compact;

import static java.util.Map.entry;

import io.filbert.internal.serialization.stream.HashOrder;
import io.filbert.internal.serialization.stream.LinkedTables;
import java.lang.reflect.Array;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Queue;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** How collections of one class are read from arrays, and written as such. Immutable. */
final class Collections {

    @SuppressWarnings("JdkObsolete") // fields may be declared as LinkedList, and queues may hold nulls only there
    private static final Map<Class<?>, Collections> BY_CLASS = Map.ofEntries(
            of(Iterable.class, ArrayList::new),
            of(Collection.class, ArrayList::new),
            of(List.class, ArrayList::new),
            of(ArrayList.class, ArrayList::new),
            of(LinkedList.class, size -> new LinkedList<>()),
            of(Set.class, LinkedHashSet::new),
            entry(HashSet.class, new Collections(HashSet.class, Collections::hashed)),
            of(LinkedHashSet.class, LinkedHashSet::new),
            of(SortedSet.class, size -> new TreeSet<>()),
            of(NavigableSet.class, size -> new TreeSet<>()),
            of(TreeSet.class, size -> new TreeSet<>()),
            of(Queue.class, size -> new LinkedList<>()),
            of(Deque.class, size -> new LinkedList<>()),
            of(ArrayDeque.class, ArrayDeque::new));

    private final Class<?> type;
    private final Function<@Nullable Object[], Collection<@Nullable Object>> maker;

    private Collections(Class<?> type, Function<@Nullable Object[], Collection<@Nullable Object>> maker) {
        this.type = type;
        this.maker = maker;
    }

    private static Map.Entry<Class<?>, Collections> of(Class<?> type, IntFunction<Collection<@Nullable Object>> empty) {
        return entry(type, new Collections(type, items -> {
            Collection<@Nullable Object> values = empty.apply(items.length);
            for (Object item : items) {
                values.add(item);
            }
            return values;
        }));
    }

    private static Collection<@Nullable Object> hashed(@Nullable Object[] items) {
        HashOrder order = new HashOrder(items.length);
        for (Object item : items) {
            order.add(item);
        }
        return order.set(items, LinkedTables.LinkedSet::new);
    }

    /** For fields of this class; null if it is none of the collections we know. */
    static @Nullable Collections of(Class<?> type) {
        return BY_CLASS.get(type);
    }

    /** The items, converted. */
    @Nullable
    Object @Nullable [] toArray(
            @Nullable Object values, Class<?> item, Function<@Nullable Object, @Nullable Object> conversion) {
        if (values == null) {
            return null;
        }
        FieldValues.requireKept(type, values);
        List<@Nullable Object> items = new ArrayList<>();
        for (Object value : (Iterable<?>) values) {
            items.add(conversion.apply(value));
        }
        return items.toArray((@Nullable Object[]) Array.newInstance(item, items.size()));
    }

    /** A collection of the items, converted back. */
    @Nullable
    Collection<@Nullable Object> of(
            @Nullable Object @Nullable [] items,
            Class<?> itemClass,
            Function<@Nullable Object, @Nullable Object> conversion) {
        if (items == null) {
            return null;
        }
        @Nullable Object[] values = new @Nullable Object[items.length];
        for (int i = 0; i < items.length; i++) {
            values[i] = itemClass.cast(conversion.apply(items[i]));
        }
        return maker.apply(values);
    }
}
