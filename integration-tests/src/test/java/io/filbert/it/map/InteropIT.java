// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.map.IMap;
import io.filbert.error.OperationTimeoutException;
import io.filbert.it.support.OfficialClient;
import io.filbert.it.support.OnSharedCluster;
import io.filbert.it.support.SharedCluster;
import io.filbert.map.BlockingDistributedMap;
import io.filbert.map.DistributedMap;
import io.filbert.testkit.Eventually;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Side by side with the vendor's client on the same maps: the same bytes, the same partitions, the same locks. */
@SuppressWarnings("NullAway.Init") // set before the first test
final class InteropIT extends OnSharedCluster {

    private static final Duration SHORT = Duration.ofMillis(300);

    private static OfficialClient official;

    @BeforeAll
    static void connectOfficial() {
        official = OfficialClient.connect(SharedCluster.get());
    }

    @AfterAll
    static void closeOfficial() {
        official.close();
    }

    /** At least one value of each built-in type, edges included. */
    static List<Object> values() {
        return List.of(
                true,
                false,
                (byte) -128,
                Short.MIN_VALUE,
                Integer.MIN_VALUE,
                Long.MAX_VALUE,
                Float.MIN_VALUE,
                Double.NaN,
                'ß',
                "",
                "plain",
                "ünïcödé \u0000 \uD83D\uDE00 語",
                "x".repeat(100_000),
                UUID.fromString("12345678-90ab-cdef-fedc-ba0987654321"),
                BigInteger.ONE.shiftLeft(500).negate(),
                new BigDecimal("-123456789012345678901234567890.000123"),
                LocalDate.of(-44, 3, 15),
                LocalTime.of(23, 59, 59, 999_999_999),
                LocalDateTime.of(2024, 2, 29, 12, 30, 15, 1),
                OffsetDateTime.of(2000, 1, 1, 0, 0, 0, 0, ZoneOffset.ofHoursMinutesSeconds(-5, -30, -15)),
                new boolean[] {true, false},
                new byte[] {1, -1, 0},
                new short[] {1, Short.MAX_VALUE},
                new char[] {'a', '\uFFFF'},
                new int[] {1, Integer.MAX_VALUE},
                new long[] {1, Long.MIN_VALUE},
                new float[] {1.5f, Float.NEGATIVE_INFINITY},
                new double[] {1.5, Double.MAX_VALUE},
                new int[0],
                new String[] {"a", "", "語"});
    }

    @ParameterizedTest
    @MethodSource("values")
    void valueWrittenByEither_isReadByBoth(Object value) {
        DistributedMap<String, Object> ours = newMap();
        IMap<String, Object> theirs = official.map(ours.name());
        ours.put("ours", value).join();
        theirs.put("theirs", value);
        for (String key : List.of("ours", "theirs")) {
            assertThat(ours.get(key).join()).as(key).isEqualTo(value).hasSameClassAs(value);
            assertThat(theirs.get(key)).as(key).isEqualTo(value).hasSameClassAs(value);
        }
        // The same bytes: values are compared by the member as such.
        assertThat(ours.replaceIfSame("theirs", value, "replaced").join()).isTrue();
        assertThat(theirs.replace("ours", value, "replaced")).isTrue();
        assertThat(ours.containsValue("replaced").join()).isTrue();
    }

    @Test
    void objectArrays_areReadByBoth() {
        DistributedMap<String, Object> ours = newMap();
        IMap<String, Object> theirs = official.map(ours.name());
        Object[] nested = {"text", 1, 2L, new Object[] {true, 'c'}, new int[] {1}};
        ours.put("ours", nested).join();
        theirs.put("theirs", nested);
        assertThat(theirs.get("ours")).isEqualTo(nested);
        assertThat(ours.get("theirs").join()).isEqualTo(nested);
    }

    @ParameterizedTest
    @MethodSource("values")
    void keyOfEitherIsFoundByBoth(Object key) {
        DistributedMap<Object, String> ours = newMap();
        IMap<Object, String> theirs = official.map(ours.name());
        ours.put(key, "ours").join();
        assertThat(theirs.get(key)).isEqualTo("ours");
        theirs.put(key, "theirs");
        assertThat(ours.get(key).join()).isEqualTo("theirs");
        assertThat(ours.size().join()).isEqualTo(1);
        assertThat(client().partitionService().partitionId(key)).isEqualTo(official.partitionId(key));
    }

    @Test
    void tenThousandKeys_haveTheSamePartitions() {
        long seed = 20_231_122;
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            Object key = switch (i % 4) {
                case 0 -> random.nextInt();
                case 1 -> random.nextLong();
                case 2 -> new UUID(random.nextLong(), random.nextLong());
                default -> randomText(random);
            };
            assertThat(client().partitionService().partitionId(key))
                    .as("partition of %s (seed %d)", key, seed)
                    .isEqualTo(official.partitionId(key));
        }
    }

    private static String randomText(Random random) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(40);
        while (text.length() < length) {
            text.appendCodePoint(random.nextInt(10) == 0 ? 0x1F600 + random.nextInt(50) : 32 + random.nextInt(2_000));
        }
        return text.toString();
    }

    @Test
    void bulkWrites_areSeenByTheOther() {
        DistributedMap<Integer, String> ours = newMap();
        IMap<Integer, String> theirs = official.map(ours.name());
        Map<Integer, String> many = new LinkedHashMap<>();
        for (int i = 0; i < 1_000; i++) {
            many.put(i, "value-" + i);
        }
        ours.putAll(many).join();
        assertThat(theirs.getAll(many.keySet())).isEqualTo(many);
        theirs.clear();
        theirs.putAll(many);
        assertThat(ours.getAll(many.keySet()).join()).isEqualTo(many);
        assertThat(ours.entrySet().join()).isEqualTo(many.entrySet());
    }

    private static Stream<CompletableFuture<?>> changesOf(DistributedMap<String, String> map) {
        return Stream.of(
                map.put("k", "2"),
                map.set("k", "2"),
                map.putIfAbsent("k", "2"),
                map.replace("k", "2"),
                map.replaceIfSame("k", "1", "2"),
                map.remove("k"),
                map.removeIfSame("k", "1"),
                map.delete("k"),
                map.evict("k"),
                map.setTtl("k", Duration.ofHours(1)));
    }

    @Test
    void keyLockedByTheOther_tryMethodsRefuse_othersWaitUntilTheirDeadline_readsPass() {
        DistributedMap<String, String> map = newMap();
        BlockingDistributedMap<String, String> blocking = map.blocking();
        IMap<String, String> theirs = official.map(map.name());
        theirs.put("k", "1");
        theirs.lock("k");
        try {
            assertThat(blocking.tryPut("k", "2", Duration.ZERO)).isFalse();
            long begin = System.nanoTime();
            assertThat(blocking.tryPut("k", "2", SHORT)).isFalse();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(SHORT);
            assertThat(blocking.tryRemove("k", Duration.ZERO)).isFalse();
            assertThat(blocking.get("k")).isEqualTo("1");
            assertThat(blocking.containsKey("k")).isTrue();

            changesOf(map.withDeadline(SHORT))
                    .toList()
                    .forEach(change ->
                            assertThatThrownBy(change::join).hasCauseInstanceOf(OperationTimeoutException.class));

            map.put("free", "1").join();
            blocking.clear();
            assertThat(blocking.keySet()).containsExactly("k");
            blocking.evictAll();
            assertThat(blocking.keySet()).containsExactly("k");
            blocking.putAll(Map.of("k", "overwritten"));
            assertThat(theirs.get("k")).isEqualTo("overwritten");
        } finally {
            theirs.unlock("k");
        }
    }

    @Test
    void waitingChange_goesThroughWhenTheLockIsGivenUp() {
        DistributedMap<String, String> map = newMap();
        IMap<String, String> theirs = official.map(map.name());
        theirs.put("k", "1");
        theirs.lock("k");
        CompletableFuture<String> put = map.put("k", "2");
        CompletableFuture<Boolean> tryPut = map.tryPut("k", "3", Duration.ofSeconds(30));
        assertThat(map.get("k").join()).isEqualTo("1");
        assertThat(put).isNotDone();
        assertThat(tryPut).isNotDone();
        theirs.unlock("k");
        assertThat(put.join()).isIn("1", "3");
        assertThat(tryPut.join()).isTrue();
    }

    @Test
    void destroyByTheOther_emptiesTheMap() {
        DistributedMap<String, String> map = newMap();
        map.put("k", "v").join();
        official.map(map.name()).destroy();
        Eventually.passes(() -> assertThat(map.size().join()).isZero());
        map.put("k", "v2").join();
        assertThat(map.get("k").join()).isEqualTo("v2");
    }
}
