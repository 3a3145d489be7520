// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.strategies;

import static io.filbert.cluster.LifecycleState.CHANGED_CLUSTER;
import static io.filbert.cluster.LifecycleState.CONNECTED;
import static io.filbert.cluster.LifecycleState.DISCONNECTED;
import static io.filbert.cluster.LifecycleState.STARTED;
import static io.filbert.cluster.LifecycleState.STARTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.HazelcastClient;
import io.filbert.cluster.LifecycleState;
import io.filbert.cluster.Member;
import io.filbert.cluster.MembershipListener;
import io.filbert.config.ClientConfig;
import io.filbert.config.ReconnectMode;
import io.filbert.error.ClientClosedException;
import io.filbert.error.ClientOfflineException;
import io.filbert.error.ConnectionException;
import io.filbert.error.TargetDisconnectedException;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.protocol.PartitionHash;
import io.filbert.internal.protocol.codec.ClientAuthenticationCodec;
import io.filbert.internal.protocol.codec.MapFetchKeysCodec;
import io.filbert.internal.protocol.codec.MapGetAllCodec;
import io.filbert.internal.protocol.codec.MapGetCodec;
import io.filbert.internal.protocol.codec.MapPutCodec;
import io.filbert.internal.protocol.member.MapFetchKeysMemberCodec;
import io.filbert.internal.protocol.member.MapPutMemberCodec;
import io.filbert.it.support.Clients;
import io.filbert.map.DistributedMap;
import io.filbert.testkit.Eventually;
import io.filbert.testkit.HeldRequests;
import io.filbert.testkit.NoLeaks;
import io.filbert.testkit.ScriptedCluster;
import io.filbert.testkit.ScriptedMember;
import io.filbert.testkit.ScriptedRequest;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two clusters, blue and green, with different numbers of partitions; the client prefers blue. */
@NoLeaks
@Timeout(60)
final class FailoverIT {

    private static final int GREEN_PARTITIONS = 17;

    private final ScriptedCluster blue =
            ScriptedCluster.builder().clusterName("blue").start();
    private final ScriptedCluster green = ScriptedCluster.builder()
            .clusterName("green")
            .partitionCount(GREEN_PARTITIONS)
            .credentials("alice", "secret")
            .start();
    private final List<LifecycleState> states = new CopyOnWriteArrayList<>();

    @AfterEach
    void endClusters() {
        blue.close();
        green.close();
    }

    private HazelcastClient connect(Consumer<ClientConfig.Builder> changes) {
        return Clients.connect(blue.addresses(), config -> {
            config.clusterName("blue")
                    .failoverCluster(other -> other.clusterName("green")
                            .clusterMembers(green.addresses())
                            .credsUsername("alice")
                            .credsPassword("secret"))
                    .clusterConnectTimeout(Duration.ZERO)
                    .retryInitialBackoff(Duration.ofMillis(20))
                    .lifecycleListeners(states::add);
            changes.accept(config);
        });
    }

    private static <T> T join(CompletableFuture<T> future) {
        return future.orTimeout(20, TimeUnit.SECONDS).join();
    }

    @Test
    void clusterLost_workGoesOnWithTheOther_andBack() {
        List<String> members = new CopyOnWriteArrayList<>();
        MembershipListener listener = new MembershipListener() {
            @Override
            public void memberAdded(Member member) {
                members.add("+" + member.address().port());
            }

            @Override
            public void memberRemoved(Member member) {
                members.add("-" + member.address().port());
            }
        };
        try (HazelcastClient client = connect(config -> config.membershipListeners(listener))) {
            DistributedMap<String, String> map = client.getMap("m");
            join(map.put("k", "blue"));
            assertThat(client.partitionService().partitionCount()).isEqualTo(271);

            blue.member(0).die();
            assertThat(join(map.get("k"))).as("what green knows").isNull();
            join(map.put("k", "green"));

            assertThat(client.partitionService().partitionCount()).isEqualTo(GREEN_PARTITIONS);
            assertThat(client.clusterService().members())
                    .extracting(member -> member.uuid())
                    .containsExactly(green.member(0).uuid());
            assertThat(green.proxies()).as("proxies made on blue").hasSize(1);
            assertPartitionsFit(green.member(0).requests(MapPutCodec.REQUEST));

            blue.member(0).revive();
            blue.announceMembers();
            green.member(0).die();
            assertThat(join(map.get("k"))).as("what was put into blue").isEqualTo("blue");
            assertThat(client.partitionService().partitionCount()).isEqualTo(271);
            int bluePort = blue.member(0).port();
            int greenPort = green.member(0).port();
            Eventually.passes(() -> assertThat(members)
                    .containsExactly("+" + bluePort, "-" + bluePort, "+" + greenPort, "-" + greenPort, "+" + bluePort));
            Eventually.passes(() -> assertThat(states)
                    .containsExactly(
                            STARTING,
                            STARTED,
                            CONNECTED,
                            DISCONNECTED,
                            CHANGED_CLUSTER,
                            CONNECTED,
                            DISCONNECTED,
                            CHANGED_CLUSTER,
                            CONNECTED));
        }
    }

    private static void assertPartitionsFit(List<ScriptedRequest> puts) {
        assertThat(puts)
                .isNotEmpty()
                .allSatisfy(put -> assertThat(put.partitionId())
                        .isEqualTo(PartitionHash.toPartitionId(
                                MapPutMemberCodec.decodeRequest(put.reader())
                                        .key()
                                        .partitionHash(),
                                GREEN_PARTITIONS)));
    }

    @Test
    void callsThatWait_goToTheOtherCluster_intoItsPartitions_inTheirOrder() {
        try (HazelcastClient client = connect(config -> config.failoverTryCount(1_000))) {
            DistributedMap<Integer, String> map = client.getMap("m");
            green.member(0).die();
            blue.member(0).die();
            Eventually.passes(() -> assertThat(states).contains(DISCONNECTED));
            CompletableFuture<?>[] puts = new CompletableFuture<?>[50];
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < puts.length; i++) {
                order.add(i);
                puts[i] = map.put(i, "v");
            }
            CompletableFuture<Map<Integer, String>> bulk = map.getAll(Set.of(1, 2, 3));

            green.member(0).revive();
            green.announceMembers();

            join(CompletableFuture.allOf(puts));
            List<ScriptedRequest> requests = green.member(0).requests(MapPutCodec.REQUEST);
            assertPartitionsFit(requests);
            assertThat(requests).extracting(FailoverIT::intKey).containsExactlyElementsOf(order);
            assertThatThrownBy(() -> join(bulk))
                    .as("a call on partitions that were chosen for blue")
                    .cause()
                    .isInstanceOf(ConnectionException.class)
                    .hasMessageContaining("17 partitions");
        }
    }

    private static int intKey(ScriptedRequest put) {
        Data key = MapPutMemberCodec.decodeRequest(put.reader()).key();
        return ByteBuffer.wrap(key.bytes()).getInt(key.size() - Integer.BYTES);
    }

    @Test
    void callOnManyKeys_thatMeetsTheOtherClusterWhileItsKeysAreGrouped_fails() {
        try (HazelcastClient client = connect(config -> {})) {
            DistributedMap<Integer, String> map = client.getMap("m");
            List<Integer> keys = List.of(1, 2, 3);
            Set<Integer> changing = new AbstractSet<>() {
                @Override
                public Iterator<Integer> iterator() {
                    return keys.stream()
                            .peek(key -> {
                                if (key == 2) {
                                    goToGreen(client);
                                }
                            })
                            .iterator();
                }

                @Override
                public int size() {
                    return keys.size();
                }
            };

            assertThatThrownBy(() -> join(map.getAll(changing)))
                    .cause()
                    .isInstanceOf(ConnectionException.class)
                    .hasMessageContaining("17 partitions");
            assertThat(green.member(0).requests(MapGetAllCodec.REQUEST)).isEmpty();
        }
    }

    private void goToGreen(HazelcastClient client) {
        blue.member(0).die();
        Eventually.passes(
                () -> assertThat(client.partitionService().partitionCount()).isEqualTo(GREEN_PARTITIONS));
    }

    @ParameterizedTest
    @ValueSource(ints = {GREEN_PARTITIONS, 271})
    void walk_thatMeetsTheOtherCluster_fails(int partitions) {
        try (ScriptedCluster other = ScriptedCluster.builder()
                        .clusterName("other")
                        .partitionCount(partitions)
                        .start();
                HazelcastClient client = Clients.connect(
                        blue.addresses(),
                        config -> config.clusterName("blue")
                                .failoverCluster(to -> to.clusterName("other").clusterMembers(other.addresses()))
                                .clusterConnectTimeout(Duration.ZERO)
                                .lifecycleListeners(states::add))) {
            serveKeys(blue.member(0));
            serveKeys(other.member(0));
            DistributedMap<Integer, String> map = client.getMap("m");
            AtomicInteger batches = new AtomicInteger();

            CompletableFuture<Void> walk = map.forEachKeyBatch(10, batch -> {
                if (batches.incrementAndGet() == 3) {
                    blue.member(0).die();
                    Eventually.passes(() -> assertThat(states).contains(CHANGED_CLUSTER));
                }
                return CompletableFuture.completedFuture(null);
            });

            assertThatThrownBy(() -> join(walk)).cause().isInstanceOf(ConnectionException.class);
            assertThat(batches).hasValue(3);
        }
    }

    /** One key in each partition. */
    private static void serveKeys(ScriptedMember member) {
        Data key = Data.of(new byte[] {0, 0, 0, 0, -1, -1, -1, -7, 0, 0, 0, 1});
        member.on(
                MapFetchKeysCodec.REQUEST,
                (request, reply) ->
                        reply.send(MapFetchKeysMemberCodec.encodeResponse(List.of(Map.entry(-1, 0)), List.of(key))));
    }

    @Test
    void callInFlight_isRepeatedOnTheOtherClusterOnlyIfThatIsHarmless() {
        try (HazelcastClient client = connect(config -> {})) {
            DistributedMap<String, String> map = client.getMap("m");
            HeldRequests puts = blue.member(0).hold(MapPutCodec.REQUEST);
            HeldRequests gets = blue.member(0).hold(MapGetCodec.REQUEST);
            CompletableFuture<String> put = map.put("k", "v");
            CompletableFuture<String> get = map.get("k");
            puts.awaitCount(1);
            gets.awaitCount(1);

            blue.member(0).die();

            assertThatThrownBy(() -> join(put)).hasCauseInstanceOf(TargetDisconnectedException.class);
            assertThat(join(get)).isNull();
            assertThat(green.member(0).requests(MapPutCodec.REQUEST)).isEmpty();
            assertThat(green.member(0).requests(MapGetCodec.REQUEST)).hasSize(1);
        }
    }

    @Test
    void redoOperation_repeatsItThereToo() {
        try (HazelcastClient client = connect(config -> config.redoOperation(true))) {
            DistributedMap<String, String> map = client.getMap("m");
            HeldRequests puts = blue.member(0).hold(MapPutCodec.REQUEST);
            CompletableFuture<String> put = map.put("k", "v");
            puts.awaitCount(1);

            blue.member(0).die();

            assertThat(join(put)).isNull();
            assertPartitionsFit(green.member(0).requests(MapPutCodec.REQUEST));
        }
    }

    private static void allow(ScriptedMember member, boolean allowed) {
        member.authenticationResponse(given -> allowed
                ? given
                : new ClientAuthenticationCodec.Response(
                        (byte) 3,
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
    }

    @Test
    void blacklisted_goesAtOnce_evenIfTheClusterWouldBeTriedForEver() {
        try (HazelcastClient client = connect(config -> config.clusterConnectTimeout(ClientConfig.INFINITE))) {
            DistributedMap<String, String> map = client.getMap("m");
            allow(blue.member(0), false);
            blue.member(0).resetConnections();
            awaitDisconnections(1);

            assertThat(join(map.put("k", "v"))).isNull();
            assertThat(green.map("m")).hasSize(1);

            // And back again, by the same means.
            allow(blue.member(0), true);
            allow(green.member(0), false);
            green.member(0).resetConnections();
            awaitDisconnections(2);
            assertThat(join(map.put("k", "v"))).isNull();
            assertThat(blue.map("m")).hasSize(1);
        }
    }

    /** A call that is under way then would fail. */
    private void awaitDisconnections(int count) {
        Eventually.passes(
                () -> assertThat(states).filteredOn(DISCONNECTED::equals).hasSize(count));
    }

    @Test
    void firstClusterMissingAtTheStart_beginsWithTheOther_whichIsNoChange() {
        blue.member(0).die();
        try (HazelcastClient client = connect(config -> {})) {
            assertThat(client.partitionService().partitionCount()).isEqualTo(GREEN_PARTITIONS);
            Eventually.passes(() -> assertThat(states).containsExactly(STARTING, STARTED, CONNECTED));
        }
    }

    @Test
    void asyncStart_findsTheOtherToo() {
        blue.member(0).die();
        try (HazelcastClient client = connect(config -> config.asyncStart(true))) {
            Eventually.passes(
                    () -> assertThat(client.partitionService().partitionCount()).isEqualTo(GREEN_PARTITIONS));
        }
    }

    @Test
    void reconnectModeAsync_callsFailMeanwhile() {
        try (HazelcastClient client =
                connect(config -> config.reconnectMode(ReconnectMode.ASYNC).failoverTryCount(1_000))) {
            DistributedMap<String, String> map = client.getMap("m");
            green.member(0).die();
            blue.member(0).die();
            Eventually.passes(() ->
                    assertThatThrownBy(() -> join(map.get("k"))).hasCauseInstanceOf(ClientOfflineException.class));

            green.member(0).revive();
            green.announceMembers();

            Eventually.passes(() -> assertThat(join(map.get("k"))).isNull());
        }
    }

    @Test
    void noneReachable_triedAsOftenAsWanted_shutsDown() {
        try (HazelcastClient client = connect(config -> config.failoverTryCount(2))) {
            DistributedMap<String, String> map = client.getMap("m");
            green.member(0).die();
            blue.member(0).die();

            Eventually.passes(
                    () -> assertThat(client.lifecycleService().isRunning()).isFalse());
            assertThatThrownBy(() -> join(map.get("k"))).hasCauseInstanceOf(ClientClosedException.class);
        }
    }

    @Test
    void closedWhileItLooksForACluster_endsAtOnce() {
        HazelcastClient client = connect(config -> config.clusterConnectTimeout(ClientConfig.INFINITE)
                .retryInitialBackoff(Duration.ofMinutes(10))
                .retryMaxBackoff(Duration.ofMinutes(10)));
        green.member(0).die();
        blue.member(0).die();
        Eventually.passes(() -> assertThat(states).contains(DISCONNECTED));
        long begin = System.nanoTime();

        client.close();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
    }
}
