// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.strategies;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.HazelcastClient;
import io.filbert.config.ClientConfig;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.protocol.codec.TopicAddMessageListenerCodec;
import io.filbert.internal.protocol.codec.TopicRemoveMessageListenerCodec;
import io.filbert.internal.protocol.member.TopicAddMessageListenerMemberCodec;
import io.filbert.internal.serialization.SerializationService;
import io.filbert.it.support.Clients;
import io.filbert.it.support.LogLines;
import io.filbert.testkit.Eventually;
import io.filbert.testkit.FaultProxy;
import io.filbert.testkit.NoLeaks;
import io.filbert.testkit.ScriptedCluster;
import io.filbert.testkit.ScriptedMember;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What fails again and again is told now and then. */
@NoLeaks
@Timeout(60)
final class RepeatedWarningsIT {

    private static final Data TEXT = Objects.requireNonNull(
            new SerializationService(ClientConfig.builder().build().serialization()).toData("m"));

    @Test
    void manyRoundsInVain_areToldInFewLines_thatSayWhatToDo() {
        try (LogLines log = LogLines.open();
                FaultProxy proxy = FaultProxy.to("127.0.0.1", 1)) {
            proxy.acceptThenDrop();
            try (HazelcastClient client = HazelcastClient.connect(config -> config.clusterMembers(proxy.address())
                    .asyncStart(true)
                    .retryInitialBackoff(Duration.ofMillis(5))
                    .retryMultiplier(1))) {
                Eventually.passes(() -> assertThat(proxy.connectionsAccepted()).isGreaterThan(100));

                assertThat(log.of(client.name()))
                        .as("a round every 5 ms for as long as that took, each subject every 10 s")
                        .hasSizeLessThan(20)
                        .filteredOn(line -> line.contains("Cannot reach the cluster"))
                        .isNotEmpty()
                        .allMatch(line -> line.contains(proxy.address())
                                && line.contains("Check that members run there")
                                && line.contains("clusterMembers"));
            }
        }
    }

    @Test
    void memberThatCannotBeReached_isToldOnce_thoughItIsDialledEverySecond() {
        try (LogLines log = LogLines.open();
                ScriptedCluster cluster = ScriptedCluster.builder().members(2).start()) {
            cluster.member(1).die();
            try (HazelcastClient client = Clients.connect(cluster.member(0).address(), config -> {})) {
                Eventually.passes(() -> assertThat(log.of(client.name()))
                        .anyMatch(line -> line.startsWith("WARNING")
                                && line.contains("Cannot connect to Member")
                                && line.contains("other members pass its requests on")));
                assertThat(client.getMap("m").blocking().get("k")).isNull();
            }
        }
    }

    @Test
    void loadBalancerThatFails_isToldOnce_andTheCallsGoOn() {
        try (LogLines log = LogLines.open();
                ScriptedCluster cluster = ScriptedCluster.builder().members(2).start();
                HazelcastClient client = Clients.connect(
                        cluster.addresses(),
                        config -> config.loadBalancer(members -> {
                            throw new IllegalStateException("no choice");
                        }))) {
            for (int i = 0; i < 100; i++) {
                assertThat(client.getMap("m").blocking().size()).isZero();
            }

            assertThat(log.of(client.name()))
                    .filteredOn(line -> line.contains("load balancer"))
                    .hasSizeBetween(1, 3)
                    .allMatch(line -> line.startsWith("SEVERE") && line.contains("taking any connection"));
        }
    }

    @Test
    void listenerThatAlwaysFails_isToldOnce_andGetsAllEvents() {
        AtomicInteger heard = new AtomicInteger();
        try (LogLines log = LogLines.open();
                ScriptedMember member = ScriptedMember.start();
                HazelcastClient client = Clients.connect(member.address(), config -> {})) {
            member.on(TopicAddMessageListenerCodec.REQUEST, (request, reply) -> {
                reply.send(TopicAddMessageListenerMemberCodec.encodeResponse(UUID.randomUUID()));
                for (int i = 0; i < 500; i++) {
                    reply.event(TopicAddMessageListenerMemberCodec.encodeTopicEvent(TEXT, 0, member.uuid()));
                }
            });
            client.<String>getTopic("t").blocking().addListener(message -> {
                heard.incrementAndGet();
                throw new IllegalStateException("not today");
            });

            Eventually.passes(() -> assertThat(heard).hasValue(500));
            assertThat(log.of(client.name()))
                    .filteredOn(line -> line.contains("failed; its next events are delivered"))
                    .hasSizeBetween(1, 3)
                    .allMatch(line -> line.startsWith("SEVERE") && line.contains("topic 't'"));
        }
    }

    @Test
    void memberThatRefusesAListener_isToldOnce_thoughItIsAskedAgainAndAgain() {
        try (LogLines log = LogLines.open();
                ScriptedMember member = ScriptedMember.start();
                HazelcastClient client = Clients.connect(
                        member.address(),
                        config -> config.invocationRetryPause(Duration.ofMillis(5))
                                .retryInitialBackoff(Duration.ofMillis(5)))) {
            member.on(
                    TopicAddMessageListenerCodec.REQUEST,
                    (request, reply) ->
                            reply.send(TopicAddMessageListenerMemberCodec.encodeResponse(UUID.randomUUID())));
            client.<String>getTopic("t").blocking().addListener(message -> {});
            member.on(
                    TopicAddMessageListenerCodec.REQUEST,
                    (request, reply) -> reply.error(21, "some.Refusal", "not here"));
            member.forgetRequests();
            member.resetConnections();
            member.awaitRequests(TopicAddMessageListenerCodec.REQUEST, 50);

            assertThat(log.of(client.name()))
                    .filteredOn(line -> line.contains("could not be registered"))
                    .hasSizeBetween(1, 5)
                    .allMatch(line -> line.startsWith("WARNING")
                            && line.contains("topic 't'")
                            && line.contains("until the next try, in 5 ms")
                            && line.contains("not here"));
            assertThat(client.getMap("m").blocking().size())
                    .as("calls do not wait for it")
                    .isZero();
        }
    }

    @Test
    void memberThatKeepsAListener_isToldOnce_andTheRemovalSucceedsHere() {
        try (LogLines log = LogLines.open();
                ScriptedMember member = ScriptedMember.start();
                HazelcastClient client = Clients.connect(member.address(), config -> {})) {
            member.on(
                    TopicAddMessageListenerCodec.REQUEST,
                    (request, reply) ->
                            reply.send(TopicAddMessageListenerMemberCodec.encodeResponse(UUID.randomUUID())));
            member.on(
                    TopicRemoveMessageListenerCodec.REQUEST,
                    (request, reply) -> reply.error(21, "some.Refusal", "kept"));
            for (int i = 0; i < 20; i++) {
                UUID id = client.<String>getTopic("t").blocking().addListener(message -> {});
                assertThat(client.<String>getTopic("t").blocking().removeListener(id))
                        .isTrue();
            }

            assertThat(log.of(client.name()))
                    .filteredOn(line -> line.contains("could not be removed"))
                    .hasSizeBetween(1, 3)
                    .allMatch(
                            line -> line.startsWith("WARNING") && line.contains("topic 't'") && line.contains("kept"));
        }
    }
}
