// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization;

import io.filbert.serialization.HazelcastJsonValue;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.AbstractMap.SimpleEntry;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One supported class with a source of random values. Many of them do not define equality by content: they are compared by {@link
 * Contents}.
 *
 * @param holder whether the values hold objects
 * @param source makes a value in which objects lie at most so many levels deep
 */
record Kind(Class<?> type, boolean holder, BiFunction<Random, Integer, Object> source) {
    private static final int MAX_LENGTH = 20;
    private static final int LEVELS = 2;

    static final List<Class<?>> CLASSES = List.of(
            int.class,
            void.class,
            int[].class,
            String[][].class,
            Object.class,
            Map.Entry.class,
            Kind.class,
            Thread.State.class);

    private static final List<Kind> ALL = Stream.of(scalars(), holders(), queues(), ordered())
            .flatMap(List::stream)
            .toList();

    /** Types whose order their elements have by themselves; equal ones stay equal when read. */
    private static final List<Function<Random, Object>> COMPARABLE = List.of(
            Random::nextInt, Random::nextLong, Kind::text, r -> new UUID(r.nextLong(), r.nextLong()), Kind::date);

    static List<Kind> all() {
        return ALL;
    }

    Function<Random, Object> random() {
        return r -> source.apply(r, LEVELS);
    }

    private static Kind scalar(Class<?> type, Function<Random, Object> random) {
        return new Kind(type, false, (r, levels) -> random.apply(r));
    }

    private static Kind holder(Class<?> type, BiFunction<Random, Integer, Object> source) {
        return new Kind(type, true, source);
    }

    @SuppressWarnings("JavaUtilDate") // supported nevertheless
    private static List<Kind> scalars() {
        return List.of(
                scalar(Boolean.class, Random::nextBoolean),
                scalar(Byte.class, r -> (byte) r.nextInt()),
                scalar(Character.class, r -> (char) r.nextInt()),
                scalar(Short.class, r -> (short) r.nextInt()),
                scalar(Integer.class, Random::nextInt),
                scalar(Long.class, Random::nextLong),
                scalar(Float.class, r -> Float.intBitsToFloat(r.nextInt())),
                scalar(Double.class, r -> Double.longBitsToDouble(r.nextLong())),
                scalar(String.class, Kind::text),
                scalar(byte[].class, r -> bytes(r, length(r))),
                scalar(boolean[].class, r -> {
                    boolean[] values = new boolean[length(r)];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = r.nextBoolean();
                    }
                    return values;
                }),
                scalar(char[].class, r -> {
                    char[] values = new char[length(r)];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = (char) r.nextInt();
                    }
                    return values;
                }),
                scalar(short[].class, r -> {
                    short[] values = new short[length(r)];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = (short) r.nextInt();
                    }
                    return values;
                }),
                scalar(int[].class, r -> r.ints(length(r)).toArray()),
                scalar(long[].class, r -> r.longs(length(r)).toArray()),
                scalar(float[].class, r -> {
                    float[] values = new float[length(r)];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = Float.intBitsToFloat(r.nextInt());
                    }
                    return values;
                }),
                scalar(
                        double[].class,
                        r -> r.longs(length(r))
                                .mapToDouble(Double::longBitsToDouble)
                                .toArray()),
                scalar(String[].class, r -> {
                    String[] values = new String[length(r)];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = r.nextInt(8) == 0 ? null : text(r);
                    }
                    return values;
                }),
                scalar(UUID.class, r -> new UUID(r.nextLong(), r.nextLong())),
                scalar(BigInteger.class, Kind::bigInteger),
                scalar(BigDecimal.class, r -> new BigDecimal(bigInteger(r), r.nextInt())),
                scalar(LocalDate.class, Kind::date),
                scalar(LocalTime.class, Kind::time),
                scalar(LocalDateTime.class, r -> LocalDateTime.of(date(r), time(r))),
                scalar(
                        OffsetDateTime.class,
                        r -> OffsetDateTime.of(
                                date(r), time(r), ZoneOffset.ofTotalSeconds(r.nextInt(2 * 18 * 3600 + 1) - 18 * 3600))),
                scalar(Class.class, r -> CLASSES.get(r.nextInt(CLASSES.size()))),
                scalar(Date.class, r -> new Date(r.nextLong())),
                scalar(HazelcastJsonValue.class, r -> new HazelcastJsonValue(text(r))));
    }

    @SuppressWarnings("JdkObsolete") // supported nevertheless
    private static List<Kind> holders() {
        return List.of(
                holder(Object[].class, (r, levels) -> objects(r, levels).toArray()),
                holder(ArrayList.class, (r, levels) -> new ArrayList<>(objects(r, levels))),
                holder(LinkedList.class, (r, levels) -> new LinkedList<>(objects(r, levels))),
                holder(CopyOnWriteArrayList.class, (r, levels) -> new CopyOnWriteArrayList<>(objects(r, levels))),
                holder(HashSet.class, (r, levels) -> new HashSet<>(objects(r, levels))),
                holder(LinkedHashSet.class, (r, levels) -> new LinkedHashSet<>(objects(r, levels))),
                holder(CopyOnWriteArraySet.class, (r, levels) -> new CopyOnWriteArraySet<>(objects(r, levels))),
                holder(HashMap.class, (r, levels) -> entries(r, levels, new HashMap<>())),
                holder(LinkedHashMap.class, (r, levels) -> entries(r, levels, new LinkedHashMap<>())),
                holder(ConcurrentHashMap.class, (r, levels) -> {
                    Map<Object, Object> map = new ConcurrentHashMap<>();
                    for (int i = size(r); i > 0; i--) {
                        map.put(present(r, levels), present(r, levels));
                    }
                    return map;
                }),
                holder(SimpleEntry.class, (r, levels) -> new SimpleEntry<>(object(r, levels), object(r, levels))),
                holder(
                        SimpleImmutableEntry.class,
                        (r, levels) -> new SimpleImmutableEntry<>(object(r, levels), object(r, levels))),
                holder(
                        Optional.class,
                        (r, levels) -> r.nextInt(4) == 0 ? Optional.empty() : Optional.of(present(r, levels))));
    }

    /** The members can write, but not read, a queue that is empty and has a bound. */
    private static List<Kind> queues() {
        return List.of(
                holder(ArrayDeque.class, (r, levels) -> new ArrayDeque<>(presents(r, size(r), levels))),
                holder(
                        LinkedBlockingQueue.class,
                        (r, levels) -> new LinkedBlockingQueue<>(presents(r, 1 + size(r), levels))),
                holder(ArrayBlockingQueue.class, (r, levels) -> {
                    List<Object> elements = presents(r, 1 + size(r), levels);
                    return new ArrayBlockingQueue<>(elements.size() + r.nextInt(3), r.nextBoolean(), elements);
                }),
                holder(
                        LinkedTransferQueue.class,
                        (r, levels) -> new LinkedTransferQueue<>(presents(r, size(r), levels))),
                holder(DelayQueue.class, (r, levels) -> new DelayQueue<>()),
                holder(SynchronousQueue.class, (r, levels) -> new SynchronousQueue<>()));
    }

    private static List<Kind> ordered() {
        return ordered(r -> null);
    }

    /** Those in an order of their own, whose comparators are written by Java serialization. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // compares what is comparable
    static List<Kind> withComparators() {
        return ordered(r -> switch (r.nextInt(4)) {
            case 0 -> (Comparator) Comparator.naturalOrder();
            case 1 -> Collections.reverseOrder();
            case 2 -> (Comparator) Comparator.nullsFirst(Collections.<Integer>reverseOrder());
            default -> null;
        });
    }

    private static List<Kind> ordered(Function<Random, @Nullable Comparator<Object>> order) {
        return List.of(
                holder(TreeSet.class, (r, levels) -> filled(r, new TreeSet<>(order.apply(r)))),
                holder(
                        ConcurrentSkipListSet.class,
                        (r, levels) -> filled(r, new ConcurrentSkipListSet<>(order.apply(r)))),
                holder(PriorityQueue.class, (r, levels) -> filled(r, new PriorityQueue<>(order.apply(r)))),
                holder(
                        PriorityBlockingQueue.class,
                        (r, levels) -> filled(r, new PriorityBlockingQueue<>(3, order.apply(r)))),
                holder(TreeMap.class, (r, levels) -> {
                    Map<Object, Object> map = new TreeMap<>(order.apply(r));
                    comparables(r).forEach(key -> map.put(key, object(r, levels)));
                    return map;
                }),
                holder(ConcurrentSkipListMap.class, (r, levels) -> {
                    Map<Object, Object> map = new ConcurrentSkipListMap<>(order.apply(r));
                    comparables(r).forEach(key -> map.put(key, present(r, levels)));
                    return map;
                }));
    }

    private static Collection<Object> filled(Random r, Collection<Object> target) {
        target.addAll(comparables(r));
        return target;
    }

    private static int length(Random r) {
        return r.nextInt(MAX_LENGTH);
    }

    private static byte[] bytes(Random r, int length) {
        byte[] values = new byte[length];
        r.nextBytes(values);
        return values;
    }

    /** Half of the texts are ASCII; the others mix characters of one to four bytes. */
    static String text(Random r) {
        int[] bounds = r.nextBoolean() ? new int[] {0x80} : new int[] {0x80, 0x100, 0x800, 0x10000, 0x110000};
        StringBuilder text = new StringBuilder();
        for (int i = length(r); i > 0; i--) {
            int codePoint = r.nextInt(bounds[r.nextInt(bounds.length)]);
            text.appendCodePoint(codePoint >= 0xD800 && codePoint <= 0xDFFF ? 'x' : codePoint);
        }
        return text.toString();
    }

    private static BigInteger bigInteger(Random r) {
        return r.nextInt(4) == 0
                ? BigInteger.ONE.shiftLeft(8 * r.nextInt(20) + 7).subtract(BigInteger.valueOf(r.nextInt(3)))
                : new BigInteger(bytes(r, 1 + length(r)));
    }

    private static LocalDate date(Random r) {
        return LocalDate.ofYearDay(r.nextInt(1_999_999_999) - 999_999_999, 1 + r.nextInt(365));
    }

    private static LocalTime time(Random r) {
        return LocalTime.ofNanoOfDay((long) (r.nextDouble() * 86_400_000_000_000L));
    }

    private static int size(Random r) {
        return r.nextInt(5);
    }

    private static List<@Nullable Object> objects(Random r, int levels) {
        List<@Nullable Object> objects = new ArrayList<>();
        for (int i = size(r); i > 0; i--) {
            objects.add(object(r, levels));
        }
        return objects;
    }

    private static List<Object> presents(Random r, int size, int levels) {
        List<Object> objects = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            objects.add(present(r, levels));
        }
        return objects;
    }

    private static Map<@Nullable Object, @Nullable Object> entries(
            Random r, int levels, Map<@Nullable Object, @Nullable Object> map) {
        for (int i = size(r); i > 0; i--) {
            map.put(object(r, levels), object(r, levels));
        }
        return map;
    }

    private static List<Object> comparables(Random r) {
        Function<Random, Object> random = COMPARABLE.get(r.nextInt(COMPARABLE.size()));
        return Stream.generate(() -> random.apply(r)).limit(size(r)).toList();
    }

    private static @Nullable Object object(Random r, int levels) {
        return r.nextInt(10) == 0 ? null : present(r, levels);
    }

    /**
     * Never JSON, for which the members have a class of their own. Never a ConcurrentHashMap, which throws when a set compares it with a
     * map in order of other keys. And never an empty array: the members make no new ones, so that several in one set become one.
     */
    private static Object present(Random r, int levels) {
        while (true) {
            Kind kind = ALL.get(r.nextInt(ALL.size()));
            if (kind.type != HazelcastJsonValue.class
                    && kind.type != ConcurrentHashMap.class
                    && (levels > 0 || !kind.holder)) {
                Object value = kind.source.apply(r, levels - 1);
                if (!isEmptyArray(value)) {
                    return value;
                }
            }
        }
    }

    static boolean isEmptyArray(Object value) {
        return value.getClass().isArray() && Array.getLength(value) == 0;
    }

    @Override
    public String toString() {
        return type.getSimpleName();
    }
}
