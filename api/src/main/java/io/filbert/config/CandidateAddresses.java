// SPDX-License-Identifier: Apache-2.0
package io.filbert.config;

import io.filbert.cluster.Address;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the texts of {@code clusterMembers}. A text without port stands for the ports 5701, 5702 and 5703 of its host, of
 * which the first is tried before the others of any host. Not thread-safe.
 */
final class CandidateAddresses {

    private static final int FIRST_PORT = 5701;
    private static final int LAST_PORT = 5703;
    private static final String ALLOWED = "host, host:port, [ipv6] or [ipv6]:port, with a port from 1 to 65535";

    final List<Address> primary = new ArrayList<>();
    final List<Address> secondary = new ArrayList<>();

    void add(String text, Problems problems) {
        String host = text;
        String port = null;
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            boolean closed = end > 0 && (end == text.length() - 1 || text.charAt(end + 1) == ':');
            if (!closed) {
                problems.add("clusterMembers", text, ALLOWED, "close the bracket after the IPv6 address");
                return;
            }
            host = text.substring(1, end);
            port = end == text.length() - 1 ? null : text.substring(end + 2);
        } else if (text.indexOf(':') >= 0 && text.indexOf(':') == text.lastIndexOf(':')) {
            host = text.substring(0, text.indexOf(':'));
            port = text.substring(text.indexOf(':') + 1);
        }
        if (host.isEmpty() || host.chars().anyMatch(Character::isWhitespace)) {
            problems.add("clusterMembers", text, ALLOWED, "give a host name or address without spaces");
        } else {
            add(text, host, port, problems);
        }
    }

    private void add(String text, String host, @Nullable String port, Problems problems) {
        if (port == null) {
            primary.add(new Address(host, FIRST_PORT));
            for (int p = FIRST_PORT + 1; p <= LAST_PORT; p++) {
                secondary.add(new Address(host, p));
            }
            return;
        }
        int number = parsePort(port);
        if (number < 1 || number > 65_535) {
            problems.add("clusterMembers", text, ALLOWED, "correct the port, or leave it out to try 5701 to 5703");
        } else {
            primary.add(new Address(host, number));
        }
    }

    /** The number, or -1 if the text is none. */
    private static int parsePort(String text) {
        boolean digits = !text.isEmpty() && text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? Integer.parseInt(text) : -1;
    }
}
