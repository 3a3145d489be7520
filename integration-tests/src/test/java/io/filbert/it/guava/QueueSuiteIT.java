// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.guava;

import com.google.common.collect.testing.QueueTestSuiteBuilder;
import com.google.common.collect.testing.TestStringQueueGenerator;
import com.google.common.collect.testing.features.CollectionFeature;
import com.google.common.collect.testing.features.CollectionSize;
import io.filbert.HazelcastClient;
import io.filbert.collection.BlockingDistributedQueue;
import io.filbert.it.support.Clients;
import io.filbert.testkit.HazelcastMember;
import io.filbert.testkit.NoLeaks;
import java.util.List;
import java.util.Queue;
import java.util.stream.Stream;
import junit.framework.TestSuite;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * Guava's suite for {@link Queue} on the blocking view of a queue on real members.
 *
 * <p>What the view deliberately does otherwise is listed in {@link Deviations}.
 */
@NoLeaks(NoLeaks.Scope.CLASS)
@SuppressWarnings("NullAway.Init") // set before the first test
final class QueueSuiteIT {

    private static HazelcastMember member;

    private static HazelcastClient client;

    @BeforeAll
    static void connect() {
        member = HazelcastMember.builder().start();
        client = Clients.connect(List.of(member.address()));
    }

    @AfterAll
    static void close() {
        client.close();
        member.close();
    }

    /** One queue for all tests: making one for each would mostly measure that. */
    private final BlockingDistributedQueue<String> queue =
            client.<String>getQueue("guava").blocking();

    private final class Generator extends TestStringQueueGenerator {

        @Override
        protected Queue<String> create(String[] items) {
            queue.clear();
            // One by one: a null must be refused, or the test of that is none.
            for (String item : items) {
                queue.add(item);
            }
            return queue;
        }
    }

    @TestFactory
    Stream<DynamicNode> guavaSuite() {
        TestSuite suite = QueueTestSuiteBuilder.using(new Generator())
                .named("blocking view of a queue")
                .withFeatures(
                        CollectionFeature.GENERAL_PURPOSE,
                        CollectionFeature.KNOWN_ORDER,
                        CollectionFeature.ALLOWS_NULL_QUERIES,
                        CollectionSize.ANY)
                .createTestSuite();
        return new GuavaSuite(Deviations.QUEUE).tests(suite);
    }
}
