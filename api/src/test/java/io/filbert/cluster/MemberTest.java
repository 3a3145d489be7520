// SPDX-License-Identifier: Apache-2.0
package io.filbert.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MemberTest {

    private static final UUID ID = new UUID(1, 2);
    private static final Address ADDRESS = new Address("10.0.0.1", 5701);
    private static final MemberVersion VERSION = new MemberVersion(5, 7, 0);

    @Test
    void equals_comparesUuidAndAddressOnly() {
        Member member = new Member(ID, ADDRESS, Map.of(), false, VERSION, Map.of());
        Member later = new Member(ID, ADDRESS, Map.of("rack", "7"), true, new MemberVersion(5, 6, 0), Map.of());

        assertThat(member).isEqualTo(later).hasSameHashCodeAs(later);
        assertThat(member)
                .isNotEqualTo(new Member(new UUID(1, 3), ADDRESS, Map.of(), false, VERSION, Map.of()))
                .isNotEqualTo(new Member(ID, new Address("10.0.0.1", 5702), Map.of(), false, VERSION, Map.of()));
    }

    @Test
    void toString_isTheLineOfTheMemberList() {
        assertThat(new Member(ID, ADDRESS, Map.of(), false, VERSION, Map.of()))
                .hasToString("Member [10.0.0.1]:5701 - " + ID);
        assertThat(new Member(ID, ADDRESS, Map.of(), true, VERSION, Map.of()))
                .hasToString("Member [10.0.0.1]:5701 - " + ID + " lite");
    }

    @Test
    void maps_areCopiedAndUnmodifiable() {
        Map<String, String> attributes = new HashMap<>(Map.of("rack", "7"));
        Member member = new Member(ID, ADDRESS, attributes, false, VERSION, Map.of());

        attributes.put("rack", "8");

        assertThat(member.attributes()).containsExactly(Map.entry("rack", "7"));
        assertThatThrownBy(() -> member.attributes().put("a", "b")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void versions_areOrderedByMajorThenMinorThenPatch() {
        assertThat(new MemberVersion(5, 7, 0))
                .isGreaterThan(new MemberVersion(5, 6, 9))
                .isGreaterThan(new MemberVersion(4, 9, 9))
                .isLessThan(new MemberVersion(5, 7, 1))
                .isLessThan(new MemberVersion(5, 10, 0))
                .hasToString("5.7.0");
    }
}
