// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.it.support.OnSharedCluster;
import io.filbert.map.BlockingDistributedMap;
import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The live collections of the blocking view: they show the map as it is, and write through. */
final class MapViewsIT extends OnSharedCluster {

    private static final int ENTRIES = 500;

    private final BlockingDistributedMap<Integer, String> map =
            OnSharedCluster.<Integer, String>newMap().blocking();

    @BeforeEach
    void fill() {
        map.putAll(expected(ENTRIES));
    }

    private static Map<Integer, String> expected(int count) {
        return IntStream.range(0, count).boxed().collect(Collectors.toMap(i -> i, i -> "value-" + i));
    }

    @Test
    void views_showAllEntries() {
        assertThat(new HashSet<>(map.keySet())).isEqualTo(expected(ENTRIES).keySet());
        assertThat(new ArrayList<>(map.values()))
                .containsExactlyInAnyOrderElementsOf(expected(ENTRIES).values());
        assertThat(Map.copyOf(map)).isEqualTo(expected(ENTRIES));
        assertThat(map.keySet()).isEqualTo(expected(ENTRIES).keySet()).hasSize(ENTRIES);
        assertThat(map.entrySet()).isEqualTo(expected(ENTRIES).entrySet());
    }

    @Test
    void views_areLive() {
        Set<Integer> keys = map.keySet();
        Collection<String> values = map.values();
        Set<Map.Entry<Integer, String>> entries = map.entrySet();
        map.put(-1, "new");
        map.remove(0);
        assertThat(keys).contains(-1).doesNotContain(0).hasSize(ENTRIES);
        assertThat(values.contains("new")).isTrue();
        assertThat(values.contains("value-0")).isFalse();
        assertThat(entries.contains(Map.entry(-1, "new"))).isTrue();
        assertThat(entries.contains(Map.entry(-1, "old"))).isFalse();
        assertThat(entries.contains(Map.entry(0, "value-0"))).isFalse();
    }

    @Test
    void removingFromViews_removesFromTheMap() {
        assertThat(map.keySet().remove(1)).isTrue();
        assertThat(map.keySet().remove(1)).isFalse();
        assertThat(map.values().remove("value-2")).isTrue();
        assertThat(map.values().remove("value-2")).isFalse();
        assertThat(map.entrySet().remove(Map.entry(3, "other"))).isFalse();
        assertThat(map.entrySet().remove(Map.entry(3, "value-3"))).isTrue();
        assertThat(map.keySet().removeAll(List.of(4, 5, -7))).isTrue();
        assertThat(map.values().removeIf(value -> value.endsWith("0"))).isTrue();
        Map<Integer, String> expected = expected(ENTRIES);
        expected.keySet().removeAll(List.of(1, 2, 3, 4, 5));
        expected.values().removeIf(value -> value.endsWith("0"));
        assertThat(map.entrySet()).isEqualTo(expected.entrySet());
        assertThat(map.keySet().retainAll(Set.of(6, 7))).isTrue();
        assertThat(map.keySet()).containsExactlyInAnyOrder(6, 7);
    }

    @Test
    void iterators_removeWhatTheyReturnedLast() {
        Iterator<Integer> keys = map.keySet().iterator();
        assertThatThrownBy(keys::remove).isInstanceOf(IllegalStateException.class);
        int removed = keys.next();
        keys.remove();
        assertThatThrownBy(keys::remove).isInstanceOf(IllegalStateException.class);
        assertThat(map.containsKey(removed)).isFalse();
        Iterator<Map.Entry<Integer, String>> entries = map.entrySet().iterator();
        while (entries.hasNext()) {
            if (entries.next().getKey() % 2 == 0) {
                entries.remove();
            }
        }
        assertThat(map.keySet()).isNotEmpty().allMatch(key -> key % 2 != 0);
        assertThatThrownBy(entries::next).isInstanceOf(NoSuchElementException.class);
        Iterator<String> values = map.values().iterator();
        while (values.hasNext()) {
            values.next();
            values.remove();
        }
        assertThat(map.isEmpty()).isTrue();
    }

    @Test
    void setValueOfAnEntry_writesThrough() {
        for (Map.Entry<Integer, String> entry : map.entrySet()) {
            String old = entry.getValue();
            assertThat(entry.setValue("new-" + old)).isEqualTo(old);
            assertThat(entry.getValue()).isEqualTo("new-" + old);
        }
        assertThat(map.get(17)).isEqualTo("new-value-17");
        assertThat(map.size()).isEqualTo(ENTRIES);
        map.replaceAll((key, value) -> value + "!");
        assertThat(map.get(17)).isEqualTo("new-value-17!");
    }

    @Test
    void clearOfAView_clearsTheMap() {
        map.keySet().clear();
        assertThat(map.isEmpty()).isTrue();
        map.put(1, "a");
        map.values().clear();
        assertThat(map.isEmpty()).isTrue();
        map.put(1, "a");
        map.entrySet().clear();
        assertThat(map.isEmpty()).isTrue();
        assertThat(map.keySet()).isEmpty();
        assertThat(map.entrySet().iterator().hasNext()).isFalse();
    }

    @Test
    void addingToViews_isRefused() {
        assertThatThrownBy(() -> map.keySet().add(1)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> map.values().add("a")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> map.entrySet().add(new SimpleEntry<>(1, "a")))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void batchesOfAnySize_giveEachEntryOnce() {
        for (int batchSize : new int[] {1, 7, ENTRIES, 100_000}) {
            List<Integer> keys = new ArrayList<>();
            map.keys(batchSize).forEach(keys::add);
            assertThat(keys)
                    .as("batches of %d", batchSize)
                    .doesNotHaveDuplicates()
                    .containsExactlyInAnyOrderElementsOf(expected(ENTRIES).keySet());
            List<Map.Entry<Integer, String>> entries = new ArrayList<>();
            map.entries(batchSize).forEach(entries::add);
            assertThat(entries)
                    .as("batches of %d", batchSize)
                    .containsExactlyInAnyOrderElementsOf(expected(ENTRIES).entrySet());
        }
    }

    /** The contract of {@code entries} and {@code keys}. */
    @Test
    void iteratorsOverBatches_doNotRemove() {
        Iterator<Integer> keys = map.keys(10).iterator();
        keys.next();
        assertThatThrownBy(keys::remove).isInstanceOf(UnsupportedOperationException.class);
        Iterator<Map.Entry<Integer, String>> entries = map.entries(10).iterator();
        entries.next();
        assertThatThrownBy(entries::remove).isInstanceOf(UnsupportedOperationException.class);
        assertThat(map.size()).isEqualTo(ENTRIES);
    }

    @Test
    void iterable_beginsAnewEachTime() {
        Iterable<Integer> keys = map.keys(10);
        Set<Integer> first = new HashSet<>();
        keys.forEach(first::add);
        map.remove(0);
        Set<Integer> second = new HashSet<>();
        keys.forEach(second::add);
        assertThat(first).hasSize(ENTRIES);
        assertThat(second).hasSize(ENTRIES - 1);
    }

    @Test
    void streams_overViews() {
        assertThat(map.keySet().stream().mapToInt(i -> i).sum()).isEqualTo(ENTRIES * (ENTRIES - 1) / 2);
        assertThat(map.values().parallelStream()
                        .filter(value -> value.endsWith("7"))
                        .count())
                .isEqualTo(ENTRIES / 10);
    }

    @Test
    void equalsHashCodeToString_doNotGoToTheNetwork() {
        assertThat(map.equals(expected(ENTRIES))).isFalse();
        assertThat(expected(0).equals(map)).isFalse();
        assertThat(Set.of(map)).containsExactly(map);
        assertThat(map.toString()).doesNotContain("value-");
    }
}
