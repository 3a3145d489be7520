// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.HazelcastClient;
import io.filbert.cluster.Address;
import io.filbert.config.ClientConfig;
import io.filbert.error.AuthenticationException;
import io.filbert.error.HazelcastException;
import io.filbert.error.OperationTimeoutException;
import io.filbert.it.support.Clients;
import io.filbert.map.DistributedMap;
import io.filbert.testkit.Eventually;
import io.filbert.testkit.FaultProxy;
import io.filbert.testkit.HazelcastCluster;
import io.filbert.testkit.HazelcastMember;
import io.filbert.testkit.NoLeaks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Real members that come, go, die and stop, seen by a client at work. */
@NoLeaks(NoLeaks.Scope.CLASS)
@SuppressWarnings("NullAway.Init") // set before the first test
final class RealClusterIT {

    private static final int KEYS = 500;

    private static HazelcastCluster cluster;

    @BeforeAll
    static void startCluster() {
        cluster = HazelcastCluster.builder().members(2).start();
    }

    @AfterAll
    static void endCluster() {
        cluster.close();
    }

    private static HazelcastClient connect(Consumer<ClientConfig.Builder> changes) {
        return Clients.connect(
                cluster.members().stream()
                        .filter(HazelcastMember::isAlive)
                        .map(HazelcastMember::address)
                        .toList(),
                config -> {
                    config.retryInitialBackoff(Duration.ofMillis(50))
                            .invocationRetryPause(Duration.ofMillis(50))
                            .invocationTimeout(Duration.ofSeconds(60));
                    changes.accept(config);
                });
    }

    private static Set<UUID> aliveUuids() {
        return cluster.members().stream()
                .filter(HazelcastMember::isAlive)
                .map(HazelcastMember::uuid)
                .collect(Collectors.toSet());
    }

    private static void awaitMembersAndOwners(HazelcastClient client) {
        Eventually.passes(() -> {
            Set<UUID> alive = aliveUuids();
            assertThat(client.clusterService().members().stream()
                            .map(member -> member.uuid())
                            .collect(Collectors.toSet()))
                    .isEqualTo(alive);
            Set<UUID> owners = new HashSet<>();
            for (int id = 0; id < client.partitionService().partitionCount(); id++) {
                UUID owner = client.partitionService().partitionOwner(id);
                if (owner != null) {
                    owners.add(owner);
                }
            }
            assertThat(owners).isEqualTo(alive);
        });
    }

    /** Reads and writes until it is stopped, and remembers every failure. */
    private static final class Traffic implements AutoCloseable {

        private final DistributedMap<Integer, Integer> map;
        private final AtomicBoolean stop = new AtomicBoolean();
        private final Queue<Throwable> readFailures = new ConcurrentLinkedQueue<>();
        private final Queue<Throwable> writeFailures = new ConcurrentLinkedQueue<>();
        private final AtomicInteger calls = new AtomicInteger();
        private final List<Thread> threads = new ArrayList<>();

        Traffic(DistributedMap<Integer, Integer> map) {
            this.map = map;
            for (int i = 0; i < KEYS; i++) {
                map.put(i, i).join();
            }
            start(() -> readFailures, key -> assertThat(map.blocking().get(key)).isEqualTo(key));
            start(() -> writeFailures, key -> map.blocking().set(key, key));
        }

        private void start(java.util.function.Supplier<Queue<Throwable>> failures, Consumer<Integer> call) {
            Thread thread = new Thread(() -> {
                for (int i = 0; !stop.get(); i = (i + 1) % KEYS) {
                    try {
                        call.accept(i);
                    } catch (RuntimeException | AssertionError e) {
                        failures.get().add(e);
                    }
                    calls.incrementAndGet();
                }
            });
            threads.add(thread);
            thread.start();
        }

        /** Calls go on being answered. */
        void awaitProgress() {
            int before = calls.get();
            Eventually.passes(() -> assertThat(calls.get()).isGreaterThan(before + 2 * KEYS));
        }

        @Override
        public void close() {
            stop.set(true);
            for (Thread thread : threads) {
                try {
                    thread.join(70_000);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        void check() {
            assertThat(threads).noneMatch(Thread::isAlive);
            assertThat(readFailures).as("failed reads, which may be sent again").isEmpty();
            assertThat(writeFailures)
                    .as("failed writes: their outcome is unknown, and nothing else may be wrong with them")
                    .allMatch(failure -> failure instanceof HazelcastException e && e.isIndeterminate());
            for (int i = 0; i < KEYS; i++) {
                assertThat(map.get(i).join()).isEqualTo(i);
            }
        }
    }

    @Test
    void membersComeAndGo_underTraffic() {
        List<String> told = new CopyOnWriteArrayList<>();
        try (HazelcastClient client =
                connect(config -> config.membershipListeners(new RecordingMembership("x", told)))) {
            Traffic traffic = new Traffic(client.getMap("traffic"));
            try (traffic) {
                awaitMembersAndOwners(client);

                HazelcastMember third = cluster.addMember();
                UUID thirdUuid = third.uuid();
                awaitMembersAndOwners(client);
                traffic.awaitProgress();
                cluster.awaitSafe();

                third.shutdown();
                awaitMembersAndOwners(client);
                traffic.awaitProgress();
                cluster.awaitSafe();

                HazelcastMember fourth = cluster.addMember();
                UUID fourthUuid = fourth.uuid();
                awaitMembersAndOwners(client);
                cluster.awaitSafe();
                fourth.terminate();
                awaitMembersAndOwners(client);
                traffic.awaitProgress();

                assertThat(told)
                        .contains("x + " + thirdUuid, "x - " + thirdUuid, "x + " + fourthUuid, "x - " + fourthUuid)
                        .doesNotHaveDuplicates();
            }
            traffic.check();
        }
    }

    @Test
    void suspendedMember_callsEndByTheirDeadline_andGoOnWhenItIsBack() {
        HazelcastMember member = cluster.member(1);
        try (HazelcastClient client = connect(
                config -> config.heartbeatInterval(Duration.ofMillis(200)).heartbeatTimeout(Duration.ofSeconds(1)))) {
            DistributedMap<Integer, Integer> map = client.getMap("suspended");
            awaitMembersAndOwners(client);
            int key = 0;
            UUID uuid = member.uuid();
            while (!uuid.equals(client.partitionService()
                    .partitionOwner(client.partitionService().partitionId(key)))) {
                key++;
            }
            int ownedKey = key;
            map.put(ownedKey, 1).join();
            member.suspend();
            try {
                for (int i = 0; i < 5; i++) {
                    long begin = System.nanoTime();
                    assertThatThrownBy(() -> map.withDeadline(Duration.ofMillis(500))
                                    .get(ownedKey)
                                    .join())
                            .hasCauseInstanceOf(OperationTimeoutException.class);
                    assertThat(Duration.ofNanos(System.nanoTime() - begin))
                            .isBetween(Duration.ofMillis(500), Duration.ofMillis(1_500));
                }
            } finally {
                member.resume();
            }
            assertThat(map.get(ownedKey).join()).isEqualTo(1);
        }
    }

    @Test
    void wrongClusterName_isRefusedByRealMembersToo() {
        assertThatThrownBy(() -> HazelcastClient.connect(config -> config.clusterMembers(cluster.addresses())
                        .clusterName("prod")
                        .clusterConnectTimeout(Duration.ZERO)))
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("prod");
    }

    @Test
    void slowAndCutConnections_ofRealMembers() {
        HazelcastMember member = cluster.member(0);
        try (FaultProxy proxy = FaultProxy.to(member);
                HazelcastClient client = Clients.connect(
                        proxy.address(),
                        config -> config.smartRouting(false)
                                .retryInitialBackoff(Duration.ofMillis(20))
                                // Else it would find its way back past the proxy.
                                .addressTranslator(address -> new Address("127.0.0.1", proxy.port())))) {
            DistributedMap<String, String> map = client.getMap("cut");
            proxy.slowDrip(20_000, FaultProxy.Direction.TO_CLIENT);
            map.put("k", "x".repeat(5_000)).join();
            assertThat(map.get("k").join()).hasSize(5_000);
            proxy.pass();
            for (int i = 0; i < 10; i++) {
                proxy.cut();
                assertThat(map.get("k").join()).hasSize(5_000);
            }
            assertThat(proxy.connectionsAccepted()).as("connections").isGreaterThan(10);
        }
    }

    @Test
    void closedClient_isGoneFromTheMembers() {
        HazelcastClient client =
                connect(config -> config.clientName("short stay").labels("a", "b"));
        assertThat(cluster.member(0).clientUuids()).containsExactly(client.uuid());
        client.close();
        Eventually.passes(() -> assertThat(cluster.member(0).clientUuids()).isEmpty());
    }
}
