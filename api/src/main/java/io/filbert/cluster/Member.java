// SPDX-License-Identifier: Apache-2.0
package io.filbert.cluster;

import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A member of the cluster at one moment. Two are equal if they have the same uuid and address: a member that restarts from
 * disk at another address keeps its uuid, and counts as one member that left and another that came.
 *
 * @param uuid identity of the running member
 * @param address where clients reach it: its endpoint for clients if it announces one, else that for members, else its only address
 * @param attributes the attributes of its configuration
 * @param liteMember whether it owns no partitions
 * @param version its release
 * @param addressMap further addresses; empty for members before 4.1
 */
public record Member(
        UUID uuid,
        Address address,
        Map<String, String> attributes,
        boolean liteMember,
        MemberVersion version,
        Map<EndpointQualifier, Address> addressMap) {

    /** Copies the maps. */
    public Member {
        Objects.requireNonNull(uuid, "uuid");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(version, "version");
        attributes = Map.copyOf(attributes);
        addressMap = Map.copyOf(addressMap);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Member that && uuid.equals(that.uuid) && address.equals(that.address);
    }

    @Override
    public int hashCode() {
        return 31 * uuid.hashCode() + address.hashCode();
    }

    @Override
    public String toString() {
        String host = address.host();
        return "Member [" + host + "]:" + address.port() + " - " + uuid + (liteMember ? " lite" : "");
    }
}
