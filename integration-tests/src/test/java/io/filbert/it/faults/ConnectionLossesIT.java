// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.HazelcastClient;
import io.filbert.it.support.Clients;
import io.filbert.map.DistributedMap;
import io.filbert.testkit.Eventually;
import io.filbert.testkit.FaultProxy;
import io.filbert.testkit.HazelcastMember;
import io.filbert.testkit.NoLeaks;
import io.filbert.topic.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A client that loses its connection again and again must not grow. */
@NoLeaks
final class ConnectionLossesIT {

    private static final int WARM_UP = 30;
    private static final int LOSSES = 200;

    /** Fewer than one for two losses; what a loss leaves behind, it leaves behind each time. */
    private static final long GROWN = LOSSES / 2;

    private static final long MOST_MORE_BYTES = 3_000_000;
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    @Test
    void after200Losses_threadsSocketsAndHeapAreWhatTheyWere() {
        try (FaultProxy proxy = FaultProxy.to("127.0.0.1", 1);
                HazelcastMember member = startBehind(proxy);
                HazelcastClient client = Clients.connect(
                        proxy.address(),
                        config -> config.smartRouting(false)
                                .retryInitialBackoff(Duration.ofMillis(10))
                                .retryMaxBackoff(Duration.ofMillis(10))
                                .invocationRetryPause(Duration.ofMillis(10)))) {
            DistributedMap<String, String> map = client.getMap("losses");
            Topic<String> topic = client.getTopic("losses");
            Queue<String> heard = new ConcurrentLinkedQueue<>();
            topic.blocking().addListener(message -> heard.add(message.message()));
            map.put("k", "v").join();

            lose(proxy, map, WARM_UP);
            awaitQuiet(proxy, client);
            LiveObjects objectsBefore = LiveObjects.count();
            int threadsBefore = Clients.threads(client).size();
            long descriptorsBefore = descriptors();

            lose(proxy, map, LOSSES);
            awaitQuiet(proxy, client);

            assertThat(proxy.connectionsAccepted()).isGreaterThan(WARM_UP + LOSSES);
            assertThat(member.clientUuids()).hasSize(1);
            Eventually.passes(() -> {
                assertThat(Clients.threads(client)).hasSizeLessThanOrEqualTo(threadsBefore);
                assertThat(descriptors()).as("open files and sockets").isLessThan(descriptorsBefore + GROWN / 4);
                LiveObjects objectsAfter = LiveObjects.count();
                assertThat(objectsAfter.grownSince(objectsBefore, GROWN))
                        .as("objects left behind")
                        .isEmpty();
                assertThat(objectsAfter.bytes()).isLessThan(objectsBefore.bytes() + MOST_MORE_BYTES);
            });
            for (int i = 0; i < 10; i++) {
                topic.publish("last-" + i).join();
            }
            Eventually.passes(() -> assertThat(heard).contains("last-9"));
            assertThat(heard).as("registered once").doesNotHaveDuplicates();
        }
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
