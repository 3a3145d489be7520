// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.HazelcastClient;
import io.filbert.cluster.DistributedObject;
import io.filbert.cluster.DistributedObjectEvent;
import io.filbert.error.MemberErrorException;
import io.filbert.error.OperationTimeoutException;
import io.filbert.error.SerializationException;
import io.filbert.internal.protocol.MessageHeader;
import io.filbert.internal.protocol.codec.ClientAddDistributedObjectListenerCodec;
import io.filbert.internal.protocol.codec.ClientCreateProxyCodec;
import io.filbert.internal.protocol.codec.ClientDestroyProxyCodec;
import io.filbert.internal.protocol.codec.ClientGetDistributedObjectsCodec;
import io.filbert.internal.protocol.codec.TopicAddMessageListenerCodec;
import io.filbert.internal.protocol.member.ClientAddDistributedObjectListenerMemberCodec;
import io.filbert.internal.protocol.member.ClientCreateProxyMemberCodec;
import io.filbert.internal.protocol.member.ClientGetDistributedObjectsMemberCodec;
import io.filbert.internal.protocol.member.TopicAddMessageListenerMemberCodec;
import io.filbert.internal.protocol.type.DistributedObjectInfo;
import io.filbert.it.support.Clients;
import io.filbert.testkit.Eventually;
import io.filbert.testkit.NoLeaks;
import io.filbert.testkit.Reply;
import io.filbert.testkit.ScriptedCluster;
import io.filbert.testkit.ScriptedMember;
import io.filbert.topic.Topic;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Answers and events about objects that real members give rarely, and what they are asked. */
@NoLeaks
final class MemberAnswersIT {

    private static final String MAPS = "hz:impl:mapService";

    private final ScriptedCluster cluster = ScriptedCluster.builder().members(2).start();

    @AfterEach
    void end() {
        cluster.close();
    }

    private static void has(ScriptedMember member, Set<DistributedObjectInfo> objects) {
        member.on(
                ClientGetDistributedObjectsCodec.REQUEST,
                (request, reply) ->
                        reply.send(ClientGetDistributedObjectsMemberCodec.encodeResponse(new ArrayList<>(objects))));
    }

    private HazelcastClient connectToBoth() {
        HazelcastClient client = Clients.connect(cluster.addresses());
        Eventually.passes(() -> assertThat(cluster.members())
                .allSatisfy(member -> assertThat(member.connections()).hasSize(1)));
        return client;
    }

    @Test
    void objectThatOneMemberHasNotHeardOf_isNotForgotten() {
        has(cluster.member(0), cluster.proxies());
        has(cluster.member(1), Set.of());
        try (HazelcastClient client = connectToBoth()) {
            DistributedObject map = client.getMap("new");
            for (int i = 0; i < 4; i++) {
                assertThat(client.getDistributedObjects()).containsExactly(map);
            }
            assertThat(client.getMap("new")).isSameAs(map);
        }
        assertThat(cluster.members())
                .allSatisfy(member -> assertThat(member.requests(ClientGetDistributedObjectsCodec.REQUEST))
                        .isNotEmpty());
    }

    @Test
    void objectThatNoMemberHas_isForgotten_andNotDestroyedAgain() {
        has(cluster.member(0), Set.of());
        has(cluster.member(1), Set.of());
        try (HazelcastClient client = connectToBoth()) {
            DistributedObject map = client.getMap("gone");
            assertThat(client.getDistributedObjects()).isEmpty();
            assertThat(map.destroy().join()).isFalse();
        }
        assertThat(cluster.members())
                .allSatisfy(member -> assertThat(member.requests(ClientDestroyProxyCodec.REQUEST))
                        .isEmpty());
    }

    /** What is only listed used to be created again on a restarted cluster, whether anybody used it or not. */
    @Test
    void objectsOfOthers_onlyThoseAskedForByName_areCreatedAgainOnARestartedCluster() {
        DistributedObjectInfo used = new DistributedObjectInfo(MAPS, "used");
        DistributedObjectInfo listed = new DistributedObjectInfo(MAPS, "listed");
        Set<DistributedObjectInfo> all =
                Set.of(used, listed, new DistributedObjectInfo("hz:impl:unknownService", "something"));
        cluster.members().forEach(member -> has(member, all));
        try (HazelcastClient client = connectToBoth()) {
            List<DistributedObject> objects = client.getDistributedObjects();
            assertThat(objects)
                    .hasSize(2)
                    .contains(client.getMap("used"))
                    .allSatisfy(object -> assertThat(object.serviceName()).isEqualTo(MAPS));
            assertThat(client.getDistributedObjects()).as("listed again").containsExactlyInAnyOrderElementsOf(objects);
            cluster.restart();
            client.getMap("used").size().join();

            assertThat(cluster.proxies()).contains(used).doesNotContain(listed);
        }
    }

    /** 4,000 maps that others had destroyed came back with a restart of the cluster (0.4 to 1 kB each were kept for them until then). */
    @Test
    void objectsThatOthersDestroyed_areForgotten_andNotCreatedAgainOnARestartedCluster() {
        int jobs = 200;
        try (HazelcastClient user = connectToBoth();
                HazelcastClient janitor = Clients.connect(cluster.addresses())) {
            user.getMap("live");
            for (int i = 0; i < jobs; i++) {
                user.getMap("job-" + i);
                janitor.getMap("job-" + i).destroy().join();
            }
            assertThat(creations("job-0")).as("by both").isEqualTo(2);
            for (int i = 0; i < 4; i++) {
                user.getMap("live").size().join(); // the answer comes behind the events of that member
            }
            user.getMap("job-1"); // asks the cluster, because it is forgotten
            assertThat(creations("job-1")).isEqualTo(3);
            user.getMap("job-1").destroy().join();
            cluster.restart();
            user.getMap("live").size().join();

            assertThat(cluster.proxies())
                    .extracting(DistributedObjectInfo::name)
                    .contains("live")
                    .noneMatch(name -> name.startsWith("job-"));
        }
    }

    private int creations(String name) {
        return (int) cluster.members().stream()
                .flatMap(member -> member.requests(ClientCreateProxyCodec.REQUEST).stream())
                .filter(request -> ClientCreateProxyMemberCodec.decodeRequest(request.reader())
                        .name()
                        .equals(name))
                .count();
    }

    /** The event of an own destruction may come when the name is in use again. */
    @Test
    void objectThatThisClientDestroyedAndUsesAgain_isNotForgotten() {
        try (HazelcastClient client = connectToBoth()) {
            for (int i = 0; i < 50; i++) {
                client.getMap("again").destroy().join();
                DistributedObject used = client.getMap("again");
                client.getMap("other-" + i);
                assertThat(client.getMap("again")).isSameAs(used);
            }
        }
    }

    /** The first failure used to forget the object with its listeners, and the second call did nothing. */
    @Test
    void destroy_thatFailed_canBeRepeated() {
        AtomicInteger asked = new AtomicInteger();
        cluster.on(ClientDestroyProxyCodec.REQUEST, (request, reply) -> {
            if (asked.incrementAndGet() == 1) {
                reply.error(21, "some.Refusal", "not now");
            } else {
                reply.proceed();
            }
        });
        try (HazelcastClient client = connectToBoth()) {
            DistributedObject map = client.getMap("m");

            assertThatThrownBy(() -> map.blocking().destroy()).isInstanceOf(MemberErrorException.class);
            assertThat(client.getMap("m")).as("still in use").isSameAs(map);
            assertThat(map.blocking().destroy()).isTrue();
            assertThat(map.blocking().destroy()).isFalse();
            assertThat(asked).hasValue(2);
            assertThat(client.getMap("m")).isNotSameAs(map);
        }
    }

    @Test
    void destroy_endsByTheDeadlineOfItsView() {
        cluster.on(ClientDestroyProxyCodec.REQUEST, (request, reply) -> {});
        try (HazelcastClient client = connectToBoth()) {
            DistributedObject map = client.getMap("m").withDeadline(Duration.ofMillis(200));
            long began = System.nanoTime();

            assertThatThrownBy(() -> map.blocking().destroy()).isInstanceOf(OperationTimeoutException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
        }
    }

    private int registrations() {
        return cluster.members().stream()
                .mapToInt(member ->
                        member.requests(TopicAddMessageListenerCodec.REQUEST).size())
                .sum();
    }

    private Topic<String> listenedTopic(HazelcastClient client) {
        cluster.on(
                TopicAddMessageListenerCodec.REQUEST,
                (request, reply) -> reply.send(TopicAddMessageListenerMemberCodec.encodeResponse(UUID.randomUUID())));
        Topic<String> topic = client.getTopic("t");
        topic.addListener(message -> {}).join();
        Eventually.passes(() -> assertThat(cluster.members())
                .allSatisfy(member -> assertThat(member.requests(ClientAddDistributedObjectListenerCodec.REQUEST))
                        .isNotEmpty()));
        assertThat(registrations()).isEqualTo(2);
        return topic;
    }

    /** The events of own destructions are ignored; but this one is the only sign that the object, and its listeners at the members, are gone. */
    @Test
    void destroy_carriedOutAfterItsDeadline_isNoticed_andListenersHearAgain() {
        Queue<Reply> held = new ConcurrentLinkedQueue<>();
        cluster.on(ClientDestroyProxyCodec.REQUEST, (request, reply) -> held.add(reply));
        try (HazelcastClient client = connectToBoth()) {
            Topic<String> topic = listenedTopic(client);
            assertThatThrownBy(() -> topic.withDeadline(Duration.ofMillis(100))
                            .blocking()
                            .destroy())
                    .isInstanceOf(OperationTimeoutException.class);
            Eventually.passes(() -> assertThat(registrations()).as("renewed").isEqualTo(4));
            assertThat(client.getTopic("t")).as("still in use").isSameAs(topic);

            held.remove().proceed();

            Eventually.passes(() -> {
                client.getTopic("t");
                assertThat(creations("t")).as("created anew").isEqualTo(2);
            });
            Eventually.passes(
                    () -> assertThat(registrations()).as("renewed again").isEqualTo(6));
        }
    }

    @Test
    void destroy_answerCannotBeRead_objectIsForgottenWithItsListeners() {
        int head = 19;
        byte[] tooLong = ByteBuffer.allocate(head + (2 << 20))
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(head)
                .putShort((short) MessageHeader.UNFRAGMENTED)
                .putInt(ClientDestroyProxyCodec.REQUEST.id() + 1)
                .position(head)
                .putInt(2 << 20)
                .putShort((short) MessageHeader.FINAL)
                .array();
        cluster.on(ClientDestroyProxyCodec.REQUEST, (request, reply) -> reply.send(tooLong));
        try (HazelcastClient client = Clients.connect(cluster.addresses(), config -> config.maxMessageBytes(1 << 20))) {
            Eventually.passes(() -> assertThat(cluster.members())
                    .allSatisfy(member -> assertThat(member.connections()).hasSize(1)));
            Topic<String> topic = listenedTopic(client);

            assertThatThrownBy(() -> topic.blocking().destroy())
                    .isInstanceOfSatisfying(
                            SerializationException.class,
                            error -> assertThat(error.wasCarriedOut()).isTrue());
            assertThat(client.getTopic("t")).isNotSameAs(topic);
            assertThat(topic.blocking().destroy()).as("known to be gone").isFalse();
        }
    }

    @Test
    void eventsOfUnknownTypes_areLeftOut() throws Exception {
        List<DistributedObjectEvent> heard = new CopyOnWriteArrayList<>();
        CompletableFuture<Reply> listening = new CompletableFuture<>();
        List<Boolean> localOnly = new CopyOnWriteArrayList<>();
        cluster.on(ClientAddDistributedObjectListenerCodec.REQUEST, (request, reply) -> {
            localOnly.add(ClientAddDistributedObjectListenerMemberCodec.decodeRequest(request.reader())
                    .localOnly());
            reply.send(ClientAddDistributedObjectListenerMemberCodec.encodeResponse(UUID.randomUUID()));
            listening.complete(reply);
        });
        UUID source = UUID.randomUUID();
        try (HazelcastClient client = connectToBoth()) {
            client.addDistributedObjectListener(heard::add).join();
            for (String type : List.of("CREATED", "RENAMED", "created", "DESTROYED")) {
                listening
                        .get(10, TimeUnit.SECONDS)
                        .event(ClientAddDistributedObjectListenerMemberCodec.encodeDistributedObjectEvent(
                                "m", MAPS, type, source));
            }

            Eventually.passes(() -> assertThat(heard)
                    .containsExactly(
                            new DistributedObjectEvent("m", MAPS, DistributedObjectEvent.Type.CREATED, source),
                            new DistributedObjectEvent("m", MAPS, DistributedObjectEvent.Type.DESTROYED, source)));
            assertThat(localOnly).containsExactly(true, true);
        }
        try (HazelcastClient client = Clients.connect(cluster.addresses(), config -> config.smartRouting(false))) {
            client.addDistributedObjectListener(heard::add).join();
            assertThat(localOnly).containsExactly(true, true, false);
        }
    }
}
