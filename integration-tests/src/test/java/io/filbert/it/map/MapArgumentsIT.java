// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.HazelcastClient;
import io.filbert.error.SerializationException;
import io.filbert.internal.protocol.codec.MapGetCodec;
import io.filbert.it.support.Clients;
import io.filbert.map.BlockingDistributedMap;
import io.filbert.map.DistributedMap;
import io.filbert.map.EntryEvent;
import io.filbert.map.EntryListener;
import io.filbert.map.Expiry;
import io.filbert.query.Predicate;
import io.filbert.query.Predicates;
import io.filbert.testkit.NoLeaks;
import io.filbert.testkit.ScriptedMember;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Wrong arguments are refused in the calling thread, before anything is sent: each null, each negative time. */
@NoLeaks(NoLeaks.Scope.CLASS)
@SuppressWarnings("NullAway") // passing null is the point
final class MapArgumentsIT {

    /** Methods of every object. */
    private static final Set<String> NOT_OURS = Set.of("equals", "wait", "getClass", "hashCode", "notify", "notifyAll");

    private static ScriptedMember member;
    private static HazelcastClient client;
    private static DistributedMap<String, String> map;

    @BeforeAll
    static void connect() {
        member = ScriptedMember.start();
        client = Clients.connect(List.of(member.address()));
        map = client.getMap("m");
    }

    @AfterAll
    static void close() {
        client.close();
        member.close();
    }

    static Stream<Arguments> referenceParameters() {
        return Stream.of(DistributedMap.class, BlockingDistributedMap.class)
                .flatMap(type -> Arrays.stream(type.getMethods()))
                .filter(method -> !NOT_OURS.contains(method.getName()))
                .filter(method -> !java.lang.reflect.Modifier.isStatic(method.getModifiers()))
                .flatMap(method -> IntStream.range(0, method.getParameterCount())
                        .filter(i -> !method.getParameterTypes()[i].isPrimitive())
                        // ConcurrentMap allows a null default value.
                        .filter(i -> !(method.getName().equals("getOrDefault") && i == 1))
                        .mapToObj(i -> Arguments.of(method, i)));
    }

    @ParameterizedTest
    @MethodSource("referenceParameters")
    void nullArgument_isRefusedBeforeAnythingIsSent(Method method, int index) throws Exception {
        member.forgetRequests();
        Object[] arguments = harmlessArguments(method);
        arguments[index] = null;

        assertThatThrownBy(() -> call(method, arguments))
                .as("%s with null as argument %d", method, index)
                .isInstanceOf(NullPointerException.class);
        if (method.getDeclaringClass().getName().startsWith("io.filbert")) {
            assertThat(member.requests()).isEmpty();
        } else {
            // The JDK's own compute reads before it looks at the function.
            assertThat(member.requests()).allMatch(request -> request.is(MapGetCodec.REQUEST));
        }
    }

    static Stream<Arguments> timeParameters() {
        return referenceParameters()
                .filter(arguments -> ((Method) arguments.get()[0])
                                .getParameterTypes()[(int) arguments.get()[1]]
                        == Duration.class);
    }

    @ParameterizedTest
    @MethodSource("timeParameters")
    void negativeTime_isRefusedBeforeAnythingIsSent(Method method, int index) {
        member.forgetRequests();
        Object[] arguments = harmlessArguments(method);
        arguments[index] = Duration.ofNanos(-1);

        assertThatThrownBy(() -> call(method, arguments)).isInstanceOf(IllegalArgumentException.class);
        assertThat(member.requests()).isEmpty();
    }

    @Test
    void nullInsideCollections_isRefusedBeforeAnythingIsSent() {
        member.forgetRequests();
        List<String> nullKey = Arrays.asList("a", null);
        assertThatThrownBy(() -> map.getAll(nullKey)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> map.loadAll(nullKey, true)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> map.putAll(Collections.singletonMap("a", null)))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> map.setAll(Collections.singletonMap(null, "a")))
                .isInstanceOf(NullPointerException.class);
        assertThat(member.requests()).isEmpty();
    }

    @Test
    void objectWithoutSerializer_isRefusedBeforeAnythingIsSent() {
        DistributedMap<Object, Object> objects = client.getMap("m");
        member.forgetRequests();
        Object odd = Thread.currentThread();
        assertThatThrownBy(() -> objects.put("a", odd)).isInstanceOf(SerializationException.class);
        assertThatThrownBy(() -> objects.get(odd)).isInstanceOf(SerializationException.class);
        assertThatThrownBy(() -> objects.putAll(Map.of("a", odd))).isInstanceOf(SerializationException.class);
        assertThatThrownBy(() -> objects.blocking().containsValue(odd)).isInstanceOf(SerializationException.class);
        assertThat(member.requests()).isEmpty();
    }

    @Test
    void batchSizeBelowOne_isRefused() {
        member.forgetRequests();
        assertThatThrownBy(() -> map.forEachEntryBatch(0, batch -> null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> map.forEachKeyBatch(-1, batch -> null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> map.blocking().entries(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> map.blocking().keys(0)).isInstanceOf(IllegalArgumentException.class);
        assertThat(member.requests()).isEmpty();
    }

    @Test
    void zeroDeadline_isRefused() {
        assertThatThrownBy(() -> map.withDeadline(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void emptyCollections_sendNothing() {
        member.forgetRequests();
        assertThat(map.getAll(List.of()).join()).isEmpty();
        map.putAll(Map.of()).join();
        map.setAll(Map.of()).join();
        map.loadAll(List.of(), true).join();
        assertThat(member.requests()).isEmpty();
    }

    @Test
    void listenerThatWouldHearNothing_isRefused() {
        member.forgetRequests();
        EntryListener<String, String> deaf = new EntryListener<>() {
            @Override
            public void onGap() {}
        };
        assertThatThrownBy(() -> map.addEntryListener(deaf, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("overrides no method");
        assertThatThrownBy(() -> map.addEntryListener(deaf, "k", Predicates.alwaysTrue(), true))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(member.requests()).isEmpty();
    }

    @Test
    void mapName_null_isRefused() {
        assertThatThrownBy(() -> client.getMap(null)).isInstanceOf(NullPointerException.class);
    }

    private static Object call(Method method, Object[] arguments) throws Throwable {
        Object target = method.getDeclaringClass().isInstance(map) ? map : map.blocking();
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw Objects.requireNonNull(e.getCause());
        }
    }

    private static @Nullable Object[] harmlessArguments(Method method) {
        return Arrays.stream(method.getParameterTypes())
                .map(MapArgumentsIT::harmless)
                .toArray();
    }

    private static Object harmless(Class<?> type) {
        if (type == Duration.class) {
            return Duration.ofSeconds(1);
        } else if (type == int.class) {
            return 10;
        } else if (type == boolean.class) {
            return true;
        } else if (type == Map.class) {
            return Map.of();
        } else if (type == Collection.class) {
            return List.of();
        } else if (type == Function.class) {
            return (Function<Object, Object>) x -> x;
        } else if (type == Consumer.class) {
            return (Consumer<Object>) x -> {};
        } else if (type == BiConsumer.class) {
            return (BiConsumer<Object, Object>) (x, y) -> {};
        } else if (type == java.util.function.BiFunction.class) {
            return (java.util.function.BiFunction<Object, Object, Object>) (x, y) -> x;
        } else if (type == Predicate.class) {
            return Predicates.alwaysTrue();
        } else if (type == Expiry.class) {
            return Expiry.none();
        } else if (type == EntryListener.class) {
            return new EntryListener<String, String>() {
                @Override
                public void entryAdded(EntryEvent<String, String> event) {}
            };
        } else if (type == UUID.class) {
            return new UUID(0, 0);
        }
        return "x";
    }
}
