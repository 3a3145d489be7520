// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.protocol;

import org.jspecify.annotations.Nullable;

/** Knows the frames of one variable-size type: how long they are, how they are written and read. Stateless. */
public interface WireType<T> {
    /** Bytes of all frames of a value, headers included. */
    int size(T value);

    /** Writes a value and answers the offset behind it. */
    int put(byte[] out, int at, T value);

    /** Reads a value and leaves the reader behind it. */
    T read(MessageReader in);

    default int sizeOrNull(@Nullable T value) {
        return value == null ? MessageHeader.FRAME_HEADER_BYTES : size(value);
    }

    default int putOrNull(byte[] out, int at, @Nullable T value) {
        return value == null ? Wire.putNull(out, at) : put(out, at, value);
    }

    default @Nullable T readOrNull(MessageReader in) {
        return in.takeNull() ? null : read(in);
    }
}
