// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.HazelcastClient;
import io.filbert.config.ClientConfig;
import io.filbert.error.IndeterminateOperationException;
import io.filbert.error.TargetDisconnectedException;
import io.filbert.internal.protocol.codec.MapGetCodec;
import io.filbert.internal.protocol.codec.MapPutCodec;
import io.filbert.internal.protocol.codec.MapSetCodec;
import io.filbert.internal.protocol.member.MapPutMemberCodec;
import io.filbert.it.support.Clients;
import io.filbert.map.DistributedMap;
import io.filbert.testkit.Eventually;
import io.filbert.testkit.NoLeaks;
import io.filbert.testkit.Reply;
import io.filbert.testkit.ScriptedCluster;
import io.filbert.testkit.ScriptedMember;
import io.filbert.testkit.ScriptedRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Backups acknowledge to the client itself: before the response, after it, or never. */
@NoLeaks
final class BackupAckIT {

    private static final Duration BACKUP_TIMEOUT = Duration.ofMillis(400);

    private ScriptedCluster cluster =
            ScriptedCluster.builder().members(2).backups(1).start();

    @BeforeEach
    void allPartitionsOnTheFirstMember() {
        cluster.movePartitions(id -> owner());
    }

    @AfterEach
    void endCluster() {
        cluster.close();
    }

    private ScriptedMember owner() {
        return cluster.member(0);
    }

    private ScriptedMember backup() {
        return cluster.member(1);
    }

    private HazelcastClient connect(Consumer<ClientConfig.Builder> changes) {
        HazelcastClient client = Clients.connect(cluster.addresses(), config -> {
            config.operationBackupTimeout(BACKUP_TIMEOUT).retryInitialBackoff(Duration.ofMillis(20));
            changes.accept(config);
        });
        // Acks are asked for once all members have been told where to send them.
        DistributedMap<String, String> probe = client.getMap("probe");
        Eventually.passes(() -> {
            owner().forgetRequests();
            probe.set("k", "v").join();
            assertThat(owner().requests(MapSetCodec.REQUEST).get(0).isBackupAware())
                    .isTrue();
        });
        return client;
    }

    @Test
    void ackAfterTheResponse_completesTheCall() {
        try (HazelcastClient client = connect(config -> config.operationBackupTimeout(Duration.ofMinutes(1)))) {
            CompletableFuture<Reply> answered = new CompletableFuture<>();
            owner().on(MapPutCodec.REQUEST, (request, reply) -> {
                reply.send(MapPutMemberCodec.encodeResponse(null), 1);
                answered.complete(reply);
            });
            DistributedMap<String, String> map = client.getMap("m");
            CompletableFuture<String> put = map.put("k", "v");
            Reply reply = answered.join();
            // A call made later on the same connection has its answer: the response of the put has arrived as well.
            assertThat(map.get("other").join()).isNull();
            assertThat(put).isNotDone();
            assertThat(reply.backupAck(backup())).isTrue();
            assertThat(put.join()).isNull();
        }
    }

    @Test
    void ackBeforeTheResponse_completesTheCall() {
        try (HazelcastClient client = connect(config -> config.operationBackupTimeout(Duration.ofMinutes(1)))) {
            CompletableFuture<Reply> asked = new CompletableFuture<>();
            owner().on(MapPutCodec.REQUEST, (request, reply) -> asked.complete(reply));
            DistributedMap<String, String> map = client.getMap("m");
            CompletableFuture<String> put = map.put("k", "v");
            Reply reply = asked.join();
            assertThat(reply.backupAck(backup())).isTrue();
            assertThat(put).isNotDone();
            reply.send(MapPutMemberCodec.encodeResponse(null), 1);
            assertThat(put.join()).isNull();
        }
    }

    @Test
    void everyWrite_waitsForItsAck() {
        try (HazelcastClient client = connect(config -> config.operationBackupTimeout(Duration.ofMinutes(1)))) {
            DistributedMap<Integer, Integer> map = client.getMap("m");
            CompletableFuture<?>[] puts = new CompletableFuture<?>[2_000];
            for (int i = 0; i < puts.length; i++) {
                puts[i] = map.put(i, i);
            }
            CompletableFuture.allOf(puts).join();
            assertThat(map.size().join()).isEqualTo(puts.length);
        }
    }

    @Test
    void missingAck_completesAfterTheBackupTimeout() {
        try (HazelcastClient client = connect(config -> {})) {
            cluster.withholdBackupAcks(true);
            DistributedMap<String, String> map = client.getMap("m");
            long begin = System.nanoTime();
            assertThat(map.put("k", "v").join()).isNull();
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isBetween(BACKUP_TIMEOUT, BACKUP_TIMEOUT.plusSeconds(2));
        }
    }

    /**
     * A backup may be on a member that cannot reach the client, such as one without an endpoint for clients. Every write to such a partition
     * used to wait for the whole timeout.
     */
    @Test
    void missingAck_laterWritesAreWaitedForByTheMembers() {
        try (HazelcastClient client = connect(config -> {})) {
            cluster.withholdBackupAcks(true);
            DistributedMap<String, String> map = client.getMap("m");
            map.set("k", "v").join();
            owner().forgetRequests();

            for (int i = 0; i < 10; i++) {
                map.set("k", "v" + i).join();
            }

            assertThat(owner().requests(MapSetCodec.REQUEST)).hasSize(10).noneMatch(ScriptedRequest::isBackupAware);
        }
    }

    @Test
    void missingAck_atTheCallsOwnDeadline_isHeldAgainstNobody() {
        try (HazelcastClient client = connect(config -> config.operationBackupTimeout(Duration.ofMinutes(1)))) {
            cluster.withholdBackupAcks(true);
            client.<String, String>getMap("m")
                    .withDeadline(Duration.ofMillis(100))
                    .set("k", "v")
                    .join();
            cluster.withholdBackupAcks(false);
            owner().forgetRequests();

            client.getMap("m").set("k", "v").join();

            assertThat(owner().requests(MapSetCodec.REQUEST)).singleElement().matches(ScriptedRequest::isBackupAware);
        }
    }

    @Test
    void missingAck_failsIfConfigured() {
        try (HazelcastClient client = connect(config -> config.failOnIndeterminateOperationState(true))) {
            cluster.withholdBackupAcks(true);
            DistributedMap<String, String> map = client.getMap("m");
            assertThatThrownBy(() -> map.put("k", "v").join())
                    .hasCauseExactlyInstanceOf(IndeterminateOperationException.class)
                    .hasMessageContaining("operationBackupTimeout");
            // It was carried out all the same.
            assertThat(map.get("k").join()).isEqualTo("v");
        }
    }

    @Test
    void deadlineShorterThanTheBackupTimeout_holds() {
        try (HazelcastClient client = connect(config -> config.operationBackupTimeout(Duration.ofMinutes(1)))) {
            cluster.withholdBackupAcks(true);
            DistributedMap<String, String> map = client.getMap("m");
            long begin = System.nanoTime();
            map.withDeadline(Duration.ofMillis(300)).put("k", "v").join();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
        }
    }

    @Test
    void connectionLostWhileTheAckIsAwaited_isNotSentAgain() {
        try (HazelcastClient client = connect(
                config -> config.operationBackupTimeout(Duration.ofMinutes(1)).redoOperation(true))) {
            CompletableFuture<Reply> answered = new CompletableFuture<>();
            owner().on(MapPutCodec.REQUEST, (request, reply) -> {
                reply.send(MapPutMemberCodec.encodeResponse(null), 1);
                answered.complete(reply);
            });
            DistributedMap<String, String> map = client.getMap("m");
            CompletableFuture<String> put = map.put("k", "v");
            answered.join();
            assertThat(map.get("other").join()).isNull();
            owner().resetConnections();
            // The owner had answered: the result is known, only the backup is not.
            assertThat(put.join()).isNull();
            assertThat(owner().requests(MapPutCodec.REQUEST)).hasSize(1);
        }
    }

    @Test
    void lateAck_harmsNobody() {
        try (HazelcastClient client = connect(config -> {})) {
            cluster.withholdBackupAcks(true);
            CompletableFuture<Reply> asked = new CompletableFuture<>();
            owner().on(MapPutCodec.REQUEST, (request, reply) -> {
                asked.complete(reply);
                reply.proceed();
            });
            DistributedMap<String, String> map = client.getMap("m");
            map.put("k", "v").join();
            asked.join().backupAck(backup());
            asked.join().backupAck(backup());
            assertThat(map.get("k").join()).isEqualTo("v");
        }
    }

    @Test
    void switchedOff_orUnisocket_doesNotAskForAcks() {
        for (boolean unisocket : new boolean[] {false, true}) {
            try (HazelcastClient client = Clients.connect(
                    cluster.addresses(),
                    config -> config.backupAckToClientEnabled(unisocket).smartRouting(!unisocket))) {
                cluster.members().forEach(ScriptedMember::forgetRequests);
                client.<String, String>getMap("m").put("k", "v").join();
                assertThat(cluster.members().stream().flatMap(member -> member.requests(MapPutCodec.REQUEST).stream()))
                        .singleElement()
                        .matches(request -> !request.isBackupAware());
            }
        }
    }

    @Test
    void readsDoNotWait() {
        try (HazelcastClient client = connect(config -> config.operationBackupTimeout(Duration.ofMinutes(1)))) {
            cluster.withholdBackupAcks(true);
            assertThat(client.getMap("m").get("k").join()).isNull();
            assertThat(owner().requests(MapGetCodec.REQUEST)).hasSize(1);
        }
    }

    @Test
    void connectionToABackupLost_writesGoOn() {
        try (HazelcastClient client = connect(config -> {})) {
            DistributedMap<String, String> map = client.getMap("m");
            for (int i = 0; i < 5; i++) {
                backup().resetConnections();
                try {
                    map.put("k", "v").join();
                } catch (java.util.concurrent.CompletionException e) {
                    assertThat(e).hasCauseInstanceOf(TargetDisconnectedException.class);
                }
            }
        }
    }
}
