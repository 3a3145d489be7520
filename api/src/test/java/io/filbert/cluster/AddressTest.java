// SPDX-License-Identifier: Apache-2.0
package io.filbert.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
}
