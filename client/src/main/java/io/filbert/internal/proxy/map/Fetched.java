// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.proxy.map;

import io.filbert.internal.protocol.Data;
import io.filbert.internal.protocol.DataDecoder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A key or a value together with the bytes it was read from. What is written back, removed or compared are these bytes: an object that was
 * read need not be written as the bytes it came from, and may have been changed since. Immutable, but for the object.
 *
 * @param data the bytes
 * @param object what was read from them
 */
record Fetched<T>(Data data, T object) {

    /** Reads an object and keeps its bytes. */
    static <T> DataDecoder<Fetched<T>> decoder(DataDecoder<T> objects) {
        return (buffer, offset, length) -> new Fetched<>(
                Data.of(Arrays.copyOfRange(buffer, offset, offset + length)), objects.decode(buffer, offset, length));
    }

    /** Reads the object of bytes that are there already. */
    static <T> Fetched<T> of(Data data, DataDecoder<T> objects) {
        return new Fetched<>(data, objects.decode(data.bytes(), 0, data.size()));
    }

    /** Whether these are the bytes of the other one, too. */
    static boolean same(@Nullable Fetched<?> one, @Nullable Fetched<?> other) {
        if (one == null || other == null) {
            return one == null && other == null;
        }
        return one.data.equals(other.data);
    }
}
