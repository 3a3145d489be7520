// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.compact;

import io.filbert.config.SerializationConfig;
import io.filbert.internal.serialization.schema.SchemaStore;
import io.filbert.internal.serialization.schema.Schemas;
import io.filbert.internal.serialization.stream.DataReader;
import io.filbert.internal.serialization.stream.ObjectForm;
import org.jspecify.annotations.Nullable;

/** The compact forms of classes: those with a serializer, those that are registered, and those that nothing else fits. Thread-safe. */
public final class CompactForms {

    public CompactForms(SerializationConfig config, Schemas schemas, SchemaStore store) {}

    /** The form of a class with a serializer, or registered to be written field by field; null for others. */
    public @Nullable ObjectForm registered(Class<?> type) {
        return null;
    }

    /** The form that writes the class field by field; null if that is not possible, and {@link #obstacle} says why. */
    public @Nullable ObjectForm fieldByField(Class<?> type) {
        return null;
    }

    /** Why a class cannot be written field by field, and what to change. */
    public String obstacle(Class<?> type) {
        return "";
    }

    /** Reads an object of any class. */
    @SuppressWarnings("DoNotCallSuggester")
    public @Nullable Object read(DataReader in) {
        throw in.unreadable();
    }
}
