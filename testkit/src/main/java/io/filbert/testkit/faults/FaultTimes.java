// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit.faults;

import java.time.Duration;

/**
 * How long things take in a run.
 *
 * @param outage how long a fault of the network lasts; longer than the heartbeat timeout
 * @param suspension how long a process is stopped; longer than the heartbeat timeout
 * @param patience after how long waiting for the client to be well again is given up
 * @param callDeadline after how long a call must have ended
 * @param slack how much later than its deadline a call may end on a busy machine before it counts as hung
 * @param heartbeatInterval how often clients ping
 * @param heartbeatTimeout after how much silence clients give a connection up
 * @param firstPause of clients between two rounds of connection attempts
 * @param longestPause of clients between two rounds of connection attempts
 */
public record FaultTimes(
        Duration outage,
        Duration suspension,
        Duration patience,
        Duration callDeadline,
        Duration slack,
        Duration heartbeatInterval,
        Duration heartbeatTimeout,
        Duration firstPause,
        Duration longestPause) {

    /** For every build: all but the suspension is as short as it can be. */
    public static final FaultTimes SHORT = new FaultTimes(
            Duration.ofSeconds(4),
            Duration.ofSeconds(20),
            Duration.ofSeconds(40),
            Duration.ofSeconds(5),
            Duration.ofSeconds(3),
            Duration.ofMillis(500),
            Duration.ofSeconds(3),
            Duration.ofMillis(100),
            Duration.ofSeconds(1));

    /** For measuring. */
    public static final FaultTimes FULL = new FaultTimes(
            Duration.ofSeconds(12),
            Duration.ofSeconds(20),
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            Duration.ofSeconds(2),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofMillis(100),
            Duration.ofSeconds(1));
}
