// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.map;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.it.support.OnSharedCluster;
import io.filbert.map.BlockingDistributedMap;
import io.filbert.testkit.Eventually;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** Entries end: by time to live, by idle time, never before. */
final class MapExpiryIT extends OnSharedCluster {

    private static final Duration SHORT = Duration.ofSeconds(1);

    private final BlockingDistributedMap<String, String> map =
            OnSharedCluster.<String, String>newMap().blocking();

    private static final Map<String, BiConsumer<BlockingDistributedMap<String, String>, String>> WRITES = Map.of(
            "put", (map, key) -> map.put(key, "v", SHORT),
            "put with max idle", (map, key) -> map.put(key, "v", SHORT, Duration.ZERO),
            "set", (map, key) -> map.set(key, "v", SHORT),
            "set with max idle", (map, key) -> map.set(key, "v", SHORT, Duration.ZERO),
            "putIfAbsent", (map, key) -> map.putIfAbsent(key, "v", SHORT),
            "putIfAbsent with max idle", (map, key) -> map.putIfAbsent(key, "v", SHORT, Duration.ZERO),
            "putTransient", (map, key) -> map.putTransient(key, "v", SHORT),
            "putTransient with max idle", (map, key) -> map.putTransient(key, "v", SHORT, Duration.ZERO),
            "setTtl",
                    (map, key) -> {
                        map.put(key, "v");
                        map.setTtl(key, SHORT);
                    });

    @Test
    void ttl_endsTheEntry_whicheverMethodSetIt() {
        long begin = System.nanoTime();
        WRITES.forEach((method, write) -> write.accept(map, method));
        Map<String, String> written = map.getAll(WRITES.keySet());
        if (System.nanoTime() - begin < SHORT.toNanos()) {
            assertThat(written.keySet()).isEqualTo(WRITES.keySet());
        }
        Eventually.passes(() -> assertThat(map.getAll(WRITES.keySet())).isEmpty());
    }

    @Test
    void ttlBelowOneMillisecond_isNotInfinite() {
        map.put("k", "v", Duration.ofNanos(1));
        Eventually.passes(() -> assertThat(map.get("k")).isNull());
    }

    @Test
    void maxIdle_endsTheEntryThatNobodyReads() {
        map.put("idle", "v", Duration.ZERO, SHORT);
        map.set("idle too", "v", Duration.ZERO, SHORT);
        // Looking would keep them alive; the size does not count as a read.
        Eventually.passes(() -> assertThat(map.size()).isZero());
    }

    @Test
    void maxIdle_beginsAnewWithEachRead() {
        // Members count whole seconds, so a shorter time might end at once.
        Duration idle = Duration.ofSeconds(2);
        map.put("k", "v", Duration.ZERO, idle);
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < idle.plusSeconds(1).toNanos()) {
            assertThat(map.get("k"))
                    .as("after %d ms of reading without a pause", (System.nanoTime() - begin) / 1_000_000)
                    .isEqualTo("v");
        }
    }

    @Test
    void zeroTtl_isNoLimit() {
        map.put("k", "v", SHORT);
        map.put("k", "v2", Duration.ZERO);
        map.put("witness", "v", SHORT);
        Eventually.passes(() -> assertThat(map.get("witness")).isNull());
        assertThat(Map.copyOf(map)).containsExactly(Map.entry("k", "v2"));
    }

    @Test
    void hugeTtl_isAccepted() {
        map.put("k", "v", Duration.ofSeconds(Long.MAX_VALUE));
        assertThat(map.get("k")).isEqualTo("v");
    }
}
