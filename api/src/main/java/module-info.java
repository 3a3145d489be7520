// SPDX-License-Identifier: Apache-2.0
import org.jspecify.annotations.NullMarked;

/** The contracts that users of the client read: interfaces, records, configuration, errors. No network, no bytes. */
@NullMarked
module io.filbert.api {
    requires static transitive org.jspecify;
    requires static com.fasterxml.jackson.databind;

    uses io.filbert.serialization.JsonMapper;

    exports io.filbert.cluster;
    exports io.filbert.collection;
    exports io.filbert.config;
    exports io.filbert.error;
    exports io.filbert.map;
    exports io.filbert.metrics;
    exports io.filbert.query;
    exports io.filbert.serialization;
    exports io.filbert.topic;
    exports io.filbert.internal.blocking to
            io.filbert.client,
            io.filbert.serialization,
            io.filbert.testkit;
    exports io.filbert.internal.shape to
            io.filbert.serialization;
}
