// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.HazelcastClient;
import io.filbert.error.ClientClosedException;
import io.filbert.it.support.Clients;
import io.filbert.it.support.MemoryStore;
import io.filbert.it.support.OnSharedCluster;
import io.filbert.it.support.SharedCluster;
import io.filbert.map.BlockingDistributedMap;
import io.filbert.map.DistributedMap;
import io.filbert.map.EntryEvent;
import io.filbert.map.EntryListener;
import io.filbert.query.Predicates;
import io.filbert.testkit.Eventually;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Entry listeners on a real cluster of three. */
final class MapListenerIT extends OnSharedCluster {

    private static final int KEYS = 300;

    record Person(String name, int age) {}

    private final BlockingDistributedMap<Object, Object> map = newMap().blocking();
    private final Diary diary = new Diary();

    private static EntryListener<Object, Object> onAdded(Consumer<EntryEvent<Object, Object>> action) {
        return new EntryListener<>() {
            @Override
            public void entryAdded(EntryEvent<Object, Object> event) {
                action.accept(event);
            }
        };
    }

    private void awaitLines(String... lines) {
        Eventually.passes(() -> assertThat(diary.lines).containsExactly(lines));
    }

    // ---- kinds

    @Test
    void putAndRemove_areReportedWithValues() {
        map.addEntryListener(diary, true);
        map.put("k", 1);
        map.put("k", 2);
        map.replace("k", 3);
        map.remove("k");

        awaitLines("ADDED k: null -> 1", "UPDATED k: 1 -> 2", "UPDATED k: 2 -> 3", "REMOVED k: 3 -> null");
        assertThat(diary.events).allSatisfy(event -> {
            assertThat(event.name()).isEqualTo(map.name());
            assertThat(event.member()).isIn(client().clusterService().members());
        });
    }

    @Test
    void withoutValues_onlyKeysArrive() {
        map.addEntryListener(diary, false);
        map.put("k", 1);
        map.put("k", 2);
        map.remove("k");

        awaitLines("ADDED k: null -> null", "UPDATED k: null -> null", "REMOVED k: null -> null");
    }

    @Test
    void delete_isReportedWithoutOldValue() {
        map.put("k", 1);
        map.addEntryListener(diary, true);
        map.delete("k");

        awaitLines("REMOVED k: null -> null");
    }

    @Test
    void evict_isReported() {
        map.put("k", 1);
        map.addEntryListener(diary, true);
        map.evict("k");

        awaitLines("EVICTED k: 1 -> null");
    }

    @Test
    void expiry_isReported() {
        List<Object> evicted = new CopyOnWriteArrayList<>();
        map.addEntryListener(
                new EntryListener<>() {
                    @Override
                    public void entryEvicted(EntryEvent<Object, Object> event) {
                        evicted.add(event.key());
                    }
                },
                true);
        map.addEntryListener(diary, true);
        map.put("k", 1, Duration.ofSeconds(1));

        Eventually.passes(() -> {
            // Whoever looks makes the member notice.
            assertThat(map.get("k")).isNull();
            assertThat(diary.lines).containsExactly("ADDED k: null -> 1", "EXPIRED k: 1 -> null");
        });
        map.put("other", 1);
        map.evict("other");
        Eventually.passes(() -> assertThat(evicted).containsExactly("other"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void clearAndEvictAll_areReportedOnce_forTheWholeMap(boolean smart) {
        try (HazelcastClient other =
                Clients.connect(SharedCluster.get().addresses(), config -> config.smartRouting(smart))) {
            if (smart) {
                awaitConnectedToAll();
            }
            BlockingDistributedMap<Object, Object> same =
                    other.getMap(map.name()).blocking();
            fill(map);
            same.addEntryListener(diary, true);
            same.clear();
            fill(same);
            same.evictAll();
            fill(same);
            same.clear();

            Eventually.passes(() -> {
                assertThat(diary.lines).hasSize(2 * KEYS + 3);
                assertThat(diary.lines)
                        .filteredOn(line -> line.startsWith("MAP_"))
                        .containsExactlyInAnyOrder(
                                "MAP_CLEARED " + map.name() + ": " + KEYS,
                                "MAP_EVICTED " + map.name() + ": " + KEYS,
                                "MAP_CLEARED " + map.name() + ": " + KEYS);
            });
        }
    }

    private static void fill(BlockingDistributedMap<Object, Object> map) {
        Map<Object, Object> entries = new HashMap<>();
        for (int i = 0; i < KEYS; i++) {
            entries.put(i, "v" + i);
        }
        map.putAll(entries);
    }

    @Test
    void loadedEntries_areReported() {
        BlockingDistributedMap<Object, Object> stored =
                newMap(SharedCluster.STORED).blocking();
        Eventually.passes(() -> assertThat(stored.size()).isEqualTo(MemoryStore.LOADABLE));
        stored.evictAll();
        stored.addEntryListener(diary, true);
        assertThat(stored.get("3")).isEqualTo("loaded-3");
        stored.loadAll(List.of("4"), true);

        Eventually.passes(() -> assertThat(diary.lines)
                .containsExactlyInAnyOrder("LOADED 3: null -> loaded-3", "LOADED 4: null -> loaded-4"));
    }

    @Test
    void onlyOverriddenKinds_areReported() {
        List<Object> added = new CopyOnWriteArrayList<>();
        map.addEntryListener(onAdded(event -> added.add(event.key())), true);
        map.put("a", 1);
        map.put("a", 2);
        map.remove("a");
        map.put("b", 1);

        Eventually.passes(() -> assertThat(added).containsExactlyInAnyOrder("a", "b"));
    }

    // ---- forms

    @Test
    void listenerOfAKey_hearsOfThisKeyOnly() {
        map.addEntryListener(diary, "k", true);
        map.put("other", 1);
        map.put("k", 1);
        map.remove("k");
        map.clear();

        awaitLines("ADDED k: null -> 1", "REMOVED k: 1 -> null", "MAP_CLEARED " + map.name() + ": 1");
    }

    @Test
    void listenerWithPredicate_hearsOfEntriesThatSatisfyIt() {
        map.addEntryListener(diary, Predicates.greaterOrEqual("age", 18), true);
        map.put("a", new Person("Alice", 17));
        map.put("b", new Person("Bob", 40));
        map.put("a", new Person("Alice", 18));
        map.remove("b");

        Eventually.passes(() -> assertThat(diary.lines)
                .containsExactlyInAnyOrder(
                        "ADDED b: null -> " + new Person("Bob", 40),
                        "UPDATED a: " + new Person("Alice", 17) + " -> " + new Person("Alice", 18),
                        "REMOVED b: " + new Person("Bob", 40) + " -> null"));
    }

    @Test
    void listenerOfAKeyWithPredicate_hearsOfWhatBothAllow() {
        map.addEntryListener(diary, "a", Predicates.sql("age >= 18"), true);
        map.put("a", new Person("Alice", 17));
        map.put("b", new Person("Bob", 40));
        map.put("a", new Person("Alice", 18));

        awaitLines("UPDATED a: " + new Person("Alice", 17) + " -> " + new Person("Alice", 18));
    }

    // ---- objects

    @Test
    void recordsAsKeyAndValue_reachAClientThatNeverSawTheirSchemas() {
        try (HazelcastClient writer = Clients.connect(SharedCluster.get().addresses())) {
            record Place(String city) {}
            map.addEntryListener(diary, new Place("Oslo"), true);
            DistributedMap<Object, Object> same = writer.getMap(map.name());
            same.put(new Place("Bergen"), new Person("Bob", 40)).join();
            same.put(new Place("Oslo"), new Person("Alice", 18)).join();

            awaitLines("ADDED " + new Place("Oslo") + ": null -> " + new Person("Alice", 18));
        }
    }

    // ---- how often, in which order

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void eachChange_isReportedExactlyOnce_inTheOrderOfTheKey(boolean smart) {
        try (HazelcastClient other =
                Clients.connect(SharedCluster.get().addresses(), config -> config.smartRouting(smart))) {
            if (smart) {
                awaitConnectedToAll();
            }
            BlockingDistributedMap<Object, Object> same =
                    other.getMap(map.name()).blocking();
            same.addEntryListener(diary, true);
            for (int round = 0; round < 3; round++) {
                for (int key = 0; key < KEYS; key++) {
                    same.set(key, round);
                }
            }
            for (int key = 0; key < KEYS; key++) {
                same.remove(key);
            }

            Map<Object, Object> last = new HashMap<>();
            Eventually.passes(() -> assertThat(diary.events).hasSize(4 * KEYS));
            Set<UUID> reporters = new HashSet<>();
            diary.events.forEach(event -> {
                assertThat(event.oldValue())
                        .as("old value of key %s", event.key())
                        .isEqualTo(last.get(event.key()));
                last.put(event.key(), event.value());
                reporters.add(java.util.Objects.requireNonNull(event.member()).uuid());
            });
            assertThat(last.values()).containsOnlyNulls();
            assertThat(reporters).as("members that took the calls").hasSize(smart ? 3 : 1);
        }
    }

    @Test
    void sameListenerTwice_hearsEverythingTwice() {
        UUID first = map.addEntryListener(diary, true);
        UUID second = map.addEntryListener(diary, true);
        assertThat(first).isNotEqualTo(second);
        map.put("k", 1);

        awaitLines("ADDED k: null -> 1", "ADDED k: null -> 1");
    }

    // ---- listeners that misbehave

    @Test
    void listenerThatThrows_hearsTheNextEvent_andHurtsNobody() {
        List<Object> heard = new CopyOnWriteArrayList<>();
        map.addEntryListener(
                onAdded(event -> {
                    heard.add(event.key());
                    throw new IllegalStateException("on purpose");
                }),
                false);
        map.addEntryListener(diary, false);
        map.put("a", 1);
        map.put("b", 1);

        Eventually.passes(() -> assertThat(heard).containsExactlyInAnyOrder("a", "b"));
        Eventually.passes(() -> assertThat(diary.lines).hasSize(2));
    }

    @Test
    void listener_mayCallTheMap() {
        map.addEntryListener(onAdded(event -> map.put("copy of " + event.key(), 1)), "k", true);
        map.put("k", 1);

        Eventually.passes(() -> assertThat(map.get("copy of k")).isEqualTo(1));
    }

    // ---- end

    @Test
    void removedListener_hearsNothingMore() {
        UUID id = map.addEntryListener(diary, true);
        map.put("k", 1);
        awaitLines("ADDED k: null -> 1");
        Diary other = new Diary();
        map.addEntryListener(other, true);

        assertThat(map.removeEntryListener(id)).isTrue();
        assertThat(map.removeEntryListener(id)).isFalse();
        assertThat(map.removeEntryListener(UUID.randomUUID())).isFalse();
        map.put("k", 2);
        Eventually.passes(() -> assertThat(other.lines).hasSize(1));
        assertThat(diary.lines).hasSize(1);
    }

    @Test
    void destroyedMap_endsItsListeners() {
        UUID id = map.addEntryListener(diary, true);
        assertThat(map.destroy()).isTrue();

        assertThat(map.removeEntryListener(id)).isFalse();
        BlockingDistributedMap<Object, Object> again =
                client().getMap(map.name()).blocking();
        Diary other = new Diary();
        again.addEntryListener(other, true);
        again.put("k", 1);
        Eventually.passes(() -> assertThat(other.lines).containsExactly("ADDED k: null -> 1"));
        assertThat(diary.lines).isEmpty();
    }

    @Test
    void mapDestroyedByOthers_membersForgetItsListeners_aNewOneHears() {
        UUID id = map.addEntryListener(new Diary(), true);
        try (HazelcastClient other = Clients.connect(SharedCluster.get().addresses())) {
            other.getMap(map.name()).destroy().join();
        }
        assertThat(map.removeEntryListener(id)).isTrue();
        map.addEntryListener(diary, true);
        map.put("k", 1);

        awaitLines("ADDED k: null -> 1");
    }

    @Test
    void closedClient_refuses() {
        HazelcastClient closed = Clients.connect(SharedCluster.get().addresses());
        DistributedMap<Object, Object> same = closed.getMap(map.name());
        closed.close();

        assertThatThrownBy(() -> same.blocking().addEntryListener(diary, true))
                .isInstanceOf(ClientClosedException.class)
                .hasMessageContaining("entry listener of map '" + map.name() + "'");
        assertThat(diary.lines).isEmpty();
    }
}
