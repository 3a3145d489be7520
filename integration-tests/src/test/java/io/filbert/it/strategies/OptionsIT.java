// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.filbert.HazelcastClient;
import io.filbert.config.ClientConfig;
import io.filbert.error.OperationTimeoutException;
import io.filbert.error.SerializationException;
import io.filbert.internal.protocol.codec.ClientAuthenticationCodec;
import io.filbert.internal.protocol.codec.MapGetCodec;
import io.filbert.internal.protocol.member.ClientAuthenticationMemberCodec;
import io.filbert.internal.protocol.type.ErrorCode;
import io.filbert.it.support.Clients;
import io.filbert.map.DistributedMap;
import io.filbert.testkit.NoLeaks;
import io.filbert.testkit.ScriptedMember;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Options take effect; those that no other test looks at from outside. */
@NoLeaks
@Timeout(60)
final class OptionsIT {

    private final ScriptedMember member = ScriptedMember.start();

    @AfterEach
    void end() {
        member.close();
    }

    @Test
    void nameAndLabels_areShownToTheMember() {
        try (HazelcastClient client = Clients.connect(
                member.address(), config -> config.clientName("fred").labels("orders", "blue"))) {
            ClientAuthenticationMemberCodec.Request request = ClientAuthenticationMemberCodec.decodeRequest(
                    member.requests(ClientAuthenticationCodec.REQUEST).get(0).reader());
            assertThat(request.clientName()).isEqualTo("fred").isEqualTo(client.name());
            assertThat(request.labels()).containsExactly("orders", "blue");
        }
    }

    @Test
    void clientName_notGivenOrEmpty_isNumbered() {
        try (HazelcastClient first = Clients.connect(member.address(), config -> {});
                HazelcastClient second = Clients.connect(member.address(), config -> config.clientName(""))) {
            assertThat(numberOf(second)).isGreaterThan(numberOf(first));
            assertThat(member.connections())
                    .as("what the member is shown")
                    .extracting(connection -> connection.clientName())
                    .containsExactlyInAnyOrder(first.name(), second.name());
        }
    }

    private static int numberOf(HazelcastClient client) {
        assertThat(client.name()).matches("hz\\.client_\\d+");
        return Integer.parseInt(client.name().substring("hz.client_".length()));
    }

    /** How a socket that was closed by the client ends on the other side: with a reset if it does not linger. */
    @Test
    void socketOption_isSet() throws Exception {
        assertThat(endOfAConnection(config -> {})).as("by default").isNull();
        assertThat(endOfAConnection(config -> config.socketOption(StandardSocketOptions.SO_LINGER, 0)))
                .as("without lingering")
                .isInstanceOf(IOException.class);
    }

    private static @Nullable Throwable endOfAConnection(Consumer<ClientConfig.Builder> options) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<@Nullable Throwable> end = CompletableFuture.supplyAsync(() -> catchThrowable(() -> {
                try (Socket socket = server.accept()) {
                    socket.getInputStream().readAllBytes();
                }
            }));
            assertThatThrownBy(() -> HazelcastClient.connect(config -> {
                        config.clusterMembers("127.0.0.1:" + server.getLocalPort())
                                .connectionTimeout(Duration.ofMillis(200))
                                .clusterConnectTimeout(Duration.ZERO);
                        options.accept(config);
                    }))
                    .hasMessageContaining("connectionTimeout");
            return end.get(20, TimeUnit.SECONDS);
        }
    }

    private int attemptsWithin(Duration deadline, Duration pause) {
        member.on(
                MapGetCodec.REQUEST,
                (request, reply) -> reply.error(ErrorCode.TARGET_NOT_MEMBER, "a.TargetNotMember", "not here"));
        try (HazelcastClient client = Clients.connect(member.address(), config -> config.invocationRetryPause(pause))) {
            DistributedMap<String, String> map = client.getMap("m");
            member.forgetRequests();
            assertThatThrownBy(() -> map.withDeadline(deadline).blocking().get("k"))
                    .isInstanceOf(OperationTimeoutException.class);
            return member.requests(MapGetCodec.REQUEST).size();
        }
    }

    @Test
    void invocationRetryPause_isTheLongestPauseBetweenAttempts() {
        // Pauses double from 1 ms up to the configured one: within 2 s that are some 15 attempts without bound.
        assertThat(attemptsWithin(Duration.ofSeconds(2), Duration.ofMinutes(1))).isBetween(5, 20);
        assertThat(attemptsWithin(Duration.ofSeconds(2), Duration.ofMillis(1))).isGreaterThan(30);
    }

    @Test
    void maxMessageBytes_endsACallWithALongerAnswer() {
        try (HazelcastClient writer = Clients.connect(member.address(), config -> {})) {
            writer.getMap("m").blocking().put("k", new byte[100_000]);
            assertThat(writer.<String, byte[]>getMap("m").blocking().get("k")).hasSize(100_000);
        }
        try (HazelcastClient reader = Clients.connect(member.address(), config -> config.maxMessageBytes(65_536))) {
            assertThatThrownBy(() -> reader.getMap("m").blocking().get("k"))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("maxMessageBytes");
            reader.getMap("m").blocking().set("k", "short");
            assertThat(reader.getMap("m").blocking().get("k")).isEqualTo("short");
            assertThat(reader.metrics().connections().lost()).isZero();
        }
    }
}
