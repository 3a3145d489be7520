// SPDX-License-Identifier: Apache-2.0
package io.filbert.config;

import io.filbert.cluster.Address;
import java.nio.charset.StandardCharsets;

/**
 * Gives the token that authenticates the client, in whatever form the members' login module expects.
 *
 * <p>Asked anew for every connection, so tokens that expire may be replaced. It may be called by several threads at once, and may
 * take its time: the time counts towards {@code connectionTimeout}. A failure fails that attempt to connect, like a member that
 * is not there.
 */
@FunctionalInterface
public interface TokenProvider {

    /**
     * The token for a connection that is being made; never null.
     *
     * @param address the address that is connected to
     */
    byte[] token(Address address);

    /** A provider that always gives this token, as UTF-8. */
    static TokenProvider of(String token) {
        return of(token.getBytes(StandardCharsets.UTF_8));
    }

    /** A provider that always gives this token. */
    static TokenProvider of(byte[] token) {
        byte[] copy = token.clone();
        return address -> copy.clone();
    }
}
