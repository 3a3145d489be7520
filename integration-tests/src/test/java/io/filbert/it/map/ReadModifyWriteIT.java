// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.filbert.HazelcastClient;
import io.filbert.error.CallInterruptedException;
import io.filbert.error.OperationTimeoutException;
import io.filbert.it.support.Clients;
import io.filbert.it.support.OfficialClient;
import io.filbert.it.support.OnSharedCluster;
import io.filbert.it.support.SharedCluster;
import io.filbert.map.BlockingDistributedMap;
import io.filbert.map.DistributedMap;
import io.filbert.serialization.GenericRecord;
import io.filbert.testkit.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * {@code compute} and its like compare with the bytes that were fetched. They once wrote the fetched value anew to compare with, and never
 * ended when that gave other bytes: because the function had changed its argument, the class had gained a field, or a set had grown and
 * shrunk.
 */
@Timeout(60)
final class ReadModifyWriteIT extends OnSharedCluster {

    private static final Duration SHORT = Duration.ofMillis(400);

    /** The value of a map as it is changed, in all the ways there are. */
    private enum Way {
        COMPUTE {
            @Override
            void change(DistributedMap<String, Object> map, UnaryOperator<Object> change) {
                map.blocking().compute("k", (key, value) -> change.apply(value));
            }
        },
        COMPUTE_IF_PRESENT {
            @Override
            void change(DistributedMap<String, Object> map, UnaryOperator<Object> change) {
                map.blocking().computeIfPresent("k", (key, value) -> change.apply(value));
            }
        },
        MERGE {
            @Override
            void change(DistributedMap<String, Object> map, UnaryOperator<Object> change) {
                map.blocking().merge("k", "ignored", (value, given) -> change.apply(value));
            }
        },
        REPLACE_ALL {
            @Override
            void change(DistributedMap<String, Object> map, UnaryOperator<Object> change) {
                map.blocking().replaceAll((key, value) -> change.apply(value));
            }
        },
        ASYNC_COMPUTE {
            @Override
            void change(DistributedMap<String, Object> map, UnaryOperator<Object> change) {
                map.compute("k", (key, value) -> change.apply(value)).join();
            }
        },
        ASYNC_COMPUTE_IF_PRESENT {
            @Override
            void change(DistributedMap<String, Object> map, UnaryOperator<Object> change) {
                map.computeIfPresent("k", (key, value) -> change.apply(value)).join();
            }
        },
        ASYNC_MERGE {
            @Override
            void change(DistributedMap<String, Object> map, UnaryOperator<Object> change) {
                map.merge("k", "ignored", (value, given) -> change.apply(value)).join();
            }
        },
        ASYNC_REPLACE_ALL {
            @Override
            void change(DistributedMap<String, Object> map, UnaryOperator<Object> change) {
                map.replaceAll((key, value) -> change.apply(value)).join();
            }
        };

        abstract void change(DistributedMap<String, Object> map, UnaryOperator<Object> change);
    }

    private static Map<String, Object> values() {
        Set<Integer> shrunk = new HashSet<>();
        for (int i = 0; i < 40; i++) {
            shrunk.add(i);
        }
        shrunk.removeIf(i -> i != 1 && i != 16);
        Map<Integer, String> roomy = new HashMap<>(64);
        roomy.put(1, "a");
        roomy.put(16, "b");
        Map<Integer, Integer> concurrent = new ConcurrentHashMap<>(64);
        concurrent.put(1, 1);
        concurrent.put(16, 2);
        Properties properties = new Properties();
        for (int i = 0; i < 30; i++) {
            properties.setProperty("property " + i, "" + i);
        }
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("a set that has grown and shrunk", shrunk);
        values.put("a map with room for more", roomy);
        values.put("an unmodifiable map", Collections.unmodifiableMap(roomy));
        values.put("a synchronized map", Collections.synchronizedMap(roomy));
        values.put("a concurrent map", concurrent);
        values.put("a sorted map", new TreeMap<>(Map.of("b", 1, "a", 2)));
        values.put("properties", properties);
        values.put("a string", "text");
        return values;
    }

    private static String valueOf(BlockingDistributedMap<String, Object> map) {
        return String.valueOf(map.get("k"));
    }

    @TestFactory
    Stream<DynamicTest> valueOfAnyForm_isChangedByOneCallOfTheFunction() {
        return Stream.of(Way.values())
                .flatMap(way -> values().entrySet().stream().flatMap(value -> {
                    DistributedMap<String, Object> map = newMap();
                    return Stream.of(DynamicTest.dynamicTest(way + ": " + value.getKey(), () -> {
                        map.blocking().set("k", value.getValue());
                        AtomicInteger calls = new AtomicInteger();
                        way.change(map, old -> "new " + calls.incrementAndGet());
                        assertThat(valueOf(map.blocking())).isEqualTo("new 1");
                    }));
                }));
    }

    @TestFactory
    Stream<DynamicTest> valueOfAnyForm_writtenByTheOfficialClient_isChangedByOneCallOfTheFunction() {
        return Stream.of(Way.values())
                .map(way -> DynamicTest.dynamicTest(way.toString(), () -> {
                    DistributedMap<String, Object> map = newMap();
                    try (OfficialClient official = OfficialClient.connect(SharedCluster.get())) {
                        Map<String, Object> values = new LinkedHashMap<>(values());
                        values.put("linked set", new LinkedHashSet<>(List.of(3, 1, 2)));
                        values.put("enum-like list", new ArrayList<>(List.of("a", 1, 2L)));
                        for (Map.Entry<String, Object> value : values.entrySet()) {
                            official.map(map.name()).set("k", value.getValue());
                            AtomicInteger calls = new AtomicInteger();
                            way.change(map, old -> "new " + calls.incrementAndGet());
                            assertThat(valueOf(map.blocking()))
                                    .as(value.getKey())
                                    .isEqualTo("new 1");
                        }
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> functionThatChangesItsArgument_isCalledOnce() {
        return Stream.of(Way.values())
                .map(way -> DynamicTest.dynamicTest(way.toString(), () -> {
                    DistributedMap<String, Object> map = newMap();
                    map.blocking().set("k", new ArrayList<>(List.of("a")));
                    way.change(map, old -> {
                        @SuppressWarnings("unchecked")
                        List<Object> list = (List<Object>) old;
                        list.add("b");
                        return list;
                    });
                    assertThat(map.blocking().get("k")).isEqualTo(List.of("a", "b"));
                }));
    }

    public record Account(int id, @Nullable String owner) {}

    /** Every rolling upgrade: the value was written before the class had this field. */
    @TestFactory
    Stream<DynamicTest> valueOfAnOlderClassVersion_isChangedByOneCallOfTheFunction() {
        return Stream.of(Way.values())
                .map(way -> DynamicTest.dynamicTest(way.toString(), () -> {
                    DistributedMap<String, Object> map = newMap();
                    map.blocking()
                            .set(
                                    "k",
                                    GenericRecord.compact(Account.class.getName())
                                            .setInt32("id", 1)
                                            .build());
                    AtomicInteger calls = new AtomicInteger();
                    way.change(map, old -> {
                        calls.incrementAndGet();
                        return new Account(((Account) old).id(), "Ada");
                    });
                    assertThat(map.blocking().get("k")).isEqualTo(new Account(1, "Ada"));
                    assertThat(calls).hasValue(1);
                }));
    }

    // ---- what each does

    private static BlockingDistributedMap<String, Integer> numbers() {
        return OnSharedCluster.<String, Integer>newMap().blocking();
    }

    @Test
    void compute_setsReplacesAndRemoves() {
        BlockingDistributedMap<String, Integer> map = numbers();
        assertThat(map.compute("k", (key, value) -> value == null ? 1 : -1)).isEqualTo(1);
        assertThat(map.compute("k", (key, value) -> value == null ? -1 : value + 1))
                .isEqualTo(2);
        assertThat(map.get("k")).isEqualTo(2);
        assertThat(map.compute("k", (key, value) -> null)).isNull();
        assertThat(map.containsKey("k")).isFalse();
        assertThat(map.compute("k", (key, value) -> null)).isNull();
        DistributedMap<String, Integer> async = map.async();
        assertThat(async.compute("k", (key, value) -> value == null ? 1 : -1).join())
                .isEqualTo(1);
        assertThat(async.compute("k", (key, value) -> value == null ? -1 : value + 1)
                        .join())
                .isEqualTo(2);
        assertThat(async.compute("k", (key, value) -> null).join()).isNull();
        assertThat(map.containsKey("k")).isFalse();
    }

    @Test
    void computeIfPresent_leavesAbsentKeysAlone() {
        BlockingDistributedMap<String, Integer> map = numbers();
        assertThat(map.computeIfPresent("k", (key, value) -> 1)).isNull();
        assertThat(map.async().computeIfPresent("k", (key, value) -> 1).join()).isNull();
        assertThat(map.containsKey("k")).isFalse();
        map.set("k", 1);
        assertThat(map.computeIfPresent("k", (key, value) -> value + 1)).isEqualTo(2);
        assertThat(map.async().computeIfPresent("k", (key, value) -> value + 1).join())
                .isEqualTo(3);
        assertThat(map.computeIfPresent("k", (key, value) -> null)).isNull();
        assertThat(map.containsKey("k")).isFalse();
    }

    @Test
    void computeIfAbsent_leavesPresentValuesAlone() {
        BlockingDistributedMap<String, Integer> map = numbers();
        assertThat(map.computeIfAbsent("k", key -> null)).isNull();
        assertThat(map.async().computeIfAbsent("k", key -> null).join()).isNull();
        assertThat(map.containsKey("k")).isFalse();
        assertThat(map.computeIfAbsent("k", String::length)).isEqualTo(1);
        assertThat(map.computeIfAbsent("k", key -> -1)).isEqualTo(1);
        assertThat(map.async().computeIfAbsent("k", key -> -1).join()).isEqualTo(1);
        assertThat(map.async().computeIfAbsent("long", String::length).join()).isEqualTo(4);
    }

    @Test
    void merge_setsReplacesAndRemoves() {
        BlockingDistributedMap<String, Integer> map = numbers();
        assertThat(map.merge("k", 1, Integer::sum)).isEqualTo(1);
        assertThat(map.merge("k", 2, Integer::sum)).isEqualTo(3);
        assertThat(map.async().merge("k", 3, Integer::sum).join()).isEqualTo(6);
        assertThat(map.get("k")).isEqualTo(6);
        assertThat(map.merge("k", 1, (old, given) -> null)).isNull();
        assertThat(map.containsKey("k")).isFalse();
        assertThat(map.async().merge("k", 3, Integer::sum).join()).isEqualTo(3);
        assertThat(map.async().merge("k", 1, (old, given) -> null).join()).isNull();
        assertThat(map.containsKey("k")).isFalse();
    }

    @Test
    void replaceAll_changesEachEntryOnce() {
        BlockingDistributedMap<String, Integer> map = numbers();
        Map<String, Integer> expected = new HashMap<>();
        for (int i = 0; i < 1_000; i++) {
            expected.put("key " + i, i);
        }
        map.putAll(expected);
        map.replaceAll((key, value) -> value * 2);
        map.async().replaceAll((key, value) -> value + key.length()).join();
        expected.replaceAll((key, value) -> value * 2 + key.length());
        assertThat(Map.copyOf(map)).isEqualTo(expected);
        assertThatThrownBy(() -> map.replaceAll((key, value) -> null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> map.async().replaceAll((key, value) -> null).join())
                .hasCauseInstanceOf(NullPointerException.class);
        assertThat(Map.copyOf(map)).isEqualTo(expected);
    }

    /** Guards against a function that two threads call at once when the callback executor has several and entries are contended. */
    @Test
    void replaceAll_callsTheFunctionOneAfterTheOther_whateverTheExecutor() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(4);
        DistributedMap<Integer, Integer> others = newMap();
        try (HazelcastClient client =
                Clients.connect(SharedCluster.get().addresses(), config -> config.callbackExecutor(pool))) {
            DistributedMap<Integer, Integer> map = client.getMap(others.name());
            for (int i = 0; i < 60; i++) {
                others.set(i, 0).join();
            }
            AtomicInteger inside = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            Map<Integer, Integer> seen = new ConcurrentHashMap<>();
            map.replaceAll((key, value) -> {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        if (seen.merge(key, 1, Integer::sum) < 4) {
                            others.set(key, value + 1).join(); // somebody else is faster
                        }
                        inside.decrementAndGet();
                        return -1;
                    })
                    .get(50, TimeUnit.SECONDS);
            assertThat(most).hasValue(1);
            assertThat(map.values().join()).containsOnly(-1);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void exceptionOfTheFunction_comesOutUnchanged_andNothingIsChanged() {
        BlockingDistributedMap<String, Integer> map = numbers();
        map.set("k", 1);
        IllegalStateException mine = new IllegalStateException("mine");
        assertThat(catchThrowable(() -> map.compute("k", (key, value) -> {
                    throw mine;
                })))
                .isSameAs(mine);
        assertThat(catchThrowable(() -> map.replaceAll((key, value) -> {
                    throw mine;
                })))
                .isSameAs(mine);
        AssertionError error = new AssertionError("mine");
        assertThat(catchThrowable(() -> map.async()
                        .merge("k", 1, (old, given) -> {
                            throw error;
                        })
                        .join()))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isSameAs(error);
        assertThat(map.get("k")).isEqualTo(1);
    }

    @Test
    @SuppressWarnings("NullAway") // on purpose
    void nullArguments_areRefusedInTheCallingThread() {
        BlockingDistributedMap<String, Integer> map = numbers();
        DistributedMap<String, Integer> async = map.async();
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> map.compute(null, (key, value) -> 1),
                () -> map.compute("k", null),
                () -> map.merge("k", null, Integer::sum),
                () -> map.merge("k", 1, null),
                () -> map.computeIfAbsent("k", null),
                () -> map.computeIfPresent("k", null),
                () -> map.replaceAll(null),
                () -> async.compute(null, (key, value) -> 1),
                () -> async.compute("k", null),
                () -> async.merge("k", null, Integer::sum),
                () -> async.computeIfAbsent(null, key -> 1),
                () -> async.computeIfPresent("k", null),
                () -> async.replaceAll(null))) {
            assertThatThrownBy(call).isInstanceOf(NullPointerException.class);
        }
        assertThat(map.isEmpty()).isTrue();
    }

    @Test
    void function_runsInTheCallingThread_orOnTheCallbackExecutor() {
        BlockingDistributedMap<String, String> map =
                OnSharedCluster.<String, String>newMap().blocking();
        map.compute("k", (key, value) -> Thread.currentThread().getName());
        assertThat(map.get("k")).isEqualTo(Thread.currentThread().getName());
        map.async()
                .compute("k", (key, value) -> Thread.currentThread().getName())
                .join();
        assertThat(map.get("k")).contains("callback");
    }

    @Test
    void functionOfAnAsynchronousCall_mayCallTheMapItself() {
        BlockingDistributedMap<String, Integer> map = numbers();
        map.set("other", 5);
        assertThat(map.async()
                        .compute("k", (key, value) -> map.merge("other", 1, Integer::sum))
                        .join())
                .isEqualTo(6);
    }

    // ---- others change the same key

    @Test
    void contention_noChangeIsLost() throws Exception {
        BlockingDistributedMap<String, Integer> map = numbers();
        int threads = 4;
        int times = 50;
        List<Thread> callers = new ArrayList<>();
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < threads; i++) {
            Thread caller = new Thread(() -> {
                try {
                    for (int n = 0; n < times; n++) {
                        map.merge("k", 1, Integer::sum);
                    }
                } catch (Throwable e) {
                    failures.add(e);
                }
            });
            caller.start();
            callers.add(caller);
        }
        List<CompletableFuture<?>> asynchronous = new ArrayList<>();
        for (int n = 0; n < times; n++) {
            asynchronous.add(map.async().compute("k", (key, value) -> value == null ? 1 : value + 1));
        }
        CompletableFuture.allOf(asynchronous.toArray(new CompletableFuture<?>[0]))
                .get(50, TimeUnit.SECONDS);
        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(failures).isEmpty();
        assertThat(map.get("k")).isEqualTo(times * (threads + 1));
    }

    @TestFactory
    Stream<DynamicTest> somebodyFasterEachTime_endsByTheDeadline_andSaysWhy() {
        return Stream.of(Way.values())
                .map(way -> DynamicTest.dynamicTest(way.toString(), () -> {
                    DistributedMap<String, Object> map = newMap();
                    map.blocking().set("k", -1);
                    AtomicInteger calls = new AtomicInteger();
                    long begin = System.nanoTime();
                    Throwable failure = catchThrowable(() -> way.change(map.withDeadline(SHORT), old -> {
                        map.blocking().set("k", calls.incrementAndGet());
                        return "never";
                    }));
                    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SHORT.multipliedBy(5));
                    Throwable real = failure instanceof CompletionException ? failure.getCause() : failure;
                    assertThat(real)
                            .isInstanceOfSatisfying(
                                    OperationTimeoutException.class,
                                    e -> assertThat(e.isIndeterminate()).isFalse())
                            .hasMessageContaining(map.name())
                            .hasMessageContaining("within 400 ms")
                            .hasMessageContaining("attempts: each time somebody else had changed the entry");
                    assertThat(calls.get()).as("with growing pauses").isBetween(4, 100);
                    assertThat(map.blocking().get("k")).isEqualTo(calls.get());
                }));
    }

    @Test
    void functionThatTakesTooLong_endsAfterwards_andChangesNothing() {
        BlockingDistributedMap<String, Integer> map = numbers().withDeadline(Duration.ofMillis(100));
        map.set("k", 1);
        assertThatThrownBy(() -> map.compute("k", (key, value) -> {
                    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(150);
                    while (System.nanoTime() < end) {
                        Thread.onSpinWait();
                    }
                    return 2;
                }))
                .isInstanceOf(OperationTimeoutException.class)
                .hasMessageContaining("The time was over when the function had returned");
        assertThat(map.get("k")).isEqualTo(1);
    }

    @Test
    void interrupt_endsTheRepetition() throws Exception {
        BlockingDistributedMap<String, Integer> map = numbers();
        map.set("k", 0);
        AtomicInteger calls = new AtomicInteger();
        List<Throwable> outcome = Collections.synchronizedList(new ArrayList<>());
        Thread caller = new Thread(() -> outcome.add(catchThrowable(() -> map.compute("k", (key, value) -> {
            map.async().set("k", calls.incrementAndGet()).join();
            return -1;
        }))));
        caller.start();
        Eventually.passes(() -> assertThat(calls).hasValueGreaterThan(3));
        caller.interrupt();
        caller.join(20_000);
        assertThat(outcome).singleElement().isInstanceOf(CallInterruptedException.class);
    }

    @Test
    void cancellingTheFuture_endsTheRepetition() {
        DistributedMap<String, Integer> map = newMap();
        map.set("k", 0).join();
        AtomicInteger calls = new AtomicInteger();
        CompletableFuture<Integer> future = map.compute("k", (key, value) -> {
            map.set("k", calls.incrementAndGet()).join();
            return -1;
        });
        Eventually.passes(() -> assertThat(calls).hasValueGreaterThan(3));
        future.cancel(true);
        Eventually.passes(() -> assertThat(Clients.callsInFlight(client())).isZero());
        int then = calls.get();
        map.get("k").join();
        assertThat(calls.get()).isBetween(then, then + 1);
    }

    // ---- maps that keep objects

    @Test
    void inMemoryFormatObject_classesWithEquals_areChanged() {
        DistributedMap<String, Object> map = newMap(SharedCluster.OBJECTS);
        values().forEach((what, value) -> {
            map.blocking().set("k", value);
            map.blocking().compute("k", (key, old) -> "new");
            assertThat(valueOf(map.blocking())).as(what).isEqualTo("new");
        });
    }

    /** Arrays have no {@code equals}, so members never find the one they hold the same as the one they are sent. */
    @Test
    void inMemoryFormatObject_classWithoutEquals_endsByTheDeadline_andSaysWhy() {
        BlockingDistributedMap<String, Object> map =
                OnSharedCluster.<String, Object>newMap(SharedCluster.OBJECTS).blocking();
        map.set("k", new long[] {1, 2});
        AtomicInteger calls = new AtomicInteger();
        assertThatThrownBy(() -> map.withDeadline(SHORT).compute("k", (key, value) -> {
                    calls.incrementAndGet();
                    return "never";
                }))
                .isInstanceOf(OperationTimeoutException.class)
                .hasMessageContaining("in-memory format OBJECT")
                .hasMessageContaining("long[]")
                .hasMessageContaining(calls.get() + " attempts");
        assertThat(map.get("k")).isEqualTo(new long[] {1, 2});
    }
}
