// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.HazelcastClient;
import io.filbert.map.DistributedMap;
import io.filbert.testkit.Eventually;
import io.filbert.testkit.HazelcastMember;
import io.filbert.testkit.NoLeaks;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

/** Base of test classes that use the {@link SharedCluster} through one client, each test with a map of its own. */
@ExtendWith(SharedCluster.class)
@NoLeaks(NoLeaks.Scope.CLASS)
public abstract class OnSharedCluster {

    private static final AtomicInteger NAMES = new AtomicInteger();

    private static @Nullable HazelcastClient client;

    @BeforeAll
    static void connectSharedClient() {
        client = Clients.connect(SharedCluster.get().addresses());
        awaitConnectedToAll();
    }

    /**
     * Waits until all clients there are have a connection to each member, without which they hear no events of that member. Never so while a
     * client uses a single connection.
     */
    protected static void awaitConnectedToAll() {
        List<HazelcastMember> members = SharedCluster.get().members();
        Eventually.passes(() -> assertThat(members)
                .extracting(HazelcastMember::clientUuids)
                .containsOnly(members.get(0).clientUuids())
                .doesNotContain(Set.of()));
    }

    @AfterAll
    static void closeSharedClient() {
        client().close();
        client = null;
    }

    /** The client of this class. */
    protected static HazelcastClient client() {
        return Objects.requireNonNull(client, "connected before the first test");
    }

    /** A map nobody has used yet. */
    protected static <K, V> DistributedMap<K, V> newMap() {
        return newMap("map-");
    }

    /** A map nobody has used yet, whose name begins in the given way. */
    protected static <K, V> DistributedMap<K, V> newMap(String prefix) {
        return client().getMap(prefix + NAMES.incrementAndGet());
    }
}
