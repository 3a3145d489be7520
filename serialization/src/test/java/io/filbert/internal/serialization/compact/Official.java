// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.compact;

import com.hazelcast.internal.serialization.SerializationService;
import com.hazelcast.internal.serialization.impl.DefaultSerializationServiceBuilder;
import com.hazelcast.internal.serialization.impl.HeapData;
import com.hazelcast.internal.serialization.impl.compact.FieldDescriptor;
import com.hazelcast.internal.serialization.impl.compact.Schema;
import com.hazelcast.internal.serialization.impl.compact.SchemaService;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.serialization.schema.Schemas;
import io.filbert.serialization.FieldKind;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The members' own service, with its schemas in a map that ours can be copied to and from, as through a cluster. */
final class Official implements SchemaService {

    private final Map<Long, Schema> schemas = new ConcurrentHashMap<>();
    private final SerializationService service;

    Official(ByteOrder order, com.hazelcast.nio.serialization.compact.CompactSerializer<?>... serializers) {
        var config = new com.hazelcast.config.SerializationConfig().setByteOrder(order);
        for (var serializer : serializers) {
            config.getCompactSerializationConfig().addSerializer(serializer);
        }
        service = new DefaultSerializationServiceBuilder()
                .setConfig(config)
                .setSchemaService(this)
                .build();
    }

    byte[] write(Object object) {
        return service.toData(object).toByteArray();
    }

    Data data(Object object) {
        return Data.of(write(object));
    }

    @SuppressWarnings("TypeParameterUnusedInFormals")
    <T> T read(Data data) {
        return service.toObject(new HeapData(data.bytes()));
    }

    /** Lets ours read what was written there. */
    void copyTo(Schemas ours) {
        for (Schema schema : schemas.values()) {
            List<io.filbert.internal.serialization.schema.Schema.Field> fields = new ArrayList<>();
            for (FieldDescriptor field : schema.getFields()) {
                fields.add(new io.filbert.internal.serialization.schema.Schema.Field(
                        field.getFieldName(), FieldKind.of(field.getKind().getId())));
            }
            ours.add(new io.filbert.internal.serialization.schema.Schema(schema.getTypeName(), fields));
        }
    }

    /** Lets theirs read what ours has written. */
    void copyFrom(Schemas ours) {
        for (var schema : ours.all()) {
            List<FieldDescriptor> fields = new ArrayList<>();
            for (var field : schema.fields()) {
                fields.add(new FieldDescriptor(
                        field.name(),
                        com.hazelcast.nio.serialization.FieldKind.get(
                                field.kind().id())));
            }
            put(new Schema(schema.typeName(), fields));
        }
    }

    List<Long> schemaIds() {
        return List.copyOf(schemas.keySet());
    }

    @Override
    public @Nullable Schema get(long id) {
        return schemas.get(id);
    }

    @Override
    public void put(Schema schema) {
        schemas.put(schema.getSchemaId(), schema);
    }

    @Override
    public void putLocal(Schema schema) {
        put(schema);
    }
}
