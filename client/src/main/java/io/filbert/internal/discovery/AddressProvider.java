// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.discovery;

import io.filbert.cluster.Address;
import io.filbert.cluster.Member;
import io.filbert.error.ConnectionException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Where to look for the members of one cluster, and how to reach those that are known. Thread-safe. */
public interface AddressProvider {

    /**
     * Addresses at which a member may be.
     *
     * @param primary to be tried first
     * @param secondary to be tried after all of these
     */
    record Candidates(List<Address> primary, List<Address> secondary) {

        public static final Candidates NONE = new Candidates(List.of(), List.of());
    }

    /** Finds the candidates of this moment. The future never fails: when nothing is found out, there are none. */
    CompletableFuture<Candidates> candidates();

    /** The address of a member that this provider understands, of those the member has. */
    default Address addressOf(Member member) {
        return member.address();
    }

    /**
     * The address to connect to for a candidate. May take its time.
     *
     * @throws ConnectionException if there is none
     */
    Address translateCandidate(Address candidate);

    /**
     * The address to connect to for one that {@link #addressOf} gave. May take its time.
     *
     * @throws ConnectionException if there is none
     */
    Address translate(Address announced);
}
