// SPDX-License-Identifier: Apache-2.0
package io.filbert.metrics;

import java.time.Instant;
import java.util.List;

/**
 * What one client has counted up to a moment. Immutable; two snapshots give the rates between them. The figures are read one after the other
 * while the client works, so they may differ by what happened meanwhile.
 *
 * @param takenAt when
 * @param calls requests made for the program
 * @param connections to all members together
 * @param callbacksQueued completions and listener calls that wait for the client's own callback threads now; with a {@code callbackExecutor},
 *     only that executor knows
 * @param eventsDropped events that listeners did not get since the client was made, because they were too slow for them, or
 *     because the events could not be read
 * @param members what passed between the client and each member
 */
public record ClientMetrics(
        Instant takenAt,
        CallMetrics calls,
        ConnectionMetrics connections,
        int callbacksQueued,
        long eventsDropped,
        List<MemberMetrics> members) {

    /** Copies the list. */
    public ClientMetrics {
        members = List.copyOf(members);
    }
}
