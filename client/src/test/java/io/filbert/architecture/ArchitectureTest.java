// SPDX-License-Identifier: Apache-2.0
package io.filbert.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The rules of the house hold for everything that ships, and each of them fails on {@code io.filbert.badhouse}, which breaks every
 * one: a rule that cannot fail proves nothing.
 */
class ArchitectureTest {

    private static final JavaClasses SHIPPED = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.filbert");

    private static final JavaClasses BAD_HOUSE = new ClassFileImporter().importPackages("io.filbert.badhouse");

    @Test
    void shippedClasses_areAllThere() {
        assertThat(SHIPPED.stream().map(type -> type.getName()))
                .contains(
                        "io.filbert.HazelcastClient",
                        "io.filbert.map.DistributedMap",
                        "io.filbert.internal.protocol.codec.MapPutCodec",
                        "io.filbert.internal.serialization.SerializationService",
                        "io.filbert.internal.transport.WireChannel")
                .noneMatch(name -> name.startsWith("io.filbert.badhouse"));
    }

    @TestFactory
    Stream<DynamicTest> shippedClasses_keepTheRules() {
        return tests(new HouseRules("io.filbert").all(), rule -> rule.check(SHIPPED));
    }

    @TestFactory
    Stream<DynamicTest> badHouse_breaksEachRule() {
        return tests(
                new HouseRules("io.filbert.badhouse").all(),
                rule -> assertThatThrownBy(() -> rule.check(BAD_HOUSE)).isInstanceOf(AssertionError.class));
    }

    private interface Check {
        void run(ArchRule rule);
    }

    private static Stream<DynamicTest> tests(Map<String, ArchRule> rules, Check check) {
        return rules.entrySet().stream()
                .map(rule -> DynamicTest.dynamicTest(rule.getKey(), () -> check.run(rule.getValue())));
    }
}
