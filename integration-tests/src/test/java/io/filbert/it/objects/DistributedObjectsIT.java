// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.HazelcastClient;
import io.filbert.cluster.DistributedObject;
import io.filbert.cluster.DistributedObjectEvent;
import io.filbert.cluster.DistributedObjectListener;
import io.filbert.collection.DistributedQueue;
import io.filbert.error.ClientClosedException;
import io.filbert.it.support.Clients;
import io.filbert.it.support.OfficialClient;
import io.filbert.it.support.OnSharedCluster;
import io.filbert.it.support.SharedCluster;
import io.filbert.map.DistributedMap;
import io.filbert.testkit.Eventually;
import io.filbert.testkit.FaultProxy;
import io.filbert.topic.Topic;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which objects a real cluster of three has, and who hears of them. */
final class DistributedObjectsIT extends OnSharedCluster {

    private static final AtomicInteger NAMES = new AtomicInteger();

    private final String name = "object-" + NAMES.incrementAndGet();
    private final Story story = new Story(name);

    /** Writes down what becomes of the objects of one name, and of other objects that mark the end. */
    private static final class Story implements DistributedObjectListener {

        final List<String> lines = new CopyOnWriteArrayList<>();
        private final String prefix;

        Story(String prefix) {
            this.prefix = prefix;
        }

        @Override
        public void onEvent(DistributedObjectEvent event) {
            if (event.name().startsWith(prefix)) {
                lines.add(event.type() + " " + event.serviceName() + " " + event.name());
            }
        }

        @Override
        public void onGap() {
            lines.add("gap");
        }
    }

    private static HazelcastClient another() {
        return Clients.connect(SharedCluster.get().addresses());
    }

    // ---- listeners

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void createdAndDestroyed_areReportedOnce_whoeverDidIt(boolean smart) {
        try (HazelcastClient listening =
                        Clients.connect(SharedCluster.get().addresses(), config -> config.smartRouting(smart));
                HazelcastClient other = another()) {
            Eventually.passes(
                    () -> assertThat(listening.clusterService().members()).hasSize(3));
            listening.addDistributedObjectListener(story).join();
            for (HazelcastClient creator : List.of(listening, other)) {
                for (int i = 0; i < 20; i++) {
                    creator.getMap(name + "-" + i).destroy().join();
                }
                creator.getQueue(name).destroy().join();
                creator.getTopic(name).destroy().join();
            }

            Eventually.passes(() -> assertThat(story.lines).hasSizeGreaterThanOrEqualTo(2 * 2 * 22));
            for (int i = 0; i < 20; i++) {
                String map = "hz:impl:mapService " + name + "-" + i;
                assertThat(story.lines)
                        .filteredOn(line -> line.endsWith(map))
                        .containsExactly("CREATED " + map, "DESTROYED " + map, "CREATED " + map, "DESTROYED " + map);
            }
            assertThat(story.lines)
                    .contains("CREATED hz:impl:queueService " + name, "DESTROYED hz:impl:topicService " + name)
                    .hasSize(2 * 2 * 22);
        }
    }

    @Test
    void secondUse_isNotReported_andWhatExistsIsNotEither() {
        client().getMap(name);
        client().addDistributedObjectListener(story).join();
        client().getMap(name);
        try (HazelcastClient other = another()) {
            other.getMap(name);
            other.getQueue(name);
        }

        Eventually.passes(() -> assertThat(story.lines).containsExactly("CREATED hz:impl:queueService " + name));
    }

    @Test
    void listenerThatThrows_hearsTheNextEvent() {
        List<String> heard = new CopyOnWriteArrayList<>();
        client().addDistributedObjectListener(event -> {
                    heard.add(event.name());
                    throw new IllegalStateException("on purpose");
                })
                .join();
        client().getMap(name + "-a");
        client().getMap(name + "-b");

        Eventually.passes(() -> assertThat(heard).contains(name + "-a", name + "-b"));
    }

    @Test
    void removedListener_hearsNothingMore() {
        Story other = new Story(name);
        UUID id = client().addDistributedObjectListener(story).join();
        client().addDistributedObjectListener(other).join();

        assertThat(client().removeDistributedObjectListener(id).join()).isTrue();
        assertThat(client().removeDistributedObjectListener(id).join()).isFalse();
        assertThat(client().removeDistributedObjectListener(UUID.randomUUID()).join())
                .isFalse();
        client().getMap(name);
        Eventually.passes(() -> assertThat(other.lines).hasSize(1));
        assertThat(story.lines).isEmpty();
    }

    @Test
    void connectionCut_listenerIsBack_andHearsOfTheGap() {
        try (FaultProxy proxy = FaultProxy.to(SharedCluster.get().member(0));
                HazelcastClient cut = Clients.connect(
                        proxy.address(),
                        config -> config.smartRouting(false).retryInitialBackoff(Duration.ofMillis(20)))) {
            cut.addDistributedObjectListener(story).join();
            cut.getMap(name + "-before");
            Eventually.passes(() -> assertThat(story.lines).hasSize(1));
            proxy.cut();
            cut.getMap("witness-" + name).size().join();
            cut.getMap(name + "-after");

            Eventually.passes(() -> assertThat(story.lines)
                    .containsExactly(
                            "CREATED hz:impl:mapService " + name + "-before",
                            "gap",
                            "CREATED hz:impl:mapService " + name + "-after"));
        }
    }

    @Test
    @SuppressWarnings("NullAway") // passing null is the point
    void wrongArguments_areRefusedAtOnce() {
        assertThatThrownBy(() -> client().addDistributedObjectListener(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> client().removeDistributedObjectListener(null))
                .isInstanceOf(NullPointerException.class);
    }

    // ---- what there is

    private List<DistributedObject> mine() {
        return client().getDistributedObjects().stream()
                .filter(object -> object.name().startsWith(name))
                .toList();
    }

    @Test
    void getDistributedObjects_findsThoseOfOthers_asIfAskedForByName() {
        DistributedMap<Object, Object> own = client().getMap(name);
        try (HazelcastClient other = another()) {
            other.getQueue(name).offer("item").join();
            other.getTopic(name);

            List<DistributedObject> found = mine();
            assertThat(found).hasSize(3).contains(own);
            assertThat(found).filteredOn(object -> object instanceof Topic).hasSize(1);
            DistributedQueue<Object> queue = client().getQueue(name);
            assertThat(found).contains(queue);
            assertThat(queue.poll().join()).isEqualTo("item");
        }
    }

    @Test
    void getDistributedObjects_forgetsWhatOthersDestroyed() {
        DistributedMap<Object, Object> map = client().getMap(name);
        try (HazelcastClient other = another()) {
            other.getMap(name).destroy().join();
        }

        Eventually.passes(() -> assertThat(mine()).isEmpty());
        assertThat(map.destroy().join()).as("known to the client").isFalse();
        assertThat(client().getMap(name)).isNotSameAs(map);
        assertThat(mine()).hasSize(1);
    }

    @Test
    void getDistributedObjects_leavesOutWhatNobodyHereKnows() {
        try (OfficialClient official = OfficialClient.connect(SharedCluster.get())) {
            official.createCardinalityEstimator(name);
            official.map(name);

            assertThat(mine()).singleElement().isInstanceOf(DistributedMap.class);
        }
    }

    @Test
    void getDistributedObjects_besideThreadsThatCreate_losesNone() throws Exception {
        Thread creator = new Thread(() -> {
            for (int i = 0; i < 50; i++) {
                client().getMap(name + "-" + i);
            }
        });
        creator.start();
        while (creator.isAlive()) {
            client().getDistributedObjects();
        }
        creator.join(TimeUnit.SECONDS.toMillis(10));

        for (DistributedObject object : mine()) {
            assertThat(client().getMap(object.name())).isSameAs(object);
        }
        assertThat(mine()).hasSize(50);
    }

    @Test
    void closedClient_refuses() {
        HazelcastClient closed = another();
        closed.close();

        assertThatThrownBy(closed::getDistributedObjects).isInstanceOf(ClientClosedException.class);
        assertThatThrownBy(() -> closed.addDistributedObjectListener(story).join())
                .hasCauseInstanceOf(ClientClosedException.class);
    }
}
