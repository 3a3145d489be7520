// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.vectors;

import static java.util.Objects.requireNonNull;

import io.filbert.serialization.ObjectDataInput;
import io.filbert.serialization.ObjectDataOutput;
import io.filbert.serialization.StreamSerializer;
import java.nio.ByteBuffer;
import java.util.Map;

/** Counterparts of the reference objects with serializers of their own. */
final class CustomSerializers {

    record CustomStreamSerializable(int i, float f) {}

    record CustomByteArraySerializable(int i, float f) {}

    static final Map<Class<?>, StreamSerializer<?>> ALL = Map.of(
            CustomStreamSerializable.class, new OfStream(),
            CustomByteArraySerializable.class, new OfByteArray());

    private CustomSerializers() {}

    private static final class OfStream implements StreamSerializer<CustomStreamSerializable> {
        @Override
        public int getTypeId() {
            return 1;
        }

        @Override
        public void write(ObjectDataOutput out, CustomStreamSerializable object) {
            out.writeInt(object.i);
            out.writeFloat(object.f);
        }

        @Override
        public CustomStreamSerializable read(ObjectDataInput in) {
            return new CustomStreamSerializable(in.readInt(), in.readFloat());
        }
    }

    /** What members call a byte array serializer writes the array with its length: here a stream serializer does. */
    private static final class OfByteArray implements StreamSerializer<CustomByteArraySerializable> {
        private static final int SIZE = 10;

        @Override
        public int getTypeId() {
            return 2;
        }

        @Override
        public void write(ObjectDataOutput out, CustomByteArraySerializable object) {
            out.writeByteArray(ByteBuffer.allocate(SIZE)
                    .putInt(object.i)
                    .putFloat(object.f)
                    .array());
        }

        @Override
        public CustomByteArraySerializable read(ObjectDataInput in) {
            ByteBuffer bytes = ByteBuffer.wrap(requireNonNull(in.readByteArray()));
            return new CustomByteArraySerializable(bytes.getInt(), bytes.getFloat());
        }
    }
}
