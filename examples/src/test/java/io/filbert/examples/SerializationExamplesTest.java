// SPDX-License-Identifier: Apache-2.0
package io.filbert.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.examples.serialization.CompactEmployees;
import io.filbert.examples.serialization.CustomMusicians;
import io.filbert.examples.serialization.GlobalJson;
import io.filbert.examples.serialization.IdentifiedAddresses;
import io.filbert.examples.serialization.JsonValues;
import io.filbert.examples.serialization.PortableFoo;
import io.filbert.testkit.HazelcastMember;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Runs each program that shows a serialized form against a real member, which has none of its classes. */
class SerializationExamplesTest {

    private static HazelcastMember member;

    @BeforeAll
    static void startMember() {
        member = HazelcastMember.start();
    }

    @AfterAll
    static void stopMember() {
        member.close();
    }

    @Test
    void identifiedAddresses_comesBack() {
        assertThat(Printed.by(() -> IdentifiedAddresses.main(member.address())))
                .containsExactly("Alice lives in Palo Alto, CA");
    }

    @Test
    void portableFoo_versionsReadEachOther() {
        assertThat(Printed.by(() -> PortableFoo.main(member.address())))
                .containsExactly(
                        "The new client reads the old value: one, null",
                        "The old client reads the new value: two",
                        "Found by field: 1");
    }

    @Test
    void customMusicians_comesBack() {
        assertThat(Printed.by(() -> CustomMusicians.main(member.address()))).containsExactly("On stage: Nina");
    }

    @Test
    void jsonValues_areQueriedByField() {
        assertThat(Printed.by(() -> JsonValues.main(member.address())))
                .containsExactly("Retrieved 1 values whose age is at most 6", "Entry is {\"age\": 4}");
    }

    @Test
    void globalJson_comesBack() {
        assertThat(Printed.by(() -> GlobalJson.main(member.address()))).containsExactly("Feeling Good takes 174 s");
    }

    @Test
    void compactEmployees_areQueriedByField_andReadWithoutTheirClass() {
        assertThat(Printed.by(() -> CompactEmployees.main(member.address())))
                .containsExactly("Bob is under 30", "account of Alice");
    }
}
