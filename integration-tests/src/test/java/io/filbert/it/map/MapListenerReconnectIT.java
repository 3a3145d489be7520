// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.map;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.HazelcastClient;
import io.filbert.config.ClientConfig;
import io.filbert.it.support.Clients;
import io.filbert.map.BlockingDistributedMap;
import io.filbert.testkit.Eventually;
import io.filbert.testkit.FaultProxy;
import io.filbert.testkit.HazelcastCluster;
import io.filbert.testkit.HazelcastMember;
import io.filbert.testkit.NoLeaks;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Entry listeners while real members come, go and lose their connections. */
@NoLeaks(NoLeaks.Scope.CLASS)
@SuppressWarnings("NullAway.Init") // set before the first test
final class MapListenerReconnectIT {

    private static final AtomicInteger KEYS = new AtomicInteger();

    private static HazelcastCluster cluster;

    record Place(String city) {}

    private final Diary diary = new Diary();

    @BeforeAll
    static void startCluster() {
        cluster = HazelcastCluster.builder().members(2).start();
    }

    @AfterAll
    static void endCluster() {
        cluster.close();
    }

    private static Stream<HazelcastMember> alive() {
        return cluster.members().stream().filter(HazelcastMember::isAlive);
    }

    private static HazelcastClient connect(Consumer<ClientConfig.Builder> changes) {
        return Clients.connect(alive().map(HazelcastMember::address).toList(), config -> {
            config.retryInitialBackoff(Duration.ofMillis(50)).clusterConnectTimeout(Duration.ofMinutes(2));
            changes.accept(config);
        });
    }

    /** Makes changes until each member that is alive has reported one. */
    private void awaitAllMembersReport(BlockingDistributedMap<Object, Object> map) {
        Eventually.passesWithin(Duration.ofMinutes(1), () -> {
            for (int i = 0; i < 20; i++) {
                map.set(KEYS.incrementAndGet(), "anything");
            }
            Set<UUID> reporters = new HashSet<>();
            diary.events.forEach(event -> {
                if (event.member() != null) {
                    reporters.add(event.member().uuid());
                }
            });
            assertThat(reporters).containsAll(alive().map(HazelcastMember::uuid).toList());
        });
    }

    /** Changes 300 new keys twice; each change must be reported once. */
    private void expectEachChangeOnce(BlockingDistributedMap<Object, Object> map, String name) {
        for (int round = 1; round <= 2; round++) {
            for (int i = 0; i < 300; i++) {
                map.set(name + i, round);
            }
        }
        Eventually.passes(() -> assertThat(diary.lines)
                .filteredOn(line -> line.startsWith("UPDATED " + name))
                .hasSize(300));
        for (int i = 0; i < 300; i++) {
            assertThat(diary.lines).containsOnlyOnce("ADDED " + name + i + ": null -> 1");
            assertThat(diary.lines).containsOnlyOnce("UPDATED " + name + i + ": 1 -> 2");
        }
    }

    @Test
    void membersThatJoinAndLeave_eachChangeIsReportedOnce() {
        try (HazelcastClient client = connect(config -> {})) {
            BlockingDistributedMap<Object, Object> map =
                    client.<Object, Object>getMap("joining").blocking();
            map.addEntryListener(diary, true);
            awaitAllMembersReport(map);
            HazelcastMember third = cluster.addMember();
            try {
                cluster.awaitSafe();
                awaitAllMembersReport(map);
                expectEachChangeOnce(map, "with-three-");
            } finally {
                third.shutdown();
            }
            cluster.awaitSafe();
            Eventually.passes(
                    () -> assertThat(client.clusterService().members()).hasSize(2));
            expectEachChangeOnce(map, "with-two-again-");
        }
    }

    @Test
    void connectionCut_listenerIsBackBeforeTheNextCall_andHearsOfTheGap() {
        try (FaultProxy proxy = FaultProxy.to(alive().findFirst().orElseThrow());
                HazelcastClient client = Clients.connect(
                        proxy.address(),
                        config -> config.smartRouting(false).retryInitialBackoff(Duration.ofMillis(20)))) {
            BlockingDistributedMap<Object, Object> map =
                    client.<Object, Object>getMap("cut").blocking();
            map.addEntryListener(diary, true);
            map.put("k", 0);
            Eventually.passes(() -> assertThat(diary.lines).containsExactly("ADDED k: null -> 0"));
            proxy.cut();
            assertThat(map.get("k")).isEqualTo(0);
            map.put("k", 1);

            Eventually.passes(
                    () -> assertThat(diary.lines).containsExactly("ADDED k: null -> 0", "gap", "UPDATED k: 0 -> 1"));
        }
    }

    @Test
    void wholeClusterRestarts_listenersAreBack_withTheirKeysAndPredicates() {
        try (HazelcastClient client = connect(config -> config.invocationTimeout(Duration.ofMinutes(2)))) {
            BlockingDistributedMap<Object, Object> map =
                    client.<Object, Object>getMap("restarted").blocking();
            Diary ofOslo = new Diary();
            map.addEntryListener(ofOslo, new Place("Oslo"), true);
            map.addEntryListener(diary, true);
            map.put(new Place("Oslo"), 1);
            Eventually.passes(() -> assertThat(ofOslo.lines).hasSize(1));
            List<HazelcastMember> members = alive().toList();
            members.forEach(HazelcastMember::terminate);
            members.forEach(HazelcastMember::restart);
            awaitAllMembersReport(map);
            map.set(new Place("Bergen"), 2);
            map.set(new Place("Oslo"), 3);

            Eventually.passes(() -> assertThat(ofOslo.lines)
                    .startsWith("ADDED " + new Place("Oslo") + ": null -> 1")
                    .contains("gap")
                    .endsWith("ADDED " + new Place("Oslo") + ": null -> 3"));
            assertThat(ofOslo.lines).noneMatch(line -> line.contains("Bergen"));
            expectEachChangeOnce(map, "restarted-");
        }
    }
}
