// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** MurmurHash3 (x86, 32 bits) with the cluster's seed, and the way from a hash to a partition. */
public final class PartitionHash {
    private static final int SEED = 0x01000193;
    private static final int C1 = 0xcc9e2d51;
    private static final int C2 = 0x1b873593;
    private static final VarHandle LITTLE_ENDIAN_INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private PartitionHash() {}

    /** Hash of {@code length} bytes from {@code offset}. */
    public static int of(byte[] buffer, int offset, int length) {
        int hash = SEED;
        int blocksEnd = offset + (length & ~3);
        for (int i = offset; i < blocksEnd; i += 4) {
            hash ^= mix((int) LITTLE_ENDIAN_INT.get(buffer, i));
            hash = Integer.rotateLeft(hash, 13) * 5 + 0xe6546b64;
        }
        int tail = 0;
        for (int i = (length & 3) - 1; i >= 0; i--) {
            tail = tail << 8 | (buffer[blocksEnd + i] & 0xff);
        }
        hash ^= mix(tail);
        hash ^= length;
        hash = (hash ^ hash >>> 16) * 0x85ebca6b;
        hash = (hash ^ hash >>> 13) * 0xc2b2ae35;
        return hash ^ hash >>> 16;
    }

    /** The partition of a hash. */
    public static int toPartitionId(int hash, int partitionCount) {
        // the absolute value of the smallest int is negative
        return hash == Integer.MIN_VALUE ? 0 : Math.abs(hash) % partitionCount;
    }

    private static int mix(int block) {
        return Integer.rotateLeft(block * C1, 15) * C2;
    }
}
