// SPDX-License-Identifier: Apache-2.0
package io.filbert.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.cluster.Address;
import io.filbert.error.ConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CandidateAddressesTest {

    @ParameterizedTest
    @CsvSource({
        "example.org:1, example.org, 1",
        "10.0.0.1:65535, 10.0.0.1, 65535",
        "[fe80::1]:6000, fe80::1, 6000",
    })
    void withPort_isTheOnlyCandidate(String text, String host, int port) {
        DiscoveryConfig discovery =
                ClientConfig.builder().clusterMembers(text).build().discovery();

        assertThat(discovery.primaryAddresses()).containsExactly(new Address(host, port));
        assertThat(discovery.secondaryAddresses()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"example.org, example.org", "10.0.0.1, 10.0.0.1", "[fe80::1], fe80::1", "fe80::1, fe80::1", "::1, ::1"})
    void withoutPort_hasThreeCandidates(String text, String host) {
        DiscoveryConfig discovery =
                ClientConfig.builder().clusterMembers(text).build().discovery();

        assertThat(discovery.primaryAddresses()).containsExactly(new Address(host, 5701));
        assertThat(discovery.secondaryAddresses()).containsExactly(new Address(host, 5702), new Address(host, 5703));
    }

    @Test
    void severalMembers_keepTheirOrder() {
        DiscoveryConfig discovery =
                ClientConfig.builder().clusterMembers("b", "a:1").build().discovery();

        assertThat(discovery.primaryAddresses()).containsExactly(new Address("b", 5701), new Address("a", 1));
        assertThat(discovery.secondaryAddresses()).containsExactly(new Address("b", 5702), new Address("b", 5703));
        assertThat(discovery.clusterMembers()).containsExactly("b", "a:1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                " a",
                "a b",
                ":5701",
                "a:",
                "a:x",
                "a:0",
                "a:-1",
                "a:+1",
                "a:65536",
                "a:99999999999",
                "a:5701 ",
                "[",
                "[::1",
                "[]",
                "[]:1",
                "[::1]5701",
                "[::1]:",
                "[::1]:0",
                "a:\u0661"
            })
    void malformed_isReportedWithTheText(String text) {
        assertThatThrownBy(() -> ClientConfig.builder().clusterMembers(text).build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("clusterMembers is \"" + text + "\", but must be host, host:port");
    }
}
