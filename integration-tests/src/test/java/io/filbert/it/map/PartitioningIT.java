// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.map;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.map.IMap;
import com.hazelcast.partition.strategy.StringPartitioningStrategy;
import io.filbert.HazelcastClient;
import io.filbert.config.PartitioningStrategy;
import io.filbert.it.support.Clients;
import io.filbert.it.support.OfficialClient;
import io.filbert.it.support.OnSharedCluster;
import io.filbert.it.support.SharedCluster;
import io.filbert.map.BlockingDistributedMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The option {@code partitioningStrategy} beside the official client with the same strategy. Without it, 50 of 50 keys of the form
 * {@code key@partition} were not found, and each put made a second entry.
 */
@SuppressWarnings("NullAway.Init") // set before the first test
final class PartitioningIT extends OnSharedCluster {

    private static final List<String> KEYS = IntStream.range(0, 50)
            .mapToObj(i -> "order-" + i + "@customer-" + i % 7)
            .toList();

    private static OfficialClient official;
    private static HazelcastClient byString;

    @BeforeAll
    static void connectBoth() {
        official = OfficialClient.connect(
                SharedCluster.get(),
                config -> config.setProperty(
                        "hazelcast.partitioning.strategy.class", StringPartitioningStrategy.class.getName()));
        byString = Clients.connect(
                SharedCluster.get().addresses(), config -> config.partitioningStrategy(PartitioningStrategy.string()));
    }

    @AfterAll
    static void closeBoth() {
        byString.close();
        official.close();
    }

    @Test
    void string_findsWhatTheOfficialClientWrote_andReplacesIt() {
        IMap<String, String> theirs = official.map("partitioning-theirs");
        BlockingDistributedMap<String, String> ours =
                byString.<String, String>getMap("partitioning-theirs").blocking();
        KEYS.forEach(key -> theirs.put(key, "value@" + key));

        assertThat(KEYS).allSatisfy(key -> {
            assertThat(ours.get(key)).isEqualTo("value@" + key);
            assertThat(ours.replace(key, "value@" + key, "changed@" + key)).isTrue();
            assertThat(theirs.get(key)).isEqualTo("changed@" + key);
        });
        assertThat(ours.size()).isEqualTo(KEYS.size());
        assertThat(ours.getAll(Set.copyOf(KEYS))).hasSize(KEYS.size());
        assertThat(ours.keySet()).containsExactlyInAnyOrderElementsOf(KEYS);
    }

    @Test
    void string_isFoundByTheOfficialClient_andReplacedThere() {
        IMap<String, String> theirs = official.map("partitioning-ours");
        BlockingDistributedMap<String, String> ours =
                byString.<String, String>getMap("partitioning-ours").blocking();
        ours.putAll(KEYS.stream().collect(Collectors.toMap(key -> key, key -> "value@" + key)));

        assertThat(KEYS).allSatisfy(key -> {
            assertThat(theirs.get(key)).isEqualTo("value@" + key);
            assertThat(theirs.replace(key, "value@" + key, "changed@" + key)).isTrue();
            assertThat(ours.remove(key)).isEqualTo("changed@" + key);
        });
        assertThat(theirs.size()).isZero();
    }

    @Test
    void string_keysOfOnePartitionKey_lieTogether_asForTheOfficialClient() {
        assertThat(KEYS)
                .allSatisfy(key -> assertThat(byString.partitionService().partitionId(key))
                        .isEqualTo(official.partitionId(key))
                        .isEqualTo(byString.partitionService().partitionId(key.substring(key.indexOf('@') + 1))));
    }

    @Test
    void string_namesOfStructuresKeepTheirOwnRule() {
        var queue = byString.<String>getQueue("partitioning@a@b").blocking();
        queue.add("item@x");

        assertThat(client().<String>getQueue("partitioning@a@b").blocking().poll())
                .isEqualTo("item@x");
    }
}
