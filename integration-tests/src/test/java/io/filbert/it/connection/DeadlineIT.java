// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.HazelcastClient;
import io.filbert.config.ClientConfig;
import io.filbert.error.CallInterruptedException;
import io.filbert.error.OperationTimeoutException;
import io.filbert.internal.protocol.codec.ClientAuthenticationCodec;
import io.filbert.internal.protocol.codec.MapGetCodec;
import io.filbert.internal.protocol.codec.MapPutCodec;
import io.filbert.it.support.Clients;
import io.filbert.map.DistributedMap;
import io.filbert.testkit.Eventually;
import io.filbert.testkit.FaultProxy;
import io.filbert.testkit.FaultProxy.Direction;
import io.filbert.testkit.HeldRequests;
import io.filbert.testkit.NoLeaks;
import io.filbert.testkit.ScriptedMember;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every call ends by its deadline, whatever state the client and the member are in. */
@NoLeaks
final class DeadlineIT {

    private static final Duration DEADLINE = Duration.ofMillis(200);
    /** What a busy machine may add; the sweep itself adds a tenth of the deadline. */
    private static final Duration SLACK = Duration.ofMillis(800);

    private final ScriptedMember member = ScriptedMember.start();
    private final FaultProxy proxy = FaultProxy.to(member.host(), member.port());

    @AfterEach
    void end() {
        proxy.close();
        member.close();
    }

    private HazelcastClient connect(java.util.function.Consumer<ClientConfig.Builder> changes) {
        return Clients.connect(proxy.address(), config -> {
            config.smartRouting(false).retryInitialBackoff(Duration.ofMillis(20));
            changes.accept(config);
        });
    }

    private static void endsInTime(DistributedMap<String, String> map, String expectedText) {
        long begin = System.nanoTime();
        assertThatThrownBy(() -> map.withDeadline(DEADLINE).put("k", "v").join())
                .hasCauseInstanceOf(OperationTimeoutException.class)
                .hasMessageContaining(expectedText);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(DEADLINE, DEADLINE.plus(SLACK));
    }

    @Test
    void silentMember() {
        try (HazelcastClient client = connect(config -> {})) {
            DistributedMap<String, String> map = client.getMap("m");
            member.hold(MapPutCodec.REQUEST);
            endsInTime(map, "Map.put on map 'm'");
        }
    }

    @Test
    void silentMember_theErrorSaysThatTheOutcomeIsUnknown() {
        try (HazelcastClient client = connect(config -> {})) {
            DistributedMap<String, String> map = client.getMap("m");
            member.hold(MapPutCodec.REQUEST);
            assertThatThrownBy(() -> map.blocking().withDeadline(DEADLINE).put("k", "v"))
                    .isInstanceOfSatisfying(
                            OperationTimeoutException.class,
                            e -> assertThat(e.isIndeterminate()).isTrue());
        }
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void stalledOneWay(Direction direction) {
        try (HazelcastClient client = connect(config -> {})) {
            DistributedMap<String, String> map = client.getMap("m");
            proxy.stall(direction);
            endsInTime(map, "1 attempt");
            proxy.resume();
            assertThat(map.get("other").join()).isNull();
        }
    }

    @Test
    void whileDisconnected() {
        try (HazelcastClient client = connect(config -> {})) {
            DistributedMap<String, String> map = client.getMap("m");
            member.die();
            awaitDisconnected(map);
            endsInTime(map, "never sent");
            member.revive();
            member.cluster().announceMembers();
            assertThat(map.get("k").join()).isNull();
        }
    }

    @Test
    void whileReconnectingToASilentMember() {
        try (HazelcastClient client = connect(config -> config.connectionTimeout(Duration.ofSeconds(30)))) {
            DistributedMap<String, String> map = client.getMap("m");
            HeldRequests authentications = member.hold(ClientAuthenticationCodec.REQUEST);
            member.resetConnections();
            authentications.awaitCount(1);
            endsInTime(map, "never sent");
            authentications.release();
            assertThat(map.get("k").join()).isNull();
        }
    }

    private static void awaitDisconnected(DistributedMap<String, String> map) {
        Eventually.passes(() -> assertThatThrownBy(
                        () -> map.withDeadline(Duration.ofMillis(20)).get("k").join())
                .hasMessageContaining("never sent"));
    }

    @Test
    void stalledWithFullSocketBuffers() {
        try (HazelcastClient client = connect(config -> {})) {
            DistributedMap<String, byte[]> big = client.getMap("big");
            proxy.stall(Direction.TO_MEMBER);
            byte[] value = new byte[8 << 20];
            long begin = System.nanoTime();
            CompletableFuture<?>[] puts = new CompletableFuture<?>[4];
            for (int i = 0; i < puts.length; i++) {
                puts[i] = big.withDeadline(DEADLINE).put("k" + i, value);
            }
            for (CompletableFuture<?> put : puts) {
                assertThatThrownBy(put::join).hasCauseInstanceOf(OperationTimeoutException.class);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(DEADLINE.plus(SLACK));
            proxy.resume();
            assertThat(big.get("other").join()).isNull();
        }
    }

    @Test
    void invocationTimeout_isTheDefaultDeadline_forProxiesAndBulkCallsToo() {
        try (HazelcastClient client = connect(config -> config.invocationTimeout(DEADLINE))) {
            DistributedMap<String, String> map = client.getMap("m");
            proxy.stall();
            long begin = System.nanoTime();
            assertThatThrownBy(
                            () -> map.getAll(java.util.List.of("a", "b", "c")).join())
                    .hasCauseInstanceOf(OperationTimeoutException.class);
            assertThatThrownBy(() -> client.getMap("another")).isInstanceOf(OperationTimeoutException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isLessThan(DEADLINE.multipliedBy(2).plus(SLACK));
            proxy.resume();
            // A failed creation is not remembered.
            Eventually.passes(() -> client.getMap("another"));
        }
    }

    @Test
    void longerDeadline_replacesTheShortDefault() {
        try (HazelcastClient client = connect(config -> config.invocationTimeout(DEADLINE))) {
            DistributedMap<String, String> map = client.getMap("m");
            HeldRequests held = member.hold(MapGetCodec.REQUEST);
            CompletableFuture<String> patient =
                    map.withDeadline(Duration.ofMinutes(1)).get("k");
            assertThatThrownBy(() -> map.get("k").join()).hasCauseInstanceOf(OperationTimeoutException.class);
            assertThat(patient).isNotDone();
            held.release();
            assertThat(patient.join()).isNull();
        }
    }

    @Test
    void slowAnswer_arrivesWhole() {
        try (HazelcastClient client = connect(config -> {})) {
            DistributedMap<String, String> map = client.getMap("m");
            String value = "x".repeat(3_000);
            map.put("k", value).join();
            proxy.slowDrip(6_000, Direction.TO_CLIENT);
            assertThat(map.get("k").join()).isEqualTo(value);
        }
    }

    @Test
    void slowAnswer_keepsItsConnectionAlive() {
        try (HazelcastClient client = connect(
                config -> config.heartbeatInterval(Duration.ofMillis(100)).heartbeatTimeout(Duration.ofMillis(400)))) {
            DistributedMap<String, String> map = client.getMap("m");
            String value = "x".repeat(5_000);
            map.put("k", value).join();
            proxy.slowDrip(5_000, Direction.TO_CLIENT);
            int connections = proxy.connectionsAccepted();
            assertThat(map.get("k").join()).isEqualTo(value);
            assertThat(proxy.connectionsAccepted()).isEqualTo(connections);
        }
    }

    @Test
    void interruptedCaller_returnsAtOnce_andStaysInterrupted() throws InterruptedException {
        try (HazelcastClient client = connect(config -> {})) {
            DistributedMap<String, String> map = client.getMap("m");
            HeldRequests held = member.hold(MapPutCodec.REQUEST);
            AtomicReference<Throwable> failure = new AtomicReference<>();
            AtomicReference<Boolean> flag = new AtomicReference<>();
            Thread caller = new Thread(() -> {
                try {
                    map.blocking().put("k", "v");
                } catch (RuntimeException e) {
                    failure.set(e);
                    flag.set(Thread.currentThread().isInterrupted());
                }
            });
            caller.start();
            held.awaitCount(1);
            caller.interrupt();
            caller.join(5_000);
            assertThat(failure.get()).isInstanceOf(CallInterruptedException.class);
            assertThat(flag.get()).isTrue();
            Eventually.passes(() -> assertThat(Clients.callsInFlight(client)).isZero());
            held.release();
            assertThat(map.get("k").join()).isEqualTo("v");
        }
    }

    @Test
    void cancelledCall_isForgotten_andALateAnswerIgnored() {
        try (HazelcastClient client = connect(config -> {})) {
            DistributedMap<String, String> map = client.getMap("m");
            HeldRequests held = member.hold(MapPutCodec.REQUEST);
            CompletableFuture<String> put = map.put("k", "v");
            held.awaitCount(1);
            assertThat(put.cancel(true)).isTrue();
            assertThat(put).isCancelled();
            assertThat(Clients.callsInFlight(client)).isZero();
            held.release();
            assertThat(map.get("k").join()).isEqualTo("v");
        }
    }
}
