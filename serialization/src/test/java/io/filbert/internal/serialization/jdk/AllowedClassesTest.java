// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.config.ClientConfig;
import io.filbert.error.SerializationException;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.serialization.SerializationService;
import io.filbert.internal.serialization.stream.TypeId;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.chrono.HijrahDate;
import java.time.chrono.JapaneseDate;
import java.util.AbstractMap.SimpleEntry;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Calendar;
import java.util.Collections;
import java.util.Comparator;
import java.util.Currency;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Set;
import java.util.Stack;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.Vector;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@SuppressWarnings({"JdkObsolete", "JavaUtilDate", "IdentityHashMapUsage", "UnnecessaryStringBuilder"
}) // people store them
class AllowedClassesTest {

    private final SerializationService service =
            new SerializationService(ClientConfig.builder().build().serialization());

    static Stream<Arguments> values() {
        List<String> list = Arrays.asList("a", "b");
        Map<String, Integer> map = new TreeMap<>(Map.of("a", 1, "b", 2));
        return arguments(
                true,
                (byte) 1,
                'c',
                (short) 2,
                3,
                4L,
                5f,
                6.0,
                "text",
                new StringBuilder("b"),
                new StringBuffer("c"),
                new int[][] {{1}, {}},
                new Integer[] {1},
                new Number[] {1, 2L},
                new Comparable<?>[] {"a"},
                new Object[] {1, new Object[] {"b"}},
                new String[0],
                TimeUnit.DAYS,
                DayOfWeek.MONDAY,
                BigInteger.TEN,
                BigDecimal.ONE,
                MathContext.DECIMAL64,
                URI.create("http://a/b"),
                new UUID(1, 2),
                new Date(1),
                new Timestamp(2),
                new java.sql.Date(3),
                new java.sql.Time(4),
                gregorian(),
                TimeZone.getTimeZone("Europe/Rome"),
                Locale.ITALY,
                Currency.getInstance("EUR"),
                Instant.MAX,
                Duration.ofDays(1),
                LocalDate.MIN,
                LocalTime.NOON,
                LocalDateTime.MAX,
                OffsetDateTime.MIN,
                OffsetTime.MAX,
                Period.ofDays(2),
                Year.of(1),
                YearMonth.of(1, 2),
                MonthDay.of(1, 2),
                ZoneOffset.UTC,
                ZoneId.of("Europe/Rome"),
                ZonedDateTime.of(LocalDateTime.MIN, ZoneId.of("Europe/Rome")),
                JapaneseDate.of(2000, 1, 1),
                HijrahDate.of(1400, 1, 1),
                new ArrayList<>(list),
                list,
                new LinkedList<>(list),
                new Vector<>(list),
                stack(list),
                List.of(),
                List.of(1),
                List.of(1, 2, 3),
                Set.of(),
                Set.of(1),
                Set.of(1, 2, 3),
                Map.of(),
                Map.of(1, 2),
                Map.of(1, 2, 3, 4),
                Collections.emptyList(),
                Collections.emptySet(),
                Collections.emptyMap(),
                Collections.singletonList(1),
                Collections.singleton(1),
                Collections.singletonMap(1, 2),
                Collections.unmodifiableList(new ArrayList<>(list)),
                Collections.unmodifiableList(new LinkedList<>(list)),
                Collections.unmodifiableSet(new HashSet<>(list)),
                Collections.unmodifiableMap(new HashMap<>(map)),
                Collections.unmodifiableSortedMap(new TreeMap<>(map)),
                Collections.emptyNavigableMap(),
                Collections.unmodifiableSortedSet(new TreeSet<>(list)),
                Collections.emptyNavigableSet(),
                Collections.synchronizedList(new ArrayList<>(list)),
                Collections.synchronizedList(new LinkedList<>(list)),
                Collections.synchronizedSet(new HashSet<>(list)),
                Collections.synchronizedMap(new HashMap<>(map)),
                Collections.synchronizedSortedMap(new TreeMap<>(map)),
                Collections.synchronizedSortedSet(new TreeSet<>(list)),
                Collections.synchronizedNavigableMap(new TreeMap<>(map)),
                Collections.synchronizedNavigableSet(new TreeSet<>(list)),
                setFromMap(),
                new HashMap<>(map),
                new LinkedHashMap<>(map),
                map,
                new Hashtable<>(map),
                properties(),
                new IdentityHashMap<>(Map.of(TimeUnit.DAYS, 1)),
                new EnumMap<>(Map.of(TimeUnit.DAYS, 1)),
                new HashSet<>(list),
                new LinkedHashSet<>(list),
                new TreeSet<>(list),
                new TreeSet<>(String.CASE_INSENSITIVE_ORDER),
                EnumSet.of(TimeUnit.DAYS),
                EnumSet.allOf(Character.UnicodeScript.class),
                BitSet.valueOf(new long[] {5}),
                new SimpleEntry<>(1, 2),
                new SimpleImmutableEntry<>(1, 2),
                new TreeMap<>(Map.of(1, 2)).descendingMap(),
                new ConcurrentHashMap<>(map),
                new ConcurrentSkipListMap<>(map),
                new ConcurrentSkipListSet<>(list),
                new CopyOnWriteArrayList<>(list),
                new CopyOnWriteArraySet<>(list),
                ConcurrentHashMap.newKeySet(),
                new File("a"),
                new File[] {new File("b")},
                InetAddress.getLoopbackAddress(),
                inetAddress("::1"),
                new InetSocketAddress(inetAddress("10.0.0.1"), 80),
                InetSocketAddress.createUnresolved("nobody.example", 80),
                Collections.nCopies(3, "a"),
                Collections.checkedList(new ArrayList<>(list), String.class),
                Collections.checkedList(new LinkedList<>(list), String.class),
                Collections.checkedSet(new HashSet<>(list), String.class),
                Collections.checkedSortedSet(new TreeSet<>(list), String.class),
                Collections.checkedNavigableSet(new TreeSet<>(list), String.class),
                Collections.checkedMap(new HashMap<>(map), String.class, Integer.class),
                Collections.checkedSortedMap(new TreeMap<>(map), String.class, Integer.class),
                Collections.checkedNavigableMap(new TreeMap<>(map), String.class, Integer.class),
                new StackTraceElement("a", "b", "c", 1),
                Ours.A,
                Ours.B,
                new Ours[] {Ours.B},
                new EnumMap<>(Map.of(Ours.B, 1)),
                EnumSet.of(Ours.A, Ours.B),
                new Pair(Ours.A, List.of(1)),
                new Pair[] {new Pair(Ours.B, null)},
                new Named[] {Ours.A, new Pair(Ours.A, null)});
    }

    /** Those that have no equals of their own, compared by their text. */
    static Stream<Arguments> valuesWithoutEquality() {
        List<String> list = List.of("a", "b");
        return arguments(
                new ArrayDeque<>(list),
                new PriorityQueue<>(list),
                new PriorityQueue<>(Comparator.<String>reverseOrder()),
                Collections.checkedQueue(new ArrayDeque<>(list), String.class),
                Collections.checkedCollection(new ArrayList<>(list), String.class),
                new Exception("a"),
                new IllegalStateException("b", new java.io.IOException("c")),
                new ClassNotFoundException("d", new OutOfMemoryError("e")),
                Collections.asLifoQueue(new ArrayDeque<>(list)),
                Collections.unmodifiableCollection(new ArrayList<>(list)),
                Collections.synchronizedCollection(new ArrayList<>(list)),
                new ConcurrentLinkedQueue<>(list),
                new ConcurrentLinkedDeque<>(list),
                new LinkedBlockingQueue<>(list),
                new LinkedBlockingDeque<>(list),
                new ArrayBlockingQueue<>(2, false, list),
                new PriorityBlockingQueue<>(list),
                new LinkedTransferQueue<>(list),
                new AtomicBoolean(true),
                new AtomicInteger(1),
                new AtomicLong(2),
                new AtomicReference<>("a"),
                new AtomicIntegerArray(new int[] {1}),
                new AtomicLongArray(new long[] {1}),
                new AtomicReferenceArray<>(new String[] {"a"}),
                adder(),
                new DoubleAdder());
    }

    static Stream<Arguments> refused() throws IOException {
        return arguments(
                new URL("http://a/"),
                (Supplier<String> & Serializable) () -> "lambda",
                URL.class,
                new ArrayList<>(List.of(new URL("http://a/"))),
                new URL[0],
                new SecureRandom());
    }

    @ParameterizedTest
    @MethodSource("values")
    void valueOfTheJdk_isReadUnasked(Object value) throws IOException {
        assertThat(service.<Object>toObject(stream(value)))
                .hasSameClassAs(value)
                .satisfies(read -> {
                    if (value instanceof CharSequence || value instanceof IdentityHashMap) {
                        assertThat(read).hasToString(value.toString());
                    } else {
                        assertThat(read).isEqualTo(value);
                    }
                });
    }

    @ParameterizedTest
    @MethodSource("valuesWithoutEquality")
    void valueOfTheJdk_withoutEquality_isReadUnasked(Object value) throws IOException {
        assertThat(service.<Object>toObject(stream(value)))
                .hasSameClassAs(value)
                .hasToString(value.toString());
    }

    @ParameterizedTest
    @MethodSource("refused")
    void anythingElse_isRefused(Object value) throws IOException {
        Data data = stream(value);

        assertThatThrownBy(() -> service.toObject(data))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining(" is refused")
                .hasMessageContaining("javaSerializationAllowed(\"");
    }

    @Test
    void null_isRead() throws IOException {
        assertThat(service.<@Nullable Object>toObject(stream(null))).isNull();
    }

    @Test
    void namesOfTheJdk_areClassesOfTheJdk() {
        Set<String> onlyInNewerJdks =
                Set.of("UnmodifiableSequencedCollection", "UnmodifiableSequencedSet", "UnmodifiableSequencedMap");
        for (String name : AllowedClasses.ofJdk()) {
            if (!onlyInNewerJdks.contains(name.substring(name.indexOf('$') + 1))) {
                assertThat(exists(name)).as(name).isTrue();
            }
        }
    }

    /** One by one: arrays too are one argument each. */
    private static Stream<Arguments> arguments(Object... values) {
        return Arrays.stream(values).map(value -> Arguments.of(value));
    }

    private static boolean exists(String name) {
        try {
            Class.forName(name, false, null);
            return true;
        } catch (ClassNotFoundException e) {
            return name.startsWith("java.sql."); // of another loader
        }
    }

    private static Data stream(@Nullable Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(
                ByteBuffer.allocate(8).putInt(0).putInt(TypeId.SERIALIZABLE).array());
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        return Data.of(bytes.toByteArray());
    }

    private static Calendar gregorian() {
        return new GregorianCalendar(TimeZone.getTimeZone("Europe/Rome"), Locale.ITALY);
    }

    private static Stack<String> stack(List<String> list) {
        Stack<String> stack = new Stack<>();
        stack.addAll(list);
        return stack;
    }

    private static Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("a", "b");
        return properties;
    }

    private static Set<String> setFromMap() {
        Set<String> set = Collections.newSetFromMap(new ConcurrentHashMap<>());
        set.add("a");
        return set;
    }

    private static LongAdder adder() {
        LongAdder adder = new LongAdder();
        adder.add(5);
        return adder;
    }

    private static InetAddress inetAddress(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private interface Named {}

    private enum Ours implements Named {
        A,
        B {
            @Override
            public String toString() {
                return "with a body";
            }
        }
    }

    private record Pair(Ours first, @Nullable Object second) implements Named, Serializable {}
}
