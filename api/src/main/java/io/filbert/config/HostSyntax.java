// SPDX-License-Identifier: Apache-2.0
package io.filbert.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether a string may be the name or the literal address of a host. Nothing is resolved. */
final class HostSyntax {

    private static final int LONGEST_NAME = 253;

    /** One part of a name. Underscores are common in private networks, letters outside ASCII a matter of the resolver. */
    private static final Pattern LABEL =
            Pattern.compile("[\\p{L}\\p{N}_](?:[\\p{L}\\p{M}\\p{N}_-]{0,61}[\\p{L}\\p{M}\\p{N}_])?");

    private static final Pattern ONLY_DIGITS_AND_DOTS = Pattern.compile("[0-9.]+");
    private static final Pattern IPV4 = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");

    private HostSyntax() {}

    /** What to change, or null if nothing is wrong with the name or IPv4 address. */
    static @Nullable String nameRemedy(String host) {
        if (host.isEmpty()) {
            return "give a host name or address";
        }
        if (host.chars().anyMatch(c -> Character.isWhitespace(c) || c == ';')) {
            return "separate addresses by commas, or give each as an argument of its own";
        }
        if (ONLY_DIGITS_AND_DOTS.matcher(host).matches()) {
            if (host.indexOf('.') < 0) {
                return "give a host before the port, as in 127.0.0.1:" + host;
            }
            return IPV4.matcher(host).matches() ? null : "correct the IPv4 address: it has four numbers from 0 to 255";
        }
        String relative = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        if (relative.length() > LONGEST_NAME) {
            return "correct the host name: it is longer than " + LONGEST_NAME + " characters";
        }
        for (String label : relative.split("\\.", -1)) {
            if (!LABEL.matcher(label).matches()) {
                return "correct the host name: its parts consist of letters, digits and hyphens";
            }
        }
        return null;
    }

    /** Whether this is an IPv6 address, perhaps with a scope as in {@code fe80::1%eth0}. */
    static boolean isIpv6(String host) {
        int percent = host.indexOf('%');
        String address = percent < 0 ? host : host.substring(0, percent);
        if (percent == host.length() - 1 || address.indexOf(':') < 0) {
            return false;
        }
        try {
            // In brackets only literals are accepted: no resolver is asked. The scope is left out, because it would be
            // looked
            // up among the network interfaces of this machine.
            InetAddress.getByName("[" + address + "]");
            return true;
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
