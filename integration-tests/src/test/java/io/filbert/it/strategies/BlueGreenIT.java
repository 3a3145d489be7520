// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.strategies;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.HazelcastClient;
import io.filbert.cluster.LifecycleState;
import io.filbert.error.TargetDisconnectedException;
import io.filbert.it.support.Clients;
import io.filbert.map.BlockingDistributedMap;
import io.filbert.testkit.Eventually;
import io.filbert.testkit.HazelcastCluster;
import io.filbert.testkit.NoLeaks;
import io.filbert.topic.BlockingTopic;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two real clusters with different numbers of partitions: killing one moves the client, its listeners and schemas to the other. */
@NoLeaks
@Timeout(240)
final class BlueGreenIT {

    record Order(String customer, int amount) {}

    private static HazelcastCluster cluster(String name, int partitions) {
        return HazelcastCluster.builder()
                .clusterName(name)
                .systemProperty("hazelcast.partition.count", Integer.toString(partitions))
                .start();
    }

    @Test
    void clusterKilled_workGoesOnWithTheOther_andBack() throws InterruptedException {
        List<LifecycleState> states = new CopyOnWriteArrayList<>();
        try (HazelcastCluster blue = cluster("blue", 271);
                HazelcastCluster green = cluster("green", 61);
                HazelcastClient client = Clients.connect(
                        blue.addresses(),
                        config -> config.clusterName("blue")
                                .failoverCluster(f -> f.clusterName("green").clusterMembers(green.addresses()))
                                .clusterConnectTimeout(Duration.ofSeconds(2))
                                .retryInitialBackoff(Duration.ofMillis(100))
                                .invocationTimeout(Duration.ofSeconds(60))
                                .lifecycleListeners(states::add))) {
            BlockingDistributedMap<Integer, Order> orders =
                    client.<Integer, Order>getMap("orders").blocking();
            BlockingTopic<String> topic = client.<String>getTopic("news").blocking();
            List<String> heard = new CopyOnWriteArrayList<>();
            topic.addListener(message -> heard.add(message.message()));
            orders.put(1, new Order("blue", 1));

            AtomicBoolean stop = new AtomicBoolean();
            AtomicInteger written = new AtomicInteger();
            Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
            Thread load = new Thread(() -> {
                for (int i = 0; !stop.get(); i = (i + 1) % 100) {
                    try {
                        orders.put(100 + i, new Order("load", i));
                        written.incrementAndGet();
                    } catch (TargetDisconnectedException e) {
                        // Was under way when the connection was lost; no other call may fail.
                    } catch (RuntimeException e) {
                        failures.add(e);
                    }
                }
            });
            load.start();

            blue.member(0).terminate();
            awaitPartitions(client, 61);
            assertThat(orders.get(1)).as("what green knows").isNull();
            orders.put(1, new Order("green", 2));
            awaitHeard(topic, heard, "from green");
            int before = written.get();
            Eventually.passes(() -> assertThat(written.get()).isGreaterThan(before + 100));

            blue.member(0).restart();
            green.member(0).terminate();
            awaitPartitions(client, 271);
            assertThat(orders.get(1)).as("blue was restarted without data").isNull();
            orders.put(1, new Order("blue again", 3));
            assertThat(orders.get(1)).isEqualTo(new Order("blue again", 3));
            awaitHeard(topic, heard, "from blue");

            stop.set(true);
            load.join(60_000);
            assertThat(failures).isEmpty();
            assertThat(states)
                    .filteredOn(LifecycleState.CHANGED_CLUSTER::equals)
                    .hasSize(2);
            assertThat(client.clusterService().members())
                    .extracting(member -> member.uuid())
                    .containsExactly(blue.member(0).uuid());
        }
    }

    private static void awaitPartitions(HazelcastClient client, int count) {
        Eventually.passes(
                () -> assertThat(client.partitionService().partitionCount()).isEqualTo(count));
    }

    /** The listener is registered again by then, or soon. */
    private static void awaitHeard(BlockingTopic<String> topic, List<String> heard, String text) {
        Eventually.passes(() -> {
            topic.publish(text);
            assertThat(heard).contains(text);
        });
    }
}
