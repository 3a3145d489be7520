// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.cluster;

import io.filbert.cluster.Address;
import io.filbert.cluster.Member;
import io.filbert.cluster.MemberVersion;
import java.util.Map;
import java.util.UUID;

/** Members for tests, told apart by a number. */
final class Members {

    private Members() {}

    static Member member(int number) {
        return member(number, 5700 + number);
    }

    static Member member(int number, int port) {
        return new Member(
                new UUID(0, number),
                new Address("127.0.0.1", port),
                Map.of(),
                false,
                new MemberVersion(5, 7, 0),
                Map.of());
    }
}
