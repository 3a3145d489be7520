// SPDX-License-Identifier: Apache-2.0
package io.filbert.cluster;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Objects;

/**
 * A host, as a name or a literal IP address, and a port. Nothing is resolved. Addresses are equal if their ports are and their hosts mean the same: names whatever
 * their case, literal IPv6 addresses however they are written ({@code ::1} and {@code 0:0:0:0:0:0:0:1}).
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

    @Override
    public boolean equals(Object other) {
        return other instanceof Address address
                && port == address.port
                && (host.equals(address.host) || canonical(host).equals(canonical(address.host)));
    }

    @Override
    public int hashCode() {
        return 31 * canonical(host).hashCode() + port;
    }

    private static String canonical(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        if (lower.indexOf(':') < 0) {
            return lower;
        }
        int zone = lower.indexOf('%');
        String literal = zone < 0 ? lower : lower.substring(0, zone);
        try {
            // In brackets it is never looked up as a name. An IPv4 address that is mapped into IPv6 comes back as the former.
            InetAddress parsed = InetAddress.getByName("[" + literal + "]");
            String text = parsed.getHostAddress();
            return zone < 0 || !(parsed instanceof Inet6Address) ? text : text + lower.substring(zone);
        } catch (UnknownHostException e) {
            return lower; // no literal: as it is written
        }
    }
}
