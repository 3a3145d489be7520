// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.map;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.it.support.OnSharedCluster;
import io.filbert.it.support.SharedCluster;
import io.filbert.map.BlockingDistributedMap;
import io.filbert.map.DistributedMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The methods on many keys, or on all. */
final class MapBulkIT extends OnSharedCluster {

    private static final int MANY = 2_000;

    private final BlockingDistributedMap<Integer, String> map =
            OnSharedCluster.<Integer, String>newMap().blocking();

    private static Map<Integer, String> entries(int count) {
        return IntStream.range(0, count).boxed().collect(Collectors.toMap(i -> i, i -> "value-" + i));
    }

    @Test
    void putAll_reachesEveryPartitionOfEveryMember() {
        map.putAll(entries(MANY));

        assertThat(map.size()).isEqualTo(MANY);
        Set<Integer> partitions = new HashSet<>();
        Set<UUID> owners = new HashSet<>();
        for (int i = 0; i < MANY; i++) {
            int partitionId = client().partitionService().partitionId(i);
            partitions.add(partitionId);
            owners.add(client().partitionService().partitionOwner(partitionId));
        }
        assertThat(partitions).as("partitions of the keys").hasSizeGreaterThan(250);
        assertThat(owners)
                .isEqualTo(SharedCluster.get().members().stream()
                        .map(member -> member.uuid())
                        .collect(Collectors.toSet()));
        assertThat(map.getAll(entries(MANY).keySet())).isEqualTo(entries(MANY));
    }

    @Test
    void getAll_leavesAbsentKeysOut_andToleratesRepeatedOnes() {
        map.putAll(entries(10));
        List<Integer> keys = new ArrayList<>(List.of(1, 1, 5, 99, 5, 1000));
        assertThat(map.getAll(keys)).isEqualTo(Map.of(1, "value-1", 5, "value-5"));
    }

    @Test
    void getAll_resultIsTheCallersOwn() {
        map.putAll(entries(3));
        Map<Integer, String> result = map.getAll(List.of(0, 1, 2));
        result.put(7, "mine");
        result.remove(0);
        assertThat(Map.copyOf(map)).isEqualTo(entries(3));
    }

    @Test
    void setAll_overwrites() {
        map.putAll(entries(100));
        Map<Integer, String> changed = new HashMap<>(entries(50));
        changed.replaceAll((key, value) -> "new-" + key);
        map.setAll(changed);
        Map<Integer, String> expected = entries(100);
        expected.putAll(changed);
        assertThat(map.getAll(expected.keySet())).isEqualTo(expected);
    }

    @Test
    void sizeAndIsEmpty_followTheMap() {
        assertThat(map.isEmpty()).isTrue();
        assertThat(map.size()).isZero();
        map.putAll(entries(MANY));
        assertThat(map.isEmpty()).isFalse();
        assertThat(map.size()).isEqualTo(MANY);
        map.clear();
        assertThat(map.isEmpty()).isTrue();
        assertThat(map.size()).isZero();
    }

    @Test
    void evictAll_emptiesTheMemory() {
        map.putAll(entries(MANY));
        map.evictAll();
        assertThat(map.size()).isZero();
    }

    @Test
    void asyncCollections_areWholeAndDetached() {
        map.putAll(entries(MANY));
        DistributedMap<Integer, String> async = map.async();

        Set<Integer> keys = async.keySet().join();
        List<String> values = async.values().join();
        Set<Map.Entry<Integer, String>> all = async.entrySet().join();

        assertThat(keys).isEqualTo(entries(MANY).keySet());
        assertThat(values).containsExactlyInAnyOrderElementsOf(entries(MANY).values());
        assertThat(all).isEqualTo(entries(MANY).entrySet());
        map.clear();
        assertThat(keys).hasSize(MANY);
        assertThat(all).hasSize(MANY);
    }

    @Test
    void containsValue_looksAtAllMembers() {
        map.putAll(entries(300));
        for (int i = 0; i < 300; i += 37) {
            assertThat(map.containsValue("value-" + i)).isTrue();
        }
        assertThat(map.containsValue("value-300")).isFalse();
    }

    @Test
    void destroy_endsTheMapInTheCluster_andANewProxyBeginsAnew() {
        map.putAll(entries(10));
        String name = map.name();
        assertThat(map.destroy()).isTrue();
        assertThat(map.destroy()).as("destroyed already").isFalse();
        DistributedMap<Integer, String> again = client().getMap(name);
        assertThat(again).isNotSameAs(map.async());
        assertThat(again.blocking().size()).isZero();
    }

    @Test
    void getMap_sameName_sameProxy() {
        assertThat(client().getMap(map.name())).isSameAs(map.async());
        assertThat(map.async().name()).isEqualTo(map.name());
        assertThat(map.serviceName()).isEqualTo("hz:impl:mapService");
    }

    @Test
    void bigValues_travelBothWays() {
        DistributedMap<String, byte[]> big = newMap();
        byte[] value = new byte[12 << 20];
        new java.util.Random(1).nextBytes(value);
        big.put("big", value).join();
        assertThat(big.get("big").join()).isEqualTo(value);
        assertThat(big.getAll(List.of("big")).join().get("big")).isEqualTo(value);
    }
}
