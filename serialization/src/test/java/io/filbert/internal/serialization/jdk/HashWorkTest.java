// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The walk through object streams follows them to their ends. Guards against weights that are wrong because a part was skipped. */
class HashWorkTest {

    record Item(Object first, int number, Object second) implements Serializable {}

    static Stream<Arguments> streams() {
        Object proxy = Proxy.newProxyInstance(
                HashWorkTest.class.getClassLoader(),
                new Class<?>[] {Comparable.class},
                new WrittenIsReadableTest.Handles());
        return Stream.concat(
                        Stream.concat(AllowedClassesTest.values(), WrittenIsReadableTest.readable())
                                .map(arguments -> arguments.get()[0])
                                .filter(value -> !value.toString().contains("Plain[")
                                        && !value.getClass().getName().endsWith("SubList")),
                        Stream.of(
                                proxy,
                                "x".repeat(100_000),
                                Serializable.class,
                                new int[3][4],
                                new ConcurrentHashMap<>(java.util.Map.of("a", 1, "b", new Item("a", 1, "b"))),
                                new Item(new byte[3000], 1, new Item("a", 2, List.of("a")))))
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("streams")
    void objects_areWalkedToTheirEnds(Object value) throws IOException {
        byte[] bytes = stream(value, new HashSet<>(List.of("more")), value);

        assertThat(HashWork.understands(bytes, 0, bytes.length)).isTrue();
        assertThat(HashWork.understands(bytes, 0, bytes.length - 1)).isFalse();
    }

    @Test
    void anyOtherBytes_areLeftToTheReader() {
        assertThat(HashWork.objection(new byte[0], 0, 0, name -> false)).isNull();
        assertThat(HashWork.objection(new byte[] {1, 2, 3, 4, 5}, 0, 5, name -> false))
                .isNull();
    }

    @Test
    void weight_countsEachReference_andOnlyRecordsOfTheUser() throws IOException {
        List<Object> heavy = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            heavy.add("item");
        }
        List<Object> keys = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            keys.add(new Item(heavy, i, "b"));
        }
        byte[] hashed = stream(new HashSet<>(keys));
        byte[] inList = stream(keys);

        assertThat(HashWork.objection(hashed, 0, hashed.length, name -> true))
                .as("20 million steps in " + hashed.length + " bytes")
                .isNotNull();
        assertThat(HashWork.objection(hashed, 0, hashed.length, name -> false))
                .as("what other classes do is unknown")
                .isNull();
        assertThat(HashWork.objection(inList, 0, inList.length, name -> true)).isNull();
    }

    private static byte[] stream(Object... values) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            for (Object value : values) {
                out.writeObject(value);
                out.writeInt(7);
            }
        }
        return bytes.toByteArray();
    }
}
