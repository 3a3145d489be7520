// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.HazelcastClient;
import io.filbert.error.MemberErrorException;
import io.filbert.internal.protocol.codec.ClientCreateProxiesCodec;
import io.filbert.internal.protocol.codec.ClientPingCodec;
import io.filbert.internal.protocol.codec.MapPutCodec;
import io.filbert.internal.protocol.codec.TopicAddMessageListenerCodec;
import io.filbert.internal.protocol.member.TopicAddMessageListenerMemberCodec;
import io.filbert.internal.protocol.type.ErrorCode;
import io.filbert.it.support.Clients;
import io.filbert.map.DistributedMap;
import io.filbert.testkit.Eventually;
import io.filbert.testkit.NoLeaks;
import io.filbert.testkit.Reply;
import io.filbert.testkit.ScriptedConnection;
import io.filbert.testkit.ScriptedMember;
import io.filbert.testkit.ScriptedRequest;
import io.filbert.topic.MessageListener;
import io.filbert.topic.TopicMessage;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
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

    @ParameterizedTest
    @MethodSource("refusals")
    void refusedOnEachConnection_failsAfterAFew(Consumer<Reply> refusal) {
        try (HazelcastClient client = connect()) {
            DistributedMap<String, String> map = client.getMap("m");
            member.on(MapPutCodec.REQUEST, (request, reply) -> refusal.accept(reply));

            assertThatThrownBy(() -> map.put("k", "v").get(30, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOf(MemberErrorException.class)
                    .hasMessageContaining(REFUSAL);
            assertThat(member.requests(MapPutCodec.REQUEST)).hasSize(4);
        }
    }

    /** Only refusals that follow each other count: other failures before them used to use up the attempts. */
    @ParameterizedTest
    @MethodSource("refusals")
    void refusedAfterOtherFailures_goesOn(Consumer<Reply> refusal) throws Exception {
        try (HazelcastClient client = connect()) {
            DistributedMap<String, String> map = client.getMap("m");
            AtomicInteger asked = new AtomicInteger();
            member.on(MapPutCodec.REQUEST, (request, reply) -> {
                int number = asked.incrementAndGet();
                if (number <= 6) {
                    reply.error(ErrorCode.WRONG_TARGET, "x.WrongTarget", "not mine");
                } else if (number <= 9) {
                    refusal.accept(reply);
                } else {
                    reply.proceed();
                }
            });

            assertThat(map.put("k", "v").get(20, TimeUnit.SECONDS)).isNull();
            assertThat(asked).hasValue(10);
        }
    }

    /** The client used to tell the same connection about itself for ever, and calls waited for that. */
    @ParameterizedTest
    @MethodSource("refusals")
    void refusedWhenTheClientComesBack_isReplaced(Consumer<Reply> refusal) throws Exception {
        try (HazelcastClient client = connect()) {
            DistributedMap<String, String> map = client.getMap("m");
            map.get("k").get(10, TimeUnit.SECONDS);
            AtomicReference<@Nullable ScriptedConnection> second = new AtomicReference<>();
            member.on(ClientCreateProxiesCodec.REQUEST, (request, reply) -> {
                second.compareAndSet(null, request.connection());
                if (request.connection() == second.get()) {
                    refusal.accept(reply);
                } else {
                    reply.proceed();
                }
            });
            member.resetConnections();

            map.get("k").get(20, TimeUnit.SECONDS);
            assertThat(member.connectionsAccepted()).isEqualTo(3);
        }
    }

    private static MessageListener<String> gapsIn(AtomicInteger gaps) {
        return new MessageListener<>() {
            @Override
            public void onMessage(TopicMessage<String> message) {}

            @Override
            public void onGap() {
                gaps.incrementAndGet();
            }
        };
    }

    private static void answerRegistration(ScriptedRequest request, Reply reply) {
        reply.send(TopicAddMessageListenerMemberCodec.encodeResponse(UUID.randomUUID()));
    }

    /** A program that only listens sends nothing else: it used to stay deaf. */
    @ParameterizedTest
    @MethodSource("refusals")
    void refusedPing_ofAClientThatOnlyListens_isReplaced(Consumer<Reply> refusal) throws Exception {
        member.on(TopicAddMessageListenerCodec.REQUEST, NotAuthenticatedIT::answerRegistration);
        AtomicInteger gaps = new AtomicInteger();
        try (HazelcastClient client = Clients.connect(
                member.address(),
                config -> config.retryInitialBackoff(Duration.ofMillis(20)).heartbeatInterval(Duration.ofMillis(50)))) {
            client.<String>getTopic("t").addListener(gapsIn(gaps)).get(10, TimeUnit.SECONDS);
            ScriptedConnection first = member.connections().get(0);
            member.on(ClientPingCodec.REQUEST, (request, reply) -> {
                if (request.connection() == first) {
                    refusal.accept(reply);
                } else {
                    reply.proceed();
                }
            });

            Eventually.passes(() -> assertThat(gaps).hasPositiveValue());
            Eventually.passes(() -> assertThat(member.requests(TopicAddMessageListenerCodec.REQUEST))
                    .hasSize(2));
        }
    }

    /** The listener used to be refused there again and again. */
    @ParameterizedTest
    @MethodSource("refusals")
    void refusedRegistration_afterOthersWereAccepted_isMadeOnTheNextConnection(Consumer<Reply> refusal)
            throws Exception {
        try (HazelcastClient client = connect()) {
            ScriptedConnection first = member.connections().get(0);
            member.on(TopicAddMessageListenerCodec.REQUEST, (request, reply) -> {
                if (request.connection() == first) {
                    refusal.accept(reply);
                } else {
                    answerRegistration(request, reply);
                }
            });
            AtomicInteger gaps = new AtomicInteger();

            UUID id = client.<String>getTopic("t").addListener(gapsIn(gaps)).get(20, TimeUnit.SECONDS);

            assertThat(id).isNotNull();
            Eventually.passes(() -> assertThat(member.requests(TopicAddMessageListenerCodec.REQUEST))
                    .hasSize(2));
            Eventually.passes(() -> assertThat(gaps).hasPositiveValue());
            assertThat(member.connectionsAccepted()).isEqualTo(2);
        }
    }
}
