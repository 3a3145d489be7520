// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.builtin;

import io.filbert.internal.serialization.stream.DataReader;
import io.filbert.internal.serialization.stream.DataWriter;
import io.filbert.internal.serialization.stream.TypeId;
import java.util.AbstractMap;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
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
            case TypeId.CLASS, TypeId.DATE, TypeId.BIG_INTEGER, TypeId.BIG_DECIMAL -> BuiltInTypes.size(typeId, object);
            default ->
                typeId <= TypeId.SIMPLE_ENTRY && typeId >= TypeId.OPTIONAL ? -1 : BuiltInTypes.size(typeId, object);
        };
    }

    public static void write(int typeId, DataWriter out, Object object) {
        switch (typeId) {
            case TypeId.OBJECT_ARRAY -> writeObjectArray(out, (@Nullable Object[]) object);
            case TypeId.SIMPLE_ENTRY, TypeId.SIMPLE_IMMUTABLE_ENTRY -> writeEntry(out, (Map.Entry<?, ?>) object);
            case TypeId.OPTIONAL -> writeOptional(out, (Optional<?>) object);
            case TypeId.ARRAY_LIST,
                    TypeId.LINKED_LIST,
                    TypeId.COPY_ON_WRITE_ARRAY_LIST,
                    TypeId.HASH_SET,
                    TypeId.LINKED_HASH_SET,
                    TypeId.COPY_ON_WRITE_ARRAY_SET,
                    TypeId.ARRAY_DEQUE,
                    TypeId.LINKED_BLOCKING_QUEUE,
                    TypeId.ARRAY_BLOCKING_QUEUE,
                    TypeId.DELAY_QUEUE,
                    TypeId.SYNCHRONOUS_QUEUE,
                    TypeId.LINKED_TRANSFER_QUEUE -> CollectionForms.write(out, (Collection<?>) object);
            case TypeId.TREE_SET,
                    TypeId.CONCURRENT_SKIP_LIST_SET,
                    TypeId.PRIORITY_QUEUE,
                    TypeId.PRIORITY_BLOCKING_QUEUE -> CollectionForms.writeOrdered(out, (Collection<?>) object);
            case TypeId.HASH_MAP, TypeId.LINKED_HASH_MAP, TypeId.CONCURRENT_HASH_MAP ->
                MapForms.write(out, (Map<?, ?>) object);
            case TypeId.TREE_MAP, TypeId.CONCURRENT_SKIP_LIST_MAP -> MapForms.writeOrdered(out, (Map<?, ?>) object);
            default -> BuiltInTypes.write(typeId, out, object);
        }
    }

    public static @Nullable Object read(int typeId, DataReader in) {
        return switch (typeId) {
            case TypeId.OBJECT_ARRAY -> readObjectArray(in);
            case TypeId.SIMPLE_ENTRY -> readEntry(in);
            case TypeId.SIMPLE_IMMUTABLE_ENTRY -> readImmutableEntry(in);
            case TypeId.OPTIONAL -> readOptional(in);
            case TypeId.ARRAY_LIST,
                    TypeId.LINKED_LIST,
                    TypeId.COPY_ON_WRITE_ARRAY_LIST,
                    TypeId.HASH_SET,
                    TypeId.TREE_SET,
                    TypeId.LINKED_HASH_SET,
                    TypeId.COPY_ON_WRITE_ARRAY_SET,
                    TypeId.CONCURRENT_SKIP_LIST_SET,
                    TypeId.ARRAY_DEQUE,
                    TypeId.LINKED_BLOCKING_QUEUE,
                    TypeId.ARRAY_BLOCKING_QUEUE,
                    TypeId.PRIORITY_BLOCKING_QUEUE,
                    TypeId.DELAY_QUEUE,
                    TypeId.SYNCHRONOUS_QUEUE,
                    TypeId.LINKED_TRANSFER_QUEUE,
                    TypeId.PRIORITY_QUEUE -> CollectionForms.read(typeId, in);
            case TypeId.HASH_MAP,
                    TypeId.CONCURRENT_SKIP_LIST_MAP,
                    TypeId.CONCURRENT_HASH_MAP,
                    TypeId.LINKED_HASH_MAP,
                    TypeId.TREE_MAP -> MapForms.read(typeId, in);
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
        int count = in.readCount(Integer.BYTES);
        @Nullable Object[] values = new @Nullable Object[in.roomFor(count)];
        for (int i = 0; i < count; i++) {
            if (i == values.length) {
                values = Arrays.copyOf(values, (int) Math.min(count, 2L * i));
            }
            values[i] = in.readObject();
        }
        return values;
    }

    private static void writeEntry(DataWriter out, Map.Entry<?, ?> entry) {
        out.writeObject(entry.getKey());
        out.writeObject(entry.getValue());
    }

    private static Object readEntry(DataReader in) {
        Object key = in.readObject();
        return new AbstractMap.SimpleEntry<>(key, in.readObject());
    }

    private static Object readImmutableEntry(DataReader in) {
        Object key = in.readObject();
        return new AbstractMap.SimpleImmutableEntry<>(key, in.readObject());
    }

    private static void writeOptional(DataWriter out, Optional<?> optional) {
        out.writeBoolean(optional.isPresent());
        if (optional.isPresent()) {
            out.writeObject(optional.get());
        }
    }

    private static Optional<?> readOptional(DataReader in) {
        if (!in.readBoolean()) {
            return Optional.empty();
        }
        int offset = in.position();
        Object value = in.readObject();
        if (value == null) {
            throw in.malformed(offset, "a value should be present, but it is null", null);
        }
        return Optional.of(value);
    }
}
