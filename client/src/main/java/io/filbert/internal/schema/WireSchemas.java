// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.schema;

import io.filbert.internal.protocol.ProtocolException;
import io.filbert.internal.protocol.type.FieldDescriptor;
import io.filbert.internal.serialization.schema.Schema;
import io.filbert.serialization.FieldKind;
import java.util.ArrayList;
import java.util.List;

/** Schemas as messages carry them: without their id, which everybody computes. */
final class WireSchemas {

    private WireSchemas() {}

    static io.filbert.internal.protocol.type.Schema toWire(Schema schema) {
        List<FieldDescriptor> fields = new ArrayList<>(schema.fields().size());
        schema.fields()
                .forEach(field -> fields.add(
                        new FieldDescriptor(field.name(), field.kind().id())));
        return new io.filbert.internal.protocol.type.Schema(schema.typeName(), fields);
    }

    static Schema fromWire(io.filbert.internal.protocol.type.Schema wire) {
        List<Schema.Field> fields = new ArrayList<>(wire.fields().size());
        for (FieldDescriptor field : wire.fields()) {
            try {
                fields.add(new Schema.Field(field.fieldName(), FieldKind.of(field.kind())));
            } catch (IllegalArgumentException e) {
                throw new ProtocolException("field '" + field.fieldName() + "' of schema '" + wire.typeName()
                        + "' has the unknown kind " + field.kind());
            }
        }
        return new Schema(wire.typeName(), fields);
    }
}
