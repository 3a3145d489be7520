// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.cluster.Address;
import io.filbert.cluster.EndpointQualifier;
import io.filbert.cluster.Member;
import io.filbert.cluster.MemberVersion;
import io.filbert.config.ClientConfig;
import io.filbert.error.ConnectionException;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ConfiguredAddressesTest {

    private static final Address ANNOUNCED = new Address("10.0.0.1", 5701);
    private static final Address PUBLIC = new Address("1.2.3.4", 30001);

    private static ConfiguredAddresses addresses(UnaryOperator<ClientConfig.Builder> options) {
        return new ConfiguredAddresses(
                options.apply(ClientConfig.builder()).build().discovery());
    }

    private static Member member(Map<EndpointQualifier, Address> more) {
        return new Member(UUID.randomUUID(), ANNOUNCED, Map.of(), false, new MemberVersion(5, 7, 0), more);
    }

    @Test
    void candidates_areThoseGiven() {
        AddressProvider.Candidates candidates =
                addresses(b -> b.clusterMembers("a", "b:1")).candidates().join();

        assertThat(candidates.primary()).containsExactly(new Address("a", 5701), new Address("b", 1));
        assertThat(candidates.secondary()).containsExactly(new Address("a", 5702), new Address("a", 5703));
    }

    @Test
    void addressOf_publicOneWanted_isThatIfTheMemberHasOne() {
        EndpointQualifier qualifier = new EndpointQualifier(EndpointQualifier.Type.CLIENT, "public");
        Member both = member(Map.of(qualifier, PUBLIC));
        EndpointQualifier wan = new EndpointQualifier(EndpointQualifier.Type.WAN, "public");

        assertThat(addresses(b -> b.usePublicIp(true)).addressOf(both)).isEqualTo(PUBLIC);
        assertThat(addresses(b -> b.usePublicIp(true)).addressOf(member(Map.of(wan, PUBLIC))))
                .isEqualTo(ANNOUNCED);
        assertThat(addresses(b -> b).addressOf(both)).isEqualTo(ANNOUNCED);
    }

    @Test
    void translate_membersAddress_isThatOfTheTranslator_candidatesAreNot() {
        ConfiguredAddresses addresses = addresses(b -> b.addressTranslator(address -> PUBLIC));

        assertThat(addresses.translate(ANNOUNCED)).isEqualTo(PUBLIC);
        assertThat(addresses.translateCandidate(ANNOUNCED)).isEqualTo(ANNOUNCED);
        assertThat(addresses(b -> b).translate(ANNOUNCED)).isEqualTo(ANNOUNCED);
    }

    @Test
    @SuppressWarnings("NullAway") // null on purpose
    void translate_translatorFailsOrGivesNull_saysSo() {
        assertThatThrownBy(() ->
                        addresses(b -> b.addressTranslator(address -> null)).translate(ANNOUNCED))
                .isInstanceOf(ConnectionException.class)
                .hasMessageContaining(ANNOUNCED.toString())
                .hasMessageContaining("addressTranslator gave null");
        assertThatThrownBy(() -> addresses(b -> b.addressTranslator(address -> {
                            throw new IllegalStateException("no such member");
                        }))
                        .translate(ANNOUNCED))
                .isInstanceOf(ConnectionException.class)
                .hasMessageContaining("addressTranslator failed")
                .hasMessageContaining("no such member");
    }
}
