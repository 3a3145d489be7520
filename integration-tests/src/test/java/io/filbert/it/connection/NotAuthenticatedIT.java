// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.HazelcastClient;
import io.filbert.error.MemberErrorCode;
import io.filbert.error.MemberErrorException;
import io.filbert.internal.protocol.codec.MapPutCodec;
import io.filbert.internal.protocol.type.ErrorCode;
import io.filbert.it.support.Clients;
import io.filbert.map.DistributedMap;
import io.filbert.testkit.NoLeaks;
import io.filbert.testkit.Reply;
import io.filbert.testkit.ScriptedConnection;
import io.filbert.testkit.ScriptedMember;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A connection lives, but the member takes it for not authenticated. Guards against a client that repeats its calls on such a connection
 * until their deadline.
 */
@NoLeaks
final class NotAuthenticatedIT {

    private static final String REFUSAL = "Client must authenticate before any operation.";

    private final ScriptedMember member = ScriptedMember.start();

    @AfterEach
    void endMember() {
        member.close();
    }

    private HazelcastClient connect() {
        return Clients.connect(
                member.address(),
                config ->
                        config.retryInitialBackoff(Duration.ofMillis(20)).invocationRetryPause(Duration.ofMillis(20)));
    }

    static Stream<Consumer<Reply>> refusals() {
        return Stream.of(
                reply -> reply.error(ErrorCode.AUTHENTICATION, "com.hazelcast.client.AuthenticationException", REFUSAL),
                // As members do it.
                reply -> reply.error(List.of(
                        Reply.errorHolder(
                                ErrorCode.RETRYABLE_HAZELCAST,
                                "com.hazelcast.spi.exception.RetryableHazelcastException",
                                REFUSAL),
                        Reply.errorHolder(
                                ErrorCode.AUTHENTICATION, "com.hazelcast.client.AuthenticationException", REFUSAL))));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusedOnALivingConnection_isReplacedAndTheCallGoesOn(Consumer<Reply> refusal) throws Exception {
        try (HazelcastClient client = connect()) {
            DistributedMap<String, String> map = client.getMap("m");
            map.put("k", "old").get(10, TimeUnit.SECONDS);
            ScriptedConnection first = member.connections().get(0);
            member.forgetRequests();
            member.on(MapPutCodec.REQUEST, (request, reply) -> {
                if (request.connection() == first) {
                    refusal.accept(reply);
                } else {
                    reply.proceed();
                }
            });

            assertThat(map.put("k", "new").get(20, TimeUnit.SECONDS)).isEqualTo("old");
            assertThat(map.get("k").get(10, TimeUnit.SECONDS)).isEqualTo("new");
            assertThat(member.connectionsAccepted()).isEqualTo(2);
        }
    }

    @Test
    void refusedOnEachConnection_failsAfterAFew() {
        try (HazelcastClient client = connect()) {
            member.on(
                    MapPutCodec.REQUEST,
                    (request, reply) -> reply.error(
                            ErrorCode.AUTHENTICATION, "com.hazelcast.client.AuthenticationException", REFUSAL));

            assertThatThrownBy(() -> client.getMap("m").put("k", "v").get(30, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOf(MemberErrorException.class)
                    .hasMessageContaining(REFUSAL)
                    .matches(error -> ((MemberErrorException) error).errorCode() == MemberErrorCode.AUTHENTICATION);
            assertThat(member.requests(MapPutCodec.REQUEST)).hasSizeBetween(2, 6);
        }
    }
}
