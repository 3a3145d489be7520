// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.builtin;

import io.filbert.internal.serialization.stream.DataReader;
import io.filbert.internal.serialization.stream.DataWriter;
import io.filbert.internal.serialization.stream.TypeId;
import org.jspecify.annotations.Nullable;

/**
 * The types that hold other objects, and the way to all the others. They come first, and apart from the long switches of
 * {@link BuiltInTypes}, so that a deeply nested object recurses through small stack frames only.
 */
public final class NestedTypes {
    private NestedTypes() {}

    /** How many bytes {@link #write} will write; -1 if only writing tells, because objects are inside. */
    public static long size(int typeId, Object object) {
        return switch (typeId) {
            case TypeId.OBJECT_ARRAY -> -1;
            default -> BuiltInTypes.size(typeId, object);
        };
    }

    public static void write(int typeId, DataWriter out, Object object) {
        switch (typeId) {
            case TypeId.OBJECT_ARRAY -> writeObjectArray(out, (@Nullable Object[]) object);
            default -> BuiltInTypes.write(typeId, out, object);
        }
    }

    public static @Nullable Object read(int typeId, DataReader in) {
        return switch (typeId) {
            case TypeId.OBJECT_ARRAY -> readObjectArray(in);
            default -> BuiltInTypes.read(typeId, in);
        };
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
