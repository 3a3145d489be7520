// SPDX-License-Identifier: Apache-2.0
package io.filbert.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.cluster.Address;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ClusterConfigTest {

    private static final AddressTranslator TRANSLATOR = address -> address;
    private static final TokenProvider TOKENS = TokenProvider.of("x");

    private static ClusterConfig other(Consumer<ClusterConfig.Builder> options) {
        return ClientConfig.builder()
                .clusterName("blue")
                .clusterMembers("blue-1")
                .credsUsername("blue-user")
                .credsPassword("x")
                .tls(t -> {})
                .failoverCluster(options)
                .build()
                .failover()
                .clusters()
                .get(0);
    }

    @Test
    void failoverCluster_hasItsOwnOptions() {
        ClusterConfig green = other(f -> f.clusterName("green")
                .clusterMembers("green-1", "green-2:9")
                .addressTranslator(TRANSLATOR)
                .tokenProvider(TOKENS)
                .tls(t -> t.serverName("a"))
                .tls(t -> t.checkHostname(true)));

        assertThat(green.clusterName()).isEqualTo("green");
        assertThat(green.discovery().primaryAddresses())
                .containsExactly(new Address("green-1", 5701), new Address("green-2", 9));
        assertThat(green.discovery().addressTranslator()).isSameAs(TRANSLATOR);
        assertThat(green.credentials().tokenProvider()).isSameAs(TOKENS);
        assertThat(green.tls().enabled()).isTrue();
        assertThat(green.tls().serverName()).isEqualTo("a");
        assertThat(green.tls().checkHostname()).isTrue();
    }

    @Test
    void failoverCluster_optionsNotGiven_haveTheirDefaults_notThoseOfTheFirstCluster() {
        ClusterConfig green = other(f -> f.clusterMembers("green-1"));

        assertThat(green.clusterName()).isEqualTo("dev");
        assertThat(green.credentials().username()).isNull();
        assertThat(green.tls().enabled()).isFalse();
    }

    @Test
    void failoverCluster_everyOption_isOneOfTheClientToo() {
        assertThat(BuilderOptions.names(ClusterConfig.Builder.class))
                .isNotEmpty()
                .isSubsetOf(BuilderOptions.names(ClientConfig.Builder.class));
    }

    @Test
    void cloudDiscovery_hasNoMembersOfItsOwn() {
        DiscoveryConfig discovery =
                ClientConfig.builder().cloudDiscoveryToken("x").build().discovery();

        assertThat(discovery.clusterMembers()).isEmpty();
        assertThat(discovery.primaryAddresses()).isEmpty();
        assertThat(discovery.secondaryAddresses()).isEmpty();
    }
}
