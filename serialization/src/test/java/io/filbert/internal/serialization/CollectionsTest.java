// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.config.ClientConfig;
import io.filbert.error.SerializationException;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.serialization.builtin.BuiltInTypes;
import io.filbert.internal.serialization.stream.TypeId;
import java.io.Externalizable;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.io.Serializable;
import java.nio.ByteOrder;
import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is particular about some collections; their bytes and values are compared in {@link OfficialServiceTest}. */
class CollectionsTest {
    /** Multiples of it are far from each other in all their bits. */
    private static final int GOLDEN_RATIO = 0x9E3779B9;

    private final SerializationService service = new SerializationService();

    @Test
    void boundedQueues_getTheRoomTheyNeed() {
        ArrayBlockingQueue<String> none = again(new ArrayBlockingQueue<>(9));
        ArrayBlockingQueue<String> two = again(new ArrayBlockingQueue<>(9, false, List.of("a", "b")));
        LinkedBlockingQueue<String> unbounded = again(new LinkedBlockingQueue<>(9));

        assertThat(none).isEmpty();
        assertThat(none.remainingCapacity()).isEqualTo(1);
        assertThat(two).containsExactly("a", "b");
        assertThat(two.remainingCapacity()).isZero();
        assertThat(unbounded.remainingCapacity()).isEqualTo(Integer.MAX_VALUE);
    }

    /**
     * Else the same key would be another one when it comes back from a member. Hash codes are spread here, because where eight meet the
     * JDK makes a tree of them, whose order depends on the past; that is as rare as it sounds.
     */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 11, 12, 13, 24, 25, 48, 49, 1000, 1024, 1025, 1536, 1537, 5000})
    void hashedCollection_readAndWrittenAgain_keepsItsBytes(int size) {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (Supplier<Map<Object, Object>> maps :
                List.<Supplier<Map<Object, Object>>>of(HashMap::new, LinkedHashMap::new)) {
            Map<Object, Object> map = maps.get();
            int offset = random.nextInt();
            List<Integer> keys = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                keys.add((offset + i) * GOLDEN_RATIO);
            }
            Collections.shuffle(keys, random);
            keys.forEach(key -> map.put(key, random.nextBoolean()));
            assertKeepsItsBytes(map, seed);
            assertKeepsItsBytes(grown(new HashSet<>(), map), seed);
            assertKeepsItsBytes(grown(new LinkedHashSet<>(), map), seed);
        }
    }

    private static Collection<Object> grown(Collection<Object> set, Map<Object, Object> from) {
        from.keySet().forEach(set::add);
        return set;
    }

    private void assertKeepsItsBytes(Object value, long seed) {
        for (Object either : new Object[] {value, new Object[] {new Object[] {value}}}) {
            Data data = requireNonNull(service.toData(either));
            Data again = requireNonNull(service.toData(service.toObject(data)));
            assertThat(again.equals(data))
                    .as("%s, seed %d", value.getClass(), seed)
                    .isTrue();
        }
    }

    @Test
    void largeCollectionsDeepInside_growToTheirSize() {
        Integer[] numbers = new Integer[5000];
        Arrays.setAll(numbers, i -> i);
        Object[] large = {new Object[] {List.of(numbers).toArray(), new ArrayList<>(List.of(numbers))}};

        Object[] read = again(new Object[] {large});

        assertThat(Contents.of(read)).isEqualTo(Contents.of(new Object[] {large}));
    }

    /** A subclass would not come back as what it was. */
    @Test
    void subclasses_haveNoBuiltInForm() {
        assertThat(BuiltInTypes.idOf(new ArrayList<>() {}.getClass())).isEqualTo(TypeId.NULL);
        assertThat(BuiltInTypes.idOf(new HashMap<>() {}.getClass())).isEqualTo(TypeId.NULL);
        assertThat(BuiltInTypes.idOf(List.of().getClass())).isEqualTo(TypeId.NULL);
        assertThat(BuiltInTypes.idOf(AbstractCollection.class)).isEqualTo(TypeId.NULL);
    }

    @Test
    void collectionThatContainsItself_isRefused() {
        List<Object> list = new ArrayList<>();
        list.add(list);
        Map<Object, Object> map = new HashMap<>();
        map.put("self", map);

        for (Object endless : new Object[] {list, map}) {
            assertThatThrownBy(() -> service.toData(endless))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("no object contains itself");
        }
    }

    private <T> T again(T value) {
        return requireNonNull(service.<T>toObject(service.toData(value)));
    }

    /** Changes the collection that it is in, whenever it is written. */
    private static final class Meddler implements Externalizable {
        private final Runnable change;

        Meddler() {
            this(() -> {});
        }

        Meddler(Runnable change) {
            this.change = change;
        }

        @Override
        public void writeExternal(ObjectOutput out) {
            change.run();
        }

        @Override
        public void readExternal(ObjectInput in) {
            throw new AssertionError("never read");
        }
    }

    @Test
    void collectionChangedWhileWritten_isSaid() {
        List<Object> list = new ArrayList<>();
        list.addAll(List.of(new Meddler(() -> list.add("another")), "b"));
        Map<Object, Object> map = new HashMap<>();
        map.putAll(Map.of("a", new Meddler(() -> map.remove("b")), "b", new Meddler(() -> map.remove("a"))));

        SerializationService allowing = new SerializationService(ClientConfig.builder()
                .javaSerializationAllowed(Meddler.class.getName())
                .build()
                .serialization());
        for (Object changing : new Object[] {list, map}) {
            assertThatThrownBy(() -> allowing.toData(changing))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("Cannot serialize an object of "
                            + changing.getClass().getName() + ": it was changed while it was written")
                    .hasMessageContaining("a copy");
        }
    }

    /** A delay is a class of the user. */
    private record Delay(int seconds) implements Delayed, Serializable {
        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(seconds, TimeUnit.SECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Integer.compare(seconds, ((Delay) other).seconds);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void delayQueue_holdsWhatItHeld(boolean bigEndian) {
        ByteOrder order = bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        SerializationService service = new SerializationService(
                ClientConfig.builder().isBigEndian(bigEndian).build().serialization());
        DelayQueue<Delay> queue = new DelayQueue<>(List.of(new Delay(300), new Delay(100), new Delay(200)));
        com.hazelcast.internal.serialization.SerializationService theirs = OfficialServiceTest.official(order);

        Data data = requireNonNull(service.toData(queue));
        assertThat(data.bytes()).isEqualTo(theirs.toData(queue).toByteArray());
        DelayQueue<Delay> read = requireNonNull(service.toObject(data));
        assertThat(read.toArray()).isEqualTo(queue.toArray());
    }

    /** Compares nothing that does not please it. */
    private record Moody(int number) implements Comparator<Integer>, Serializable {
        @Override
        public int compare(Integer left, Integer right) {
            if (left == number) {
                throw new IllegalStateException("not with me");
            }
            return Integer.compare(left, right);
        }
    }

    @Test
    void comparatorThatFails_isWrapped() {
        SerializationService allowing = new SerializationService(ClientConfig.builder()
                .javaSerializationAllowed(Moody.class.getName())
                .build()
                .serialization());
        Map<Integer, String> map = new TreeMap<>(new Moody(7));
        map.put(1, "a");
        map.put(2, "b");
        Map<Integer, String> read = requireNonNull(allowing.toObject(allowing.toData(map)));
        assertThat(read).isEqualTo(map);
        byte[] bytes = requireNonNull(allowing.toData(map)).bytes();
        int second = HexFormat.of().formatHex(bytes).indexOf("fffffff900000002") / 2;
        bytes[second + 7] = 7;

        assertThatThrownBy(() -> allowing.toObject(bytes, 0, bytes.length))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("type id -36 (java.util.TreeMap) at offset " + second)
                .hasMessageContaining("the entry of key java.lang.Integer and value java.lang.String")
                .hasMessageContaining("not with me");
    }
}
