// SPDX-License-Identifier: Apache-2.0
package io.filbert.serialization;

/**
 * Writes and reads the fields of one class by name. The fields that {@link #write} writes make the schema of the class, which the
 * client sends to the cluster once; objects carry only its number. Members can query and index the fields without knowing the
 * class, and fields may be added or removed over time.
 *
 * <p>One instance serves the whole client: it must be thread-safe. {@link #write} runs on the calling thread; {@link #read} runs
 * on the thread that waits for the object, or on the callback executor, never on a thread that reads from sockets. Whatever they throw
 * reaches the user wrapped in {@link io.filbert.error.SerializationException}.
 *
 * @param <T> the class of the objects
 */
public interface CompactSerializer<T> {

    /** Reads an object: what {@link #write} has written, by this version of the class or another one. */
    T read(CompactReader reader);

    /** Writes the object, which is never null: always the same fields with the same kinds. */
    void write(CompactWriter writer, T object);

    /** The class of the objects; subclasses are not meant. */
    Class<T> getCompactClass();

    /** The name under which clients of any language know the class, the same in all programs that share the data. */
    String getTypeName();
}
