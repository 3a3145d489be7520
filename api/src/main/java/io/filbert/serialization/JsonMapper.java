// SPDX-License-Identifier: Apache-2.0
package io.filbert.serialization;

import org.jspecify.annotations.Nullable;

/**
 * Turns objects into JSON texts and back, for {@link HazelcastJsonValue}. A program provides one as a service ({@code META-INF/services}
 * or {@code provides}); the first one found serves the whole program. Without any, Jackson is used if the program has it ({@code
 * com.fasterxml.jackson.core:jackson-databind}), with the Jackson modules that it finds and its settings left as they are.
 *
 * <p>Must be thread-safe. Whatever its methods throw reaches the caller of {@link HazelcastJsonValue} as it is.
 */
public interface JsonMapper {

    /** The object as a JSON text. */
    String toJson(Object value);

    /** A JSON text as an object of that class; null for the JSON text {@code null}. */
    <T> @Nullable T fromJson(String json, Class<T> type);
}
