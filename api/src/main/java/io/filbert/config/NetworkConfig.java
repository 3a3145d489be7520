// SPDX-License-Identifier: Apache-2.0
package io.filbert.config;

import io.filbert.cluster.Address;
import java.net.SocketOption;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the client finds and reaches members. Made by {@link ClientConfig.Builder}, where each option is explained.
 *
 * @param clusterMembers the addresses as they were given
 * @param primaryAddresses the addresses to try first: all given ones, with port 5701 where none was given
 * @param secondaryAddresses the addresses to try then: ports 5702 and 5703 where none was given
 * @param connectionTimeout limit for connecting and authenticating; zero for none
 * @param socketOptions set on every socket, after the client's own
 * @param smartRouting whether requests go straight to the member that owns the data
 * @param usePublicIp whether members are reached at their public addresses
 * @param shuffleMemberList whether addresses are tried in random order
 * @param ioThreads number of threads that read from and write to sockets
 * @param maxMessageBytes the longest message that is accepted
 */
public record NetworkConfig(
        List<String> clusterMembers,
        List<Address> primaryAddresses,
        List<Address> secondaryAddresses,
        Duration connectionTimeout,
        Map<SocketOption<?>, Object> socketOptions,
        boolean smartRouting,
        boolean usePublicIp,
        boolean shuffleMemberList,
        int ioThreads,
        int maxMessageBytes) {

    /** Copies the collections. */
    public NetworkConfig {
        clusterMembers = List.copyOf(clusterMembers);
        primaryAddresses = List.copyOf(primaryAddresses);
        secondaryAddresses = List.copyOf(secondaryAddresses);
        socketOptions = Collections.unmodifiableMap(new LinkedHashMap<>(socketOptions));
    }
}
