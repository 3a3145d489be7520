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
import io.filbert.testkit.HazelcastMember;
import io.filbert.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
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

        void awaitAll(String type, List<DistributedObject> objects) {
            List<String> expected = objects.stream()
                    .map(object -> type + " " + object.serviceName() + " " + object.name())
                    .toList();
            Eventually.passes(() -> assertThat(lines).containsAll(expected));
        }

        @Override
        public void onGap() {
            if (lines.isEmpty() || !lines.get(lines.size() - 1).equals("gap")) {
                lines.add("gap");
            }
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
            if (smart) {
                awaitConnectedToAll();
            }
            listening.addDistributedObjectListener(story).join();
            // Members themselves miscount when a name is used again at once.
            int objects = 0;
            for (HazelcastClient creator : List.of(listening, other)) {
                List<DistributedObject> created = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                    created.add(creator.getMap(name + "-map-" + objects++));
                }
                created.add(creator.getQueue(name + "-queue-" + objects++));
                created.add(creator.getTopic(name + "-topic-" + objects++));
                story.awaitAll("CREATED", created);
                created.forEach(object -> object.destroy().join());
                story.awaitAll("DESTROYED", created);
            }

            assertThat(story.lines).doesNotHaveDuplicates().hasSize(2 * objects);
        }
    }

    @Test
    void source_isTheClientThatDidIt() {
        List<DistributedObjectEvent> events = new CopyOnWriteArrayList<>();
        client().addDistributedObjectListener(event -> {
                    if (event.name().startsWith(name)) {
                        events.add(event);
                    }
                })
                .join();
        DistributedObject map = client().getMap(name);
        Eventually.passes(() -> assertThat(events).hasSize(1));
        awaitKnownToAllMembers();
        map.destroy().join();

        Eventually.passes(() -> assertThat(events).hasSize(2));
        assertThat(events)
                .extracting(DistributedObjectEvent::source)
                .containsOnly(events.get(0).source())
                .isSubsetOf(SharedCluster.get().member(0).clientUuids());
    }

    @Test
    void whatExists_isNotReported_andNeitherIsItsNextUse() {
        Story before = new Story(name);
        client().addDistributedObjectListener(before).join();
        DistributedObject map = client().getMap(name);
        before.awaitAll("CREATED", List.of(map));
        client().addDistributedObjectListener(story).join();
        client().getMap(name);
        try (HazelcastClient other = another()) {
            other.getMap(name);
            story.awaitAll("CREATED", List.of(other.getQueue(name)));
        }

        assertThat(story.lines).hasSize(1);
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
            DistributedMap<Object, Object> witness = cut.getMap("witness-" + name);
            cut.addDistributedObjectListener(story).join();
            cut.getMap(name + "-before");
            Eventually.passes(() -> assertThat(story.lines).hasSize(1));
            proxy.cut();
            assertThat(witness.size().join()).isZero();
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

            Eventually.passes(() -> assertThat(mine()).hasSize(3).contains(own));
            List<DistributedObject> found = mine();
            assertThat(found).filteredOn(object -> object instanceof Topic).hasSize(1);
            DistributedQueue<Object> queue = client().getQueue(name);
            assertThat(found).contains(queue);
            assertThat(queue.poll().join()).isEqualTo("item");
        }
    }

    @Test
    void getDistributedObjects_forgetsWhatOthersDestroyed() {
        DistributedMap<Object, Object> map = client().getMap(name);
        awaitKnownToAllMembers();
        assertThat(mine()).containsExactly(map);
        try (HazelcastClient other = another()) {
            other.getMap(name).destroy().join();
        }

        assertThat(mine()).isEmpty();
        assertThat(map.destroy().join()).as("known to the client").isFalse();
        assertThat(client().getMap(name)).isNotSameAs(map);
        assertThat(mine()).hasSize(1);
    }

    /** A member that hears of an object after its destruction would have it for ever. */
    private void awaitKnownToAllMembers() {
        for (HazelcastMember member : SharedCluster.get().members()) {
            try (HazelcastClient ofOne = Clients.connect(member.address(), config -> config.smartRouting(false))) {
                Eventually.passes(() -> assertThat(ofOne.getDistributedObjects())
                        .extracting(DistributedObject::name)
                        .contains(name));
            }
        }
    }

    @Test
    void getDistributedObjects_leavesOutWhatNobodyHereKnows() {
        try (OfficialClient official = OfficialClient.connect(SharedCluster.get())) {
            official.createCardinalityEstimator(name);
            official.map(name);

            Eventually.passes(() -> assertThat(mine()).singleElement().isInstanceOf(DistributedMap.class));
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
