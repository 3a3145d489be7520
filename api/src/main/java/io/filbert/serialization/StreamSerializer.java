// SPDX-License-Identifier: Apache-2.0
package io.filbert.serialization;

import java.io.IOException;

/**
 * Turns objects of one class (as {@code customSerializers}), or of all classes nobody else handles (as {@code globalSerializer}),
 * into bytes and back.
 *
 * <p>One instance serves the whole client: it must be thread-safe. {@link #write} runs on the calling thread; {@link #read} runs
 * on the thread that waits for the object, or on the callback executor, never on a thread that reads from sockets. Whatever they throw
 * reaches the user wrapped in {@link io.filbert.error.SerializationException}.
 *
 * @param <T> the class of the objects
 */
public interface StreamSerializer<T> {

    /**
     * The number written in front of each object, by which this serializer is found again: more than 0, and the same in all
     * programs that share the data.
     */
    int getTypeId();

    /** Writes the object, which is never null. */
    void write(ObjectDataOutput out, T object) throws IOException;

    /** Reads what {@link #write} has written; never null. */
    T read(ObjectDataInput in) throws IOException;

    /** Called once, when the client has been shut down. */
    default void destroy() {}
}
