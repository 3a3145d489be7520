// SPDX-License-Identifier: Apache-2.0
package io.filbert.serialization;

import io.filbert.error.SerializationException;
import java.lang.ref.SoftReference;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the {@link JsonMapper} of the program that the calling thread belongs to, by its context class loader, when it is first needed. There
 * may be several programs around one library, so each has its own, and none is kept when the program is gone. Thread-safe.
 */
final class JsonMappers {

    /** A mapper may keep its class loader: as long as there is memory for it. */
    private static final Map<ClassLoader, SoftReference<JsonMapper>> FOUND =
            Collections.synchronizedMap(new WeakHashMap<>());

    private JsonMappers() {}

    static JsonMapper get() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        ClassLoader program = context != null ? context : JsonMappers.class.getClassLoader();
        SoftReference<JsonMapper> reference = FOUND.get(program);
        @Nullable JsonMapper mapper = reference == null ? null : reference.get();
        if (mapper == null) {
            mapper = find(); // by two threads at once, if it must be: what they find is the same
            FOUND.put(program, new SoftReference<>(mapper));
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
