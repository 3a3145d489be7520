// SPDX-License-Identifier: Apache-2.0
package io.filbert.cluster;

import java.util.Objects;

/**
 * A host, as a name or a literal IP address, and a port. Equality is textual: nothing is resolved.
 *
 * @param host name or literal address, never empty, an IPv6 literal without brackets
 * @param port 0 to 65535
 */
public record Address(String host, int port) {

    /** Checks host and port. */
    public Address {
        Objects.requireNonNull(host, "host");
        if (host.isEmpty()) {
            throw new IllegalArgumentException("The host of an address must not be empty");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("The port of " + host + " must be 0 to 65535, but is " + port);
        }
    }

    /** The usual text: {@code host:port}, with brackets around an IPv6 literal. */
    @Override
    public String toString() {
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }
}
