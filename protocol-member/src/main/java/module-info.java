// SPDX-License-Identifier: Apache-2.0
/** The member's side of the generated codecs, for members made of a script. */
@org.jspecify.annotations.NullMarked
module io.filbert.protocol.member {
    requires transitive io.filbert.protocol;
    requires static transitive org.jspecify;

    exports io.filbert.internal.protocol.member to
            io.filbert.testkit;
}
