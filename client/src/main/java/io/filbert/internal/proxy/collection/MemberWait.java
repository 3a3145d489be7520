// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.proxy.collection;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How long a member may wait for a call with a deadline. A member that waits longer hands out an item that nobody takes, so its waiting ends
 * before the deadline, in time for the answer to arrive.
 */
final class MemberWait {

    /** The part of a deadline, and the most of it, that the last answer has to arrive. */
    private static final int PARTS_OF_DEADLINE = 4;

    private static final long LONGEST_WAY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private MemberWait() {}

    /** How much of the deadline is kept for the answer, in nanoseconds. */
    static long wayNanos(long deadlineNanos) {
        return Math.min(deadlineNanos / PARTS_OF_DEADLINE, LONGEST_WAY_NANOS);
    }

    /** How long the member may wait at most. */
    static Duration within(Duration deadline) {
        return deadline.minusNanos(wayNanos(TimeUnit.NANOSECONDS.convert(deadline)));
    }
}
