// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.map;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.it.support.OnSharedCluster;
import io.filbert.it.support.SharedCluster;
import io.filbert.map.BlockingDistributedMap;
import io.filbert.map.EntryView;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The methods on one key. */
final class MapKeyIT extends OnSharedCluster {

    private static final Duration LONG = Duration.ofHours(1);

    private BlockingDistributedMap<String, Integer> map =
            OnSharedCluster.<String, Integer>newMap().blocking();

    @BeforeEach
    void oneEntry() {
        map.put("present", 1);
    }

    @Test
    void get_presentKey_returnsValue() {
        assertThat(map.get("present")).isEqualTo(1);
    }

    @Test
    void get_absentKey_returnsNull() {
        assertThat(map.get("absent")).isNull();
    }

    @Test
    void get_keyOfAnotherType_returnsNull() {
        Object other = 1;
        assertThat(map.get(other)).isNull();
    }

    @Test
    void put_absentKey_returnsNull() {
        assertThat(map.put("new", 2)).isNull();
        assertThat(map.get("new")).isEqualTo(2);
    }

    @Test
    void put_presentKey_returnsPrevious() {
        assertThat(map.put("present", 2)).isEqualTo(1);
        assertThat(map.get("present")).isEqualTo(2);
    }

    @Test
    void put_withTtl_returnsPreviousAndLimitsLife() {
        assertThat(map.put("present", 2, LONG)).isEqualTo(1);
        assertThat(view("present").ttl()).isEqualTo(LONG);
        assertThat(view("present").maxIdle()).isZero();
    }

    @Test
    void put_withTtlAndMaxIdle_returnsPreviousAndLimitsBoth() {
        assertThat(map.put("present", 2, LONG, LONG.dividedBy(2))).isEqualTo(1);
        assertThat(map.put("new", 3, Duration.ZERO, LONG)).isNull();
        assertThat(view("present").ttl()).isEqualTo(LONG);
        assertThat(view("present").maxIdle()).isEqualTo(LONG.dividedBy(2));
        assertThat(view("new").ttl()).isZero();
        assertThat(view("new").maxIdle()).isEqualTo(LONG);
    }

    @Test
    void set_overwritesAndInserts() {
        map.set("present", 2);
        map.set("new", 3);
        assertThat(map.get("present")).isEqualTo(2);
        assertThat(map.get("new")).isEqualTo(3);
    }

    @Test
    void set_withTtlAndMaxIdle_limitsBoth() {
        map.set("a", 1, LONG);
        map.set("b", 2, LONG, LONG);
        assertThat(view("a").ttl()).isEqualTo(LONG);
        assertThat(view("a").maxIdle()).isZero();
        assertThat(view("b").ttl()).isEqualTo(LONG);
        assertThat(view("b").maxIdle()).isEqualTo(LONG);
    }

    @Test
    void putIfAbsent_presentKey_returnsPresentAndChangesNothing() {
        assertThat(map.putIfAbsent("present", 2)).isEqualTo(1);
        assertThat(map.putIfAbsent("present", 2, LONG)).isEqualTo(1);
        assertThat(map.putIfAbsent("present", 2, LONG, LONG)).isEqualTo(1);
        assertThat(map.get("present")).isEqualTo(1);
        assertThat(view("present").ttl()).isZero();
    }

    @Test
    void putIfAbsent_absentKey_returnsNullAndSets() {
        assertThat(map.putIfAbsent("a", 2)).isNull();
        assertThat(map.putIfAbsent("b", 3, LONG)).isNull();
        assertThat(map.putIfAbsent("c", 4, LONG, LONG)).isNull();
        assertThat(map.get("a")).isEqualTo(2);
        assertThat(view("b").ttl()).isEqualTo(LONG);
        assertThat(view("c").maxIdle()).isEqualTo(LONG);
    }

    @Test
    void putTransient_setsWithAndWithoutLimits() {
        map.putTransient("a", 1);
        map.putTransient("b", 2, LONG);
        map.putTransient("c", 3, LONG, LONG);
        assertThat(map.get("a")).isEqualTo(1);
        assertThat(view("b").ttl()).isEqualTo(LONG);
        assertThat(view("c").maxIdle()).isEqualTo(LONG);
    }

    @Test
    void tryPut_unlockedKey_setsAndSaysSo() {
        assertThat(map.tryPut("present", 2, Duration.ZERO)).isTrue();
        assertThat(map.tryPut("new", 3, Duration.ofSeconds(1))).isTrue();
        assertThat(map.get("present")).isEqualTo(2);
        assertThat(map.get("new")).isEqualTo(3);
    }

    @Test
    void replace_onlyPresentKeys() {
        assertThat(map.replace("present", 2)).isEqualTo(1);
        assertThat(map.replace("absent", 2)).isNull();
        assertThat(map.get("present")).isEqualTo(2);
        assertThat(map.containsKey("absent")).isFalse();
    }

    @Test
    void replaceIfSame_onlyTheOldValue() {
        assertThat(map.replaceIfSame("present", 2, 3)).isFalse();
        assertThat(map.replace("present", 1, 3)).isTrue();
        assertThat(map.replaceIfSame("absent", 1, 3)).isFalse();
        assertThat(map.get("present")).isEqualTo(3);
    }

    @Test
    void remove_returnsValueOrNull() {
        assertThat(map.remove("present")).isEqualTo(1);
        assertThat(map.remove("present")).isNull();
        assertThat(map.containsKey("present")).isFalse();
    }

    @Test
    void removeIfSame_onlyTheValue() {
        assertThat(map.removeIfSame("present", 2)).isFalse();
        assertThat(map.containsKey("present")).isTrue();
        assertThat(map.remove("present", 1)).isTrue();
        assertThat(map.removeIfSame("present", 1)).isFalse();
    }

    @Test
    void delete_removesAndToleratesAbsentKeys() {
        map.delete("present");
        map.delete("absent");
        assertThat(map.isEmpty()).isTrue();
    }

    @Test
    void tryRemove_saysWhetherSomethingWasRemoved() {
        assertThat(map.tryRemove("present", Duration.ZERO)).isTrue();
        assertThat(map.tryRemove("present", Duration.ofSeconds(1))).isFalse();
        assertThat(map.isEmpty()).isTrue();
    }

    @Test
    void containsKey_and_containsValue() {
        assertThat(map.containsKey("present")).isTrue();
        assertThat(map.containsKey("absent")).isFalse();
        assertThat(map.containsValue(1)).isTrue();
        assertThat(map.containsValue(2)).isFalse();
    }

    @Test
    void evict_saysWhetherTheKeyWasThere() {
        assertThat(map.evict("present")).isTrue();
        assertThat(map.evict("present")).isFalse();
        assertThat(map.get("present")).isNull();
    }

    @Test
    void setTtl_presentKey_limitsLife() {
        assertThat(map.setTtl("present", LONG)).isTrue();
        assertThat(view("present").ttl()).isEqualTo(LONG);
        assertThat(map.setTtl("present", Duration.ZERO)).isTrue();
        assertThat(view("present").ttl()).isZero();
    }

    @Test
    void setTtl_absentKey_returnsFalse() {
        assertThat(map.setTtl("absent", LONG)).isFalse();
    }

    @Test
    void getEntryView_absentKey_returnsNull() {
        assertThat(map.getEntryView("absent")).isNull();
    }

    @Test
    void getEntryView_countingMap_showsWhatTheMemberKnows() {
        BlockingDistributedMap<String, Integer> counting =
                OnSharedCluster.<String, Integer>newMap(SharedCluster.COUNTING).blocking();
        Instant before = Instant.now().minusSeconds(2);
        counting.put("k", 1, LONG);
        counting.put("k", 2, LONG);
        counting.get("k");
        counting.get("k");

        EntryView<String, Integer> view = Objects.requireNonNull(counting.getEntryView("k"));

        Instant after = Instant.now().plusSeconds(2);
        assertThat(view.key()).isEqualTo("k");
        assertThat(view.value()).isEqualTo(2);
        assertThat(view.hits()).isGreaterThanOrEqualTo(2);
        assertThat(view.version()).isEqualTo(1);
        assertThat(view.cost()).isPositive();
        assertThat(view.creationTime()).isBetween(before, after);
        assertThat(view.lastUpdateTime()).isBetween(before, after);
        assertThat(view.lastAccessTime()).isBetween(before, after);
        assertThat(view.lastStoredTime()).isNull();
        assertThat(view.expirationTime()).isBetween(before.plus(LONG), after.plus(LONG));
    }

    @Test
    void concurrentMapMethods_workOverTheNetwork() {
        assertThat(map.merge("present", 10, Integer::sum)).isEqualTo(11);
        assertThat(map.compute("new", (key, old) -> old == null ? 1 : old + 1)).isEqualTo(1);
        assertThat(map.computeIfAbsent("new", key -> 99)).isEqualTo(1);
        assertThat(map.computeIfPresent("new", (key, old) -> null)).isNull();
        assertThat(map.getOrDefault("new", -1)).isEqualTo(-1);
    }

    @Test
    void blocking_isAlwaysTheSameObject_andLeadsBack() {
        assertThat(map.async().blocking()).isSameAs(map);
        assertThat(map).isNotEqualTo(java.util.Map.copyOf(map));
        assertThat(map.toString()).contains(map.name());
    }

    private EntryView<String, Integer> view(String key) {
        return Objects.requireNonNull(map.getEntryView(key), key);
    }
}
