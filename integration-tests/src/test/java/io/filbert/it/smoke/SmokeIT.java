// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.HazelcastClient;
import io.filbert.cluster.LifecycleState;
import io.filbert.collection.BlockingDistributedQueue;
import io.filbert.collection.ItemEvent;
import io.filbert.collection.ItemListener;
import io.filbert.it.support.Clients;
import io.filbert.map.BlockingDistributedMap;
import io.filbert.map.DistributedMap;
import io.filbert.map.EntryEvent;
import io.filbert.map.EntryListener;
import io.filbert.map.MapEvent;
import io.filbert.testkit.Eventually;
import io.filbert.testkit.HazelcastCluster;
import io.filbert.testkit.HazelcastMember;
import io.filbert.testkit.NoLeaks;
import io.filbert.topic.BlockingTopic;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same short course on each release named by the system property {@code filbert.smoke.versions}. */
@NoLeaks
final class SmokeIT {

    private static final int ENTRIES = 1_000;

    static Stream<String> versions() {
        return Stream.of(Objects.requireNonNull(
                        System.getProperty("filbert.smoke.versions"), "system property filbert.smoke.versions")
                .split(","));
    }

    @ParameterizedTest
    @MethodSource("versions")
    void release(String version) {
        try (HazelcastCluster cluster =
                HazelcastCluster.builder().version(version).members(2).start()) {
            List<LifecycleState> states = new CopyOnWriteArrayList<>();
            try (HazelcastClient client = Clients.connect(
                    cluster.addresses(),
                    config -> config.lifecycleListeners(states::add)
                            .clusterConnectTimeout(Duration.ofMinutes(1))
                            .retryInitialBackoff(Duration.ofMillis(100)))) {
                knowsItsMembers(client, cluster, version);
                DistributedMap<Integer, String> map = client.getMap("smoke");
                keepsEntries(map.blocking());
                knowsPartitionOwners(client, cluster);
                walks(map);
                expires(map.blocking());
                hearsOfChanges(client, cluster);
                handsOn(client);
                destroys(client);
                comesBackAfterARestart(client, cluster, map, states);
            }
            assertThat(states)
                    .endsWith(LifecycleState.SHUTTING_DOWN, LifecycleState.DISCONNECTED, LifecycleState.SHUTDOWN);
        }
    }

    private static Set<UUID> uuids(HazelcastCluster cluster) {
        return cluster.members().stream().map(HazelcastMember::uuid).collect(Collectors.toSet());
    }

    private static void knowsItsMembers(HazelcastClient client, HazelcastCluster cluster, String version) {
        assertThat(client.clusterService().members()).hasSize(2).allSatisfy(member -> {
            assertThat(uuids(cluster)).contains(member.uuid());
            assertThat(version)
                    .startsWith(
                            member.version().major() + "." + member.version().minor());
            assertThat(member.liteMember()).isFalse();
        });
        for (HazelcastMember member : cluster.members()) {
            assertThat(member.clientUuids()).as("clients of %s", member).containsExactly(client.uuid());
        }
    }

    private static void knowsPartitionOwners(HazelcastClient client, HazelcastCluster cluster) {
        assertThat(client.partitionService().partitionCount()).isEqualTo(271);
        Eventually.passes(() -> {
            Set<UUID> owners = new HashSet<>();
            for (int id = 0; id < 271; id++) {
                UUID owner = client.partitionService().partitionOwner(id);
                assertThat(owner).as("owner of partition %d", id).isNotNull();
                owners.add(Objects.requireNonNull(owner));
            }
            assertThat(owners).isEqualTo(uuids(cluster));
        });
    }

    private static Map<Integer, String> entries() {
        Map<Integer, String> entries = new HashMap<>();
        for (int i = 0; i < ENTRIES; i++) {
            entries.put(i, "value-" + i);
        }
        return entries;
    }

    private static void keepsEntries(BlockingDistributedMap<Integer, String> map) {
        assertThat(map.put(-1, "a")).isNull();
        assertThat(map.put(-1, "b")).isEqualTo("a");
        assertThat(map.get(-1)).isEqualTo("b");
        assertThat(map.putIfAbsent(-1, "c")).isEqualTo("b");
        assertThat(map.replace(-1, "b", "c")).isTrue();
        assertThat(map.remove(-1)).isEqualTo("c");
        assertThat(map.containsKey(-1)).isFalse();
        map.set(-2, "x");
        map.delete(-2);
        assertThat(map.getEntryView(-2)).isNull();
        map.putAll(entries());
        assertThat(map.size()).isEqualTo(ENTRIES);
        assertThat(map.getAll(entries().keySet())).isEqualTo(entries());
        assertThat(Objects.requireNonNull(map.getEntryView(7)).value()).isEqualTo("value-7");
        assertThat(map.async().entrySet().join()).isEqualTo(entries().entrySet());
    }

    private static void walks(DistributedMap<Integer, String> map) {
        Map<Integer, String> seen = new HashMap<>();
        map.forEachEntry(seen::put).join();
        assertThat(seen).isEqualTo(entries());
        Set<Integer> keys = new HashSet<>();
        map.blocking().keys(50).forEach(keys::add);
        assertThat(keys).isEqualTo(entries().keySet());
    }

    private static void expires(BlockingDistributedMap<Integer, String> map) {
        map.put(-3, "soon gone", Duration.ofSeconds(1));
        map.put(-4, "soon gone", Duration.ZERO, Duration.ofSeconds(1));
        // Of an entry that cannot be gone yet: members round to seconds, so one second may be nearly none.
        map.put(-5, "gone later");
        assertThat(map.setTtl(-5, Duration.ofSeconds(1))).isTrue();
        Eventually.passes(() -> assertThat(map.get(-3)).isNull());
        Eventually.passes(() -> assertThat(map.get(-5)).isNull());
        // Not looked at until now: looking would have kept it.
        Eventually.passes(() -> assertThat(map.size()).isEqualTo(ENTRIES));
    }

    private static void hearsOfChanges(HazelcastClient client, HazelcastCluster cluster) {
        List<String> objects = new CopyOnWriteArrayList<>();
        client.addDistributedObjectListener(event -> objects.add(event.type() + " " + event.name()))
                .join();
        BlockingDistributedMap<String, Integer> map =
                client.<String, Integer>getMap("listened").blocking();
        List<String> changes = new CopyOnWriteArrayList<>();
        Set<UUID> reporters = ConcurrentHashMap.newKeySet();
        map.addEntryListener(
                new EntryListener<>() {
                    @Override
                    public void entryAdded(EntryEvent<String, Integer> event) {
                        reporters.add(Objects.requireNonNull(event.member()).uuid());
                        changes.add("+" + event.key());
                    }

                    @Override
                    public void entryUpdated(EntryEvent<String, Integer> event) {
                        changes.add(event.key() + ": " + event.oldValue() + " -> " + event.value());
                    }

                    @Override
                    public void mapCleared(MapEvent event) {
                        changes.add("cleared");
                    }
                },
                true);
        AtomicInteger keys = new AtomicInteger();
        Eventually.passes(() -> {
            map.put("any-" + keys.incrementAndGet(), 0);
            assertThat(reporters).isEqualTo(uuids(cluster));
        });
        map.put("k", 1);
        map.put("k", 2);
        Eventually.passes(() -> assertThat(changes).contains("k: 1 -> 2"));
        map.clear();

        Eventually.passes(() -> assertThat(changes).contains("cleared"));
        assertThat(changes).doesNotHaveDuplicates();
        assertThat(client.getDistributedObjects()).contains(map.async());
        map.destroy();
        Eventually.passes(() -> assertThat(objects).contains("CREATED listened", "DESTROYED listened"));
        assertThat(objects).doesNotHaveDuplicates();
        assertThat(client.getDistributedObjects()).doesNotContain(map.async());
    }

    private static void handsOn(HazelcastClient client) {
        BlockingDistributedQueue<String> queue =
                client.<String>getQueue("queue").blocking();
        List<String> items = new CopyOnWriteArrayList<>();
        queue.addListener(
                new ItemListener<>() {
                    @Override
                    public void itemAdded(ItemEvent<String> event) {
                        items.add("+" + event.item());
                    }

                    @Override
                    public void itemRemoved(ItemEvent<String> event) {
                        items.add("-" + event.item());
                    }
                },
                true);
        assertThat(queue.offer("first")).isTrue();
        assertThat(queue.poll()).isEqualTo("first");
        Eventually.passes(() -> assertThat(items).containsExactly("+first", "-first"));

        BlockingTopic<String> topic = client.<String>getTopic("topic").blocking();
        List<String> messages = new CopyOnWriteArrayList<>();
        topic.addListener(message -> messages.add(message.message()));
        topic.publish("hello");
        Eventually.passes(() -> assertThat(messages).containsExactly("hello"));
    }

    private static void destroys(HazelcastClient client) {
        DistributedMap<String, String> shortLived = client.getMap("short-lived");
        shortLived.put("k", "v").join();
        assertThat(shortLived.destroy().join()).isTrue();
        assertThat(client.<String, String>getMap("short-lived").get("k").join()).isNull();
    }

    private static void comesBackAfterARestart(
            HazelcastClient client,
            HazelcastCluster cluster,
            DistributedMap<Integer, String> map,
            List<LifecycleState> states) {
        Set<UUID> before = uuids(cluster);
        cluster.members().forEach(HazelcastMember::terminate);
        Eventually.passes(() -> assertThat(states).endsWith(LifecycleState.DISCONNECTED));
        cluster.members().forEach(HazelcastMember::restart);
        assertThat(map.get(1).join()).as("the cluster came back empty").isNull();
        Eventually.passes(() -> assertThat(client.clusterService().members())
                .hasSize(2)
                .allMatch(member -> uuids(cluster).contains(member.uuid()) && !before.contains(member.uuid())));
        map.put(1, "again").join();
        assertThat(map.get(1).join()).isEqualTo("again");
    }
}
