// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.HazelcastClient;
import io.filbert.config.ClientConfig;
import io.filbert.internal.protocol.codec.MapGetCodec;
import io.filbert.internal.protocol.codec.MapPutCodec;
import io.filbert.internal.protocol.codec.MapSizeCodec;
import io.filbert.it.support.Clients;
import io.filbert.map.DistributedMap;
import io.filbert.testkit.Eventually;
import io.filbert.testkit.NoLeaks;
import io.filbert.testkit.ScriptedCluster;
import io.filbert.testkit.ScriptedMember;
import io.filbert.testkit.ScriptedRequest;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which member a request goes to, and how the client follows when members and partitions change. */
@NoLeaks
final class RoutingIT {

    private static final int KEYS = 600;

    private final ScriptedCluster cluster = ScriptedCluster.builder().members(3).start();

    @AfterEach
    void endCluster() {
        cluster.close();
    }

    private HazelcastClient connect(Consumer<ClientConfig.Builder> changes) {
        return Clients.connect(cluster.addresses(), config -> {
            config.retryInitialBackoff(Duration.ofMillis(20)).invocationRetryPause(Duration.ofMillis(20));
            changes.accept(config);
        });
    }

    private void everyRequestReachedTheOwner(HazelcastClient client) {
        int requests = 0;
        for (ScriptedMember member : cluster.members()) {
            for (ScriptedRequest request : member.requests(MapPutCodec.REQUEST)) {
                assertThat(cluster.owner(request.partitionId()))
                        .as("owner of partition %d", request.partitionId())
                        .isSameAs(member);
                requests++;
            }
        }
        assertThat(requests).isEqualTo(KEYS);
        for (int id = 0; id < cluster.partitionCount(); id++) {
            assertThat(client.partitionService().partitionOwner(id))
                    .isEqualTo(Objects.requireNonNull(cluster.owner(id)).uuid());
        }
    }

    private void putAllKeys(DistributedMap<Integer, Integer> map) {
        cluster.members().forEach(ScriptedMember::forgetRequests);
        for (int i = 0; i < KEYS; i++) {
            map.put(i, i).join();
        }
    }

    @Test
    void keyedCalls_goToTheOwner_withTheKeysPartition() {
        try (HazelcastClient client = connect(config -> {})) {
            DistributedMap<Integer, Integer> map = client.getMap("m");
            putAllKeys(map);
            everyRequestReachedTheOwner(client);
            for (ScriptedMember member : cluster.members()) {
                assertThat(member.requests(MapPutCodec.REQUEST))
                        .as("%s", member)
                        .hasSizeGreaterThan(KEYS / 6);
                assertThat(member.connections()).hasSize(1);
            }
        }
    }

    @Test
    void otherCalls_areSpreadByTheLoadBalancer() {
        try (HazelcastClient client = connect(config -> {})) {
            DistributedMap<Integer, Integer> map = client.getMap("m");
            cluster.members().forEach(ScriptedMember::forgetRequests);
            for (int i = 0; i < 30; i++) {
                map.size().join();
            }
            assertThat(cluster.members())
                    .allSatisfy(member ->
                            assertThat(member.requests(MapSizeCodec.REQUEST)).hasSize(10));
        }
    }

    @Test
    void ownLoadBalancer_isAsked_andMayRefuseToChoose() {
        AtomicInteger asked = new AtomicInteger();
        try (HazelcastClient client = connect(config -> config.loadBalancer(members -> {
            assertThat(members).hasSize(3);
            return asked.getAndIncrement() % 2 == 0 ? members.get(2) : null;
        }))) {
            DistributedMap<Integer, Integer> map = client.getMap("m");
            cluster.members().forEach(ScriptedMember::forgetRequests);
            int before = asked.get();
            for (int i = 0; i < 10; i++) {
                map.size().join();
            }
            assertThat(asked.get() - before).isEqualTo(10);
            assertThat(cluster.member(2).requests(MapSizeCodec.REQUEST)).hasSizeGreaterThanOrEqualTo(5);
        }
    }

    @Test
    void unisocket_usesOneConnectionForEverything() {
        try (HazelcastClient client = connect(config -> config.smartRouting(false))) {
            DistributedMap<Integer, Integer> map = client.getMap("m");
            putAllKeys(map);
            map.size().join();
            assertThat(cluster.members().stream()
                            .mapToInt(ScriptedMember::connectionsAccepted)
                            .sum())
                    .isEqualTo(1);
            List<ScriptedMember> used = cluster.members().stream()
                    .filter(member -> !member.requests(MapPutCodec.REQUEST).isEmpty())
                    .toList();
            assertThat(used).hasSize(1);
            assertThat(used.get(0).requests(MapPutCodec.REQUEST)).hasSize(KEYS);
            assertThat(client.clusterService().members()).hasSize(3);
        }
    }

    @Test
    void unisocket_lostConnection_goesOnWithAnotherMember() {
        try (HazelcastClient client = connect(config -> config.smartRouting(false))) {
            DistributedMap<Integer, Integer> map = client.getMap("m");
            ScriptedMember first = cluster.members().stream()
                    .filter(member -> !member.connections().isEmpty())
                    .findFirst()
                    .orElseThrow();
            first.die();
            assertThat(map.get(1).join()).isNull();
            assertThat(cluster.members().stream()
                            .filter(member -> !member.connections().isEmpty()))
                    .singleElement()
                    .isNotSameAs(first);
        }
    }

    @Test
    void movedPartitions_areFollowed() {
        try (HazelcastClient client = connect(config -> {})) {
            DistributedMap<Integer, Integer> map = client.getMap("m");
            cluster.movePartitions(id -> cluster.member((id + 1) % 3));
            awaitTable(client);
            putAllKeys(map);
            everyRequestReachedTheOwner(client);

            cluster.movePartition(5, cluster.member(2));
            awaitTable(client);
            putAllKeys(map);
            everyRequestReachedTheOwner(client);
        }
    }

    private void awaitTable(HazelcastClient client) {
        Eventually.passes(() -> {
            for (int id = 0; id < cluster.partitionCount(); id++) {
                assertThat(client.partitionService().partitionOwner(id))
                        .isEqualTo(Objects.requireNonNull(cluster.owner(id)).uuid());
            }
        });
    }

    @Test
    void addedMember_isConnectedTo_andUsed() {
        try (HazelcastClient client = connect(config -> {})) {
            DistributedMap<Integer, Integer> map = client.getMap("m");
            ScriptedMember fourth = cluster.addMember();
            Eventually.passes(() -> assertThat(fourth.connections()).hasSize(1));
            cluster.movePartitions(id -> cluster.member(id % 4));
            awaitTable(client);
            Eventually.passes(() -> {
                putAllKeys(map);
                everyRequestReachedTheOwner(client);
            });
        }
    }

    @Test
    void removedMember_isLeftAlone_andItsPartitionsFound() {
        try (HazelcastClient client = connect(config -> {})) {
            DistributedMap<Integer, Integer> map = client.getMap("m");
            ScriptedMember leaving = cluster.member(1);
            UUID gone = leaving.uuid();
            cluster.removeMember(leaving);
            Eventually.passes(() -> assertThat(client.clusterService().members())
                    .hasSize(2)
                    .noneMatch(member -> member.uuid().equals(gone)));
            awaitTable(client);
            putAllKeys(map);
            everyRequestReachedTheOwner(client);
        }
    }

    @Test
    void memberThatLeavesTheListButLives_losesItsConnection() {
        try (HazelcastClient client = connect(config -> {})) {
            ScriptedMember stranger = cluster.member(2);
            assertThat(stranger.connections()).hasSize(1);
            // A new uuid under the same address: to the client another member.
            stranger.die();
            stranger.revive();
            cluster.announceMembers();
            Eventually.passes(() -> assertThat(client.clusterService().members())
                    .anyMatch(member -> member.uuid().equals(stranger.uuid())));
            Eventually.passes(() -> assertThat(stranger.connections()).hasSize(1));
            assertThat(client.getMap("m").get("k").join()).isNull();
        }
    }

    @Test
    void ownerUnreachable_callsGoToAnotherMember() {
        try (HazelcastClient client = connect(config -> config.connectionTimeout(Duration.ofMillis(500)))) {
            DistributedMap<Integer, Integer> map = client.getMap("m");
            ScriptedMember dead = cluster.member(0);
            dead.die();
            for (int i = 0; i < 100; i++) {
                assertThat(map.get(i).join()).isNull();
            }
            assertThat(cluster.member(1).requests(MapGetCodec.REQUEST).size()
                            + cluster.member(2).requests(MapGetCodec.REQUEST).size())
                    .isGreaterThanOrEqualTo(100);
        }
    }

    @Test
    void viewConnectionLost_anotherOneReportsChanges() {
        try (HazelcastClient client = connect(config -> {})) {
            for (int round = 0; round < 6; round++) {
                // One of the connections carries the cluster view; whichever it is, changes go on arriving.
                cluster.member(round % 3).resetConnections();
                int shift = round + 1;
                cluster.movePartitions(id -> cluster.member((id + shift) % 3));
                awaitTable(client);
            }
        }
    }

    @Test
    void unassignedPartitions_areAssignedOnFirstUse() {
        try (ScriptedCluster young = ScriptedCluster.builder()
                        .members(2)
                        .partitionsAssigned(false)
                        .start();
                HazelcastClient client = Clients.connect(young.addresses())) {
            assertThat(client.partitionService().partitionOwner(0)).isNull();
            DistributedMap<String, String> map = client.getMap("m");
            map.put("k", "v").join();
            Eventually.passes(() ->
                    assertThat(client.partitionService().partitionOwner(0)).isNotNull());
            assertThat(map.get("k").join()).isEqualTo("v");
        }
    }

    @Test
    void oldReleases_answerInOlderForms() {
        for (String version : List.of("4.0", "4.1", "4.2.8", "5.0.5", "5.3.8", "5.4.0", "5.5.0", "5.7.0")) {
            try (ScriptedCluster old = ScriptedCluster.builder()
                            .version(version)
                            .members(2)
                            .backups(1)
                            .start();
                    HazelcastClient client = Clients.connect(old.addresses())) {
                DistributedMap<Integer, Integer> map = client.getMap("m");
                for (int i = 0; i < 50; i++) {
                    assertThat(map.put(i, i).join()).isNull();
                    assertThat(map.get(i).join()).isEqualTo(i);
                    map.delete(i).join();
                    assertThat(map.containsKey(i).join()).isFalse();
                }
                assertThat(client.clusterService().members())
                        .as(version)
                        .hasSize(2)
                        .allSatisfy(member ->
                                assertThat(member.version().toString()).startsWith(version.substring(0, 3)));
                assertThat(client.partitionService().partitionCount()).isEqualTo(271);
                Eventually.passes(() ->
                        assertThat(client.partitionService().partitionOwner(0)).isNotNull());
            }
        }
    }

    /** It is promised to be asked once for each attempt; it was also asked when connections changed. */
    @Test
    void loadBalancer_withoutACall_isNotAsked() {
        AtomicInteger asked = new AtomicInteger();
        try (HazelcastClient client = connect(config -> config.loadBalancer(members -> {
            asked.incrementAndGet();
            return members.get(0);
        }))) {
            ScriptedMember added = cluster.addMember();
            Eventually.passes(() -> assertThat(added.connections()).isNotEmpty());
            cluster.member(1).resetConnections();
            Eventually.passes(() -> assertThat(client.metrics().connections().open()).isEqualTo(4));

            assertThat(asked).hasValue(0);
        }
    }
}
