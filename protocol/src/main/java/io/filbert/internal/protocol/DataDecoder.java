// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.protocol;

import org.jspecify.annotations.Nullable;

/** Turns the serialized form of an object back into the object, straight from a receive buffer. */
@FunctionalInterface
public interface DataDecoder<T extends @Nullable Object> {
    /**
     * Decodes the object in {@code length} bytes from {@code offset}. The buffer is reused once the call returned, so
     * nothing may keep a reference to it.
     */
    T decode(byte[] buffer, int offset, int length);
}
