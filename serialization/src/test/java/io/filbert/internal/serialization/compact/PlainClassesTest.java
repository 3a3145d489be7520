// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.compact;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.config.ClientConfig;
import io.filbert.error.SerializationException;
import io.filbert.internal.serialization.SerializationService;
import io.filbert.internal.serialization.schema.Schemas;
import io.filbert.serialization.GenericRecord;
import io.filbert.serialization.HazelcastJsonValue;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.file.Path;
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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Currency;
import java.util.Date;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Records and classes without serializer, alone and against the members' own service. */
class PlainClassesTest {

    enum Color {
        RED,
        GREEN {
            @Override
            boolean isLive() {
                return true;
            }
        };

        boolean isLive() {
            return false;
        }
    }

    record Inner(int number, @Nullable String text) {}

    // ---- what both services can write

    record Primitives(boolean z, byte b, short s, int i, long l, float f, double d, char c) {}

    record Boxed(
            @Nullable Boolean z,
            @Nullable Byte b,
            @Nullable Short s,
            @Nullable Integer i,
            @Nullable Long l,
            @Nullable Float f,
            @Nullable Double d,
            @Nullable Character c) {}

    record Values(
            @Nullable String text,
            @Nullable BigDecimal decimal,
            @Nullable LocalDate date,
            @Nullable LocalTime time,
            @Nullable LocalDateTime dateTime,
            @Nullable OffsetDateTime offsetDateTime,
            @Nullable Color color,
            @Nullable Inner inner) {}

    @SuppressWarnings("ArrayRecordComponent")
    record PrimitiveArrays(
            boolean @Nullable [] z,
            byte @Nullable [] b,
            short @Nullable [] s,
            int @Nullable [] i,
            long @Nullable [] l,
            float @Nullable [] f,
            double @Nullable [] d,
            char @Nullable [] c) {}

    @SuppressWarnings("ArrayRecordComponent")
    record Arrays2(
            @Nullable Boolean @Nullable [] z,
            @Nullable Byte @Nullable [] b,
            @Nullable Short @Nullable [] s,
            @Nullable Integer @Nullable [] i,
            @Nullable Long @Nullable [] l,
            @Nullable Float @Nullable [] f,
            @Nullable Double @Nullable [] d,
            @Nullable Character @Nullable [] c,
            @Nullable String @Nullable [] texts,
            @Nullable BigDecimal @Nullable [] decimals,
            @Nullable LocalDate @Nullable [] dates,
            @Nullable LocalTime @Nullable [] times,
            @Nullable LocalDateTime @Nullable [] dateTimes,
            @Nullable OffsetDateTime @Nullable [] offsetDateTimes,
            @Nullable Color @Nullable [] colors,
            @Nullable Inner @Nullable [] inners) {}

    record Many(
            @Nullable List<String> list,
            @Nullable ArrayList<Integer> arrayList,
            @Nullable Set<Inner> set,
            @Nullable HashSet<Color> hashSet,
            @Nullable Map<String, Long> map,
            @Nullable HashMap<Color, Inner> hashMap,
            @Nullable List<Character> characters) {}

    record Empty() {}

    static class Base {
        int inherited = 1;
        transient int forgotten = 2;
        static int ofAll = 3;
    }

    static final class Bean extends Base {
        private @Nullable String text;
        private final int constant;
        private @Nullable List<String> tags;
        private @Nullable Inner inner;
        private long number;
        private @Nullable String other;

        private Bean() {
            constant = -1;
        }

        Bean(int constant) {
            this.constant = constant;
            text = "t";
            tags = List.of("a", "b");
            inner = new Inner(5, "five");
            number = Long.MIN_VALUE;
            other = "o";
            inherited = 9;
            forgotten = 8;
        }

        @Override
        public boolean equals(@Nullable Object object) {
            return object instanceof Bean bean
                    && Objects.equals(bean.text, text)
                    && bean.constant == constant
                    && Objects.equals(bean.tags, tags)
                    && Objects.equals(bean.inner, inner)
                    && bean.number == number
                    && Objects.equals(bean.other, other)
                    && bean.inherited == inherited;
        }

        @Override
        public int hashCode() {
            return constant;
        }

        @Override
        public String toString() {
            return "Bean " + Arrays.asList(text, constant, tags, inner, number, other, inherited, forgotten);
        }
    }

    static Stream<Object> shared() {
        Inner inner = new Inner(7, "seven");
        LocalDateTime now = LocalDateTime.of(2024, 2, 29, 12, 34, 56, 789_000_000);
        return Stream.of(
                new Empty(),
                inner,
                new Inner(0, null),
                new Primitives(true, (byte) -1, (short) -2, -3, -4, -5.5f, -6.5, 'é'),
                new Boxed(true, (byte) 1, (short) 2, 3, 4L, 5f, 6d, '\uFFFF'),
                new Boxed(null, null, null, null, null, null, null, null),
                new Values(
                        "text",
                        new BigDecimal("-1.25"),
                        now.toLocalDate(),
                        now.toLocalTime(),
                        now,
                        now.atOffset(ZoneOffset.ofHours(2)),
                        Color.GREEN,
                        inner),
                new Values(null, null, null, null, null, null, null, null),
                new Bean(42));
    }

    static Stream<Object> sharedWithArrays() {
        Inner inner = new Inner(7, "seven");
        LocalDateTime now = LocalDateTime.of(2024, 2, 29, 12, 34, 56, 789_000_000);
        return Stream.of(
                new PrimitiveArrays(
                        new boolean[] {true, false, true},
                        new byte[] {1},
                        new short[] {2, 3},
                        new int[] {4},
                        new long[] {5},
                        new float[] {6},
                        new double[] {7},
                        new char[] {'8', '\uFFFF'}),
                new PrimitiveArrays(null, null, null, null, null, null, null, null),
                new Arrays2(
                        new @Nullable Boolean[] {true, null},
                        new @Nullable Byte[] {1, null},
                        new @Nullable Short[] {2, null},
                        new @Nullable Integer[] {3, null},
                        new @Nullable Long[] {4L, null},
                        new @Nullable Float[] {5f, null},
                        new @Nullable Double[] {6d, null},
                        new @Nullable Character[] {'7', null},
                        new @Nullable String[] {"8", null},
                        new @Nullable BigDecimal[] {BigDecimal.TEN, null},
                        new @Nullable LocalDate[] {now.toLocalDate(), null},
                        new @Nullable LocalTime[] {now.toLocalTime(), null},
                        new @Nullable LocalDateTime[] {now, null},
                        new @Nullable OffsetDateTime[] {now.atOffset(ZoneOffset.UTC), null},
                        new @Nullable Color[] {Color.GREEN, null, Color.RED},
                        new @Nullable Inner[] {inner, null}),
                new Arrays2(
                        null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null),
                new Many(
                        Arrays.asList("a", null, "b"),
                        new ArrayList<>(Arrays.asList(1, null)),
                        Set.of(inner),
                        new HashSet<>(Set.of(Color.RED)),
                        new LinkedHashMap<>(Map.of("k", 5L)),
                        new HashMap<>(Map.of(Color.GREEN, inner)),
                        List.of('x')),
                new Many(null, null, null, null, null, null, null));
    }

    static Stream<Arguments> sharedInBothOrders() {
        return Stream.concat(shared(), sharedWithArrays())
                .flatMap(object -> Stream.of(
                        Arguments.of(object, ByteOrder.BIG_ENDIAN), Arguments.of(object, ByteOrder.LITTLE_ENDIAN)));
    }

    @ParameterizedTest
    @MethodSource("sharedInBothOrders")
    void sharedTypes_haveTheBytesOfTheMembers(Object object, ByteOrder order) {
        SerializationService ours = new SerializationService(order);
        Official theirs = new Official(order);
        byte[] bytes = requireNonNull(ours.toData(object)).bytes();
        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(HexFormat.of().formatHex(theirs.write(object)));
        assertThat(content(ours.toObject(theirs.data(object)))).isEqualTo(content(object));
        assertThat(content(theirs.read(requireNonNull(ours.toData(object))))).isEqualTo(content(object));
    }

    /** Arrays by their content: the records here compare them by reference. */
    static Object content(@Nullable Object object) {
        requireNonNull(object);
        if (!object.getClass().isRecord()) {
            return object;
        }
        List<@Nullable Object> parts = new ArrayList<>();
        try {
            for (var component : object.getClass().getRecordComponents()) {
                component.getAccessor().setAccessible(true);
                Object value = component.getAccessor().invoke(object);
                parts.add(
                        value != null && value.getClass().isArray()
                                ? Arrays.deepToString(new Object[] {value})
                                : value);
            }
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a record without accessors", e);
        }
        return parts;
    }

    // ---- what only ours can write

    record Times(
            @Nullable Instant instant,
            @Nullable Date date,
            @Nullable Duration duration,
            @Nullable Period period,
            @Nullable ZonedDateTime zoned,
            @Nullable OffsetTime offsetTime,
            @Nullable Year year,
            @Nullable YearMonth yearMonth,
            @Nullable MonthDay monthDay,
            @Nullable ZoneId zone,
            @Nullable ZoneOffset offset,
            @Nullable DayOfWeek day) {}

    record Things(
            @Nullable UUID uuid,
            @Nullable BigInteger integer,
            @Nullable Locale locale,
            @Nullable Currency currency,
            @Nullable HazelcastJsonValue json) {}

    record Options(
            Optional<String> text,
            Optional<Inner> inner,
            Optional<Color> color,
            Optional<UUID> uuid,
            OptionalInt i,
            OptionalLong l,
            OptionalDouble d) {}

    record Collected(
            @Nullable Collection<UUID> collection,
            @Nullable LinkedList<String> linked,
            @Nullable LinkedHashSet<Instant> instants,
            @Nullable SortedSet<Long> sorted,
            @Nullable Deque<Inner> deque,
            @Nullable SortedMap<String, BigInteger> sortedMap,
            @Nullable LinkedHashMap<UUID, Color> linkedMap,
            @Nullable ConcurrentHashMap<Integer, Inner> concurrent,
            @Nullable List<? extends Inner> wild) {}

    interface Shape {}

    record Circle(double radius) implements Shape {}

    record Square(double side) implements Shape, Serializable {}

    record Drawing(@Nullable Shape shape, @Nullable List<Shape> shapes) {}

    record Node(
            int value,
            @Nullable Node left,
            @Nullable Node right,
            @Nullable List<Node> more) {}

    static class Pair<A, B> {
        @Nullable
        A first;

        @Nullable
        List<B> rest;
    }

    static final class Named extends Pair<String, Integer> {
        @Override
        public boolean equals(@Nullable Object object) {
            return object instanceof Named named
                    && Objects.equals(named.first, first)
                    && Objects.equals(named.rest, rest);
        }

        @Override
        public int hashCode() {
            return Objects.hash(first, rest);
        }
    }

    @SuppressWarnings({"JavaUtilDate", "JdkObsolete"})
    static Stream<Object> beyond() {
        Inner inner = new Inner(7, "seven");
        Named named = new Named();
        named.first = "one";
        named.rest = List.of(2, 3);
        return Stream.of(
                new Times(
                        Instant.ofEpochSecond(1, 123_456_789),
                        new Date(1234),
                        Duration.ofNanos(-1),
                        Period.of(1, 2, 3),
                        ZonedDateTime.of(2024, 7, 1, 1, 2, 3, 4, ZoneId.of("Europe/Paris")),
                        OffsetTime.of(1, 2, 3, 4, ZoneOffset.ofHours(-5)),
                        Year.of(2024),
                        YearMonth.of(2024, 2),
                        MonthDay.of(2, 29),
                        ZoneId.of("Asia/Tokyo"),
                        ZoneOffset.ofHoursMinutes(5, 30),
                        DayOfWeek.FRIDAY),
                new Times(null, null, null, null, null, null, null, null, null, null, null, null),
                new Things(
                        new UUID(1, 2),
                        BigInteger.ONE.shiftLeft(200),
                        Locale.forLanguageTag("de-CH"),
                        Currency.getInstance("CHF"),
                        new HazelcastJsonValue("{\"a\":1}")),
                new Things(null, null, null, null, null),
                new Options(
                        Optional.of("a"),
                        Optional.of(inner),
                        Optional.of(Color.GREEN),
                        Optional.of(new UUID(3, 4)),
                        OptionalInt.of(1),
                        OptionalLong.of(2),
                        OptionalDouble.of(3)),
                new Options(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        OptionalInt.empty(),
                        OptionalLong.empty(),
                        OptionalDouble.empty()),
                new Collected(
                        List.of(new UUID(1, 2)),
                        new LinkedList<>(Arrays.asList("a", null)),
                        new LinkedHashSet<>(List.of(Instant.EPOCH)),
                        new TreeSet<>(List.of(3L, 1L, 2L)),
                        new LinkedList<>(List.of(inner)),
                        new TreeMap<>(Map.of("b", BigInteger.TWO, "a", BigInteger.ONE)),
                        new LinkedHashMap<>(Map.of(new UUID(5, 6), Color.RED)),
                        new ConcurrentHashMap<>(Map.of(1, inner)),
                        List.of(inner)),
                new Collected(null, null, null, null, null, null, null, null, null),
                new Drawing(new Square(2), List.of(new Circle(1), new Circle(3))),
                new Drawing(null, null),
                new Node(
                        1,
                        new Node(2, null, null, List.of()),
                        new Node(3, null, new Node(4, null, null, null), null),
                        List.of(new Node(5, null, null, null))),
                named);
    }

    @ParameterizedTest
    @MethodSource("beyond")
    void otherTypes_areReadBackByAnotherClient(Object object) {
        Schemas schemas = new Schemas();
        assertThat(TestServices.with(schemas)
                        .<Object>toObject(TestServices.with(schemas).toData(object)))
                .isEqualTo(object);
    }

    @Test
    void collections_areReadAsWhatTheyAreDeclaredAs() {
        Schemas schemas = new Schemas();
        Many many = copy(
                schemas,
                new Many(
                        List.of("z", "a"), // immutable, and still
                        new ArrayList<>(),
                        new LinkedHashSet<>(List.of(new Inner(2, ""), new Inner(1, ""))),
                        new HashSet<>(),
                        new LinkedHashMap<>(),
                        new HashMap<>(),
                        null));
        assertThat(many.list).isInstanceOf(ArrayList.class).containsExactly("z", "a");
        assertThat(many.set).isInstanceOf(LinkedHashSet.class).containsExactly(new Inner(2, ""), new Inner(1, ""));
        assertThat(many.map).isInstanceOf(LinkedHashMap.class);
        assertThat(many.hashMap).isExactlyInstanceOf(HashMap.class);
    }

    record Sorted(SortedSet<String> set) {}

    @Test
    void comparators_areNotLostSilently() {
        SortedSet<String> reverse = new TreeSet<>(Comparator.reverseOrder());
        assertThatThrownBy(() -> new SerializationService().toData(new Sorted(reverse)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("java.util.TreeSet with a comparator")
                .hasMessageContaining("register a CompactSerializer");
    }

    @Test
    void object_withoutFields_isItsSchema() {
        byte[] bytes =
                requireNonNull(new SerializationService().toData(new Empty())).bytes();
        assertThat(bytes).hasSize(16);
    }

    @Test
    void transientAndStaticFields_areLeftOut() {
        Bean bean = copy(new Schemas(), new Bean(1));
        assertThat(bean.forgotten).isEqualTo(2);
        assertThat(bean.inherited).isEqualTo(9);
        assertThat(bean.constant).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"int, 199", "int, 200", "int, 201", "int, 253", "long, 126", "String, 253"})
    void records_canHaveAlmostAsManyComponentsAsTheJvmAllows(String type, int count, @TempDir Path directory)
            throws Exception {
        Object wide = wide(type, count, directory);
        SerializationService service =
                TestServices.with(new Schemas(), ClientConfig.builder().compactClasses(wide.getClass()));
        assertThat(service.<Object>toObject(service.toData(wide))).isEqualTo(wide);
    }

    @Test
    void records_withMoreComponents_areRefused(@TempDir Path directory) throws Exception {
        Object wide = wide("int", 254, directory);
        assertThatThrownBy(() -> new SerializationService().toData(wide))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("wide.Wide has more components");
    }

    private static Object wide(String type, int count, Path directory) throws Exception {
        String components =
                IntStream.range(0, count).mapToObj(i -> type + " a" + i).collect(Collectors.joining(", "));
        String source = "package wide; public record Wide(" + components + ") {}";
        Object[] arguments = IntStream.range(0, count)
                .mapToObj(i -> type.equals("int") ? (Object) i : type.equals("long") ? (Object) (long) i : "text " + i)
                .toArray();
        return NamedClassTest.compiled(directory, "wide", source, "Wide", null)
                .loadClass("wide.Wide")
                .getConstructors()[0]
                .newInstance(arguments);
    }

    @Test
    void deepObjects_areRefusedBeforeTheStackEnds() {
        Node node = new Node(0, null, null, null);
        for (int i = 0; i < 100_000; i++) {
            node = new Node(i, node, null, null);
        }
        Node deep = node;
        assertThatThrownBy(() -> new SerializationService().toData(deep))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("deeper than 500");
        Node node400 = new Node(0, null, null, null);
        for (int i = 0; i < 400; i++) {
            node400 = new Node(i, node400, null, null);
        }
        assertThat(PlainClassesTest.<Node>copy(new Schemas(), node400)).isEqualTo(node400);
    }

    // ---- obstacles

    abstract static class Abstract {}

    static final class NoConstructor {
        final int a;

        NoConstructor(int a) {
            this.a = a;
        }
    }

    @SuppressWarnings("ClassCanBeStatic")
    final class InnerClass {}

    @SuppressWarnings("HidingField")
    static final class Shadow extends Base {
        int inherited = 2;
    }

    static final class Listing extends AbstractListing {}

    abstract static class AbstractListing extends ArrayList<String> {}

    record WithObject(Object anything) {}

    record WithThread(Thread thread) {}

    record WithRawList(@SuppressWarnings("rawtypes") List list) {}

    record WithNestedList(List<List<String>> lists) {}

    @SuppressWarnings("ArrayRecordComponent")
    record WithMatrix(int[][] matrix) {}

    record WithArrays(List<int[]> arrays) {}

    record Generic<T>(T value) {}

    static Stream<Arguments> obstacles() {
        PlainClassesTest outer = new PlainClassesTest();
        Supplier<String> lambda = () -> outer.toString();
        return Stream.of(
                Arguments.of(new Object(), "class of the JDK"),
                Arguments.of(new Thread(), "class of the JDK"),
                Arguments.of(lambda, "lambda"),
                Arguments.of(new Object() {}, "anonymous"),
                Arguments.of(outer.new InnerClass(), "Declare it static"),
                Arguments.of(new NoConstructor(1), "no constructor without parameters"),
                Arguments.of(new Shadow(), "'inherited' is there twice"),
                Arguments.of(new WithObject("a"), "its field 'anything' is of java.lang.Object"),
                Arguments.of(new WithThread(new Thread()), "no kind of field holds objects of java.lang.Thread"),
                Arguments.of(new WithRawList(List.of()), "must say of which class they are"),
                Arguments.of(new WithNestedList(List.of()), "not arrays or collections"),
                Arguments.of(new WithMatrix(new int[0][]), "not arrays or collections"),
                Arguments.of(new WithArrays(List.of()), "not arrays or collections"),
                Arguments.of(new Generic<>("a"), "java.lang.Object"));
    }

    @ParameterizedTest
    @MethodSource("obstacles")
    void obstacles_areNamed(Object object, String reason) {
        assertThatThrownBy(() -> new SerializationService().toData(object))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining(object.getClass().getName())
                .hasMessageContaining(reason);
    }

    @Test
    void nestedObjectsWithObstacle_areNamed() {
        record Holder(Shape shape) {}
        final class Local implements Shape {
            final int a;

            Local(int a) {
                this.a = a;
            }

            @Override
            public String toString() {
                return "Local " + a;
            }
        }
        assertThatThrownBy(() -> new SerializationService().toData(new Holder(new Local(2))))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining(Local.class.getName())
                .hasMessageContaining("no serializer in compactSerializers")
                .hasMessageContaining("no constructor without parameters");
        enum Nothing implements Shape {
            AT_ALL
        }
        assertThatThrownBy(() -> new SerializationService().toData(new Holder(Nothing.AT_ALL)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("is an enum");
    }

    @Test
    void listings_ofTheJdkAreNotTakenApart() {
        assertThatThrownBy(() -> ClassPlan.of(Listing.class, type -> false))
                .isInstanceOf(ObstacleException.class)
                .hasMessageContaining("extends java.util.ArrayList");
        assertThatThrownBy(() -> ClassPlan.of(Abstract.class, type -> false))
                .isInstanceOf(ObstacleException.class)
                .hasMessageContaining("abstract");
    }

    record Throwing(int a) {
        Throwing {
            if (a < 0) {
                throw new IllegalArgumentException("negative");
            }
        }
    }

    @Test
    void whatConstructorsThrow_isWrapped() {
        Schemas schemas = new Schemas();
        SerializationService service = TestServices.with(schemas);
        GenericRecord bad = GenericRecord.compact(Throwing.class.getName())
                .setInt32("a", -1)
                .build();
        assertThatThrownBy(() -> service.toObject(service.toData(bad)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("negative")
                .hasCauseInstanceOf(IllegalArgumentException.class);
    }

    record WithColor(Color color) {}

    @Test
    void unknownConstants_areNamed() {
        SerializationService service = new SerializationService();
        GenericRecord record = GenericRecord.compact(WithColor.class.getName())
                .setString("color", "BLUE")
                .build();
        assertThatThrownBy(() -> service.toObject(service.toData(record)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("'BLUE'")
                .hasMessageContaining(Color.class.getName());
    }

    @Test
    void numbersThatWouldFillTheMemory_areRefused() {
        SerializationService service = new SerializationService();
        GenericRecord record = GenericRecord.compact(Things.class.getName())
                .setDecimal("integer", new BigDecimal(BigInteger.ONE, Integer.MIN_VALUE))
                .build();
        assertThatThrownBy(() -> service.toObject(service.toData(record)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("integer");
    }

    @SuppressWarnings("TypeParameterUnusedInFormals")
    private static <T> T copy(Schemas schemas, Object object) {
        return requireNonNull(TestServices.with(schemas)
                .<T>toObject(TestServices.with(schemas).toData(object)));
    }

    @Test
    void deques_mayHoldNulls() {
        record Queued(Deque<String> deque) {}
        Deque<String> deque = new ArrayDeque<>(List.of("a", "b"));
        Queued queued = copy(new Schemas(), new Queued(deque));
        assertThat(queued.deque).containsExactly("a", "b");
    }
}
