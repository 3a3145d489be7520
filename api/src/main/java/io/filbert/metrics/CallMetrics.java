// SPDX-License-Identifier: Apache-2.0
package io.filbert.metrics;

/**
 * Calls: requests to members that were made for the program. A method such as {@code putAll} makes several. Counts are since the client
 * was made.
 *
 * @param started calls begun
 * @param answered calls to which a member gave a result; one whose backups then did not confirm may have failed all the same
 * @param failed calls that ended with an exception, those that ran out of time included
 * @param timedOut calls that were not answered by their deadline
 * @param cancelled calls whose future the program ended
 * @param retried attempts that failed and were followed by another one
 * @param inFlight calls under way now: sent, or waiting to be sent again
 * @param inFlightBytes size of their requests
 * @param waitingForRoom threads that wait now because the bound on what may be in flight is reached
 * @param resting calls under way that are not at a member now, but wait for a connection, a pause or a schema
 * @param latency from the beginning of a call to the arrival of its result, earlier attempts included. Backups may confirm later
 */
public record CallMetrics(
        long started,
        long answered,
        long failed,
        long timedOut,
        long cancelled,
        long retried,
        int inFlight,
        long inFlightBytes,
        int waitingForRoom,
        int resting,
        LatencyDistribution latency) {}
