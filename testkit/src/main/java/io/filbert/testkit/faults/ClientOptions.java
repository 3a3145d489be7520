// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit.faults;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What all clients are told alike; everything else is their default. Calls fail, too, when backups do not acknowledge: only then
 * is an acknowledged write one that must survive a member.
 *
 * @param addresses host and port of the members to begin with
 * @param smartRouting whether to connect to all members, or to one
 * @param trustedCertificate a PEM file with the certificate to trust; null for no TLS
 * @param callDeadline the time after which a call must have ended
 * @param heartbeatInterval how often an idle connection is pinged
 * @param heartbeatTimeout after how much silence a connection is given up
 * @param firstPause between two rounds of connection attempts
 * @param longestPause between two rounds of connection attempts
 */
public record ClientOptions(
        List<String> addresses,
        boolean smartRouting,
        @Nullable Path trustedCertificate,
        Duration callDeadline,
        Duration heartbeatInterval,
        Duration heartbeatTimeout,
        Duration firstPause,
        Duration longestPause) {

    /** Copies the list. */
    public ClientOptions {
        addresses = List.copyOf(addresses);
    }

    List<String> toArguments() {
        return List.of(
                String.join(",", addresses),
                String.valueOf(smartRouting),
                trustedCertificate == null ? "" : trustedCertificate.toString(),
                callDeadline.toString(),
                heartbeatInterval.toString(),
                heartbeatTimeout.toString(),
                firstPause.toString(),
                longestPause.toString());
    }

    static ClientOptions parse(List<String> arguments) {
        return new ClientOptions(
                List.of(arguments.get(0).split(",", -1)),
                Boolean.parseBoolean(arguments.get(1)),
                arguments.get(2).isEmpty() ? null : Path.of(arguments.get(2)),
                Duration.parse(arguments.get(3)),
                Duration.parse(arguments.get(4)),
                Duration.parse(arguments.get(5)),
                Duration.parse(arguments.get(6)),
                Duration.parse(arguments.get(7)));
    }
}
