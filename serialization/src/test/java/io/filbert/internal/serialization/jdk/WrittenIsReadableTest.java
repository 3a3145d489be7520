// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.jdk;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.config.ClientConfig;
import io.filbert.error.SerializationException;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.serialization.SerializationService;
import io.filbert.internal.serialization.stream.TypeId;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectInputStream;
import java.io.ObjectOutput;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the default configuration writes, it reads: an object is refused when it is written, with the remedy, or it comes back equal.
 * Guards against entries that are stored and then spoil each read of the map they are in; and against classes whose code would run
 * because somebody wrote their name.
 */
@SuppressWarnings({"serial", "UnusedMethod", "UnusedVariable"})
class WrittenIsReadableTest {

    private static final AtomicInteger RUNS = new AtomicInteger();

    private final SerializationService service = new SerializationService();

    // ---- objects of the program

    enum Color {
        RED,
        GREEN {
            @Override
            public String toString() {
                return "grass";
            }
        }
    }

    record Order(int id, @Nullable Object more) implements Serializable {}

    record Plain(int id) {}

    static final class Bean implements Serializable {
        int number = 5;

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Bean bean && bean.number == number;
        }

        @Override
        public int hashCode() {
            return number;
        }
    }

    static Stream<Arguments> readable() {
        List<Object> values = new ArrayList<>(List.of(
                Color.RED,
                Color.GREEN,
                new Order(1, null),
                new Order(2, Color.GREEN),
                new Order(3, List.of(new Order(4, null))),
                new EnumMap<>(Map.of(Color.RED, 1, Color.GREEN, 2)),
                EnumSet.of(Color.RED),
                EnumSet.noneOf(Color.class),
                InetAddress.getLoopbackAddress(),
                new java.io.File("a/b"),
                Collections.nCopies(2, "a"),
                Collections.checkedList(new ArrayList<>(List.of("a")), String.class),
                new Order[] {new Order(5, null)},
                new Color[][] {{Color.GREEN}},
                // with items that are not serializable
                List.of(new Plain(1)),
                List.of(new Plain(1), new Plain(2), new Plain(3)),
                List.of(1, 2, 3).subList(0, 2),
                Stream.of(new Plain(1), new Plain(2)).toList(),
                Arrays.asList(new Plain(1), null),
                List.of(List.of(new Plain(1)), Set.of(new Plain(2))),
                Set.of(new Plain(1), new Plain(2)),
                Map.of("a", new Plain(1)),
                Map.of(new Plain(1), List.of(new Plain(2)), new Plain(3), List.of()),
                Map.entry(new Plain(1), 2),
                Collections.singletonList(new Plain(1)),
                Collections.unmodifiableList(new ArrayList<>(List.of(new Plain(1)))),
                Collections.unmodifiableSet(new java.util.LinkedHashSet<>(List.of(new Plain(1), new Plain(2)))),
                Collections.unmodifiableMap(new LinkedHashMap<>(Map.of("a", new Plain(1))))));
        values.addAll(AllowedClassesTest.values()
                .map(arguments -> arguments.get()[0])
                .filter(value -> !(value instanceof CharSequence) && !(value instanceof java.util.IdentityHashMap))
                .toList());
        return values.stream().map(value -> Arguments.of(value));
    }

    @ParameterizedTest
    @MethodSource("readable")
    void object_aloneAndInsideOthers_isReadAgain(Object value) {
        assertThat(roundTrip(value)).isEqualTo(value);
        assertThat(((List<?>) roundTrip(new ArrayList<>(List.of(value)))).get(0))
                .isEqualTo(value);
        assertThat(((List<?>) roundTrip(List.of(value, 1))).get(0)).isEqualTo(value);
        assertThat(((Map<?, ?>) roundTrip(new LinkedHashMap<>(Map.of("a", value)))).get("a"))
                .isEqualTo(value);
        assertThat(((Object[]) roundTrip(new Object[] {value}))[0]).isEqualTo(value);
    }

    @Test
    void enumOfJavaSerialization_hasTheBytesOfOtherClients() {
        assertThat(requireNonNull(service.toData(Color.GREEN)).typeId()).isEqualTo(TypeId.SERIALIZABLE);
    }

    @Test
    void listOf_whoseItemsAreSerializable_keepsItsBytes() {
        assertThat(requireNonNull(service.toData(List.of("a", new Order(1, null))))
                        .typeId())
                .isEqualTo(TypeId.SERIALIZABLE);
        assertThat(requireNonNull(service.toData(List.of(new Plain(1)))).typeId())
                .isEqualTo(TypeId.ARRAY_LIST);
    }

    @Test
    void listOf_itemsWithAFormOfTheirOwn_areWrittenInThat() {
        SerializationService compact = with(config -> config.compactClasses(Bean.class));
        List<Bean> beans = List.of(new Bean());

        assertThat(compact.<Object>toObject(compact.toData(beans))).isEqualTo(beans);
    }

    @Test
    void arrayOfAClassThatIsNotSerializable_isRefused_withTheRemedy() {
        assertThatThrownBy(() -> service.toData(new Plain[] {new Plain(1)}))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining(Plain.class.getName())
                .hasMessageContaining("Use an ArrayList or an Object[]");
    }

    @Test
    void classThatIsNotAllowed_isRefusedOnWriting_withBothRemedies() {
        for (Object value : List.of(
                new Bean(), new ArrayList<>(List.of(new Bean())), List.of(new Bean()), new Order(1, new Bean()))) {
            assertThatThrownBy(() -> service.toData(value))
                    .as("%s", value)
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("javaSerializationAllowed(\"" + Bean.class.getName() + "\")")
                    .hasMessageContaining("compactClasses(Bean.class)");
        }
        SerializationService allowing = with(config -> config.javaSerializationAllowed(Bean.class.getName()));
        assertThat(allowing.<Object>toObject(allowing.toData(new Order(1, new Bean()))))
                .isEqualTo(new Order(1, new Bean()));
        SerializationService compact = with(config -> config.compactClasses(Bean.class));
        assertThat(compact.<Object>toObject(compact.toData(new Bean()))).isEqualTo(new Bean());
    }

    @Test
    void objectForMembersOnly_isNotRefused() {
        assertThat(service.toDataForMembers(new Bean()).typeId()).isEqualTo(TypeId.SERIALIZABLE);
    }

    @Test
    void refusalThatCodeOfTheObjectCatches_isStillARefusal() {
        assertThatThrownBy(() -> with(config -> config.javaSerializationAllowed(Catching.class.getName()))
                        .toData(new Catching()))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining(Bean.class.getName());
    }

    static final class Catching implements Serializable {
        private void writeObject(ObjectOutputStream out) throws IOException {
            try {
                out.writeObject(new Bean());
            } catch (RuntimeException e) {
                RUNS.incrementAndGet();
            }
        }
    }

    // ---- what readers need and writers do not

    static class NoConstructor {
        NoConstructor(int needed) {}
    }

    static final class Child extends NoConstructor implements Serializable {
        Child() {
            super(1);
        }
    }

    public static final class Hidden implements Externalizable {
        private Hidden(int needed) {}

        @Override
        public void writeExternal(ObjectOutput out) {}

        @Override
        public void readExternal(ObjectInput in) {}
    }

    @Test
    void classThatCannotBeCreated_isRefusedOnWriting() {
        SerializationService allowing = with(config -> config.javaSerializationAllowed("io.filbert.**"));

        for (Object value :
                List.of(new Child(), new Hidden(1), new Order(1, new Child()), new Order(1, new Hidden(1)))) {
            assertThatThrownBy(() -> allowing.toData(value))
                    .as("%s", value)
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("could not read it again")
                    .hasMessageContaining("constructor");
        }
    }

    static final class Node implements Serializable {
        @Nullable
        Object next;

        static Node chain(int length) {
            Node chain = new Node();
            for (int i = 1; i < length; i++) {
                Node node = new Node();
                node.next = chain;
                chain = node;
            }
            return chain;
        }
    }

    @Test
    void graphDeeperThanTheLimit_isRefusedOnWriting_andNoOther() {
        SerializationService allowing = with(config -> config.javaSerializationAllowed("io.filbert.**"));
        Random random = new Random(1);
        for (int i = 0; i < 200; i++) {
            int depth = 440 + random.nextInt(120);
            List<Object> before = new ArrayList<>();
            for (int j = random.nextInt(2_000); j > 0; j--) {
                before.add(j);
            }
            Object value = new Object[] {before, new Order(1, Node.chain(depth))};
            @Nullable Data data = null;
            try {
                data = allowing.toData(value);
            } catch (SerializationException e) {
                assertThat(e).hasMessageContaining("nests deeper than 500 levels");
            }
            assertThat(data != null).as("depth %d", depth).isEqualTo(depth <= 499);
            if (data != null) {
                assertThat(allowing.<Object>toObject(data)).isInstanceOf(Object[].class);
            }
        }
    }

    @Test
    void graphThatIsDeep_isWritten_ifTheFilterOfTheUserAllowsIt() {
        SerializationService filtering = with(config ->
                config.javaSerializationFilter(java.io.ObjectInputFilter.Config.createFilter("io.filbert.**")));

        assertThat(filtering.<Object>toObject(filtering.toData(Node.chain(600))))
                .isInstanceOf(Node.class);
    }

    @Test
    void collectionsThatTakeTooLongToHash_areRefusedOnWriting() {
        List<Integer> shared = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            shared.add(i);
        }
        Map<List<Object>, Integer> rights = new HashMap<>();
        for (int i = 0; i < 10_000; i++) {
            rights.put(List.of(i, shared), i);
        }
        for (Object value : List.of(
                Collections.unmodifiableMap(rights),
                new Order(1, rights),
                Collections.nCopies(Integer.MAX_VALUE, "a"),
                Collections.nCopies(Integer.MAX_VALUE, Collections.nCopies(Integer.MAX_VALUE, "a")))) {
            assertThatThrownBy(() -> service.toData(value))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("hashing them would take too long");
        }
        Map<Integer, List<Integer>> values = new HashMap<>();
        for (int i = 0; i < 1_000; i++) {
            values.put(i, shared);
        }
        assertThat(roundTrip(Collections.unmodifiableMap(values)))
                .as("values are not hashed")
                .isEqualTo(values);
    }

    @Test
    void randomGraphsOfCollections_areRefusedOrReadAgain() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            List<Object> pool = new ArrayList<>(List.of("a", 1, Color.RED, new Order(1, null)));
            for (int j = 0; j < 30; j++) {
                Object one = pool.get(random.nextInt(pool.size()));
                Object other = pool.get(random.nextInt(pool.size()));
                pool.add(
                        switch (random.nextInt(8)) {
                            case 0 -> List.of(one, other);
                            case 1 -> new ArrayList<>(Arrays.asList(one, other, one));
                            case 2 -> new HashMap<>(Map.of("k", one, "l", other));
                            case 3 -> Collections.unmodifiableMap(new HashMap<>(Map.of("k", one)));
                            case 4 -> new Order(j, one);
                            case 5 -> Collections.nCopies(random.nextInt(4), other);
                            case 6 -> Map.of("x", other);
                            default -> Collections.unmodifiableList(new ArrayList<>(List.of(one, one, other)));
                        });
            }
            Object value = new Order(0, pool.get(pool.size() - 1));
            Data data;
            try {
                data = requireNonNull(service.toData(value));
            } catch (SerializationException e) {
                assertThat(e).as("seed %d", seed).hasMessageContaining("hashing them would take too long");
                continue;
            }
            assertThat(service.<Object>toObject(data)).as("seed %d", seed).isInstanceOf(Order.class);
        }
    }

    // ---- gadgets: refused when they are written, and when others have written them

    static final class ReadsObject implements Serializable {
        private void readObject(ObjectInputStream in) {
            RUNS.incrementAndGet();
        }
    }

    static final class Resolves implements Serializable {
        private Object readResolve() {
            return RUNS.incrementAndGet();
        }
    }

    record ResolvingRecord(int id) implements Serializable {
        private Object readResolve() {
            return RUNS.incrementAndGet();
        }
    }

    record ExternalRecord(int id) implements Externalizable {
        @Override
        public void writeExternal(ObjectOutput out) {}

        @Override
        public void readExternal(ObjectInput in) {
            RUNS.incrementAndGet();
        }
    }

    public static final class External implements Externalizable {
        @Override
        public void writeExternal(ObjectOutput out) {}

        @Override
        public void readExternal(ObjectInput in) {
            RUNS.incrementAndGet();
        }
    }

    static final class ListOfOwn extends ArrayList<String> {
        private void readObject(ObjectInputStream in) {
            RUNS.incrementAndGet();
        }
    }

    static final class ExceptionOfOwn extends RuntimeException {
        private void readObject(ObjectInputStream in) {
            RUNS.incrementAndGet();
        }
    }

    static final class Compares implements Comparator<Object>, Serializable {
        @Override
        public int compare(Object left, Object right) {
            return RUNS.incrementAndGet();
        }
    }

    static final class Handles implements InvocationHandler, Serializable {
        @Override
        public Object invoke(Object proxy, java.lang.reflect.Method method, Object @Nullable [] arguments) {
            return RUNS.incrementAndGet();
        }
    }

    enum ComparingEnum implements Comparator<Object> {
        ONE;

        @Override
        public int compare(Object left, Object right) {
            return RUNS.incrementAndGet();
        }
    }

    enum ComparingEnumWithBodies implements Comparator<Object> {
        ONE {
            @Override
            public int compare(Object left, Object right) {
                return RUNS.incrementAndGet();
            }
        }
    }

    record ComparingRecord(int id) implements Comparator<Object>, Serializable {
        @Override
        public int compare(Object left, Object right) {
            return RUNS.incrementAndGet();
        }
    }

    record HandlingRecord(int id) implements InvocationHandler, Serializable {
        @Override
        public Object invoke(Object proxy, java.lang.reflect.Method method, Object @Nullable [] arguments) {
            return RUNS.incrementAndGet();
        }
    }

    /** A set of the JDK that is made of a map asks for its keys while it is read. */
    record MapRecord(int id) implements Map<Object, Boolean>, Serializable {
        @Override
        public Set<Object> keySet() {
            RUNS.incrementAndGet();
            return Set.of();
        }

        @Override
        public int size() {
            return 0;
        }

        @Override
        public boolean isEmpty() {
            return true;
        }

        @Override
        public boolean containsKey(Object key) {
            return false;
        }

        @Override
        public boolean containsValue(Object value) {
            return false;
        }

        @Override
        public @Nullable Boolean get(Object key) {
            return null;
        }

        @Override
        public @Nullable Boolean put(Object key, Boolean value) {
            return null;
        }

        @Override
        public @Nullable Boolean remove(Object key) {
            return null;
        }

        @Override
        public void putAll(Map<?, ? extends Boolean> map) {}

        @Override
        public void clear() {}

        @Override
        public java.util.Collection<Boolean> values() {
            return List.of();
        }

        @Override
        public Set<Entry<Object, Boolean>> entrySet() {
            return Set.of();
        }
    }

    static Stream<Object> gadgets() {
        PriorityQueue<Object> ofRecord = new PriorityQueue<>(new ComparingRecord(1));
        ofRecord.add(1);
        ofRecord.add(2);
        PriorityQueue<Object> queue = new PriorityQueue<>(new Compares());
        queue.add(1);
        queue.add(2);
        return Stream.of(
                new ReadsObject(),
                new Resolves(),
                new ResolvingRecord(1),
                new ExternalRecord(1),
                new External(),
                new ListOfOwn(),
                new ExceptionOfOwn(),
                new Compares(),
                Collections.unmodifiableCollection(queue),
                Collections.unmodifiableSortedSet(new TreeSet<>(new Compares())),
                ComparingEnum.ONE,
                ComparingEnumWithBodies.ONE,
                new ComparingRecord(1),
                new HandlingRecord(1),
                Collections.unmodifiableCollection(ofRecord),
                Collections.unmodifiableSortedSet(new TreeSet<>(ComparingEnum.ONE)),
                new java.util.TreeMap<>(ComparingEnumWithBodies.ONE),
                Collections.newSetFromMap(new MapRecord(1)),
                Proxy.newProxyInstance(
                        WrittenIsReadableTest.class.getClassLoader(), new Class<?>[] {Comparable.class}, new Handles()),
                (Supplier<Object> & Serializable) RUNS::incrementAndGet);
    }

    static Stream<Arguments> gadgetsInEachPosition() {
        return gadgets()
                .flatMap(gadget -> Stream.of(
                                gadget,
                                new Object[] {gadget}[0],
                                new Order(1, gadget),
                                Collections.unmodifiableList(new ArrayList<>(Arrays.asList(gadget))),
                                new Order(1, new HashMap<>(Map.of("value", gadget))),
                                new IllegalStateException("cause", gadget instanceof Throwable cause ? cause : null),
                                new EnumMap<>(Map.of(Color.RED, gadget)))
                        .filter(value -> !(value instanceof IllegalStateException e && e.getCause() == null))
                        .map(value -> Arguments.of(gadget.getClass().getName(), value)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("gadgetsInEachPosition")
    void gadget_isRefused_onWritingAndOnReading(String name, Object value) {
        int before = RUNS.get();
        if (!(value instanceof Externalizable)) {
            assertThatThrownBy(() -> service.toObject(service.toDataForMembers(value)))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("refused");
        }
        assertThatThrownBy(() -> service.toData(value)).isInstanceOf(SerializationException.class);
        assertThat(RUNS.get()).as("code of %s has run", name).isEqualTo(before);
    }

    private Object roundTrip(Object value) {
        return requireNonNull(service.<Object>toObject(service.toData(value)));
    }

    private static SerializationService with(java.util.function.Consumer<ClientConfig.Builder> options) {
        ClientConfig.Builder builder = ClientConfig.builder();
        options.accept(builder);
        return new SerializationService(builder.build().serialization());
    }
}
