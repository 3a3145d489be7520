// SPDX-License-Identifier: Apache-2.0
package io.filbert;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.config.ClientConfig;
import io.filbert.config.ReconnectMode;
import io.filbert.internal.protocol.codec.MapGetCodec;
import io.filbert.map.DistributedMap;
import io.filbert.testkit.Eventually;
import io.filbert.testkit.HeldRequests;
import io.filbert.testkit.NoLeaks;
import io.filbert.testkit.ScriptedCluster;
import io.filbert.testkit.ScriptedMember;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * For a while no thread can be started ("unable to create native thread"). Each part that needs one used to stay as it was for good: nobody
 * searched for the cluster, a member was never dialled again, callbacks and waiting calls stood still.
 */
@NoLeaks
final class ThreadStartIT {

    private final ScriptedCluster cluster = ScriptedCluster.builder().members(2).start();
    private final AtomicInteger refused = new AtomicInteger();
    private volatile boolean noThreads;

    @AfterEach
    void endCluster() {
        cluster.close();
    }

    private HazelcastClient connect(Consumer<ClientConfig.Builder> changes) {
        ClientConfig.Builder config = ClientConfig.builder()
                .clusterMembers(cluster.addresses().toArray(String[]::new))
                .retryInitialBackoff(Duration.ofMillis(20));
        changes.accept(config);
        return HazelcastClient.connect(new ClientParts(config.build(), thread -> {
            if (noThreads) {
                refused.incrementAndGet();
                throw new OutOfMemoryError("unable to create native thread: thrown by a test");
            }
        }));
    }

    private static boolean hasThread(HazelcastClient client, String role) {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().startsWith("filbert-" + client.name() + "-" + role));
    }

    /** Those that idle may be there still, and would need no start. */
    private void awaitNoThread(HazelcastClient client, String role) {
        Eventually.passes(() -> assertThat(hasThread(client, role)).isFalse());
    }

    @Test
    void allConnectionsLost_theClusterIsFoundAgain() {
        try (HazelcastClient client = connect(config -> {})) {
            DistributedMap<String, String> map = client.getMap("m");
            map.put("k", "v").join();
            awaitNoThread(client, "dial");
            noThreads = true;

            cluster.members().forEach(ScriptedMember::resetConnections);
            Eventually.passes(() -> assertThat(refused).hasPositiveValue());
            CompletableFuture<String> waiting = map.get("k");
            noThreads = false;

            assertThat(waiting.join()).isEqualTo("v");
            assertThat(map.get("k").join()).isEqualTo("v");
            Eventually.passes(
                    () -> assertThat(client.metrics().connections().open()).isEqualTo(2));
        }
    }

    @Test
    void oneConnectionLost_theMemberIsDialledAgain() {
        try (HazelcastClient client = connect(config -> {})) {
            awaitNoThread(client, "dial");
            noThreads = true;

            cluster.member(1).resetConnections();
            Eventually.passes(() -> assertThat(refused).hasPositiveValue());
            noThreads = false;

            Eventually.passes(
                    () -> assertThat(client.metrics().connections().open()).isEqualTo(2));
        }
    }

    @Test
    void callbackThread_callbacksRunLater() {
        try (HazelcastClient client =
                connect(config -> config.clusterMembers(cluster.addresses().get(0)))) {
            DistributedMap<String, String> map = client.getMap("m");
            awaitNoThread(client, "callback");
            HeldRequests first = cluster.member(0).hold(MapGetCodec.REQUEST);
            HeldRequests second = cluster.member(1).hold(MapGetCodec.REQUEST);
            noThreads = true;
            CompletableFuture<String> stage = map.get("k").thenApply(value -> "ran");
            // One of them owns the key.
            Eventually.passes(() -> assertThat(first.count() + second.count()).isEqualTo(1));
            (first.count() == 1 ? first : second).release();
            Eventually.passes(() -> assertThat(refused).hasPositiveValue());
            assertThat(stage).isNotDone();
            noThreads = false;

            assertThat(stage.join()).isEqualTo("ran");
        }
    }

    @Test
    void closeThread_theClientIsShutDownLater() {
        try (HazelcastClient client = connect(config -> config.reconnectMode(ReconnectMode.OFF))) {
            noThreads = true;

            cluster.members().forEach(ScriptedMember::resetConnections);
            Eventually.passes(() -> assertThat(refused).hasPositiveValue());
            noThreads = false;

            Eventually.passes(
                    () -> assertThat(client.lifecycleService().isRunning()).isFalse());
        }
    }
}
