// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.HazelcastClient;
import io.filbert.config.ClientConfig;
import io.filbert.config.TlsConfig;
import io.filbert.internal.protocol.codec.TopicAddMessageListenerCodec;
import io.filbert.internal.protocol.member.TopicAddMessageListenerMemberCodec;
import io.filbert.it.support.Clients;
import io.filbert.map.DistributedMap;
import io.filbert.testkit.Eventually;
import io.filbert.testkit.FaultProxy;
import io.filbert.testkit.HazelcastMember;
import io.filbert.testkit.NoLeaks;
import io.filbert.testkit.ScriptedCluster;
import io.filbert.testkit.ScriptedConnection;
import io.filbert.testkit.ScriptedMember;
import io.filbert.testkit.TestCertificate;
import io.filbert.topic.Topic;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A client that loses its connection again and again must not grow. */
@NoLeaks
final class ConnectionLossesIT {

    private static final int WARM_UP = 30;
    private static final int LOSSES = 200;

    /** Of losses that take longer: a handshake, or two connections. */
    private static final int FEWER_LOSSES = 60;

    private static final long MOST_MORE_BYTES = 3_000_000;
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    /** What a client holds on to. */
    private record Holdings(LiveObjects objects, int threads, long descriptors, long directBuffers) {

        static Holdings of(HazelcastClient client) {
            LiveObjects objects = LiveObjects.count(); // which collects garbage first, direct buffers too
            return new Holdings(objects, Clients.threads(client).size(), ConnectionLossesIT.descriptors(), buffers());
        }

        private static long buffers() {
            return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                    .filter(pool -> pool.getName().equals("direct"))
                    .mapToLong(BufferPoolMXBean::getCount)
                    .sum();
        }

        /** What a loss leaves behind, it leaves behind each time: so fewer than one for two losses are none. */
        void areWhatTheyWere(Holdings before, int losses) {
            assertThat(threads).isLessThanOrEqualTo(before.threads);
            assertThat(descriptors).as("open files and sockets").isLessThan(before.descriptors + losses / 8);
            assertThat(directBuffers).as("buffers outside of the heap").isLessThan(before.directBuffers + losses / 2);
            assertThat(objects.grownSince(before.objects, losses / 2))
                    .as("objects left behind")
                    .isEmpty();
            assertThat(objects.bytes()).isLessThan(before.objects.bytes() + MOST_MORE_BYTES);
        }
    }

    @Test
    void after200Losses_threadsSocketsAndHeapAreWhatTheyWere() {
        try (FaultProxy proxy = FaultProxy.to("127.0.0.1", 1)) {
            loseAndCompare(proxy, tls -> tls.enabled(false), LOSSES);
        }
    }

    @Test
    void afterLossesWithTls_buffersOutsideOfTheHeapAreFreedToo() {
        TestCertificate certificate = TestCertificate.forLoopback();
        try (FaultProxy proxy = FaultProxy.tlsTo("127.0.0.1", 1, certificate.context(List.of()), false)) {
            loseAndCompare(proxy, tls -> tls.sslContext(TestCertificate.contextTrusting(certificate)), FEWER_LOSSES);
        }
    }

    private static void loseAndCompare(FaultProxy proxy, Consumer<TlsConfig.Builder> tls, int losses) {
        try (HazelcastMember member = startBehind(proxy);
                HazelcastClient client = Clients.connect(
                        proxy.address(),
                        config -> soon(config).smartRouting(false).tls(tls))) {
            DistributedMap<String, String> map = client.getMap("losses");
            Topic<String> topic = client.getTopic("losses");
            Queue<String> heard = new ConcurrentLinkedQueue<>();
            topic.blocking().addListener(message -> heard.add(message.message()));
            map.put("k", "v").join();

            lose(proxy, map, WARM_UP);
            awaitQuiet(proxy, client);
            Holdings before = Holdings.of(client);

            lose(proxy, map, losses);
            awaitQuiet(proxy, client);

            assertThat(proxy.connectionsAccepted()).isGreaterThan(WARM_UP + losses);
            assertThat(member.clientUuids()).hasSize(1);
            Eventually.passes(() -> Holdings.of(client).areWhatTheyWere(before, losses));
            for (int i = 0; i < 10; i++) {
                topic.publish("last-" + i).join();
            }
            Eventually.passes(() -> assertThat(heard).contains("last-9"));
            assertThat(heard).as("registered once").doesNotHaveDuplicates();
        }
    }

    private static ClientConfig.Builder soon(ClientConfig.Builder config) {
        return config.retryInitialBackoff(Duration.ofMillis(10))
                .retryMaxBackoff(Duration.ofMillis(10))
                .invocationRetryPause(Duration.ofMillis(10));
    }

    @Test
    void afterLossesOfConnectionsToAllMembers_threadsSocketsAndHeapAreWhatTheyWere() {
        Map<ScriptedConnection, Integer> registrations = new ConcurrentHashMap<>();
        try (ScriptedCluster cluster = ScriptedCluster.builder().members(2).start()) {
            cluster.on(TopicAddMessageListenerCodec.REQUEST, (request, reply) -> {
                registrations.merge(reply.connection(), 1, Integer::sum);
                reply.send(TopicAddMessageListenerMemberCodec.encodeResponse(UUID.randomUUID()));
            });
            try (HazelcastClient client = Clients.connect(cluster.addresses(), ConnectionLossesIT::soon)) {
                DistributedMap<String, String> map = client.getMap("losses");
                client.<String>getTopic("losses").blocking().addListener(message -> {});
                map.put("k", "v").join();
                awaitOneEach(cluster, registrations);

                lose(cluster, map, registrations, WARM_UP);
                forget(cluster, registrations);
                Holdings before = Holdings.of(client);

                lose(cluster, map, registrations, FEWER_LOSSES);
                forget(cluster, registrations);

                assertThat(cluster.members())
                        .allSatisfy(member ->
                                assertThat(member.connectionsAccepted()).isGreaterThan((WARM_UP + FEWER_LOSSES) / 2));
                Eventually.passes(() -> {
                    assertThat(Clients.callsInFlight(client)).isZero();
                    Holdings.of(client).areWhatTheyWere(before, FEWER_LOSSES);
                });
            }
        }
    }

    /** Mostly both connections; one alone is made again within a second only. */
    private static void lose(
            ScriptedCluster cluster,
            DistributedMap<String, String> map,
            Map<ScriptedConnection, Integer> registrations,
            int times) {
        for (int i = 0; i < times; i++) {
            CompletableFuture<String> underWay = map.get("k");
            cluster.member(i % 2).resetConnections();
            if (i % 20 != 0) {
                cluster.member(1 - i % 2).resetConnections();
            }
            assertThat(underWay.join()).isEqualTo("v");
            assertThat(map.get("k").join()).isEqualTo("v");
            awaitOneEach(cluster, registrations);
        }
    }

    /** One connection to each member, and the listener on it once. */
    private static void awaitOneEach(ScriptedCluster cluster, Map<ScriptedConnection, Integer> registrations) {
        Eventually.passes(() -> assertThat(cluster.members()).allSatisfy(member -> {
            assertThat(member.connections()).hasSize(1);
            assertThat(registrations.get(member.connections().get(0))).isEqualTo(1);
        }));
    }

    /** The testkit's own memory is none of the client's. */
    private static void forget(ScriptedCluster cluster, Map<ScriptedConnection, Integer> registrations) {
        cluster.members().forEach(ScriptedMember::forgetRequests);
        registrations.keySet().removeIf(connection -> !connection.isOpen());
    }

    /** The member announces the proxy's address as its own, so that the client finds no way around the proxy. */
    private static HazelcastMember startBehind(FaultProxy proxy) {
        HazelcastMember member = HazelcastMember.builder()
                .networkXml("<public-address>" + proxy.address() + "</public-address>")
                .start();
        proxy.retarget(member.port());
        return member;
    }

    /** Each time with a call under way, which is repeated on the next connection. */
    private static void lose(FaultProxy proxy, DistributedMap<String, String> map, int times) {
        for (int i = 0; i < times; i++) {
            CompletableFuture<String> underWay = map.get("k");
            proxy.cut();
            assertThat(underWay.join()).isEqualTo("v");
            assertThat(map.get("k").join()).isEqualTo("v");
        }
    }

    private static void awaitQuiet(FaultProxy proxy, HazelcastClient client) {
        Eventually.passes(() -> {
            assertThat(proxy.openConnections()).isEqualTo(1);
            assertThat(Clients.callsInFlight(client)).isZero();
        });
    }

    /** On Linux; elsewhere nothing is counted. */
    private static long descriptors() {
        if (!Files.isDirectory(DESCRIPTORS)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(DESCRIPTORS)) {
            return files.count();
        } catch (IOException e) {
            throw new IllegalStateException("The open files of this process could not be listed", e);
        }
    }
}
