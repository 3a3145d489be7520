// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.HazelcastClient;
import io.filbert.internal.protocol.codec.ClientPingCodec;
import io.filbert.it.support.Clients;
import io.filbert.map.DistributedMap;
import io.filbert.testkit.Eventually;
import io.filbert.testkit.NoLeaks;
import io.filbert.testkit.ScriptedCluster;
import io.filbert.testkit.ScriptedMember;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an idle client costs: its threads, and a ping now and then. */
@NoLeaks
final class ThreadsAndHeartbeatIT {

    private final ScriptedCluster cluster = ScriptedCluster.builder().members(3).start();

    @AfterEach
    void endCluster() {
        cluster.close();
    }

    @Test
    void connectedClient_hasOneIoThreadAndOneTimer_whateverBlockingCallersDo() throws InterruptedException {
        try (HazelcastClient client = Clients.connect(cluster.addresses())) {
            DistributedMap<Integer, Integer> map = client.getMap("m");
            Thread[] callers = new Thread[8];
            for (int t = 0; t < callers.length; t++) {
                callers[t] = new Thread(() -> {
                    for (int i = 0; i < 200; i++) {
                        map.blocking().put(i, i);
                    }
                });
                callers[t].start();
            }
            for (Thread caller : callers) {
                caller.join(20_000);
            }
            awaitThreads(client, "io-0", "timer");
        }
    }

    /**
     * Dialling ends its own threads after a moment. An answer that comes before its caller waits for it is completed by the
     * callback thread, so blocking callers may start that one.
     */
    private static void awaitThreads(HazelcastClient client, String... expected) {
        Eventually.passes(() -> {
            assertThat(Clients.threadNames(client).stream().filter(name -> !name.startsWith("callback-")))
                    .containsExactly(expected);
            assertThat(Clients.threadNames(client).size()).isLessThanOrEqualTo(expected.length + 1);
        });
    }

    @Test
    void callbackThread_existsOnDemand() {
        try (HazelcastClient client = Clients.connect(cluster.addresses())) {
            DistributedMap<Integer, Integer> map = client.getMap("m");
            CompletableFuture<?>[] stages = new CompletableFuture<?>[3_000];
            for (int i = 0; i < stages.length; i++) {
                stages[i] =
                        map.put(i, i).thenApply(old -> Thread.currentThread().getName());
            }
            CompletableFuture.allOf(stages).orTimeout(20, TimeUnit.SECONDS).join();
            Eventually.passes(() -> assertThat(Clients.threadNames(client))
                    .hasSize(3)
                    .contains("io-0", "timer")
                    .anyMatch(name -> name.startsWith("callback-")));
        }
    }

    @Test
    void ioThreads_asConfigured() {
        try (HazelcastClient client = Clients.connect(cluster.addresses(), config -> config.ioThreads(2))) {
            DistributedMap<Integer, Integer> map = client.getMap("m");
            for (int i = 0; i < 300; i++) {
                assertThat(map.put(i, i).join()).isNull();
            }
            awaitThreads(client, "io-0", "io-1", "timer");
        }
    }

    @Test
    void threads_areDaemons() {
        try (HazelcastClient client = Clients.connect(cluster.addresses())) {
            assertThat(Clients.threads(client)).isNotEmpty().allMatch(Thread::isDaemon);
        }
    }

    @Test
    void idleConnections_arePinged_andStayOpen() {
        try (HazelcastClient client = Clients.connect(
                cluster.addresses(),
                config -> config.heartbeatInterval(Duration.ofMillis(50)).heartbeatTimeout(Duration.ofMillis(500)))) {
            List<Integer> before = cluster.members().stream()
                    .map(ScriptedMember::connectionsAccepted)
                    .toList();
            // Pings for well over the heartbeat timeout.
            cluster.members().forEach(member -> member.awaitRequests(ClientPingCodec.REQUEST, 12));
            assertThat(cluster.members().stream()
                            .map(ScriptedMember::connectionsAccepted)
                            .toList())
                    .isEqualTo(before);
            assertThat(client.lifecycleService().isRunning()).isTrue();
        }
    }

    @Test
    void busyConnection_isNotPinged() {
        try (HazelcastClient client = Clients.connect(
                cluster.member(0).address(),
                config -> config.heartbeatInterval(Duration.ofMillis(200)).smartRouting(false))) {
            DistributedMap<Integer, Integer> map = client.getMap("m");
            // When the machine stops this process for longer than the interval, a ping is right.
            int rounds = 0;
            long longestPause;
            do {
                assertThat(rounds++).as("rounds with a long pause").isLessThan(20);
                map.get(1).join();
                cluster.members().forEach(ScriptedMember::forgetRequests);
                longestPause = longestPauseOfCalls(map, Duration.ofSeconds(1));
            } while (longestPause > TimeUnit.MILLISECONDS.toNanos(100));
            assertThat(cluster.member(0).requests(ClientPingCodec.REQUEST)).isEmpty();
        }
    }

    /** Calls one after the other, and answers the most nanoseconds that passed between the ends of two. */
    private static long longestPauseOfCalls(DistributedMap<Integer, Integer> map, Duration duration) {
        long begin = System.nanoTime();
        long last = begin;
        long longest = 0;
        while (last - begin < duration.toNanos()) {
            map.get(1).join();
            long now = System.nanoTime();
            longest = Math.max(longest, now - last);
            last = now;
        }
        return longest;
    }

    @Test
    void memberThatFallsSilent_isLeft_othersStay() {
        try (HazelcastClient client = Clients.connect(
                cluster.addresses(),
                config -> config.heartbeatInterval(Duration.ofMillis(50)).heartbeatTimeout(Duration.ofMillis(300)))) {
            ScriptedMember silent = cluster.member(1);
            int before = silent.connectionsAccepted();
            int others = cluster.member(0).connectionsAccepted();
            silent.hold(ClientPingCodec.REQUEST);
            Eventually.passes(() -> assertThat(silent.connectionsAccepted()).isGreaterThan(before));
            assertThat(cluster.member(0).connectionsAccepted()).isEqualTo(others);
            silent.asUsual(ClientPingCodec.REQUEST);
            assertThat(client.getMap("m").get("k").join()).isNull();
        }
    }
}
