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
import org.jspecify.annotations.Nullable;

/** Maps member descriptions of the protocol to those of the public interface. */
final class WireMembers {

    private static final EndpointQualifier.Type[] ENDPOINT_TYPES = EndpointQualifier.Type.values();
    private static final EndpointQualifier CLIENT = new EndpointQualifier(EndpointQualifier.Type.CLIENT, null);
    private static final EndpointQualifier MEMBER = new EndpointQualifier(EndpointQualifier.Type.MEMBER, null);

    /** Stands for an address that a member should have announced: one bad item must not cost the whole list. No such name exists. */
    private static final Address UNKNOWN = new Address("unknown.invalid", 0);

    private WireMembers() {}

    static List<Member> toMembers(List<MemberInfo> infos) {
        return infos.stream().map(WireMembers::toMember).toList();
    }

    private static Member toMember(MemberInfo info) {
        Map<EndpointQualifier, Address> addresses = new HashMap<>();
        // Absent from members of release 4.0.
        if (info.addressMap() != null) {
            info.addressMap().forEach((qualifier, address) -> {
                Address usable = usable(address);
                // A kind of endpoint that a later release invents is none this client could use.
                if (usable != null && qualifier.type() >= 0 && qualifier.type() < ENDPOINT_TYPES.length) {
                    addresses.put(
                            new EndpointQualifier(ENDPOINT_TYPES[qualifier.type()], qualifier.identifier()), usable);
                }
            });
        }
        Address announced = usable(info.address());
        Address plain = announced != null ? announced : UNKNOWN;
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

    /** The address; null if it is none, such as one without a host. */
    static @Nullable Address usable(io.filbert.internal.protocol.type.Address address) {
        try {
            return new Address(address.host(), address.port());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
