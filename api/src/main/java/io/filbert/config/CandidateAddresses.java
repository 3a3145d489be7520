// SPDX-License-Identifier: Apache-2.0
package io.filbert.config;

import io.filbert.cluster.Address;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the strings of {@code clusterMembers}. An address without port stands for the ports 5701, 5702 and 5703 of its host, of
 * which the first is tried before the others of any host. Not thread-safe.
 */
final class CandidateAddresses {

    private static final int FIRST_PORT = 5701;
    private static final int LAST_PORT = 5703;
    private static final String ALLOWED = "host, host:port, [ipv6] or [ipv6]:port, with a port from 1 to 65535";

    final List<String> members = new ArrayList<>();
    final List<Address> primary = new ArrayList<>();
    final List<Address> secondary = new ArrayList<>();

    /** Adds one address, or several with commas between them. */
    void add(String text, Problems problems) {
        for (String member : text.split(",", -1)) {
            addOne(member.strip(), problems);
        }
    }

    private void addOne(String member, Problems problems) {
        members.add(member);
        String remedy = parse(member);
        if (remedy != null) {
            problems.add("clusterMembers", withoutPassword(member), ALLOWED, remedy);
        }
    }

    /** What to change, or null if the address was added. */
    private @Nullable String parse(String member) {
        String remedy = remedyForUrl(member);
        if (remedy != null) {
            return remedy;
        }
        if (member.startsWith("[")) {
            return parseBracketed(member);
        }
        int colon = member.indexOf(':');
        if (colon < 0) {
            remedy = HostSyntax.nameRemedy(member);
            return remedy != null ? remedy : addCandidates(member, null);
        }
        if (colon == member.lastIndexOf(':')) {
            String host = member.substring(0, colon);
            remedy = HostSyntax.nameRemedy(host);
            return remedy != null ? remedy : addCandidates(host, member.substring(colon + 1));
        }
        if (HostSyntax.isIpv6(member)) {
            return addCandidates(member, null);
        }
        boolean likeIpv6 = member.contains("::");
        return likeIpv6
                ? "correct the IPv6 address"
                : "only an IPv6 address has several colons; leave out all but host:port, or put an IPv6 address in brackets";
    }

    private @Nullable String parseBracketed(String member) {
        int end = member.indexOf(']');
        if (end < 0 || (end < member.length() - 1 && member.charAt(end + 1) != ':')) {
            return "close the bracket after the IPv6 address";
        }
        String host = member.substring(1, end);
        if (!HostSyntax.isIpv6(host)) {
            return "brackets are for IPv6 addresses; leave them out for others, or correct the IPv6 address";
        }
        return addCandidates(host, end == member.length() - 1 ? null : member.substring(end + 2));
    }

    private static @Nullable String remedyForUrl(String member) {
        int scheme = member.indexOf("://");
        if (scheme >= 0) {
            return "leave out '" + member.substring(0, scheme + 3) + "': members are not reached by URL";
        }
        if (member.indexOf('@') >= 0) {
            return "give the user with credsUsername and credsPassword";
        }
        return member.indexOf('/') >= 0 ? "leave out the path: a member has only a host and a port" : null;
    }

    private @Nullable String addCandidates(String host, @Nullable String port) {
        if (port == null) {
            primary.add(new Address(host, FIRST_PORT));
            for (int p = FIRST_PORT + 1; p <= LAST_PORT; p++) {
                secondary.add(new Address(host, p));
            }
            return null;
        }
        int number = parsePort(port);
        if (number < 1 || number > 65_535) {
            return "correct the port, or leave it out to try 5701 to 5703";
        }
        primary.add(new Address(host, number));
        return null;
    }

    /** The number, or -1 if the string is none. */
    private static int parsePort(String text) {
        boolean digits = !text.isEmpty() && text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? Integer.parseInt(text) : -1;
    }

    /** A user with a password does not belong here, and must not be logged. */
    private static String withoutPassword(String member) {
        int at = member.lastIndexOf('@');
        return at < 0 ? member : "(hidden)" + member.substring(at);
    }
}
