// SPDX-License-Identifier: Apache-2.0
import org.jspecify.annotations.NullMarked;

/** What tests of a Hazelcast client need: real members, a proxy that misbehaves on demand, leak checks. */
@NullMarked
module io.filbert.testkit {
    requires transitive io.filbert.protocol;
    requires io.filbert.protocol.member;
    requires static org.jspecify;
    requires transitive org.junit.jupiter.api;

    exports io.filbert.testkit;
    exports io.filbert.testkit.faults;
}
