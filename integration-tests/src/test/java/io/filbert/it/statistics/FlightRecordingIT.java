// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.HazelcastClient;
import io.filbert.cluster.LifecycleState;
import io.filbert.error.AuthenticationException;
import io.filbert.internal.protocol.codec.MapSizeCodec;
import io.filbert.internal.protocol.type.ErrorCode;
import io.filbert.it.support.Clients;
import io.filbert.map.DistributedMap;
import io.filbert.testkit.Eventually;
import io.filbert.testkit.HeldRequests;
import io.filbert.testkit.NoLeaks;
import io.filbert.testkit.ScriptedCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NoLeaks
final class FlightRecordingIT {

    private static List<RecordedEvent> stopped(Recording recording, Path directory) throws IOException {
        recording.stop();
        Path file = directory.resolve("recording.jfr");
        recording.dump(file);
        return RecordingFile.readAllEvents(file);
    }

    private static List<RecordedEvent> named(String name, List<RecordedEvent> events) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals("filbert." + name))
                .toList();
    }

    private static void answerAfter(HeldRequests held, CompletableFuture<?> call, Duration time) {
        held.awaitCount(1);
        new CompletableFuture<Void>()
                .completeOnTimeout(null, time.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        held.take().proceed();
        call.join();
    }

    @Test
    void recording_tellsOfConnectionsRetriesAndSlowCalls(@TempDir Path directory) throws IOException {
        try (Recording recording = new Recording();
                ScriptedCluster cluster = ScriptedCluster.builder().start()) {
            recording.enable("filbert.SlowCall").with("slowerThan", "50 ms");
            recording.start();
            UUID firstCluster = cluster.clusterId();
            List<LifecycleState> states = new CopyOnWriteArrayList<>();
            String name;
            try (HazelcastClient client = Clients.connect(
                    cluster.addresses(),
                    config -> config.clusterConnectTimeout(Duration.ofMinutes(1))
                            .lifecycleListeners(states::add)
                            .retryInitialBackoff(Duration.ofMillis(20)))) {
                name = client.name();
                DistributedMap<String, String> map = client.getMap("m");
                map.size().join();

                HeldRequests held = cluster.member(0).hold(MapSizeCodec.REQUEST);
                CompletableFuture<Integer> retried = map.size();
                held.take().error(ErrorCode.MEMBER_LEFT, "com.hazelcast.core.MemberLeftException", "gone");
                held.take().proceed();
                retried.join();
                answerAfter(held, map.size(), Duration.ofMillis(60));
                cluster.member(0).asUsual(MapSizeCodec.REQUEST);

                cluster.restart();
                Eventually.passes(() ->
                        assertThat(states).containsSequence(LifecycleState.DISCONNECTED, LifecycleState.CONNECTED));
                assertThatThrownBy(() -> Clients.connect(cluster.addresses(), config -> config.clusterName("other")))
                        .isInstanceOf(AuthenticationException.class);
            }

            List<RecordedEvent> events = stopped(recording, directory);
            assertThat(named("Connect", events)).anySatisfy(event -> {
                assertThat(event.getString("client")).isEqualTo(name);
                assertThat(event.getString("address"))
                        .isEqualTo(cluster.addresses().get(0));
                assertThat(event.getBoolean("succeeded")).isTrue();
                assertThat(event.getString("member")).contains(cluster.member(0).address());
                assertThat(event.getDuration()).isBetween(Duration.ofNanos(1), Duration.ofSeconds(20));
            });
            assertThat(named("Retry", events)).anySatisfy(event -> {
                assertThat(event.getString("client")).isEqualTo(name);
                assertThat(event.getString("call")).startsWith("Map.size on map 'm'");
                assertThat(event.getInt("attempt")).isEqualTo(1);
                assertThat(event.getString("failure")).contains("gone");
            });
            assertThat(named("SlowCall", events)).anySatisfy(event -> {
                assertThat(event.getString("call")).startsWith("Map.size on map 'm'");
                assertThat(event.getString("connection"))
                        .contains(cluster.addresses().get(0));
                assertThat(event.getDuration("time")).isBetween(Duration.ofMillis(60), Duration.ofSeconds(20));
                assertThat(event.getInt("attempts")).isEqualTo(1);
            });
            assertThat(named("SlowCall", events))
                    .allSatisfy(event ->
                            assertThat(event.getDuration("time")).isGreaterThanOrEqualTo(Duration.ofMillis(50)));
            assertThat(named("Disconnect", events)).anySatisfy(event -> {
                assertThat(event.getString("client")).isEqualTo(name);
                assertThat(event.getString("reason")).isNotEmpty();
            });
            assertThat(named("ClusterChanged", events)).singleElement().satisfies(event -> {
                assertThat(event.getString("before")).isEqualTo(firstCluster.toString());
                assertThat(event.getString("after"))
                        .isEqualTo(cluster.clusterId().toString());
            });
            assertThat(named("AuthenticationFailed", events)).isNotEmpty().allSatisfy(event -> {
                assertThat(event.getString("client")).isNotEqualTo(name);
                assertThat(event.getString("reason")).contains("clusterName");
            });
        }
    }

    @Test
    void slowerThan_isTheShortestOfAllRecordings_andCanBeTurnedOff(@TempDir Path directory) throws IOException {
        try (Recording all = new Recording();
                Recording none = new Recording();
                ScriptedCluster cluster = ScriptedCluster.builder().start();
                HazelcastClient client = Clients.connect(cluster.addresses())) {
            none.enable("filbert.SlowCall").with("slowerThan", "10 m");
            none.start();
            // Not the map of the other test: the recorder of JDK 17 may lose texts that an earlier recording had too.
            DistributedMap<String, String> map = client.getMap("n");
            map.size().join();
            all.enable("filbert.SlowCall").with("slowerThan", "0 ns");
            all.start();
            for (int i = 0; i < 3; i++) {
                map.size().join();
            }
            assertThat(named("SlowCall", stopped(all, directory))).hasSize(3);
            none.disable("filbert.SlowCall");
            map.size().join();
            assertThat(named("SlowCall", stopped(none, directory))).hasSize(3);
        }
    }
}
