// SPDX-License-Identifier: Apache-2.0
package io.filbert.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

    @Test
    void toString_bracketsOnlyIpv6() {
        assertThat(new Address("example.org", 5701)).hasToString("example.org:5701");
        assertThat(new Address("10.0.0.1", 5701)).hasToString("10.0.0.1:5701");
        assertThat(new Address("fe80::1", 5701)).hasToString("[fe80::1]:5701");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65_536, Integer.MAX_VALUE})
    void construct_portOutOfRange_isRefused(int port) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Address("a", port))
                .withMessageContaining(String.valueOf(port));
    }

    @Test
    void construct_emptyHost_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Address("", 1));
    }

    /** They were compared as they are written, so that a member was dialled twice or not recognized. */
    @ParameterizedTest
    @CsvSource({
        "::1, 0:0:0:0:0:0:0:1",
        "fe80::A, fe80:0:0:0:0:0:0:a",
        "fe80::1%eth0, fe80:0::1%eth0",
        "::ffff:10.0.0.1, 10.0.0.1",
        "Member.Example.org, member.example.ORG"
    })
    void equals_sameHostWrittenOtherwise_isTrue(String one, String other) {
        assertThat(new Address(one, 5701)).isEqualTo(new Address(other, 5701)).hasSameHashCodeAs(new Address(other, 5701));
        assertThat(new Address(one, 5701)).isNotEqualTo(new Address(other, 5702));
    }

    @ParameterizedTest
    @CsvSource({"::1, ::2", "fe80::1%eth0, fe80::1%eth1", "a, b", "zz::gg, zz::g", "10.0.0.1, 10.0.0.2"})
    void equals_otherHost_isFalse(String one, String other) {
        assertThat(new Address(one, 5701)).isNotEqualTo(new Address(other, 5701));
    }
}
