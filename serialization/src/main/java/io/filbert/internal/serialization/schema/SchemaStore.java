// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.schema;

/** Where schemas are shared with all who read and write the same data. Thread-safe. */
public interface SchemaStore {

    /**
     * A schema is used for the first time: it must reach the store before any object written with it does. Returns at once. Called
     * again for a schema whose publication failed.
     */
    void publish(Schema schema);
}
