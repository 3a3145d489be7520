// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.guava;

import com.google.common.collect.testing.ConcurrentMapTestSuiteBuilder;
import com.google.common.collect.testing.TestStringMapGenerator;
import com.google.common.collect.testing.features.CollectionFeature;
import com.google.common.collect.testing.features.CollectionSize;
import com.google.common.collect.testing.features.MapFeature;
import io.filbert.HazelcastClient;
import io.filbert.it.support.Clients;
import io.filbert.map.BlockingDistributedMap;
import io.filbert.testkit.HazelcastMember;
import io.filbert.testkit.NoLeaks;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import junit.framework.TestSuite;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * Guava's suite for {@link java.util.concurrent.ConcurrentMap} on the blocking view of a map on real members.
 *
 * <p>What the view deliberately does otherwise is listed in {@link Deviations}.
 */
@NoLeaks(NoLeaks.Scope.CLASS)
@SuppressWarnings("NullAway.Init") // set before the first test
final class MapSuiteIT {

    /** It has few partitions: walks over a map ask each in turn, and here are many small maps. */
    private static HazelcastMember member;

    private static HazelcastClient client;

    @BeforeAll
    static void connect() {
        member = HazelcastMember.builder()
                .systemProperty("hazelcast.partition.count", "7")
                .start();
        client = Clients.connect(List.of(member.address()));
    }

    @AfterAll
    static void close() {
        client.close();
        member.close();
    }

    /** One map for all tests: making one for each would mostly measure that. */
    private final BlockingDistributedMap<String, String> map =
            client.<String, String>getMap("guava").blocking();

    private final class Generator extends TestStringMapGenerator {

        @Override
        protected Map<String, String> create(Map.Entry<String, String>[] entries) {
            map.clear();
            for (Map.Entry<String, String> entry : entries) {
                // A null must be refused, or the test of that is none.
                map.put(entry.getKey(), entry.getValue());
            }
            return map;
        }
    }

    @TestFactory
    Stream<DynamicNode> guavaSuite() {
        TestSuite suite = ConcurrentMapTestSuiteBuilder.using(new Generator())
                .named("blocking view of a map")
                .withFeatures(
                        MapFeature.GENERAL_PURPOSE,
                        MapFeature.ALLOWS_NULL_ENTRY_QUERIES,
                        CollectionFeature.SUPPORTS_ITERATOR_REMOVE,
                        CollectionSize.ANY)
                .createTestSuite();
        return new GuavaSuite(Deviations.MAP).tests(suite);
    }
}
