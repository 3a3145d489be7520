// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.custom;

import io.filbert.config.SerializationConfig;
import io.filbert.internal.serialization.stream.DataReader;
import io.filbert.internal.serialization.stream.ObjectForm;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The forms of the user's serializers. Immutable. */
public final class CustomForms {

    public CustomForms(SerializationConfig config) {}

    /** The form registered for the class or its nearest superclass or interface; null if there is none. */
    public @Nullable ObjectForm registered(Class<?> type) {
        return null;
    }

    /** The form of the global serializer; null if there is none. */
    public @Nullable ObjectForm global() {
        return null;
    }

    /** Reads an object of the serializer with this type id. */
    @SuppressWarnings("DoNotCallSuggester")
    public @Nullable Object read(int typeId, DataReader in) throws IOException {
        throw in.unreadable();
    }

    /** Tells each serializer, once, that the client has ended. */
    public void destroy() {}
}
