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

    /** One string with commas is how a property file names several members; it was dialled as one host without end. */
    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1:5701,10.0.0.2:5702", " 10.0.0.1:5701 ,\t10.0.0.2:5702\n"})
    void severalInOneString_areSplitAtCommas(String text) {
        DiscoveryConfig discovery =
                ClientConfig.builder().clusterMembers(text).build().discovery();

        assertThat(discovery.primaryAddresses())
                .containsExactly(new Address("10.0.0.1", 5701), new Address("10.0.0.2", 5702));
        assertThat(discovery.secondaryAddresses()).isEmpty();
        assertThat(discovery.clusterMembers()).containsExactly("10.0.0.1:5701", "10.0.0.2:5702");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a.",
                "a_b.example.org",
                "xn--mller-kva.de",
                "müller.de",
                "3com.com",
                "1.2.3.4",
                "member-0.members.default.svc.cluster.local",
                "::ffff:10.0.0.1",
                "fe80::1%eth0",
                "[fe80::1%1]:5701"
            })
    void hostsThatMayExist_areAccepted(String text) {
        assertThat(ClientConfig.builder()
                        .clusterMembers(text)
                        .build()
                        .discovery()
                        .primaryAddresses())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "a;b, separate addresses by commas",
        "a b, separate addresses by commas",
        "http://a:5701, leave out 'http://'",
        "hazelcast://a, leave out 'hazelcast://'",
        "tcp:a:1, 'put an IPv6 address in brackets'",
        "a:5701:x, 'put an IPv6 address in brackets'",
        "a/path, leave out the path",
        "a:5701/path, leave out the path",
        "user@a, give the user with credsUsername",
        "user:secret@a:5701, give the user with credsUsername",
        "zz::gg, 'correct the IPv6 address'",
        "[abc]:5701, 'brackets are for IPv6 addresses'",
        "[10.0.0.1]:5701, 'brackets are for IPv6 addresses'",
        "10.0.0.256, correct the IPv4 address",
        "10.0.0:5701, correct the IPv4 address",
        "5701, give a host before the port",
        "a..b, correct the host name",
        "-a, correct the host name",
        "a*, correct the host name",
        "${HOST}, correct the host name",
        "a:70000, correct the port",
    })
    void malformed_isReportedWithWhatToDo(String text, String hint) {
        assertThatThrownBy(() -> ClientConfig.builder().clusterMembers(text).build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(hint);
    }

    @Test
    void malformed_withPassword_isReportedWithoutIt() {
        assertThatThrownBy(() -> ClientConfig.builder()
                        .clusterMembers("user:secret@a:5701")
                        .build())
                .hasMessageContaining("@a:5701")
                .hasMessageNotContaining("secret");
    }

    @Test
    void malformed_withLineBreak_isReportedInOneLine() {
        assertThatThrownBy(() -> ClientConfig.builder().clusterMembers("a\nb").build())
                .hasMessageContaining("\"a\\nb\"");
    }

    @Test
    void severalMalformedInOneString_areReportedEach() {
        assertThatThrownBy(
                        () -> ClientConfig.builder().clusterMembers("a:x,,b:0").build())
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.problems())
                                .satisfiesExactly(
                                        p -> assertThat(p).startsWith("clusterMembers is \"a:x\""),
                                        p -> assertThat(p).startsWith("clusterMembers is \"\""),
                                        p -> assertThat(p).startsWith("clusterMembers is \"b:0\"")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ",",
                "a,",
                "a b",
                "a b:5701",
                ":5701",
                "a:",
                "a:x",
                "a:0",
                "a:-1",
                "a:+1",
                "a:65536",
                "a:99999999999",
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
        String shown = text.equals(",") || text.isBlank() || text.endsWith(",") ? "" : text;
        assertThatThrownBy(() -> ClientConfig.builder().clusterMembers(text).build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("clusterMembers is \"" + shown + "\", but must be host, host:port");
    }
}
