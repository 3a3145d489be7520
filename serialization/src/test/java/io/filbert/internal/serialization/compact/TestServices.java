// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.compact;

import io.filbert.config.ClientConfig;
import io.filbert.internal.serialization.SerializationService;
import io.filbert.internal.serialization.schema.Schemas;

/** Services as several clients of one cluster have them. */
final class TestServices {

    private TestServices() {}

    static SerializationService with(Schemas schemas) {
        return with(schemas, ClientConfig.builder());
    }

    static SerializationService with(Schemas schemas, ClientConfig.Builder config) {
        return new SerializationService(config.build().serialization(), schemas, schema -> {});
    }
}
