// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.internal.blocking.NonBlocking;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.serialization.SerializationService;
import io.filbert.internal.serialization.stream.DecodeElsewhere;
import io.filbert.serialization.HazelcastJsonValue;
import java.time.LocalDate;
import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.FutureTask;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which sets and maps threads that must not wait leave to others. */
class CostlyComparisonsTest {

    private static final int FEW = 64;
    private static final int MANY = 20_000;

    private final SerializationService service = new SerializationService();

    static List<Object> cheap() {
        return List.of(
                new CopyOnWriteArraySet<>(numbers(FEW)),
                new HashSet<>(items(FEW, CostlyComparisonsTest::date)),
                new HashSet<>(numbers(MANY)),
                new LinkedHashSet<>(items(MANY, CostlyComparisonsTest::sameHash)),
                new HashSet<>(items(MANY, i -> new UUID(i, i))),
                new HashMap<>(items(MANY, i -> i).stream().collect(Collectors.toMap(i -> i, i -> new ArrayList<>()))),
                new TreeSet<>(items(MANY, CostlyComparisonsTest::date)),
                new ArrayList<>(items(MANY, i -> new ArrayList<>())));
    }

    @ParameterizedTest
    @MethodSource("cheap")
    void cheapOnes_areReadOnAnyThread(Object object) throws Exception {
        assertThat(onIoThread(service.toData(object))).isEqualTo(object);
    }

    static List<Object> costly() {
        return List.of(
                new CopyOnWriteArraySet<>(numbers(FEW + 1)),
                new HashSet<>(items(FEW + 1, CostlyComparisonsTest::date)),
                new LinkedHashSet<>(items(FEW + 1, i -> new HazelcastJsonValue("\"" + i + "\""))),
                new HashSet<>(List.of(new ArrayList<>())),
                new HashSet<>(List.of(new HashMap<>())),
                new HashSet<>(List.of(new SimpleEntry<>("a", 1))),
                new HashSet<>(List.of(Optional.of("a"))),
                new HashMap<>(Map.of(new ArrayList<>(), 1)),
                new LinkedHashMap<>(Map.of(new ArrayList<>(), 1)),
                new ConcurrentHashMap<>(Map.of(new ArrayList<>(), 1)),
                new ArrayList<>(List.of(new HashSet<>(List.of(new HashSet<>())))));
    }

    @ParameterizedTest
    @MethodSource("costly")
    void costlyOnes_areLeftToOthers(Object object) {
        Data data = service.toData(object);
        assertThat(service.<Object>toObject(data)).isEqualTo(object);
        assertThatThrownBy(() -> onIoThread(data)).hasRootCauseInstanceOf(DecodeElsewhere.class);
    }

    private @Nullable Object onIoThread(@Nullable Data data) throws Exception {
        FutureTask<@Nullable Object> reading = new FutureTask<>(() -> service.toObject(data));
        new IoThread(reading).start();
        return reading.get();
    }

    private static Collection<Integer> numbers(int count) {
        return items(count, i -> i);
    }

    private static <T> List<T> items(int count, IntFunction<T> maker) {
        return IntStream.range(0, count).mapToObj(maker).toList();
    }

    private static LocalDate date(int day) {
        return LocalDate.of(2024, 1, 1).plusDays(day);
    }

    /** A text of 15 pairs of letters, each one of two with the same hash code. */
    private static String sameHash(int bits) {
        return IntStream.range(0, 15)
                .mapToObj(bit -> (bits & (1 << bit)) == 0 ? "Aa" : "BB")
                .collect(Collectors.joining());
    }

    private static final class IoThread extends Thread implements NonBlocking {
        IoThread(Runnable task) {
            super(task);
        }
    }
}
