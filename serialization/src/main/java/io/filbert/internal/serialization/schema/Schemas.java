// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.schema;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The schemas a client knows, its own and those it fetched. Thread-safe. */
public final class Schemas {

    private final LongTable<Schema> byId = new LongTable<>();

    /** The schema with this id; null if it is not known. */
    public @Nullable Schema find(long id) {
        return byId.find(id);
    }

    /**
     * The schema with this id.
     *
     * @throws UnknownSchemaException if it is not known
     */
    public Schema get(long id) {
        Schema schema = byId.find(id);
        if (schema == null) {
            throw new UnknownSchemaException(id);
        }
        return schema;
    }

    /**
     * Adds a schema that others know already, or that they are being told.
     *
     * @throws IllegalStateException if another schema has the same id
     */
    public void add(Schema schema) {
        Schema known = byId.putIfAbsent(schema.id(), schema);
        if (!known.equals(schema)) {
            throw new IllegalStateException(
                    known + " and " + schema + " have the same id. Rename a field of one of them");
        }
    }

    /** All of them, at this moment. */
    public Collection<Schema> all() {
        return byId.values();
    }
}
