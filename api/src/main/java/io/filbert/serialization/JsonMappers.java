// SPDX-License-Identifier: Apache-2.0
package io.filbert.serialization;

import io.filbert.error.SerializationException;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Finds the one {@link JsonMapper} of the program, when it is first needed. Thread-safe. */
final class JsonMappers {

    private static volatile @Nullable JsonMapper found;

    private JsonMappers() {}

    static JsonMapper get() {
        JsonMapper mapper = found;
        if (mapper == null) {
            mapper = find(); // by two threads at once, if it must be: what they find is the same
            found = mapper;
        }
        return mapper;
    }

    private static JsonMapper find() {
        Optional<JsonMapper> ofProgram = ServiceLoader.load(JsonMapper.class).findFirst();
        if (ofProgram.isEmpty()) {
            // In a container the thread may see other classes than we do.
            ofProgram = ServiceLoader.load(JsonMapper.class, JsonMappers.class.getClassLoader())
                    .findFirst();
        }
        return ofProgram.orElseGet(JsonMappers::jackson);
    }

    private static JsonMapper jackson() {
        try {
            return new JacksonMapper();
        } catch (NoClassDefFoundError e) {
            throw new SerializationException(
                    "Cannot turn objects into JSON texts and back: this program has nothing that could. Add the dependency"
                            + " com.fasterxml.jackson.core:jackson-databind (on the module path also with --add-modules"
                            + " com.fasterxml.jackson.databind), or provide a service of " + JsonMapper.class.getName()
                            + ", or work with texts: new HazelcastJsonValue(text) and toString()",
                    e);
        }
    }
}
