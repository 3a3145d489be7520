// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.cluster;

import io.filbert.cluster.Address;
import io.filbert.cluster.EndpointQualifier;
import io.filbert.cluster.Member;
import io.filbert.cluster.MemberVersion;
import io.filbert.internal.protocol.type.MemberInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Maps member descriptions of the protocol to those of the public interface. */
final class WireMembers {

    private static final EndpointQualifier.Type[] ENDPOINT_TYPES = EndpointQualifier.Type.values();
    private static final EndpointQualifier CLIENT = new EndpointQualifier(EndpointQualifier.Type.CLIENT, null);
    private static final EndpointQualifier MEMBER = new EndpointQualifier(EndpointQualifier.Type.MEMBER, null);

    private WireMembers() {}

    static List<Member> toMembers(List<MemberInfo> infos) {
        return infos.stream().map(WireMembers::toMember).toList();
    }

    private static Member toMember(MemberInfo info) {
        Map<EndpointQualifier, Address> addresses = new HashMap<>();
        // Absent from members of release 4.0.
        if (info.addressMap() != null) {
            info.addressMap().forEach((qualifier, address) -> {
                // A kind of endpoint that a later release invents is none this client could use.
                if (qualifier.type() >= 0 && qualifier.type() < ENDPOINT_TYPES.length) {
                    addresses.put(
                            new EndpointQualifier(ENDPOINT_TYPES[qualifier.type()], qualifier.identifier()),
                            toAddress(address));
                }
            });
        }
        Address plain = toAddress(info.address());
        Address client = addresses.getOrDefault(CLIENT, addresses.getOrDefault(MEMBER, plain));
        return new Member(
                info.uuid(),
                client,
                info.attributes(),
                info.liteMember(),
                new MemberVersion(
                        info.version().major(),
                        info.version().minor(),
                        info.version().patch()),
                addresses);
    }

    private static Address toAddress(io.filbert.internal.protocol.type.Address address) {
        return new Address(address.host(), address.port());
    }
}
