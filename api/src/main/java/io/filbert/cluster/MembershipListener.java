// SPDX-License-Identifier: Apache-2.0
package io.filbert.cluster;

/**
 * Told when members join or leave. Calls for one listener come one after the other, in the order of the changes, on the
 * callback executor; an exception is logged and reaches nobody else.
 */
public interface MembershipListener {

    /** A member joined. The default does nothing. */
    default void memberAdded(Member member) {}

    /** A member left. The default does nothing. */
    default void memberRemoved(Member member) {}
}
