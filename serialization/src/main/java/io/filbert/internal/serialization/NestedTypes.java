// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization;

import org.jspecify.annotations.Nullable;

/**
 * The types that hold other objects, and the way to all the others. They come first, and apart from the long switches of
 * {@link BuiltInTypes}, so that a deeply nested object recurses through small stack frames only.
 */
final class NestedTypes {
    private NestedTypes() {}

    /** How many bytes {@link #write} will write; also the place where an object too deep or too large is refused. */
    static long size(int typeId, Object object, int depth) {
        return switch (typeId) {
            case TypeId.OBJECT_ARRAY -> objectArraySize((@Nullable Object[]) object, depth);
            default -> BuiltInTypes.size(typeId, object);
        };
    }

    static void write(int typeId, DataWriter out, Object object) {
        switch (typeId) {
            case TypeId.OBJECT_ARRAY -> writeObjectArray(out, (@Nullable Object[]) object);
            default -> BuiltInTypes.write(typeId, out, object);
        }
    }

    static @Nullable Object read(int typeId, DataReader in) {
        return switch (typeId) {
            case TypeId.OBJECT_ARRAY -> readObjectArray(in);
            default -> BuiltInTypes.read(typeId, in);
        };
    }

    private static long objectArraySize(@Nullable Object[] values, int depth) {
        if (depth == DataReader.MAX_DEPTH && values.length > 0) {
            throw SerializationErrors.tooDeepToWrite();
        }
        long size = Integer.BYTES + (long) values.length * Integer.BYTES;
        for (Object value : values) {
            if (value != null) {
                size += size(BuiltInTypes.idOf(value), value, depth + 1);
            }
            // Here and not at the end: an array that holds another twice, and so on, is small but can mean forever.
            if (size > DataWriter.MAX_SIZE) {
                throw SerializationErrors.tooLarge("an Object[]", size);
            }
        }
        return size;
    }

    private static void writeObjectArray(DataWriter out, @Nullable Object[] values) {
        out.writeInt(values.length);
        for (Object value : values) {
            out.writeObject(value);
        }
    }

    private static @Nullable Object[] readObjectArray(DataReader in) {
        @Nullable Object[] values = new @Nullable Object[in.readCount(Integer.BYTES)];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readObject();
        }
        return values;
    }
}
