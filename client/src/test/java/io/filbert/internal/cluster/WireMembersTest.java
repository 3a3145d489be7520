// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.cluster.Address;
import io.filbert.cluster.Member;
import io.filbert.internal.protocol.type.EndpointQualifier;
import io.filbert.internal.protocol.type.MemberInfo;
import io.filbert.internal.protocol.type.MemberVersion;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WireMembersTest {

    private static MemberInfo info(
            String host, int port, Map<EndpointQualifier, io.filbert.internal.protocol.type.Address> more) {
        return new MemberInfo(
                new io.filbert.internal.protocol.type.Address(host, port),
                UUID.randomUUID(),
                Map.of(),
                false,
                new MemberVersion((byte) 5, (byte) 7, (byte) 0),
                more);
    }

    /** One such member used to make the client drop the whole list, and stay with the old one. */
    @Test
    void toMembers_oneAddressIsBad_theOthersAreTaken() {
        List<Member> members = WireMembers.toMembers(List.of(
                info("10.0.0.1", 5701, Map.of()), info("", 5701, Map.of()), info("10.0.0.3", 70_000, Map.of())));

        assertThat(members).hasSize(3);
        assertThat(members.get(0).address()).isEqualTo(new Address("10.0.0.1", 5701));
        assertThat(members.subList(1, 3))
                .extracting(Member::address)
                .containsOnly(new Address("unknown.invalid", 0));
    }

    @Test
    void toMembers_oneOfSeveralEndpointsIsBad_isLeftOut() {
        Member member = WireMembers.toMembers(List.of(info(
                        "10.0.0.1",
                        5701,
                        Map.of(
                                new EndpointQualifier(1, "public"),
                                new io.filbert.internal.protocol.type.Address("", 5701)))))
                .get(0);

        assertThat(member.address()).isEqualTo(new Address("10.0.0.1", 5701));
        assertThat(member.addressMap()).isEmpty();
    }
}
