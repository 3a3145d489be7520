// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.internal.serialization.impl.HeapData;
import io.filbert.config.ClientConfig;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.serialization.schema.Schemas;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What was read is what is written: an object that is read and written back unchanged has the same bytes. Otherwise a key that a map
 * hands out does not find its entry, and {@code replaceIfSame(key, get(key), value)} is false for ever. Guards against hash tables
 * that came back with another number of buckets, and so in another order: those that were created large, have shrunk, were written by
 * the official client, or lie in a field of a compact object.
 */
class ReadAsWrittenTest {

    private static final int TRIES = 100;

    /** How hash tables come about, and with them their numbers of buckets. */
    private enum Past {
        GROWN {
            @Override
            Set<Object> set(List<Object> elements) {
                Set<Object> set = new HashSet<>();
                elements.forEach(set::add);
                return set;
            }
        },
        COPIED {
            @Override
            Set<Object> set(List<Object> elements) {
                return new HashSet<>(elements);
            }
        },
        COPIED_MAP {
            @Override
            Set<Object> set(List<Object> elements) {
                return new HashMap<>(new HashSet<>(elements).stream().collect(Collectors.toMap(e -> e, e -> e)))
                        .keySet();
            }
        },
        ROOMY {
            @Override
            Set<Object> set(List<Object> elements) {
                Set<Object> set = new HashSet<>(64);
                set.addAll(elements);
                return set;
            }
        },
        HUGE {
            @Override
            Set<Object> set(List<Object> elements) {
                Set<Object> set = new HashSet<>(100_000);
                set.addAll(elements);
                return set;
            }
        },
        SHRUNK {
            @Override
            Set<Object> set(List<Object> elements) {
                Set<Object> set = new HashSet<>();
                for (int i = 0; i < 3 * elements.size(); i++) {
                    set.add("passing" + i);
                }
                set.addAll(elements);
                set.removeIf(element -> element instanceof String text && text.startsWith("passing"));
                return set;
            }
        },
        DENSE {
            @Override
            Set<Object> set(List<Object> elements) {
                Set<Object> set = new HashSet<>(16, 4);
                set.addAll(elements);
                return set;
            }
        },
        CONCURRENT {
            @Override
            Set<Object> set(List<Object> elements) {
                Set<Object> set = ConcurrentHashMap.newKeySet(64);
                set.addAll(elements);
                return set;
            }
        },
        FROM_ELSEWHERE {
            @Override
            Set<Object> set(List<Object> elements) {
                return new LinkedHashSet<>(elements);
            }
        };

        abstract Set<Object> set(List<Object> elements);
    }

    private static Stream<Past> pasts() {
        return Stream.of(Past.values());
    }

    private static List<Object> elements(Random random) {
        Set<Object> elements = new LinkedHashSet<>();
        int kind = random.nextInt(5);
        for (int i = random.nextInt(40); i > 0; i--) {
            elements.add(
                    switch (kind) {
                        case 0 -> random.nextInt(1000);
                        case 1 -> random.nextInt();
                        case 2 -> "item-" + random.nextInt();
                        case 3 -> random.nextLong();
                        default -> List.of("a", random.nextInt(50)).toString();
                    });
        }
        return new ArrayList<>(elements);
    }

    private final Random random = new Random(8);
    private final Schemas schemas = new Schemas();
    private final SerializationService service =
            new SerializationService(ClientConfig.builder().build().serialization(), schemas, schema -> {});

    /** The elements in their order as the bytes of a set of that class, as if a hash table had that order. */
    private Data bytesOf(String typeId, Object linked) {
        byte[] bytes = requireNonNull(service.toData(linked)).bytes().clone();
        System.arraycopy(HexFormat.of().parseHex(typeId), 0, bytes, 4, 4);
        return Data.of(bytes);
    }

    private static final String HASH_SET = HexFormat.of().toHexDigits(-37);
    private static final String HASH_MAP = HexFormat.of().toHexDigits(-32);
    private static final String CONCURRENT_HASH_MAP = HexFormat.of().toHexDigits(-34);

    private static Map<Object, Object> map(Set<Object> keys) {
        Map<Object, Object> map = new LinkedHashMap<>();
        keys.forEach(key -> map.put(key, "of " + key));
        return map;
    }

    private void assertSame(Data data, Object expected) {
        Object read = requireNonNull(service.toObject(data));
        assertThat(read).isEqualTo(expected);
        assertThat(hex(service.toData(read))).isEqualTo(hex(data));
    }

    private static String hex(@Nullable Data data) {
        return HexFormat.of().formatHex(requireNonNull(data).bytes());
    }

    @ParameterizedTest
    @MethodSource("pasts")
    void hashSet_isWrittenAsItWasRead(Past past) {
        for (int i = 0; i < TRIES; i++) {
            Set<Object> set = past.set(elements(random));
            assertSame(bytesOf(HASH_SET, new LinkedHashSet<>(set)), set);
        }
    }

    @ParameterizedTest
    @MethodSource("pasts")
    void hashMap_isWrittenAsItWasRead(Past past) {
        for (int i = 0; i < TRIES; i++) {
            Map<Object, Object> map = map(past.set(elements(random)));
            assertSame(bytesOf(HASH_MAP, map), map);
        }
    }

    /** No concurrent map of the JDK keeps an order, so those that no table has are not kept: see docs/decisions/compact.md. */
    @ParameterizedTest
    @MethodSource("pasts")
    void concurrentHashMap_isWrittenAsItWasRead(Past past) {
        for (int i = 0; i < TRIES; i++) {
            Map<Object, Object> any = map(past.set(elements(random)));
            assertThat(service.<Object>toObject(bytesOf(CONCURRENT_HASH_MAP, any)))
                    .isEqualTo(any);
            for (Map<Object, Object> map : List.of(
                    new ConcurrentHashMap<>(any),
                    filled(new ConcurrentHashMap<>(), any),
                    filled(new ConcurrentHashMap<>(64), any))) {
                assertSame(requireNonNull(service.toData(map)), map);
            }
        }
    }

    private static Map<Object, Object> filled(Map<Object, Object> target, Map<Object, Object> entries) {
        entries.forEach(target::put);
        return target;
    }

    @ParameterizedTest
    @MethodSource("pasts")
    void tablesInsideOthers_areWrittenAsTheyWereRead(Past past) {
        for (int i = 0; i < TRIES; i++) {
            List<Object> parts = new ArrayList<>();
            for (int j = 0; j < 3; j++) {
                Set<Object> set = new HashSet<>(past.set(elements(random)));
                parts.add(set);
                parts.add(new HashMap<>(Map.of("set", set, "map", new HashMap<>(map(set)))));
            }
            assertSame(requireNonNull(service.toData(parts)), parts);
            assertSame(requireNonNull(service.toData(new HashSet<>(parts))), new HashSet<>(parts));
        }
    }

    /** Hash codes that are the same in all buckets: a table makes a tree of them, whose order depends on its past. */
    @Test
    void collidingElements_areWrittenAsTheyWereRead() {
        for (int size = 1; size < 200; size++) {
            Set<Object> set = new HashSet<>();
            for (int i = 0; i < size; i++) {
                set.add(colliding(i));
            }
            assertSame(requireNonNull(service.toData(set)), set);
            Map<Object, Object> map = new HashMap<>();
            set.forEach(key -> map.put(key, 1));
            assertSame(requireNonNull(service.toData(map)), map);
        }
    }

    /** "Aa" and "BB" have the same hash code. */
    private static String colliding(int number) {
        StringBuilder text = new StringBuilder();
        for (int bit = 0; bit < 8; bit++) {
            text.append((number >> bit & 1) == 0 ? "Aa" : "BB");
        }
        return text.toString();
    }

    @Test
    void priorityQueue_isWrittenAsItWasRead() {
        for (int i = 0; i < TRIES; i++) {
            PriorityQueue<Integer> queue = new PriorityQueue<>();
            random.ints(random.nextInt(40), 0, 9).forEach(queue::add);
            for (int j = random.nextInt(5); j > 0; j--) {
                queue.poll();
            }
            Data data = requireNonNull(service.toData(queue));
            assertThat(hex(service.toData(service.toObject(data)))).isEqualTo(hex(data));
        }
    }

    @ParameterizedTest
    @MethodSource("pasts")
    void whatTheOfficialClientWrote_isWrittenAsItWasRead(Past past) {
        var official = OfficialServiceTest.official(ByteOrder.BIG_ENDIAN);
        for (int i = 0; i < TRIES; i++) {
            Set<Object> keys = past.set(elements(random));
            HashMap<Object, Object> roomy = new HashMap<>(random.nextInt(300));
            roomy.putAll(map(keys));
            ConcurrentMap<Object, Object> concurrent = new ConcurrentHashMap<>(random.nextInt(100));
            concurrent.putAll(roomy);
            for (Object value : List.of(new HashSet<>(keys), roomy, concurrent, new TreeMap<>(new HashMap<>()))) {
                // Also after the official client has read and written it, which changes its order.
                Object again =
                        official.toObject(new HeapData(official.toData(value).toByteArray()));
                for (Object either : List.of(value, again)) {
                    assertSame(Data.of(official.toData(either).toByteArray()), value);
                }
            }
        }
    }

    // ---- what a table is that no number of buckets fits

    private enum Level {
        LOW,
        HIGH
    }

    @Test
    void linkedTables_areHashTablesOtherwise() throws Exception {
        List<Object> elements = new ArrayList<>(List.of("z", "y", "x", "w", 5, 4, 3, 2, 1));
        HashSet<Object> set = requireNonNull(service.toObject(bytesOf(HASH_SET, new LinkedHashSet<>(elements))));
        HashMap<Object, Object> map =
                requireNonNull(service.toObject(bytesOf(HASH_MAP, map(new LinkedHashSet<>(elements)))));

        assertThat(set).containsExactlyElementsOf(elements);
        assertThat(map.keySet()).containsExactlyElementsOf(elements);
        // Others who read an object stream do not have our classes.
        assertThat(javaCopy(set)).isExactlyInstanceOf(HashSet.class).isEqualTo(set);
        assertThat(javaCopy(map)).isExactlyInstanceOf(HashMap.class).isEqualTo(map);
        set.remove("y");
        set.add("new");
        map.put("new", Level.HIGH.name());
        assertSame(requireNonNull(service.toData(set)), set);
        assertSame(requireNonNull(service.toData(map)), map);
    }

    private static Object javaCopy(Object object) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return in.readObject();
        }
    }
}
