// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.objects;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.HazelcastClient;
import io.filbert.cluster.DistributedObject;
import io.filbert.cluster.DistributedObjectEvent;
import io.filbert.internal.protocol.codec.ClientAddDistributedObjectListenerCodec;
import io.filbert.internal.protocol.codec.ClientCreateProxyCodec;
import io.filbert.internal.protocol.codec.ClientDestroyProxyCodec;
import io.filbert.internal.protocol.codec.ClientGetDistributedObjectsCodec;
import io.filbert.internal.protocol.member.ClientAddDistributedObjectListenerMemberCodec;
import io.filbert.internal.protocol.member.ClientGetDistributedObjectsMemberCodec;
import io.filbert.internal.protocol.type.DistributedObjectInfo;
import io.filbert.it.support.Clients;
import io.filbert.testkit.Eventually;
import io.filbert.testkit.NoLeaks;
import io.filbert.testkit.Reply;
import io.filbert.testkit.ScriptedCluster;
import io.filbert.testkit.ScriptedMember;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
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

    @Test
    void objectOfOthers_isUsedWithoutCreatingIt_andCreatedAgainOnARestartedCluster() {
        DistributedObjectInfo theirs = new DistributedObjectInfo(MAPS, "theirs");
        Set<DistributedObjectInfo> all =
                Set.of(theirs, new DistributedObjectInfo("hz:impl:unknownService", "something"));
        cluster.members().forEach(member -> has(member, all));
        try (HazelcastClient client = connectToBoth()) {
            assertThat(client.getDistributedObjects())
                    .singleElement()
                    .isSameAs(client.getMap("theirs"))
                    .returns("theirs", DistributedObject::name)
                    .returns(MAPS, DistributedObject::serviceName);
            assertThat(cluster.members())
                    .allSatisfy(member -> assertThat(member.requests(ClientCreateProxyCodec.REQUEST))
                            .isEmpty());
            cluster.restart();
            client.getMap("theirs").size().join();

            assertThat(cluster.proxies()).contains(theirs);
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
