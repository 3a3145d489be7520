// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.stream;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Arrays for objects whose size only writing tells: written into one of these, then copied out at their exact size, an object costs
 * no more memory than itself. Arrays of unusual size are not kept. Thread-safe.
 */
public final class ScratchBuffers {

    private static final int SLOTS = 8;
    private static final int FIRST_SIZE = 1024;
    private static final int LARGEST_KEPT = 64 * 1024;

    private final AtomicReferenceArray<byte @Nullable []> slots = new AtomicReferenceArray<>(SLOTS);

    /** An array with anything in it, for this caller alone until it is given back. */
    public byte[] take() {
        byte[] kept = slots.getAndSet(slot(), null);
        return kept != null ? kept : new byte[FIRST_SIZE];
    }

    /** Gives an array back, the one taken or a larger one that replaced it. */
    public void give(byte[] buffer) {
        if (buffer.length <= LARGEST_KEPT) {
            slots.setRelease(slot(), buffer);
        }
    }

    private static int slot() {
        return (int) Thread.currentThread().getId() & (SLOTS - 1);
    }
}
