// SPDX-License-Identifier: Apache-2.0
package io.filbert.cluster;

import java.util.Objects;
import java.util.function.Consumer;

/**
 * Is notified when members join or leave. Calls for one listener come one after the other, in the order of the changes, on the
 * callback executor; an exception is logged and reaches nobody else.
 */
public interface MembershipListener {

    /** A member joined. The default does nothing. */
    default void memberAdded(Member member) {}

    /** A member left. The default does nothing. */
    default void memberRemoved(Member member) {}

    /** A listener for {@link #memberAdded} alone. */
    static MembershipListener onAdded(Consumer<? super Member> action) {
        Objects.requireNonNull(action, "action");
        return new MembershipListener() {
            @Override
            public void memberAdded(Member member) {
                action.accept(member);
            }
        };
    }

    /** A listener for {@link #memberRemoved} alone. */
    static MembershipListener onRemoved(Consumer<? super Member> action) {
        Objects.requireNonNull(action, "action");
        return new MembershipListener() {
            @Override
            public void memberRemoved(Member member) {
                action.accept(member);
            }
        };
    }
}
