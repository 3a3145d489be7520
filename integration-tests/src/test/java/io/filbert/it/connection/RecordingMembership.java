// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.connection;

import io.filbert.cluster.Member;
import io.filbert.cluster.MembershipListener;
import java.util.List;

/** Writes down what it is told, as {@code name + uuid} and {@code name - uuid}. */
record RecordingMembership(String name, List<String> told) implements MembershipListener {

    @Override
    public void memberAdded(Member member) {
        told.add(name + " + " + member.uuid());
    }

    @Override
    public void memberRemoved(Member member) {
        told.add(name + " - " + member.uuid());
    }
}
