// SPDX-License-Identifier: Apache-2.0
package io.filbert.config;

import java.net.SocketOption;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How the client reaches members. Made by {@link ClientConfig.Builder}, where each option is explained.
 *
 * @param connectionTimeout limit for connecting and authenticating; zero for none
 * @param socketOptions set on every socket, after the client's own
 * @param smartRouting whether requests go straight to the member that owns the data
 * @param shuffleMemberList whether addresses are tried in random order
 * @param ioThreads number of threads that read from and write to sockets
 * @param maxMessageBytes the longest message that is accepted
 */
public record NetworkConfig(
        Duration connectionTimeout,
        Map<SocketOption<?>, Object> socketOptions,
        boolean smartRouting,
        boolean shuffleMemberList,
        int ioThreads,
        int maxMessageBytes) {

    /** Copies the map. */
    public NetworkConfig {
        socketOptions = Collections.unmodifiableMap(new LinkedHashMap<>(socketOptions));
    }
}
