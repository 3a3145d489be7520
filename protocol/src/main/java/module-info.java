// SPDX-License-Identifier: Apache-2.0
/** The bytes members and clients exchange: frames, serialized objects, and a codec for every message. */
@org.jspecify.annotations.NullMarked
module io.filbert.protocol {
    requires static transitive org.jspecify;

    exports io.filbert.internal.protocol to
            io.filbert.benchmarks,
            io.filbert.client,
            io.filbert.protocol.member,
            io.filbert.serialization,
            io.filbert.testkit;
    exports io.filbert.internal.protocol.codec to
            io.filbert.benchmarks,
            io.filbert.client,
            io.filbert.protocol.member,
            io.filbert.testkit;
    exports io.filbert.internal.protocol.type to
            io.filbert.benchmarks,
            io.filbert.client,
            io.filbert.protocol.member,
            io.filbert.testkit;
}
