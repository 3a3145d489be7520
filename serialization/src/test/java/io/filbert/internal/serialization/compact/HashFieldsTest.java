// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.compact;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.internal.protocol.Data;
import io.filbert.internal.serialization.SerializationService;
import io.filbert.internal.serialization.schema.Schemas;
import io.filbert.internal.serialization.stream.TypeId;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Sets and maps in fields are written as they were read. Guards against hash tables in fields that came back with another number of
 * buckets: 74 of 200 random values with a {@code HashSet} or {@code HashMap} changed their bytes when they were read and written.
 */
class HashFieldsTest {

    record Numbers(HashSet<Integer> set, HashMap<Integer, String> map, ConcurrentHashMap<Integer, String> shared) {}

    record Texts(HashSet<String> set, HashMap<String, Integer> map, ConcurrentMap<String, Integer> shared) {}

    record Others(Set<@Nullable String> set, Map<String, Integer> map, LinkedHashSet<Integer> linked) {}

    enum Level {
        A,
        B,
        C,
        D,
        E,
        F,
        G,
        H
    }

    record Levels(HashSet<Level> set, HashMap<Level, Integer> map) {}

    private final Random random = new Random(5);
    private final Schemas schemas = new Schemas();
    private final SerializationService service = TestServices.with(schemas);

    private void assertWrittenAsRead(Data data, Object expected) {
        Object read = requireNonNull(service.toObject(data));
        assertThat(read).isEqualTo(expected);
        assertThat(hex(requireNonNull(service.toData(read)))).isEqualTo(hex(data));
    }

    private static String hex(Data data) {
        return HexFormat.of().formatHex(data.bytes());
    }

    private Object value(int size) {
        List<Integer> numbers = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            numbers.add(random.nextInt(1000));
            texts.add("item-" + random.nextInt(1000));
        }
        int room = random.nextInt(200);
        HashMap<Integer, String> byNumber = new HashMap<>(room);
        HashMap<String, Integer> byText = new HashMap<>();
        numbers.forEach(number -> byNumber.put(number, "x"));
        texts.forEach(text -> byText.put(text, 1));
        switch (random.nextInt(3)) {
            case 0 -> {
                return new Numbers(new HashSet<>(numbers), byNumber, new ConcurrentHashMap<>(byNumber));
            }
            case 1 -> {
                HashSet<String> set = new HashSet<>(room);
                set.addAll(texts);
                ConcurrentHashMap<String, Integer> shared = new ConcurrentHashMap<>(room);
                shared.putAll(byText);
                return new Texts(set, byText, shared);
            }
            default -> {
                return new Others(Set.copyOf(texts), Map.copyOf(byText), new LinkedHashSet<>(numbers));
            }
        }
    }

    @Test
    void whatThisClientWrote_isWrittenAsItWasRead() {
        for (int i = 0; i < 2000; i++) {
            Object value = value(random.nextInt(30));
            assertWrittenAsRead(requireNonNull(service.toData(value)), value);
        }
    }

    @Test
    void whatTheOfficialClientWrote_isWrittenAsItWasRead() {
        Official official = new Official(ByteOrder.BIG_ENDIAN);
        for (int i = 0; i < 500; i++) {
            Numbers value = new Numbers(new HashSet<>(), new HashMap<>(random.nextInt(100)), new ConcurrentHashMap<>());
            for (int size = random.nextInt(30); size > 0; size--) {
                value.set.add(random.nextInt(1000));
                value.map.put(random.nextInt(1000), "x");
            }
            record Shared(HashSet<Integer> set, HashMap<Integer, String> map) {}
            Shared shared = new Shared(value.set, value.map);
            Data data = official.data(shared);
            official.copyTo(schemas);
            assertWrittenAsRead(data, shared);
            Data again = official.data(requireNonNull(official.read(data)));
            assertWrittenAsRead(again, shared);
        }
    }

    /**
     * Guards against a field of a hash table whose value, put somewhere else, was written as a linked table: another type, so that
     * equal keys had different bytes.
     */
    @Test
    void tablesTakenOutOfTheirFields_areWrittenAsHashTables() {
        for (int i = 0; i < 200; i++) {
            List<Level> levels = Arrays.asList(Level.values());
            Collections.shuffle(levels, random);
            LinkedHashMap<Level, Integer> map = new LinkedHashMap<>();
            levels.forEach(level -> map.put(level, map.size()));
            Levels read = service.toObject(service.toData(new Levels(new LinkedHashSet<>(levels), map)));

            assertThat(requireNonNull(service.toData(requireNonNull(read).set()))
                            .typeId())
                    .isEqualTo(TypeId.HASH_SET);
            assertThat(requireNonNull(service.toData(read.map())).typeId()).isEqualTo(TypeId.HASH_MAP);
        }
    }

    /** Hash codes of enums differ from JVM to JVM; so any order may have been written. */
    @Test
    void enums_keepTheOrderOfAnotherJvm() {
        List<Level> levels = Arrays.asList(Level.values());
        for (int i = 0; i < 200; i++) {
            Collections.shuffle(levels, random);
            LinkedHashMap<Level, Integer> map = new LinkedHashMap<>();
            levels.forEach(level -> map.put(level, map.size()));
            Levels value = new Levels(new LinkedHashSet<>(levels), map);
            assertWrittenAsRead(requireNonNull(service.toData(value)), value);
        }
    }
}
