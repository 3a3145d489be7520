// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.HazelcastClient;
import io.filbert.error.MemberErrorException;
import io.filbert.error.OperationTimeoutException;
import io.filbert.internal.protocol.codec.MapSizeCodec;
import io.filbert.it.support.Clients;
import io.filbert.map.DistributedMap;
import io.filbert.metrics.CallMetrics;
import io.filbert.metrics.ClientMetrics;
import io.filbert.metrics.LatencyDistribution;
import io.filbert.metrics.MemberMetrics;
import io.filbert.testkit.Eventually;
import io.filbert.testkit.HazelcastCluster;
import io.filbert.testkit.HazelcastMember;
import io.filbert.testkit.HeldRequests;
import io.filbert.testkit.NoLeaks;
import io.filbert.testkit.ScriptedMember;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

@NoLeaks
final class MetricsIT {

    private static HazelcastClient connect(String address) {
        return Clients.connect(
                address,
                config ->
                        config.clusterConnectTimeout(Duration.ofMinutes(1)).retryInitialBackoff(Duration.ofMillis(50)));
    }

    private static MemberMetrics of(HazelcastClient client, UUID member) {
        return client.metrics().members().stream()
                .filter(metrics -> metrics.uuid().equals(member))
                .findAny()
                .orElseThrow();
    }

    @Test
    void calls_areCountedByWhatBecameOfThem() {
        try (ScriptedMember member = ScriptedMember.start();
                HazelcastClient client = connect(member.address())) {
            DistributedMap<String, String> map = client.getMap("m");
            CallMetrics before = client.metrics().calls();

            for (int i = 0; i < 5; i++) {
                map.size().join();
            }
            HeldRequests held = member.hold(MapSizeCodec.REQUEST);
            CompletableFuture<Integer> cancelled = map.size();
            CompletableFuture<Integer> waiting = map.size();
            assertThatThrownBy(
                            () -> map.withDeadline(Duration.ofMillis(50)).size().join())
                    .hasRootCauseInstanceOf(OperationTimeoutException.class);
            cancelled.cancel(false);
            held.awaitCount(3);

            // Who waited for a call may be woken before its end is counted.
            Eventually.passes(
                    () -> assertThat(client.metrics().calls().timedOut()).isEqualTo(1));
            CallMetrics meanwhile = client.metrics().calls();
            assertThat(meanwhile.started() - before.started()).isEqualTo(8);
            assertThat(meanwhile.answered() - before.answered()).isEqualTo(5);
            assertThat(meanwhile.inFlight()).isEqualTo(1);
            assertThat(meanwhile.inFlightBytes()).isPositive();
            assertThat(meanwhile.timedOut()).isEqualTo(1);
            assertThat(meanwhile.failed()).isEqualTo(1);
            assertThat(meanwhile.cancelled()).isEqualTo(1);
            assertThat(of(client, member.uuid()).callsInFlight()).isEqualTo(1);

            held.takeAll().forEach(reply -> reply.error(10, "java.lang.ClassCastException", "scripted"));
            assertThatThrownBy(waiting::join).hasRootCauseInstanceOf(MemberErrorException.class);
            Eventually.passes(
                    () -> assertThat(client.metrics().calls().failed()).isEqualTo(2));
            CallMetrics after = client.metrics().calls();
            assertThat(after.failed()).isEqualTo(2);
            assertThat(after.timedOut()).isEqualTo(1);
            assertThat(after.inFlight()).isZero();
            assertThat(after.started()).isEqualTo(after.answered() + after.failed() + after.cancelled());
        }
    }

    @Test
    void latency_isThatOfTheMember_fromTheBeginningOfTheCall() {
        try (ScriptedMember member = ScriptedMember.start();
                HazelcastClient client = connect(member.address())) {
            DistributedMap<String, String> map = client.getMap("m");
            map.size().join();
            LatencyDistribution before = of(client, member.uuid()).latency();
            LatencyDistribution allBefore = client.metrics().calls().latency();
            HeldRequests held = member.hold(MapSizeCodec.REQUEST);
            long begin = System.nanoTime();
            CompletableFuture<Integer> slow = map.size();
            held.awaitCount(1);
            CompletableFuture<Void> pause = new CompletableFuture<Void>()
                    .completeOnTimeout(null, 200, java.util.concurrent.TimeUnit.MILLISECONDS);
            pause.join();
            held.take().proceed();
            slow.join();
            Duration most = Duration.ofNanos(System.nanoTime() - begin);

            LatencyDistribution slowOne = of(client, member.uuid()).latency().since(before);
            assertThat(slowOne.count()).isEqualTo(1);
            assertThat(slowOne.max())
                    .isBetween(Duration.ofMillis(200), most.multipliedBy(107).dividedBy(100));
            assertThat(client.metrics().calls().latency().since(allBefore)).isEqualTo(slowOne);
        }
    }

    @Test
    void messagesAndBytes_ofARealMember_areThoseThatPassed() {
        try (HazelcastMember member = HazelcastMember.start();
                HazelcastClient client = connect(member.address())) {
            DistributedMap<Integer, String> map = client.getMap("m");
            map.size().join();
            MemberMetrics before = of(client, member.uuid());
            String value = "x".repeat(1_000);
            for (int i = 0; i < 200; i++) {
                map.put(1, value).join();
            }
            MemberMetrics after = of(client, member.uuid());

            // Pings and partition tables pass too.
            assertThat(after.messagesSent() - before.messagesSent()).isBetween(200L, 220L);
            assertThat(after.messagesReceived() - before.messagesReceived()).isBetween(200L, 220L);
            assertThat(after.bytesSent() - before.bytesSent()).isBetween(200_000L, 300_000L);
            assertThat(after.bytesReceived() - before.bytesReceived()).isBetween(199_000L, 300_000L);
            assertThat(after.latency().since(before.latency()).count()).isEqualTo(200);
            assertThat(client.metrics().connections().messagesSent()).isEqualTo(after.messagesSent());
        }
    }

    @Test
    void connections_lostAndFoundAgain_areCounted_andFiguresOfGoneMembersStay() {
        try (HazelcastCluster cluster = HazelcastCluster.builder().members(1).start();
                HazelcastClient client = connect(cluster.addresses().get(0))) {
            DistributedMap<String, String> map = client.getMap("m");
            map.put("k", "v").join();
            UUID first = cluster.member(0).uuid();
            long answered = client.metrics().calls().answered();

            cluster.member(0).terminate();
            Eventually.passes(
                    () -> assertThat(client.metrics().connections().open()).isZero());
            CompletableFuture<String> retried = map.get("k");
            Eventually.passes(
                    () -> assertThat(client.metrics().calls().resting()).isEqualTo(1));
            cluster.member(0).restart();
            assertThat(retried.join()).isNull();

            ClientMetrics metrics = client.metrics();
            assertThat(metrics.connections().opened()).isEqualTo(2);
            assertThat(metrics.connections().lost()).isEqualTo(1);
            assertThat(metrics.connections().open()).isEqualTo(1);
            assertThat(metrics.connections().reconnects()).isEqualTo(1);
            assertThat(metrics.connections().failedAttempts()).isPositive();
            assertThat(metrics.calls().answered()).isGreaterThan(answered);
            assertThat(of(client, first)).satisfies(gone -> {
                assertThat(gone.connected()).isFalse();
                assertThat(gone.connectionsLost()).isEqualTo(1);
                assertThat(gone.latency().count()).isEqualTo(answered);
            });
            assertThat(of(client, cluster.member(0).uuid())).satisfies(now -> {
                assertThat(now.connected()).isTrue();
                assertThat(now.connectionsOpened()).isEqualTo(1);
                assertThat(now.connectionsLost()).isZero();
            });
            client.shutdown();
            assertThat(client.metrics().connections().lost())
                    .as("closing loses none")
                    .isEqualTo(1);
        }
    }

    @Test
    void callbacksQueued_behindOneThatBlocks_areCounted() {
        try (ScriptedMember member = ScriptedMember.start();
                HazelcastClient client = connect(member.address())) {
            DistributedMap<String, String> map = client.getMap("m");
            CountDownLatch hold = new CountDownLatch(1);
            HeldRequests held = member.hold(MapSizeCodec.REQUEST);
            CompletableFuture<?>[] blocked = new CompletableFuture<?>[200];
            for (int i = 0; i < blocked.length; i++) {
                blocked[i] = map.size().thenAccept(size -> {
                    try {
                        hold.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                });
            }
            held.awaitCount(blocked.length).takeAll().forEach(io.filbert.testkit.Reply::proceed);
            // At most 64 threads take one each.
            Eventually.passes(
                    () -> assertThat(client.metrics().calls().inFlight()).isZero());
            assertThat(client.metrics().callbacksQueued()).isBetween(blocked.length - 64, blocked.length);
            hold.countDown();
            CompletableFuture.allOf(blocked).join();
            assertThat(client.metrics().callbacksQueued()).isZero();
        }
    }
}
