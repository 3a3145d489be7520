// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.connection;

import static io.filbert.cluster.LifecycleState.CONNECTED;
import static io.filbert.cluster.LifecycleState.DISCONNECTED;
import static io.filbert.cluster.LifecycleState.SHUTDOWN;
import static io.filbert.cluster.LifecycleState.SHUTTING_DOWN;
import static io.filbert.cluster.LifecycleState.STARTED;
import static io.filbert.cluster.LifecycleState.STARTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.HazelcastClient;
import io.filbert.cluster.LifecycleState;
import io.filbert.config.ClientConfig;
import io.filbert.config.ReconnectMode;
import io.filbert.error.ClientClosedException;
import io.filbert.error.ClientOfflineException;
import io.filbert.internal.protocol.codec.ClientAuthenticationCodec;
import io.filbert.internal.protocol.codec.ClientCreateProxiesCodec;
import io.filbert.internal.protocol.codec.MapGetCodec;
import io.filbert.it.support.Clients;
import io.filbert.it.support.LogLines;
import io.filbert.map.DistributedMap;
import io.filbert.testkit.Eventually;
import io.filbert.testkit.NoLeaks;
import io.filbert.testkit.ScriptedCluster;
import io.filbert.testkit.ScriptedMember;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** The life of a client: its states, what it does without cluster, and how it comes back. */
@NoLeaks
final class LifecycleIT {

    private final ScriptedCluster cluster = ScriptedCluster.builder().members(2).start();
    private final List<LifecycleState> states = new CopyOnWriteArrayList<>();

    @AfterEach
    void endCluster() {
        cluster.close();
    }

    private HazelcastClient connect(Consumer<ClientConfig.Builder> changes) {
        return Clients.connect(cluster.addresses(), config -> {
            config.lifecycleListeners(states::add).retryInitialBackoff(Duration.ofMillis(20));
            changes.accept(config);
        });
    }

    /** A client that has a connection to each member. */
    private HazelcastClient connectToAll(Consumer<ClientConfig.Builder> changes) {
        HazelcastClient client = connect(changes);
        Eventually.passes(() -> assertThat(cluster.members())
                .allSatisfy(member -> assertThat(member.connections()).hasSize(1)));
        return client;
    }

    private void awaitStates(LifecycleState... expected) {
        Eventually.passes(() -> assertThat(states).containsExactly(expected));
    }

    @Test
    void startAndClose_passThroughTheStates() {
        try (LogLines log = LogLines.open()) {
            HazelcastClient client = connect(config -> config.clientName("fred"));
            assertThat(client.lifecycleService().isRunning()).isTrue();
            assertThat(client.name()).isEqualTo("fred");
            awaitStates(STARTING, STARTED, CONNECTED);
            client.shutdown();
            assertThat(client.lifecycleService().isRunning()).isFalse();
            assertThat(states).containsExactly(STARTING, STARTED, CONNECTED, SHUTTING_DOWN, DISCONNECTED, SHUTDOWN);

            // In the order and, but for the client's name in front, in the words that users know.
            String story = String.join("\n", log.of("fred"));
            assertThat(story)
                    .containsSubsequence(
                            "is STARTING",
                            "Trying to connect to",
                            "is CONNECTED",
                            "Members [2] {",
                            "is SHUTTING_DOWN",
                            "is SHUTDOWN")
                    .contains("Authenticated with")
                    .doesNotContain("Removed ", "is STARTED", "is DISCONNECTED")
                    .contains(cluster.member(0).uuid().toString());
            assertThat(log.of("fred"))
                    .as("lines that are not for information")
                    .allMatch(line -> line.startsWith("INFO "));
        }
    }

    @Test
    void loggedMemberList_namesEachMember() {
        try (LogLines log = LogLines.open();
                HazelcastClient client = connect(config -> {})) {
            ScriptedMember first = cluster.member(0);
            assertThat(String.join("\n", log.of(client.name())))
                    .contains("Member [127.0.0.1]:" + first.port() + " - " + first.uuid());
        }
    }

    @RepeatedTest(20)
    void connect_returnsWhenAllMembersAreConnected() {
        try (HazelcastClient client = connect(config -> {})) {
            // Authenticated: the member has answered, the client has counted it in before connect returned.
            assertThat(cluster.members())
                    .allSatisfy(member -> assertThat(member.connections())
                            .as("connections to %s", member)
                            .hasSize(1));
            assertThat(client.lifecycleService().isRunning()).isTrue();
        }
    }

    @Test
    void lostConnectionToOneOfTwoMembers_isNoDisconnection() {
        try (HazelcastClient client = connectToAll(config -> {})) {
            cluster.member(0).resetConnections();
            Eventually.passes(
                    () -> assertThat(cluster.member(0).connectionsAccepted()).isGreaterThan(1));
            assertThat(client.getMap("m").get("k").join()).isNull();
            awaitStates(STARTING, STARTED, CONNECTED);
        }
    }

    @Test
    void wholeClusterRestart_clientComesBack_proxiesFirst() {
        try (HazelcastClient client = connectToAll(config -> {})) {
            DistributedMap<String, String> one = client.getMap("one");
            DistributedMap<String, String> two = client.getMap("two");
            one.put("k", "v").join();
            cluster.members().forEach(ScriptedMember::forgetRequests);

            cluster.restart();

            assertThat(one.get("k").join()).as("the cluster came back empty").isNull();
            assertThat(two.put("k", "v").handle((v, e) -> true).join()).isTrue();
            awaitStates(STARTING, STARTED, CONNECTED, DISCONNECTED, CONNECTED);
            assertThat(cluster.proxies()).extracting(proxy -> proxy.name()).containsExactlyInAnyOrder("one", "two");
            for (ScriptedMember member : cluster.members()) {
                // Work resumes only after some member knows the proxies.
                int created = indexOf(member, ClientCreateProxiesCodec.REQUEST.id());
                int work = indexOf(member, MapGetCodec.REQUEST.id());
                if (created >= 0 && work >= 0) {
                    assertThat(created).isLessThan(work);
                }
            }
            assertThat(client.clusterService().members())
                    .extracting(member -> member.uuid())
                    .containsExactlyElementsOf(
                            cluster.members().stream().map(ScriptedMember::uuid).toList());
        }
    }

    private static int indexOf(ScriptedMember member, int type) {
        return member.requests().stream()
                .map(request -> request.type())
                .toList()
                .indexOf(type);
    }

    @Test
    void reconnectedButNotSynchronized_callsWait() {
        try (HazelcastClient client = connect(config -> config.smartRouting(false))) {
            DistributedMap<String, String> map = client.getMap("m");
            cluster.members().forEach(member -> member.hold(ClientCreateProxiesCodec.REQUEST));
            cluster.restart();
            CompletableFuture<String> get = map.get("k");
            Eventually.passes(() -> assertThat(cluster.members())
                    .anyMatch(member ->
                            !member.requests(ClientCreateProxiesCodec.REQUEST).isEmpty()));
            assertThat(get).isNotDone();
            assertThat(states).endsWith(DISCONNECTED);
            // The held ones stay unanswered: the connection is lost, and the next one synchronizes.
            cluster.members().forEach(member -> member.asUsual(ClientCreateProxiesCodec.REQUEST));
            cluster.members().forEach(ScriptedMember::resetConnections);
            assertThat(get.orTimeout(10, TimeUnit.SECONDS).join()).isNull();
            awaitStates(STARTING, STARTED, CONNECTED, DISCONNECTED, CONNECTED);
        }
    }

    @Test
    void reconnectModeOn_callsWaitForTheCluster() {
        try (HazelcastClient client = connectToAll(config -> {})) {
            DistributedMap<String, String> map = client.getMap("m");
            cluster.members().forEach(ScriptedMember::die);
            awaitStates(STARTING, STARTED, CONNECTED, DISCONNECTED);
            CompletableFuture<String> put = map.put("k", "v");
            cluster.restart();
            assertThat(put.orTimeout(10, TimeUnit.SECONDS).join()).isNull();
            assertThat(map.get("k").join()).isEqualTo("v");
        }
    }

    @Test
    void reconnectModeAsync_callsFailAtOnce_untilTheClusterIsBack() {
        try (HazelcastClient client = connectToAll(config -> config.reconnectMode(ReconnectMode.ASYNC))) {
            DistributedMap<String, String> map = client.getMap("m");
            cluster.members().forEach(ScriptedMember::die);
            awaitStates(STARTING, STARTED, CONNECTED, DISCONNECTED);
            assertThatThrownBy(() -> map.put("k", "v").join()).hasCauseInstanceOf(ClientOfflineException.class);
            assertThatThrownBy(() -> client.getMap("other")).isInstanceOf(ClientOfflineException.class);
            cluster.restart();
            awaitStates(STARTING, STARTED, CONNECTED, DISCONNECTED, CONNECTED);
            assertThat(map.put("k", "v").join()).isNull();
        }
    }

    @Test
    void reconnectModeOff_clientShutsDown() {
        HazelcastClient client = connectToAll(config -> config.reconnectMode(ReconnectMode.OFF));
        DistributedMap<String, String> map = client.getMap("m");
        cluster.members().forEach(ScriptedMember::die);
        awaitStates(STARTING, STARTED, CONNECTED, DISCONNECTED, SHUTTING_DOWN, SHUTDOWN);
        assertThatThrownBy(() -> map.get("k").join()).hasCauseInstanceOf(ClientClosedException.class);
        client.close();
        Eventually.passes(() -> assertThat(Clients.threads(client)).isEmpty());
    }

    @Test
    void clusterConnectTimeout_endsReconnecting() {
        HazelcastClient client = connectToAll(config -> config.clusterConnectTimeout(Duration.ofMillis(300)));
        DistributedMap<String, String> map = client.getMap("m");
        cluster.members().forEach(ScriptedMember::die);
        CompletableFuture<String> waiting = map.get("k");
        awaitStates(STARTING, STARTED, CONNECTED, DISCONNECTED, SHUTTING_DOWN, SHUTDOWN);
        assertThatThrownBy(waiting::join).hasCauseInstanceOf(ClientClosedException.class);
        client.close();
    }

    @Test
    void asyncStart_failsFastUntilConnected() {
        cluster.members().forEach(member -> member.hold(ClientAuthenticationCodec.REQUEST));
        try (HazelcastClient client = connect(config -> config.asyncStart(true).smartRouting(false))) {
            assertThat(client.lifecycleService().isRunning()).isTrue();
            assertThat(client.clusterService().members()).isEmpty();
            assertThat(client.partitionService().partitionCount()).isZero();
            assertThat(client.partitionService().partitionOwner(0)).isNull();
            assertThatThrownBy(() -> client.partitionService().partitionId("k"))
                    .isInstanceOf(ClientOfflineException.class);
            assertThatThrownBy(() -> client.getMap("m")).isInstanceOf(ClientOfflineException.class);
            cluster.members().forEach(member -> member.asUsual(ClientAuthenticationCodec.REQUEST));
            cluster.members().forEach(ScriptedMember::resetConnections);
            awaitStates(STARTING, STARTED, CONNECTED);
            assertThat(client.getMap("m").get("k").join()).isNull();
        }
    }

    @Test
    void asyncStart_withoutCluster_givesUpAndShutsDown() {
        cluster.members().forEach(ScriptedMember::die);
        HazelcastClient client =
                connect(config -> config.asyncStart(true).clusterConnectTimeout(Duration.ofMillis(200)));
        awaitStates(STARTING, STARTED, SHUTTING_DOWN, SHUTDOWN);
        assertThatThrownBy(() -> client.getMap("m")).isInstanceOf(ClientClosedException.class);
        client.close();
    }

    @Test
    void membershipListeners_hearOfEachMemberOnce() {
        List<String> told = new CopyOnWriteArrayList<>();
        try (HazelcastClient client =
                connect(config -> config.membershipListeners(new RecordingMembership("configured", told)))) {
            client.clusterService().addListener(new RecordingMembership("late", told), true);
            client.clusterService().addListener(new RecordingMembership("changes only", told));
            ScriptedMember third = cluster.addMember();
            String first = cluster.member(0).uuid().toString();
            String second = cluster.member(1).uuid().toString();
            Eventually.passes(() -> assertThat(told).contains("changes only + " + third.uuid()));
            cluster.removeMember(cluster.member(1));
            Eventually.passes(() -> assertThat(told).contains("changes only - " + second));
            assertThat(told)
                    .containsExactlyInAnyOrder(
                            "configured + " + first,
                            "configured + " + second,
                            "late + " + first,
                            "late + " + second,
                            "configured + " + third.uuid(),
                            "late + " + third.uuid(),
                            "changes only + " + third.uuid(),
                            "configured - " + second,
                            "late - " + second,
                            "changes only - " + second);
        }
    }

    /** They had seen none in 19 of 20 tries, so that a program could not begin with what its listener knew. */
    @Test
    void membershipListeners_haveSeenTheMembersWhenTheCallReturns() {
        for (int round = 0; round < 20; round++) {
            List<String> configured = new CopyOnWriteArrayList<>();
            List<String> added = new CopyOnWriteArrayList<>();
            try (HazelcastClient client =
                    connect(config -> config.membershipListeners(new RecordingMembership("x", configured)))) {
                assertThat(configured).hasSize(cluster.members().size());
                client.clusterService().addListener(new RecordingMembership("y", added), true);
                assertThat(added).hasSize(cluster.members().size());
            }
        }
    }

    /** A callback runs on the executor that runs the listeners, too. */
    @Test
    void membershipListeners_addedInACallback_haveSeenTheMembersWhenTheCallReturns() {
        ExecutorService one = Executors.newSingleThreadExecutor();
        try (HazelcastClient client = connect(config -> config.callbackExecutor(one))) {
            List<String> told = new CopyOnWriteArrayList<>();
            CompletableFuture<Integer> seen = client.getMap("m").get("k").thenApply(value -> {
                client.clusterService().addListener(new RecordingMembership("x", told), true);
                return told.size();
            });
            assertThat(seen.orTimeout(20, TimeUnit.SECONDS).join())
                    .isEqualTo(cluster.members().size());
        } finally {
            one.shutdown();
        }
    }

    @Test
    void membershipListeners_afterARestart_hearOfAllAsRemovedAndAdded() {
        List<String> told = new CopyOnWriteArrayList<>();
        try (HazelcastClient client = connectToAll(config -> {})) {
            client.clusterService().addListener(new RecordingMembership("x", told));
            List<String> expected = new java.util.ArrayList<>();
            cluster.members().forEach(member -> expected.add("x - " + member.uuid()));
            cluster.restart();
            cluster.members().forEach(member -> expected.add("x + " + member.uuid()));
            Eventually.passes(() -> assertThat(told).containsExactlyElementsOf(expected));
        }
    }

    @Test
    void connectionLostForAMoment_membersStay() {
        List<String> told = new CopyOnWriteArrayList<>();
        try (HazelcastClient client = connect(config -> config.smartRouting(false))) {
            client.clusterService().addListener(new RecordingMembership("x", told));
            cluster.members().forEach(ScriptedMember::resetConnections);
            awaitStates(STARTING, STARTED, CONNECTED, DISCONNECTED, CONNECTED);
            assertThat(client.getMap("m").get("k").join()).isNull();
            assertThat(told).isEmpty();
        }
    }
}
