// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.filbert.HazelcastClient;
import io.filbert.config.ClientConfig;
import io.filbert.error.AuthenticationException;
import io.filbert.error.CallInterruptedException;
import io.filbert.error.ClientNotAllowedException;
import io.filbert.error.ConnectionException;
import io.filbert.internal.protocol.codec.ClientAuthenticationCodec;
import io.filbert.it.support.Clients;
import io.filbert.it.support.RawServer;
import io.filbert.testkit.FaultProxy;
import io.filbert.testkit.NoLeaks;
import io.filbert.testkit.ScriptedCluster;
import io.filbert.testkit.ScriptedMember;
import io.filbert.testkit.Step;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connecting to what is not there, not a member, or does not want us: a clear error in bounded time, nothing left behind. */
@NoLeaks
final class ConnectFailuresIT {

    private static final Duration ONE_ROUND = Duration.ZERO;
    private static final Duration SLACK = Duration.ofSeconds(3);

    private static Throwable failureOf(String address, Consumer<ClientConfig.Builder> changes) {
        Throwable failure = catchThrowable(() -> HazelcastClient.connect(config -> {
            config.clusterMembers(address).clusterConnectTimeout(ONE_ROUND);
            changes.accept(config);
        }));
        return Objects.requireNonNull(failure, "connected to " + address);
    }

    private static String wholeStory(Throwable failure) {
        StringBuilder story = new StringBuilder();
        for (Throwable t = failure; t != null; t = t.getCause()) {
            story.append(t).append('\n');
        }
        return story.toString();
    }

    @Test
    void nobodyListens_failsNamingTheAddress() {
        try (FaultProxy proxy = FaultProxy.to("127.0.0.1", 1)) {
            proxy.refuse();
            Throwable failure = failureOf(proxy.address(), config -> {});
            assertThat(failure).isInstanceOf(ConnectionException.class);
            assertThat(wholeStory(failure)).contains(proxy.address());
        }
    }

    @Test
    void nobodyListens_untilTheClusterConnectTimeout_roundsGoOn() {
        try (FaultProxy proxy = FaultProxy.to("127.0.0.1", 1)) {
            proxy.acceptThenDrop();
            long begin = System.nanoTime();
            Throwable failure = failureOf(
                    proxy.address(),
                    config -> config.clusterConnectTimeout(Duration.ofMillis(700))
                            .retryInitialBackoff(Duration.ofMillis(100))
                            .retryMultiplier(1));
            Duration took = Duration.ofNanos(System.nanoTime() - begin);
            assertThat(failure).isInstanceOf(ConnectionException.class);
            assertThat(took)
                    .isBetween(Duration.ofMillis(700), Duration.ofMillis(700).plus(SLACK));
            assertThat(proxy.connectionsAccepted()).isGreaterThan(2);
        }
    }

    @Test
    void unknownHost_failsNamingTheHost() {
        Throwable failure = failureOf("no-such-host.invalid:5701", config -> {});
        assertThat(failure).isInstanceOf(ConnectionException.class);
        assertThat(wholeStory(failure)).contains("no-such-host.invalid");
    }

    @Test
    void wrongClusterName_isAnAuthenticationError() {
        try (ScriptedMember member = ScriptedMember.start()) {
            Throwable failure = failureOf(member.address(), config -> config.clusterName("prod"));
            assertThat(failure).isInstanceOf(AuthenticationException.class);
            assertThat(wholeStory(failure)).contains("prod");
        }
    }

    @Test
    void httpServer_isRecognized() {
        try (RawServer server = RawServer.answering("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")) {
            Throwable failure = failureOf(server.address(), config -> {});
            assertThat(failure).isInstanceOf(ConnectionException.class);
            assertThat(wholeStory(failure)).contains("HTTP");
        }
    }

    @Test
    void wrongEndpoint_isRecognized() {
        try (RawServer server = RawServer.answering("HZX")) {
            Throwable failure = failureOf(server.address(), config -> {});
            assertThat(failure).isInstanceOf(ConnectionException.class);
            assertThat(wholeStory(failure)).contains("HZX").contains("endpoint");
        }
    }

    @Test
    void silentServer_failsAtTheConnectionTimeout() {
        try (FaultProxy proxy = FaultProxy.to("127.0.0.1", 1)) {
            proxy.acceptAndNeverAnswer();
            long begin = System.nanoTime();
            Throwable failure = failureOf(proxy.address(), config -> config.connectionTimeout(Duration.ofMillis(500)));
            Duration took = Duration.ofNanos(System.nanoTime() - begin);
            assertThat(wholeStory(failure)).contains("connectionTimeout");
            assertThat(took)
                    .isBetween(Duration.ofMillis(500), Duration.ofMillis(500).plus(SLACK));
        }
    }

    @Test
    void silentFirstAddress_doesNotHinderTheSecond() {
        try (FaultProxy proxy = FaultProxy.to("127.0.0.1", 1);
                ScriptedMember member = ScriptedMember.start()) {
            proxy.acceptAndNeverAnswer();
            try (HazelcastClient client =
                    HazelcastClient.connect(config -> config.clusterMembers(proxy.address(), member.address())
                            .shuffleMemberList(false)
                            .connectionTimeout(Duration.ofMillis(500)))) {
                assertThat(client.clusterService().members()).hasSize(1);
            }
        }
    }

    @Test
    void memberDiesDuringTheHandshake_nextRoundConnects() {
        for (Step step : new Step[] {
            Step.accepted(),
            Step.greeted(),
            Step.received(ClientAuthenticationCodec.REQUEST),
            Step.halfAnswered(ClientAuthenticationCodec.REQUEST)
        }) {
            try (ScriptedMember member = ScriptedMember.start()) {
                member.dieAt(step);
                Throwable failure = failureOf(member.address(), config -> {});
                assertThat(failure).as("died at %s", step).isInstanceOf(ConnectionException.class);
                member.revive();
                member.cluster().announceMembers();
                try (HazelcastClient client = Clients.connect(member.address(), config -> {})) {
                    assertThat(client.getMap("m").blocking().get("k")).isNull();
                }
            }
        }
    }

    private static ScriptedMember answering(int status) {
        ScriptedMember member = ScriptedMember.start();
        member.authenticationResponse(given -> new ClientAuthenticationCodec.Response(
                (byte) status,
                given.address(),
                given.memberUuid(),
                given.serializationVersion(),
                given.serverHazelcastVersion(),
                given.partitionCount(),
                given.clusterId(),
                given.failoverSupported(),
                given.tpcPorts(),
                given.tpcToken(),
                given.memberListVersion(),
                given.memberInfos(),
                given.partitionListVersion(),
                given.partitions(),
                given.keyValuePairs()));
        return member;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 99, -1})
    void credentialsFailedOrUnknownStatus_isAnAuthenticationError(int status) {
        try (ScriptedMember member = answering(status)) {
            assertThat(failureOf(member.address(), config -> {})).isInstanceOf(AuthenticationException.class);
        }
    }

    @Test
    void serializationVersionMismatch_saysSo() {
        try (ScriptedMember member = answering(2)) {
            Throwable failure = failureOf(member.address(), config -> {});
            assertThat(wholeStory(failure)).containsIgnoringCase("serialization version");
        }
    }

    @Test
    void notAllowedInCluster_endsTheLoopAtOnce() {
        try (ScriptedMember member = answering(3)) {
            assertThat(failureOf(member.address(), config -> config.clusterConnectTimeout(ClientConfig.INFINITE)))
                    .isInstanceOf(ClientNotAllowedException.class);
            assertThat(member.connectionsAccepted()).isEqualTo(1);
        }
    }

    @Test
    void otherPartitionCountAfterARestart_isRefused_andTheClientShutsDown() {
        try (ScriptedMember member = ScriptedMember.start();
                HazelcastClient client = Clients.connect(
                        member.address(), config -> config.retryInitialBackoff(Duration.ofMillis(50)))) {
            assertThat(client.partitionService().partitionCount()).isEqualTo(271);
            try (ScriptedCluster other =
                    ScriptedCluster.builder().partitionCount(17).start()) {
                member.authenticationResponse(given -> new ClientAuthenticationCodec.Response(
                        given.status(),
                        given.address(),
                        given.memberUuid(),
                        given.serializationVersion(),
                        given.serverHazelcastVersion(),
                        other.partitionCount(),
                        given.clusterId(),
                        given.failoverSupported(),
                        given.tpcPorts(),
                        given.tpcToken(),
                        given.memberListVersion(),
                        given.memberInfos(),
                        given.partitionListVersion(),
                        given.partitions(),
                        given.keyValuePairs()));
                member.cluster().restart();
                io.filbert.testkit.Eventually.passes(
                        () -> assertThat(client.lifecycleService().isRunning()).isFalse());
                assertThatThrownBy(() -> client.getMap("m").blocking().get("k"))
                        .isInstanceOf(io.filbert.error.ClientClosedException.class);
                assertThat(client.partitionService().partitionCount()).isEqualTo(271);
            }
        }
    }

    @Test
    void interruptedWhileConnecting_leavesNothingBehind() throws InterruptedException {
        try (FaultProxy proxy = FaultProxy.to("127.0.0.1", 1)) {
            proxy.refuse();
            AtomicReference<Throwable> failure = new AtomicReference<>();
            Thread caller = new Thread(() -> failure.set(
                    failureOf(proxy.address(), config -> config.clusterConnectTimeout(ClientConfig.INFINITE))));
            caller.start();
            io.filbert.testkit.Eventually.passes(
                    () -> assertThat(caller.getState()).isIn(Thread.State.WAITING, Thread.State.TIMED_WAITING));
            caller.interrupt();
            caller.join(5_000);
            assertThat(caller.isAlive()).isFalse();
            assertThat(failure.get()).isInstanceOf(CallInterruptedException.class);
        }
    }

    @Test
    void credentialsAskedFor_butNoneGiven_isAnAuthenticationError() {
        try (ScriptedCluster cluster =
                ScriptedCluster.builder().credentials("user", "secret").start()) {
            Throwable failure = failureOf(cluster.member(0).address(), config -> {});
            assertThat(failure).isInstanceOf(AuthenticationException.class);
            assertThat(wholeStory(failure)).doesNotContain("secret");
        }
    }
}
