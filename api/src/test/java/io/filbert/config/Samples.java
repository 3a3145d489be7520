// SPDX-License-Identifier: Apache-2.0
package io.filbert.config;

import io.filbert.serialization.ClassDefinition;
import io.filbert.serialization.CompactReader;
import io.filbert.serialization.CompactSerializer;
import io.filbert.serialization.CompactWriter;
import io.filbert.serialization.DataSerializableFactory;
import io.filbert.serialization.FieldDefinition;
import io.filbert.serialization.FieldType;
import io.filbert.serialization.IdentifiedDataSerializable;
import io.filbert.serialization.ObjectDataInput;
import io.filbert.serialization.ObjectDataOutput;
import io.filbert.serialization.PortableFactory;
import io.filbert.serialization.StreamSerializer;
import java.io.ObjectInputFilter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a program might give to the options about serialization. */
final class Samples {

    static final DataSerializableFactory FACTORY = new Factory();
    static final PortableFactory PORTABLE_FACTORY = classId -> null;
    static final Stream SERIALIZER = new Stream(5);
    static final ObjectInputFilter FILTER = found -> ObjectInputFilter.Status.REJECTED;
    static final Compact COMPACT = new Compact(Order.class, "order");

    private Samples() {}

    record Order(int id) {}

    record Line(int number) {}

    enum Kind {
        SMALL
    }

    static ClassDefinition definition(int version, String field) {
        return new ClassDefinition(5, 7, version, List.of(new FieldDefinition(0, field, FieldType.INT, 0, 0, version)));
    }

    private static final class Factory implements DataSerializableFactory {

        @Override
        public @Nullable IdentifiedDataSerializable create(int classId) {
            return null;
        }

        @Override
        public String toString() {
            return "holds a secret";
        }
    }

    /** Breaks its promises if told to. */
    @SuppressWarnings("NullAway")
    static final class Compact implements CompactSerializer<Object> {
        private final @Nullable Class<?> type;
        private final @Nullable String typeName;

        Compact(@Nullable Class<?> type, @Nullable String typeName) {
            this.type = type;
            this.typeName = typeName;
        }

        @Override
        public Object read(CompactReader reader) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void write(CompactWriter writer, Object object) {
            throw new UnsupportedOperationException();
        }

        @Override
        @SuppressWarnings("unchecked")
        public Class<Object> getCompactClass() {
            return (Class<Object>) type;
        }

        @Override
        public String getTypeName() {
            return typeName;
        }

        @Override
        public String toString() {
            return "holds a secret";
        }
    }

    /** A serializer with that type id. */
    static final class Stream implements StreamSerializer<Object> {
        private final int typeId;

        Stream(int typeId) {
            this.typeId = typeId;
        }

        @Override
        public int getTypeId() {
            return typeId;
        }

        @Override
        public void write(ObjectDataOutput out, Object object) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Object read(ObjectDataInput in) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String toString() {
            return "holds a secret";
        }
    }
}
