// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.HazelcastClient;
import io.filbert.collection.BlockingDistributedQueue;
import io.filbert.it.support.Clients;
import io.filbert.it.support.OnSharedCluster;
import io.filbert.it.support.SharedCluster;
import io.filbert.map.BlockingDistributedMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.Spliterator;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Live views while others change the map. They once deleted what had been changed since it was tested, wrote keys anew that then were
 * others, and gave streams a size that was wrong by the time the items came: streams threw, or contained null.
 */
@Timeout(60)
final class LiveViewsUnderChangeIT extends OnSharedCluster {

    private final BlockingDistributedMap<String, Integer> map =
            OnSharedCluster.<String, Integer>newMap().blocking();

    // ---- what somebody changed meanwhile stays

    @Test
    void removeIf_entryChangedAfterTheTest_isTestedAgain() {
        for (Collection<?> view : List.of(map.values(), map.entrySet())) {
            map.set("Alice", 0);
            boolean removed = view.removeIf(item -> {
                int amount = item instanceof Map.Entry<?, ?> entry ? (Integer) entry.getValue() : (Integer) item;
                map.set("Alice", 100);
                return amount == 0;
            });
            assertThat(removed).isFalse();
            assertThat(map.get("Alice")).isEqualTo(100);
        }
    }

    @Test
    void removeIf_entryChangedToOneThatIsToGo_isRemoved() {
        map.set("Alice", 1);
        assertThat(map.values().removeIf(amount -> {
                    if (amount < 5) {
                        map.set("Alice", amount + 1);
                    }
                    return true;
                }))
                .isTrue();
        assertThat(map.isEmpty()).isTrue();
    }

    @Test
    void removeIf_entryRemovedByOthers_isNotCounted() {
        map.set("Alice", 1);
        assertThat(map.values().removeIf(amount -> map.remove("Alice") != null)).isFalse();
        map.set("Alice", 1);
        assertThat(map.keySet().removeIf(key -> map.remove(key) != null)).isFalse();
    }

    @Test
    void retainAllAndRemoveAll_testAgain() {
        map.putAll(Map.of("Alice", 0, "Bob", 7));
        Collection<Integer> changing = new ArrayList<>(List.of(0)) {
            @Override
            public boolean contains(Object amount) {
                boolean contained = super.contains(amount);
                map.set("Alice", 100);
                return contained;
            }
        };
        assertThat(map.values().removeAll(changing)).isFalse();
        assertThat(map.get("Alice")).isEqualTo(100);
        assertThat(map.values().retainAll(List.of(100))).isTrue();
        assertThat(Map.copyOf(map)).isEqualTo(Map.of("Alice", 100));
        assertThat(map.entrySet().retainAll(List.of(Map.entry("Alice", 100)))).isFalse();
        assertThat(map.entrySet().removeAll(List.of(Map.entry("Alice", 1)))).isFalse();
        assertThat(map.entrySet().removeAll(List.of(Map.entry("Alice", 100)))).isTrue();
    }

    /** Of a collection that is as large as the map, the JDK's own goes through the map, and answers true for what it did not remove. */
    @Test
    void removeAll_ofAnySize_saysWhatWasRemoved_andLeavesWhatWasChanged() {
        for (int others : List.of(0, 10)) {
            map.set("Alice", 0);
            List<Map.Entry<String, Integer>> toGo = new ArrayList<>();
            for (int i = 0; i < others; i++) {
                toGo.add(Map.entry("nobody " + i, 0));
            }
            toGo.add(Map.entry("Alice", 0));
            Collection<Map.Entry<String, Integer>> changing = new ArrayList<>(toGo) {
                @Override
                public boolean contains(Object entry) {
                    map.set("Alice", 100);
                    return super.contains(entry);
                }

                @Override
                public Iterator<Map.Entry<String, Integer>> iterator() {
                    map.set("Alice", 100);
                    return super.iterator();
                }
            };
            assertThat(map.entrySet().removeAll(changing)).isFalse();
            assertThat(map.get("Alice")).isEqualTo(100);
            assertThat(map.entrySet().removeAll(toGo)).isFalse();
            map.set("Alice", 0);
            assertThat(map.entrySet().removeAll(toGo)).isTrue();
            assertThat(map.isEmpty()).isTrue();

            map.set("Alice", 0);
            Set<String> keys = toGo.stream().map(Map.Entry::getKey).collect(Collectors.toSet());
            Collection<String> removing = new ArrayList<>(keys) {
                @Override
                public boolean contains(Object key) {
                    map.delete("Alice");
                    return super.contains(key);
                }

                @Override
                public Iterator<String> iterator() {
                    map.delete("Alice");
                    return super.iterator();
                }
            };
            assertThat(map.keySet().removeAll(removing)).isFalse();
            map.set("Alice", 0);
            assertThat(map.keySet().removeAll(keys)).isTrue();
            assertThat(map.isEmpty()).isTrue();
        }
    }

    @Test
    void iteratorRemove_entryChangedSince_leavesIt() {
        map.set("Alice", 0);
        Iterator<Integer> values = map.values().iterator();
        values.next();
        map.set("Alice", 100);
        values.remove();
        assertThat(map.get("Alice")).isEqualTo(100);
        Iterator<Map.Entry<String, Integer>> entries = map.entrySet().iterator();
        entries.next();
        map.set("Alice", 200);
        entries.remove();
        assertThat(map.get("Alice")).isEqualTo(200);
        Iterator<String> keys = map.keySet().iterator();
        keys.next();
        map.set("Alice", 300);
        keys.remove();
        assertThat(map.containsKey("Alice")).as("of keys, the key alone counts").isFalse();
    }

    @Test
    void iteratorRemove_afterSetValue_removesWhatWasSet() {
        map.set("Alice", 0);
        Iterator<Map.Entry<String, Integer>> entries = map.entrySet().iterator();
        entries.next().setValue(5);
        entries.remove();
        assertThat(map.isEmpty()).isTrue();
    }

    @Test
    void setValue_entryChangedSince_fails_andOverwritesNothing() {
        map.set("Alice", 0);
        Map.Entry<String, Integer> entry = map.entrySet().iterator().next();
        assertThat(entry.setValue(1)).isZero();
        assertThat(entry.setValue(2)).isEqualTo(1);
        map.set("Alice", 100);
        assertThatThrownBy(() -> entry.setValue(3))
                .isInstanceOf(ConcurrentModificationException.class)
                .hasMessageContaining("key Alice")
                .hasMessageContaining(map.name());
        assertThat(map.get("Alice")).isEqualTo(100);
        assertThat(entry.getValue()).isEqualTo(2);
        map.delete("Alice");
        assertThatThrownBy(() -> entry.setValue(3)).isInstanceOf(ConcurrentModificationException.class);
        assertThat(map.isEmpty()).isTrue();
        assertThatThrownBy(() -> entry.setValue(null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void replaceAll_entryRemovedMeanwhile_staysAway() {
        map.set("Alice", 0);
        map.replaceAll((key, value) -> {
            map.delete(key);
            return 1;
        });
        assertThat(map.isEmpty()).isTrue();
    }

    @Test
    void entriesOfTheOldValue_areNotRemovedThroughTheSet() {
        map.set("Alice", 0);
        Map.Entry<String, Integer> entry = map.entrySet().iterator().next();
        assertThat(map.entrySet().contains(entry)).isTrue();
        map.set("Alice", 1);
        assertThat(map.entrySet().contains(entry)).isFalse();
        assertThat(map.entrySet().remove(entry)).isFalse();
        assertThat(map.entrySet().remove(map.entrySet().iterator().next())).isTrue();
    }

    // ---- keys that are written otherwise than they were read

    public record Place(String zone, String area) {}

    /** Keys whose objects, written again, need not have the bytes they had. */
    private static Map<String, Object> keys() {
        Set<Integer> shrunk = new HashSet<>();
        for (int i = 0; i < 40; i++) {
            shrunk.add(i);
        }
        shrunk.removeIf(i -> i != 1 && i != 16);
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("record", new Place("z", "a"));
        keys.put("set that has grown and shrunk", shrunk);
        keys.put("string", "text");
        return keys;
    }

    @Test
    void everyKeyOfAView_findsItsEntry_whateverWritingItAnewGives() {
        try (HazelcastClient generic =
                Clients.connect(SharedCluster.get().addresses(), config -> config.compactTypeFilter(type -> false))) {
            BlockingDistributedMap<Object, Integer> written =
                    OnSharedCluster.<Object, Integer>newMap().blocking();
            BlockingDistributedMap<Object, Integer> read =
                    generic.<Object, Integer>getMap(written.name()).blocking();
            for (Map.Entry<String, Object> key : keys().entrySet()) {
                String what = key.getKey();
                written.set(key.getValue(), 1);
                for (Map.Entry<Object, Integer> entry : read.entrySet()) {
                    entry.setValue(7);
                    assertThat(read.entrySet().contains(entry)).as(what).isTrue();
                }
                assertThat(Map.copyOf(written)).as(what).isEqualTo(Map.of(key.getValue(), 7));
                read.replaceAll((k, v) -> v + 1);
                read.async().replaceAll((k, v) -> v + 1).join();
                assertThat(written.get(key.getValue())).as(what).isEqualTo(9);
                List<Supplier<Boolean>> removals = List.of(
                        () -> read.keySet().removeIf(k -> true),
                        () -> read.values().removeIf(v -> true),
                        () -> read.entrySet().removeIf(e -> true),
                        () -> read.keySet().removeAll(new ArrayList<>(read.keySet())),
                        () -> read.entrySet().removeAll(new ArrayList<>(List.copyOf(read.entrySet()))),
                        () -> read.entrySet().remove(read.entrySet().iterator().next()),
                        () -> removeFirst(read.keySet()),
                        () -> removeFirst(read.values()),
                        () -> removeFirst(read.entrySet()));
                for (int i = 0; i < removals.size(); i++) {
                    written.set(key.getValue(), 1);
                    assertThat(removals.get(i).get())
                            .as("%s, removal %d", what, i)
                            .isTrue();
                    assertThat(written.size()).as("%s, removal %d", what, i).isZero();
                }
            }
        }
    }

    /** The same of items of a queue. */
    @Test
    void everyItemOfAQueue_isRemoved_whateverWritingItAnewGives() {
        try (HazelcastClient generic =
                Clients.connect(SharedCluster.get().addresses(), config -> config.compactTypeFilter(type -> false))) {
            BlockingDistributedQueue<Object> written =
                    client().<Object>getQueue("written-otherwise").blocking();
            BlockingDistributedQueue<Object> read =
                    generic.<Object>getQueue(written.name()).blocking();
            keys().forEach((what, item) -> {
                written.add(item);
                assertThat(read.removeIf(any -> true)).as(what).isTrue();
                assertThat(written.isEmpty()).as(what).isTrue();
                written.add(item);
                assertThat(removeFirst(read)).isTrue();
                assertThat(written.isEmpty()).as(what).isTrue();
                written.add(item);
                assertThat(read.removeIf(any -> written.poll() != null))
                        .as("taken by somebody else")
                        .isFalse();
            });
            written.destroy();
        }
    }

    private static boolean removeFirst(Collection<?> view) {
        Iterator<?> items = view.iterator();
        items.next();
        items.remove();
        return true;
    }

    // ---- streams

    @Test
    void streamsAndArrays_underChange_neverFail_andNeverContainNull() throws InterruptedException {
        BlockingDistributedMap<Integer, Integer> map =
                OnSharedCluster.<Integer, Integer>newMap().blocking();
        BlockingDistributedQueue<Integer> queue =
                client().<Integer>getQueue("under-change").blocking();
        for (int i = 0; i < 300; i++) {
            map.set(i, i);
            queue.add(i);
        }
        AtomicBoolean stop = new AtomicBoolean();
        Thread noise = new Thread(() -> {
            Random random = new Random(1);
            while (!stop.get()) {
                int key = random.nextInt(600);
                if (key % 2 == 0) {
                    map.set(key, key);
                } else {
                    map.delete(key - 1);
                }
                if (random.nextBoolean()) {
                    queue.offer(key);
                } else {
                    queue.poll();
                }
            }
        });
        noise.start();
        try {
            List<Collection<?>> views = List.of(map.keySet(), map.values(), map.entrySet(), queue);
            for (int i = 0; i < 3; i++) {
                for (Collection<?> view : views) {
                    assertThat(view.stream().toList()).doesNotContainNull();
                    assertThat(view.parallelStream().toList()).doesNotContainNull();
                    assertThat(view.stream().map(x -> x).toArray()).doesNotContainNull();
                    assertThat(view.toArray()).doesNotContainNull();
                    assertThat(view.toArray(new Object[0])).doesNotContainNull();
                    assertThat(new ArrayList<>(view)).doesNotContainNull();
                    assertThat(List.copyOf(view)).isNotEmpty();
                    assertThat(view.stream().collect(Collectors.toList())).isNotEmpty();
                }
            }
        } finally {
            stop.set(true);
            noise.join();
            queue.destroy();
        }
    }

    @Test
    void spliterators_claimNoSize() {
        map.set("Alice", 1);
        for (Collection<?> view : List.of(map.keySet(), map.values(), map.entrySet())) {
            Spliterator<?> spliterator = view.spliterator();
            assertThat(spliterator.hasCharacteristics(Spliterator.SIZED)).isFalse();
            assertThat(spliterator.getExactSizeIfKnown()).isEqualTo(-1);
            assertThat(spliterator.hasCharacteristics(Spliterator.NONNULL)).isTrue();
        }
    }
}
