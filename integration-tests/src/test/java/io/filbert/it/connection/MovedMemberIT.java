// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.connection;

import static io.filbert.cluster.LifecycleState.CONNECTED;
import static io.filbert.cluster.LifecycleState.DISCONNECTED;
import static io.filbert.cluster.LifecycleState.STARTED;
import static io.filbert.cluster.LifecycleState.STARTING;
import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.HazelcastClient;
import io.filbert.cluster.Address;
import io.filbert.cluster.LifecycleState;
import io.filbert.cluster.Member;
import io.filbert.cluster.MembershipListener;
import io.filbert.internal.protocol.codec.MapGetCodec;
import io.filbert.it.support.Clients;
import io.filbert.map.DistributedMap;
import io.filbert.testkit.Eventually;
import io.filbert.testkit.HeldRequests;
import io.filbert.testkit.NoLeaks;
import io.filbert.testkit.ScriptedCluster;
import io.filbert.testkit.ScriptedMember;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A member that restarts from disk elsewhere: the same uuid, another address. */
@NoLeaks
@Timeout(60)
final class MovedMemberIT {

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final MembershipListener listener = new MembershipListener() {
        @Override
        public void memberAdded(Member member) {
            heard.add("+" + member.address().port());
        }

        @Override
        public void memberRemoved(Member member) {
            heard.add("-" + member.address().port());
        }
    };

    private static <T> T join(CompletableFuture<T> future) {
        return future.orTimeout(20, TimeUnit.SECONDS).join();
    }

    private static int keyOf(HazelcastClient client, UUID owner) {
        return IntStream.iterate(0, key -> key + 1)
                .filter(key -> owner.equals(client.partitionService()
                        .partitionOwner(client.partitionService().partitionId(key))))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void listedAtAnotherAddress_isLeftWhereItWas_andCallsGoOn() {
        try (ScriptedCluster cluster = ScriptedCluster.builder().members(2).start();
                HazelcastClient client =
                        Clients.connect(cluster.addresses(), config -> config.membershipListeners(listener))) {
            DistributedMap<Integer, String> map = client.getMap("m");
            ScriptedMember old = cluster.member(1);
            int key = keyOf(client, old.uuid());
            join(map.put(key, "v"));
            HeldRequests unanswered = old.hold(MapGetCodec.REQUEST);
            CompletableFuture<String> get = map.get(key);
            unanswered.awaitCount(1);

            ScriptedMember moved = cluster.moveMember(old);

            assertThat(join(get))
                    .as("a call that the old address never answers")
                    .isEqualTo("v");
            Eventually.passes(() -> {
                assertThat(join(map.get(key))).isEqualTo("v");
                assertThat(moved.requests(MapGetCodec.REQUEST))
                        .as("requests for its partitions")
                        .isNotEmpty();
            });
            Eventually.passes(() -> assertThat(old.connections()).isEmpty());
            Eventually.passes(() -> assertThat(heard)
                    .containsExactly(
                            "+" + cluster.member(0).port(), "+" + old.port(), "-" + old.port(), "+" + moved.port()));
        }
    }

    /** What the list says then is no reason to give up a connection that leads to the new address. */
    @Test
    void foundAtAnotherAddress_beforeTheListTold_keepsThatConnection() {
        List<LifecycleState> states = new CopyOnWriteArrayList<>();
        AtomicReference<@Nullable ScriptedMember> there = new AtomicReference<>();
        try (ScriptedCluster cluster = ScriptedCluster.builder().start();
                HazelcastClient client = Clients.connect(
                        cluster.addresses(),
                        config -> config.membershipListeners(listener)
                                .lifecycleListeners(states::add)
                                .retryInitialBackoff(Duration.ofMillis(20))
                                .addressTranslator(address -> {
                                    ScriptedMember moved = there.get();
                                    return moved == null ? address : new Address(moved.host(), moved.port());
                                }))) {
            DistributedMap<String, String> map = client.getMap("m");
            join(map.put("k", "v"));
            ScriptedMember old = cluster.member(0);
            old.die();

            ScriptedMember moved = cluster.moveMember(old);
            there.set(moved);

            assertThat(join(map.get("k"))).isEqualTo("v");
            Eventually.passes(
                    () -> assertThat(heard).containsExactly("+" + old.port(), "-" + old.port(), "+" + moved.port()));
            Eventually.passes(
                    () -> assertThat(states).containsExactly(STARTING, STARTED, CONNECTED, DISCONNECTED, CONNECTED));
            assertThat(moved.connectionsAccepted()).isEqualTo(1);
        }
    }
}
