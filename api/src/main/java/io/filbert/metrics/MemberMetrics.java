// SPDX-License-Identifier: Apache-2.0
package io.filbert.metrics;

import io.filbert.cluster.Address;
import java.util.UUID;

/**
 * What passed between the client and one member, over all connections there were. A member that is started again is another one. Counts of
 * members that left long ago are forgotten one day; those of the whole client still contain them.
 *
 * @param uuid of the member
 * @param address where the last connection led
 * @param connected whether there is a connection now
 * @param callsInFlight calls that wait for this member's answer now, the client's own included
 * @param connectionsOpened connections that came into use
 * @param connectionsLost of these, the ones that ended, other than by {@code close} of the client
 * @param bytesSent bytes written to sockets, with TLS before encryption
 * @param bytesReceived bytes read from sockets, with TLS after decryption
 * @param messagesSent requests, pings and the client's own messages written
 * @param messagesReceived responses, events and backup acks read
 * @param bytesQueued bytes of messages that wait to be written now
 * @param latency of the calls this member answered: from the beginning of a call to the arrival of its result, waits and attempts at other
 *     members included
 */
public record MemberMetrics(
        UUID uuid,
        Address address,
        boolean connected,
        int callsInFlight,
        long connectionsOpened,
        long connectionsLost,
        long bytesSent,
        long bytesReceived,
        long messagesSent,
        long messagesReceived,
        long bytesQueued,
        LatencyDistribution latency) {}
