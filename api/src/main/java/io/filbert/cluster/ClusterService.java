// SPDX-License-Identifier: Apache-2.0
package io.filbert.cluster;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** The members of the cluster, as the last member list has them. Thread-safe; nothing here goes to the network. */
public interface ClusterService {

    /** The members, oldest first; empty before the first member list arrived. The list is immutable. */
    List<Member> members();

    /** The members that satisfy the condition, oldest first. The list is immutable. */
    default List<Member> members(Predicate<? super Member> condition) {
        return members().stream().filter(condition).toList();
    }

    /** The member with this uuid; empty if there is none, for example because it has left the cluster. */
    default Optional<Member> member(UUID uuid) {
        Objects.requireNonNull(uuid, "uuid");
        return members().stream().filter(member -> member.uuid().equals(uuid)).findFirst();
    }

    /** Registers a listener for changes from now on. The same listener may be registered several times. */
    default UUID addListener(MembershipListener listener) {
        return addListener(listener, false);
    }

    /**
     * Registers a listener.
     *
     * @param fireForExisting whether the present members are first reported as added, before this method returns (unless other listeners
     *     take longer than two seconds, or this thread must not wait); if need be on the calling thread. Each member is reported once, also when
     *     the member list changes at this moment
     * @return the id for {@link #removeListener}
     */
    UUID addListener(MembershipListener listener, boolean fireForExisting);

    /**
     * Removes a registration. No call to the listener starts after this method returned.
     *
     * @return whether there was one
     */
    boolean removeListener(UUID registrationId);
}
