// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.HazelcastClient;
import io.filbert.config.ClientConfig;
import io.filbert.config.ReconnectMode;
import io.filbert.error.ClientOfflineException;
import io.filbert.error.TargetDisconnectedException;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.protocol.codec.ClientCreateProxyCodec;
import io.filbert.internal.protocol.codec.MapGetCodec;
import io.filbert.internal.protocol.codec.MapPutCodec;
import io.filbert.internal.protocol.member.MapPutMemberCodec;
import io.filbert.it.support.Clients;
import io.filbert.map.DistributedMap;
import io.filbert.testkit.Eventually;
import io.filbert.testkit.FaultProxy;
import io.filbert.testkit.FaultProxy.Direction;
import io.filbert.testkit.HeldRequests;
import io.filbert.testkit.NoLeaks;
import io.filbert.testkit.ScriptedMember;
import io.filbert.testkit.ScriptedRequest;
import io.filbert.testkit.Step;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What calls in flight come to when their connection is lost. */
@NoLeaks
final class LostConnectionIT {

    private static final Consumer<ClientConfig.Builder> QUICK =
            config -> config.retryInitialBackoff(Duration.ofMillis(20)).heartbeatInterval(Duration.ofMillis(100));

    @Test
    void idempotentCall_isSentAgainUnderAnotherCorrelationId() {
        try (ScriptedMember member = ScriptedMember.start();
                HazelcastClient client = Clients.connect(member.address(), QUICK)) {
            DistributedMap<String, String> map = client.getMap("m");
            map.put("k", "v").join();
            HeldRequests gets = member.hold(MapGetCodec.REQUEST);
            CompletableFuture<String> get = map.get("k");
            gets.awaitCount(1);

            member.resetConnections();
            gets.awaitCount(2);
            gets.release();

            assertThat(get.join()).isEqualTo("v");
            List<ScriptedRequest> sent = member.requests(MapGetCodec.REQUEST);
            assertThat(sent).hasSize(2);
            assertThat(sent.get(0).correlationId()).isNotEqualTo(sent.get(1).correlationId());
        }
    }

    @Test
    void firstUseOfAnObject_isSentAgain() {
        try (ScriptedMember member = ScriptedMember.start();
                HazelcastClient client = Clients.connect(member.address(), QUICK)) {
            HeldRequests creations = member.hold(ClientCreateProxyCodec.REQUEST);
            CompletableFuture<DistributedMap<String, String>> map =
                    CompletableFuture.supplyAsync(() -> client.getMap("m"));
            creations.awaitCount(1);

            member.resetConnections();
            creations.awaitCount(2);
            creations.release();

            assertThat(map.join().put("k", "v").join()).isNull();
        }
    }

    @Test
    void otherCall_failsExactlyOnce_andIsNotSentAgain() {
        try (ScriptedMember member = ScriptedMember.start();
                HazelcastClient client = Clients.connect(member.address(), QUICK)) {
            DistributedMap<String, String> map = client.getMap("m");
            HeldRequests puts = member.hold(MapPutCodec.REQUEST);
            AtomicInteger completions = new AtomicInteger();
            CompletableFuture<String> put = map.put("k", "v");
            CompletableFuture<?> counted = put.handle((value, failure) -> completions.incrementAndGet());
            puts.awaitCount(1);

            member.resetConnections();

            assertThatThrownBy(put::join).hasCauseInstanceOf(TargetDisconnectedException.class);
            counted.join();
            // The connection works again, and still nobody sends the put a second time.
            assertThat(map.get("k").join()).isNull();
            assertThat(member.requests(MapPutCodec.REQUEST)).hasSize(1);
            assertThat(completions).hasValue(1);
        }
    }

    @Test
    void reconnectModeAsync_callsInFlight_endAtOnce() {
        try (ScriptedMember member = ScriptedMember.start();
                HazelcastClient client = Clients.connect(
                        member.address(), QUICK.andThen(config -> config.reconnectMode(ReconnectMode.ASYNC)))) {
            DistributedMap<Integer, Integer> map = client.getMap("m");
            HeldRequests gets = member.hold(MapGetCodec.REQUEST);
            List<CompletableFuture<Integer>> futures = new ArrayList<>();
            for (int i = 0; i < 3_000; i++) {
                futures.add(map.get(i));
            }
            gets.awaitCount(3_000);

            member.die();

            for (CompletableFuture<Integer> get : futures) {
                assertThatThrownBy(() -> get.orTimeout(20, TimeUnit.SECONDS).join())
                        .hasCauseInstanceOf(ClientOfflineException.class);
            }
            assertThat(client.metrics().calls().inFlight()).isZero();
        }
    }

    @Test
    void callsThatNeverLeft_areSentAgain_andOnlyThose() {
        try (ScriptedMember member = ScriptedMember.start();
                FaultProxy proxy = FaultProxy.to("127.0.0.1", member.port());
                HazelcastClient client = Clients.connect(proxy.address(), QUICK)) {
            DistributedMap<Integer, byte[]> map = client.getMap("m");
            proxy.stall(Direction.TO_MEMBER);
            List<CompletableFuture<byte[]>> puts = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                puts.add(map.put(i, new byte[100_000]));
            }
            Eventually.passes(() ->
                    assertThat(client.metrics().connections().bytesQueued()).isPositive());

            proxy.cut();

            int sent = 0;
            for (CompletableFuture<byte[]> put : puts) {
                Throwable failure = put.handle((value, error) -> error)
                        .orTimeout(20, TimeUnit.SECONDS)
                        .join();
                if (failure != null) {
                    assertThat(failure).isInstanceOf(TargetDisconnectedException.class);
                    sent++;
                }
            }
            assertThat(sent).as("calls that may have been carried out").isBetween(1, puts.size() - 1);
            assertThat(member.requests(MapPutCodec.REQUEST))
                    .extracting(
                            put -> MapPutMemberCodec.decodeRequest(put.reader()).key())
                    .hasSize(puts.size() - sent)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void callsMadeWhileOthersWait_doNotOvertakeThem() {
        try (ScriptedMember member = ScriptedMember.start();
                HazelcastClient client = Clients.connect(member.address(), QUICK)) {
            DistributedMap<Integer, Integer> map = client.getMap("m");
            List<CompletableFuture<?>> puts = new ArrayList<>();
            for (int round = 0; round < 5; round++) {
                member.die();
                Eventually.passes(
                        () -> assertThat(client.metrics().connections().open()).isZero());
                for (int i = 0; i < 500; i++) {
                    puts.add(map.put(puts.size(), round));
                }
                member.revive();
                member.cluster().announceMembers();
                while (client.metrics().calls().resting() > 0) {
                    puts.add(map.put(puts.size(), round));
                }
                CompletableFuture.allOf(puts.toArray(CompletableFuture<?>[]::new))
                        .orTimeout(20, TimeUnit.SECONDS)
                        .join();
            }

            assertThat(member.requests(MapPutCodec.REQUEST))
                    .extracting(LostConnectionIT::key)
                    .hasSize(puts.size())
                    .isSorted();
        }
    }

    private static int key(ScriptedRequest put) {
        Data key = MapPutMemberCodec.decodeRequest(put.reader()).key();
        return ByteBuffer.wrap(key.bytes()).getInt(key.size() - Integer.BYTES);
    }

    @Test
    void otherCall_withRedoOperation_isSentAgain() {
        try (ScriptedMember member = ScriptedMember.start();
                HazelcastClient client =
                        Clients.connect(member.address(), QUICK.andThen(config -> config.redoOperation(true)))) {
            DistributedMap<String, String> map = client.getMap("m");
            member.dieAt(Step.halfAnswered(MapPutCodec.REQUEST));
            CompletableFuture<String> put = map.put("k", "v");
            Eventually.passes(() -> assertThat(member.isAlive()).isFalse());
            member.revive();
            member.cluster().announceMembers();

            // The first attempt had taken effect, so the second one sees its value.
            assertThat(put.join()).isEqualTo("v");
            assertThat(member.requests(MapPutCodec.REQUEST)).hasSize(2);
        }
    }

    @Test
    void manyCallsInFlight_eachEndsExactlyOnce() {
        int calls = 3_000;
        try (ScriptedMember member = ScriptedMember.start();
                HazelcastClient client = Clients.connect(member.address(), QUICK)) {
            DistributedMap<Integer, Integer> map = client.getMap("m");
            HeldRequests puts = member.hold(MapPutCodec.REQUEST);
            List<CompletableFuture<Integer>> futures = new ArrayList<>();
            AtomicInteger completions = new AtomicInteger();
            List<CompletableFuture<?>> counted = new ArrayList<>();
            for (int i = 0; i < calls; i++) {
                CompletableFuture<Integer> put = map.put(i, i);
                futures.add(put);
                counted.add(put.handle((value, failure) -> completions.incrementAndGet()));
            }
            puts.awaitCount(calls);
            member.resetConnections();
            CompletableFuture.allOf(counted.toArray(CompletableFuture<?>[]::new))
                    .join();

            assertThat(completions).hasValue(calls);
            for (CompletableFuture<Integer> put : futures) {
                assertThatThrownBy(put::join).hasCauseInstanceOf(TargetDisconnectedException.class);
            }
            assertThat(member.requests(MapPutCodec.REQUEST)).hasSize(calls);
        }
    }

    @Test
    void hangUp_isLikeAReset() {
        try (ScriptedMember member = ScriptedMember.start();
                FaultProxy proxy = FaultProxy.to(member.host(), member.port());
                HazelcastClient client =
                        Clients.connect(proxy.address(), QUICK.andThen(config -> config.smartRouting(false)))) {
            DistributedMap<String, String> map = client.getMap("m");
            HeldRequests puts = member.hold(MapPutCodec.REQUEST);
            CompletableFuture<String> put = map.put("k", "v");
            puts.awaitCount(1);
            proxy.hangUp();
            assertThatThrownBy(put::join).hasCauseInstanceOf(TargetDisconnectedException.class);
            assertThat(map.get("k").join()).isNull();
        }
    }

    @Test
    void halfOpenConnection_isClosedAtTheHeartbeatTimeout() {
        try (ScriptedMember member = ScriptedMember.start();
                FaultProxy proxy = FaultProxy.to(member.host(), member.port());
                HazelcastClient client = Clients.connect(
                        proxy.address(),
                        QUICK.andThen(config -> config.smartRouting(false).heartbeatTimeout(Duration.ofMillis(600))))) {
            DistributedMap<String, String> map = client.getMap("m");
            map.put("k", "v").join();
            HeldRequests puts = member.hold(MapPutCodec.REQUEST);
            CompletableFuture<String> put = map.put("k", "v2");
            puts.awaitCount(1);
            long begin = System.nanoTime();
            proxy.halfOpen();
            CompletableFuture<String> get = map.get("k");

            assertThatThrownBy(put::join)
                    .hasCauseInstanceOf(TargetDisconnectedException.class)
                    .hasMessageContaining("eartbeat");
            assertThat(get.join()).isEqualTo("v");
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isBetween(Duration.ofMillis(400), Duration.ofSeconds(5));
        }
    }

    @Test
    void proxiesMadeBefore_workAfterwards_andNewOnesToo() {
        try (ScriptedMember member = ScriptedMember.start();
                HazelcastClient client = Clients.connect(member.address(), QUICK)) {
            DistributedMap<String, String> before = client.getMap("before");
            for (int i = 0; i < 20; i++) {
                member.resetConnections();
                assertThat(before.get("k").join()).isNull();
                assertThat(client.<String, String>getMap("after-" + i).get("k").join())
                        .isNull();
            }
        }
    }
}
