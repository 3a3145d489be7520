// SPDX-License-Identifier: Apache-2.0
import org.jspecify.annotations.NullMarked;

/** Objects to their serialized form and back. */
@NullMarked
module io.filbert.serialization {
    requires transitive io.filbert.api;
    requires transitive io.filbert.protocol;
    requires static transitive org.jspecify;

    exports io.filbert.internal.serialization to
            io.filbert.client;
    exports io.filbert.internal.serialization.schema to
            io.filbert.client;
    exports io.filbert.internal.serialization.stream to
            io.filbert.client;
}
