// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.map;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.it.support.MemoryStore;
import io.filbert.it.support.OnSharedCluster;
import io.filbert.it.support.SharedCluster;
import io.filbert.map.BlockingDistributedMap;
import io.filbert.testkit.Eventually;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Maps with a store behind them, which is a class on the members. */
final class MapStoreIT extends OnSharedCluster {

    /** A map that has loaded everything, as members do at first use, and has been emptied again. */
    private static BlockingDistributedMap<String, String> stored() {
        BlockingDistributedMap<String, String> map =
                OnSharedCluster.<String, String>newMap(SharedCluster.STORED).blocking();
        Eventually.passes(() -> assertThat(map.size()).isEqualTo(MemoryStore.LOADABLE));
        map.evictAll();
        assertThat(map.size()).isZero();
        return map;
    }

    @Test
    void get_absentKey_isLoaded() {
        assertThat(stored().get("3")).isEqualTo("loaded-3");
        assertThat(stored().get("unknown")).isNull();
    }

    @Test
    void getAll_loadsWhatIsAbsent() {
        assertThat(stored().getAll(List.of("1", "2", "unknown")))
                .containsOnly(java.util.Map.entry("1", "loaded-1"), java.util.Map.entry("2", "loaded-2"));
    }

    @Test
    void loadAll_loadsAllKeys() {
        BlockingDistributedMap<String, String> map = stored();
        map.put("3", "changed");
        map.evict("3");
        map.putTransient("4", "only in memory");
        map.loadAll(false);
        Eventually.passes(() -> assertThat(map.size()).isEqualTo(MemoryStore.LOADABLE));
        assertThat(map.get("3")).isEqualTo("changed");
        assertThat(map.get("4")).isEqualTo("only in memory");
        map.loadAll(true);
        Eventually.passes(() -> assertThat(map.get("4")).isEqualTo("loaded-4"));
    }

    @Test
    void loadAll_ofGivenKeys_loadsThese() {
        BlockingDistributedMap<String, String> map = stored();
        map.putTransient("5", "only in memory");
        map.loadAll(List.of("5", "6"), false);
        Eventually.passes(() -> assertThat(map.keySet()).containsExactlyInAnyOrder("5", "6"));
        assertThat(map.get("5")).isEqualTo("only in memory");
        map.loadAll(List.of("5"), true);
        Eventually.passes(() -> assertThat(map.get("5")).isEqualTo("loaded-5"));
    }

    @Test
    void loadAll_ofNoKeys_loadsNothing() {
        BlockingDistributedMap<String, String> map = stored();
        map.loadAll(List.of(), true);
        assertThat(map.keySet()).isEmpty();
    }

    @Test
    void put_isStored_putTransientIsNot() {
        BlockingDistributedMap<String, String> map = stored();
        map.put("k", "stored");
        map.evict("k");
        assertThat(map.get("k")).as("loaded again").isEqualTo("stored");
        map.putTransient("k", "only in memory");
        assertThat(map.get("k")).isEqualTo("only in memory");
        assertThat(map.evict("k")).isTrue();
        assertThat(map.get("k")).isEqualTo("stored");
    }

    @Test
    void remove_reachesTheStore_evictDoesNot() {
        BlockingDistributedMap<String, String> map = stored();
        assertThat(map.get("7")).isEqualTo("loaded-7");
        map.evictAll();
        assertThat(map.get("7")).isEqualTo("loaded-7");
        map.delete("7");
        assertThat(map.get("7")).isNull();
    }

    @Test
    void clear_reachesTheStore() {
        BlockingDistributedMap<String, String> map = stored();
        map.put("k", "v");
        map.clear();
        assertThat(map.get("k")).isNull();
    }

    @Test
    void flush_writesWhatTheStoreHasNotBeenTold() {
        BlockingDistributedMap<String, String> map = OnSharedCluster.<String, String>newMap(SharedCluster.STORED_LATER)
                .blocking();
        map.put("k", "later");
        map.flush();
        Eventually.passes(() -> {
            // Written: evicting it does not lose it.
            map.evict("k");
            assertThat(map.get("k")).isEqualTo("later");
            assertThat(Objects.requireNonNull(map.getEntryView("k")).value()).isEqualTo("later");
        });
    }
}
