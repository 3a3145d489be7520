// SPDX-License-Identifier: Apache-2.0
package io.filbert.serialization;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.filbert.error.SerializationException;
import org.jspecify.annotations.Nullable;

/** Leaves the work to Jackson, which the program may not have: making one of these then fails. Thread-safe. */
final class JacksonMapper implements JsonMapper {

    private final ObjectMapper jackson = new ObjectMapper().findAndRegisterModules();

    @Override
    public String toJson(Object value) {
        try {
            return jackson.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new SerializationException(
                    "Cannot make a JSON text of an object of "
                            + value.getClass().getName() + ": " + e.getOriginalMessage(),
                    e);
        }
    }

    @Override
    public <T> @Nullable T fromJson(String json, Class<T> type) {
        try {
            return jackson.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new SerializationException(
                    "Cannot make an object of " + type.getName() + " from a JSON text: " + e.getOriginalMessage(), e);
        }
    }
}
