// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.schema;

import io.filbert.serialization.FieldKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The name of a class and the names and kinds of its fields, sorted by name. Its id is the {@link Fingerprint} of them all: equal schemas
 * have equal ids, everywhere.
 */
public final class Schema {

    /** One field. */
    public record Field(String name, FieldKind kind) {}

    private final String typeName;
    private final List<Field> fields;
    private final long id;

    /** @param fields in any order, each name once */
    public Schema(String typeName, List<Field> fields) {
        this.typeName = typeName;
        this.fields = fields.stream().sorted((a, b) -> a.name.compareTo(b.name)).toList();
        this.id = Fingerprint.of(typeName, this.fields);
    }

    public long id() {
        return id;
    }

    public String typeName() {
        return typeName;
    }

    public List<Field> fields() {
        return fields;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Schema schema && schema.typeName.equals(typeName) && schema.fields.equals(fields);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(id);
    }

    @Override
    public String toString() {
        return "Schema[" + typeName + ", id " + id + ", " + fields + "]";
    }
}
