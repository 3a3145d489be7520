// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.guava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

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
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/** A suite of Guava's as tests of JUnit 5. A test in the list of deviations may fail, but one of them that no longer does is an error. */
final class GuavaSuite {

    private final Map<String, String> deviations;
    private final Set<String> deviationsMet = new HashSet<>();

    /** @param deviations reasons by test: class, a dot, method */
    GuavaSuite(Map<String, String> deviations) {
        this.deviations = deviations;
    }

    Stream<DynamicNode> tests(TestSuite suite) {
        Map<String, List<DynamicTest>> byKind = new TreeMap<>();
        collect(suite, suite.getName(), byKind);
        Stream<DynamicNode> tests = byKind.entrySet().stream()
                .map(kind -> DynamicContainer.dynamicContainer(kind.getKey(), kind.getValue()));
        return Stream.concat(
                tests,
                Stream.of(DynamicTest.dynamicTest(
                        "every deviation was met",
                        () -> assertThat(deviationsMet).containsExactlyInAnyOrderElementsOf(deviations.keySet()))));
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
        if (failure != null) {
            if (!deviations.containsKey(id)) {
                fail(id, failure);
            }
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
