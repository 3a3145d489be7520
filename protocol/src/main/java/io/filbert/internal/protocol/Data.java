// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The serialized form of one object: partition hash, type id, then the payload. Immutable as long as nobody writes to
 * the array it shares. Equal content means equal keys for the cluster. One field on purpose: clients hold many of these.
 */
public final class Data {
    /** Bytes before the payload: partition hash and type id. */
    public static final int HEADER_BYTES = 8;

    private static final int TYPE_ID_OFFSET = 4;
    private static final VarHandle BIG_ENDIAN_INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] bytes;

    private Data(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Wraps an array without copying it; the caller gives it away. */
    public static Data of(byte[] bytes) {
        if (bytes.length < HEADER_BYTES) {
            throw new IllegalArgumentException(
                    "a serialized object has at least " + HEADER_BYTES + " bytes, not " + bytes.length);
        }
        return new Data(bytes);
    }

    /** The array itself; callers must not modify it. */
    public byte[] bytes() {
        return bytes;
    }

    public int size() {
        return bytes.length;
    }

    /** Which serializer wrote the payload. */
    public int typeId() {
        return (int) BIG_ENDIAN_INT.get(bytes, TYPE_ID_OFFSET);
    }

    /** The hash that decides about the partition: the stored one, or that of the payload when none is stored. */
    public int partitionHash() {
        int stored = (int) BIG_ENDIAN_INT.get(bytes, 0);
        return stored != 0 ? stored : PartitionHash.of(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Data data && Arrays.equals(bytes, data.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "Data[type " + typeId() + ", " + bytes.length + " bytes]";
    }
}
