// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.config.SerializationConfig;
import com.hazelcast.internal.serialization.impl.DefaultSerializationServiceBuilder;
import com.hazelcast.internal.serialization.impl.HeapData;
import com.hazelcast.internal.util.HashUtil;
import com.hazelcast.nio.serialization.HazelcastSerializationException;
import io.filbert.error.SerializationException;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.protocol.PartitionHash;
import io.filbert.internal.serialization.builtin.BuiltInTypes;
import io.filbert.internal.serialization.stream.TypeId;
import io.filbert.serialization.HazelcastJsonValue;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever this service writes, the members' own service writes too, and each reads what the other has written. */
class OfficialServiceTest {
    private static final int KEYS = 10_000;
    private static final int[] PARTITION_COUNTS = {1, 2, 271, 1009};

    static Stream<Arguments> kindsInBothOrders() {
        return Stream.concat(Kind.all().stream(), Kind.withComparators().stream())
                .flatMap(kind -> Stream.of(
                        Arguments.of(kind, ByteOrder.BIG_ENDIAN), Arguments.of(kind, ByteOrder.LITTLE_ENDIAN)));
    }

    @ParameterizedTest
    @MethodSource("kindsInBothOrders")
    void randomKeys_haveTheSameBytesAndPartition(Kind kind, ByteOrder order) {
        SerializationService ours = new SerializationService(order);
        com.hazelcast.internal.serialization.SerializationService theirs = official(order);
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < KEYS; i++) {
            Object key = kind.random().apply(random);
            Data data = requireNonNull(ours.toData(key));
            com.hazelcast.internal.serialization.Data official = theirs.toData(official(key));

            if (!Arrays.equals(data.bytes(), official.toByteArray())) {
                assertThat(hex(data.bytes()))
                        .as("key %s of %s, number %d with seed %d", key, kind, i, seed)
                        .isEqualTo(hex(official.toByteArray()));
            }
            for (int partitions : PARTITION_COUNTS) {
                int partition = PartitionHash.toPartitionId(data.partitionHash(), partitions);
                if (partition != HashUtil.hashToIndex(official.getPartitionHash(), partitions)) {
                    assertThat(partition)
                            .as("partition of %d for %s (%s), number %d with seed %d", partitions, key, kind, i, seed)
                            .isEqualTo(HashUtil.hashToIndex(official.getPartitionHash(), partitions));
                }
            }
            if (i % 10 == 0) {
                Object read = ours.toObject(Data.of(official.toByteArray()));
                Object readByThem = theirs.toObject(new HeapData(data.bytes()));
                String contents = Contents.of(key);
                assertThat(Contents.of(read))
                        .as("number %d with seed %d", i, seed)
                        .isEqualTo(contents);
                assertThat(Contents.of(readByThem))
                        .as("number %d with seed %d", i, seed)
                        .isEqualTo(contents);
            }
        }
    }

    @Test
    void kinds_areAllThatIsSupported() {
        assertThat(Kind.all().stream().<Class<?>>map(Kind::type))
                .containsExactlyInAnyOrderElementsOf(BuiltInTypes.classes());
    }

    @Test
    void typeIds_areTheOfficialOnes() {
        com.hazelcast.internal.serialization.SerializationService theirs = official(ByteOrder.BIG_ENDIAN);
        for (Kind kind : Kind.all()) {
            Object value = kind.random().apply(new Random(1));
            assertThat(BuiltInTypes.idOf(kind.type()))
                    .isEqualTo(theirs.toData(official(value)).getType());
        }
    }

    /** Classes of the JDK that are not exactly the built-in ones, of which there are many. */
    @Test
    void classesWithoutABuiltInForm_haveTheOfficialOne() {
        List<Integer> list = new ArrayList<>(List.of(3, 1, 2));
        Object[] values = {
            List.of(),
            List.of(1),
            List.of(1, 2, 3),
            Set.of(1),
            Map.of("a", 1),
            Arrays.asList(1, null),
            Collections.emptyList(),
            Collections.unmodifiableList(list),
            Collections.unmodifiableMap(new HashMap<>(Map.of(1, 2))),
            Collections.synchronizedList(list),
            new EnumMap<>(Map.of(TimeUnit.DAYS, 1)),
            EnumSet.of(TimeUnit.DAYS),
            TimeUnit.DAYS,
            new IdentityHashMap<>(),
            new LinkedBlockingDeque<>(list),
            new ConcurrentLinkedQueue<>(list),
            new java.sql.Timestamp(5),
            new BitSet(),
            new Integer[] {1},
            new int[][] {{1}},
            Instant.EPOCH,
            Duration.ZERO,
            Locale.ROOT,
        };
        for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            for (Object value : values) {
                Object nested = new Object[] {value, "behind"};
                assertThat(hex(requireNonNull(new SerializationService(order).toData(nested))
                                .bytes()))
                        .as("%s, %s", value.getClass(), order)
                        .isEqualTo(hex(official(order).toData(nested).toByteArray()));
                assertThat(requireNonNull(new SerializationService(order).toData(value))
                                .typeId())
                        .as("%s, %s", value.getClass(), order)
                        .isEqualTo(TypeId.SERIALIZABLE);
            }
        }
    }

    /** Views that the JDK does not let be serialized: the members refuse them too. */
    @Test
    void viewsOfCollections_areRefused() {
        for (Object view : List.of(
                new ArrayList<>(List.of(1, 2)).subList(0, 1),
                new HashMap<>(Map.of(1, 2)).keySet(),
                new TreeMap<>(Map.of(1, 2)).values(),
                OptionalInt.of(1),
                new WeakHashMap<>())) {
            assertThatThrownBy(() -> official(ByteOrder.BIG_ENDIAN).toData(view))
                    .isInstanceOf(HazelcastSerializationException.class);
            assertThatThrownBy(() -> new SerializationService().toData(view))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining(view.getClass().getName());
        }
    }

    /** The members write a question mark in its place, so that two keys become one: see docs/decisions/compact.md. */
    @Test
    void unpairedSurrogates_areRefused_ratherThanChanged() {
        SerializationService ours = new SerializationService();
        com.hazelcast.internal.serialization.SerializationService theirs = official(ByteOrder.BIG_ENDIAN);
        String long1 = "a?".repeat(200);
        for (String text : List.of(
                "\uD800",
                "\uDC00",
                "a\uD83D",
                "a\uD83Db",
                "\uDE00\uD83D",
                "\uD83D\uD83D\uDE00",
                "é\uDC00€",
                "ab\uDFFFé",
                long1 + "\uDFFF",
                long1.replace('?', 'b') + "\uD800é",
                "\uDC00" + "ab".repeat(100))) {
            assertThat(theirs.<String>toObject(theirs.toData(text))).isNotEqualTo(text);
            for (Object each : new Object[] {text, new Object[] {text}, new String[] {text}}) {
                assertThatThrownBy(() -> ours.toData(each))
                        .isInstanceOf(SerializationException.class)
                        .hasMessageContaining("half of a character at index ")
                        .hasMessageContaining("unpaired surrogate");
            }
        }
        for (String text : List.of(long1, long1 + "é😀", "😀".repeat(200) + "?")) {
            assertThat(hex(requireNonNull(ours.toData(text)).bytes()))
                    .isEqualTo(hex(theirs.toData(text).toByteArray()));
        }
    }

    @Test
    void notANumber_hasOneFormAsKeyAndKeepsItsBitsInArrays() {
        Object[] values = {
            Float.intBitsToFloat(0x7FC00123),
            Double.longBitsToDouble(0x7FF8000000000123L),
            new float[] {Float.intBitsToFloat(0x7FC00123)},
            new double[] {Double.longBitsToDouble(0x7FF8000000000123L)}
        };
        for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            for (Object value : values) {
                assertThat(hex(requireNonNull(new SerializationService(order).toData(value))
                                .bytes()))
                        .as("%s, %s", value, order)
                        .isEqualTo(hex(official(order).toData(value).toByteArray()));
            }
        }
    }

    /** As it is in a client that has only been told the byte order. */
    static com.hazelcast.internal.serialization.SerializationService official(ByteOrder order) {
        return new DefaultSerializationServiceBuilder()
                .setConfig(new SerializationConfig().setByteOrder(order))
                .build();
    }

    /** What the members have instead of a class of ours. */
    static Object official(Object value) {
        return value instanceof HazelcastJsonValue
                ? new com.hazelcast.core.HazelcastJsonValue(value.toString())
                : value;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
