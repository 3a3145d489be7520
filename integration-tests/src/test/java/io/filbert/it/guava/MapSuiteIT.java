// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.guava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

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
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import junit.framework.Test;
import junit.framework.TestCase;
import junit.framework.TestFailure;
import junit.framework.TestResult;
import junit.framework.TestSuite;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Guava's suite for {@link java.util.concurrent.ConcurrentMap} on the blocking view of a map on real members.
 *
 * <p>What the view deliberately does otherwise is listed in {@link Deviations}; a deviation that is none any more fails.
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

    private final Set<String> deviationsMet = new HashSet<>();

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
        Map<String, List<DynamicTest>> byKind = new TreeMap<>();
        collect(suite, suite.getName(), byKind);
        Stream<DynamicNode> tests = byKind.entrySet().stream()
                .map(kind -> DynamicContainer.dynamicContainer(kind.getKey(), kind.getValue()));
        return Stream.concat(
                tests,
                Stream.of(DynamicTest.dynamicTest(
                        "every deviation was met",
                        () -> assertThat(deviationsMet)
                                .containsExactlyInAnyOrderElementsOf(Deviations.REASONS.keySet()))));
    }

    private void collect(Test test, String path, Map<String, List<DynamicTest>> byKind) {
        if (test instanceof TestSuite suite) {
            for (Enumeration<Test> tests = suite.tests(); tests.hasMoreElements(); ) {
                Test next = tests.nextElement();
                collect(next, next instanceof TestSuite inner ? path + " / " + inner.getName() : path, byKind);
            }
        } else if (test instanceof TestCase testCase) {
            String name = Objects.requireNonNullElse(testCase.getName(), testCase.toString());
            String id = testCase.getClass().getSimpleName() + "." + methodName(name);
            byKind.computeIfAbsent(path, ignored -> new ArrayList<>())
                    .add(DynamicTest.dynamicTest(id, () -> run(testCase, id)));
        }
    }

    /** Guava appends what the collection looks like. */
    private static String methodName(String name) {
        int end = name.indexOf('[');
        return (end < 0 ? name : name.substring(0, end)).strip();
    }

    private void run(TestCase testCase, String id) {
        TestResult result = new TestResult();
        testCase.run(result);
        Throwable failure = firstFailure(result);
        String reason = Deviations.REASONS.get(id);
        if (reason == null) {
            if (failure != null) {
                fail(id, failure);
            }
        } else if (failure != null) {
            deviationsMet.add(id);
        }
    }

    private static @Nullable Throwable firstFailure(TestResult result) {
        Enumeration<TestFailure> failures = result.failures();
        if (failures.hasMoreElements()) {
            return failures.nextElement().thrownException();
        }
        Enumeration<TestFailure> errors = result.errors();
        return errors.hasMoreElements() ? errors.nextElement().thrownException() : null;
    }
}
