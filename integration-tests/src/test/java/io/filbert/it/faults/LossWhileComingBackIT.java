// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.HazelcastClient;
import io.filbert.internal.protocol.codec.TopicAddMessageListenerCodec;
import io.filbert.internal.protocol.member.TopicAddMessageListenerMemberCodec;
import io.filbert.it.support.Clients;
import io.filbert.map.DistributedMap;
import io.filbert.testkit.HeldRequests;
import io.filbert.testkit.NoLeaks;
import io.filbert.testkit.RequestHandler;
import io.filbert.testkit.ScriptedMember;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Connections that are lost again while the client is still telling the cluster about itself. */
@NoLeaks
final class LossWhileComingBackIT {

    private static final int CALLS = 5_000;

    private static final RequestHandler REGISTER =
            (request, reply) -> reply.send(TopicAddMessageListenerMemberCodec.encodeResponse(UUID.randomUUID()));

    @Test
    void lostWhileListenersAreRegistered_callsThatWaitGoOnWithTheNextConnection() throws Exception {
        try (ScriptedMember member = ScriptedMember.start().on(TopicAddMessageListenerCodec.REQUEST, REGISTER);
                HazelcastClient client = Clients.connect(
                        member.address(),
                        config -> config.retryInitialBackoff(Duration.ofMillis(20))
                                .retryMaxBackoff(Duration.ofMillis(20)))) {
            client.<String>getTopic("t").blocking().addListener(message -> {});
            DistributedMap<Integer, String> map = client.getMap("m");
            map.get(0).join();

            HeldRequests registrations = member.hold(TopicAddMessageListenerCodec.REQUEST);
            member.resetConnections();
            registrations.awaitCount(1);
            List<CompletableFuture<String>> waiting = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                waiting.add(map.get(i));
            }
            assertThat(waiting).as("the cluster does not know the client yet").noneMatch(CompletableFuture::isDone);
            member.on(TopicAddMessageListenerCodec.REQUEST, REGISTER);
            member.resetConnections();

            CompletableFuture.allOf(waiting.toArray(new CompletableFuture<?>[0]))
                    .get(20, TimeUnit.SECONDS);
        }
    }
}
