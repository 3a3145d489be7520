// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.connection;

import io.filbert.cluster.Address;
import java.util.UUID;

/**
 * Who answered the authentication.
 *
 * @param address where the member says it is reached
 * @param version the release it runs, as it writes it
 */
public record MemberIdentity(UUID uuid, Address address, String version) {

    @Override
    public String toString() {
        return "member " + address + " - " + uuid;
    }
}
