// SPDX-License-Identifier: Apache-2.0
package io.filbert.serialization;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A JSON text as key or value, whose fields members can query and index. The text is kept as it is and not checked: members that
 * cannot parse it fail when they query it. Equal if the texts are equal. Immutable.
 */
public final class HazelcastJsonValue {

    private final String text;

    /** Wraps a JSON text. */
    public HazelcastJsonValue(String text) {
        this.text = Objects.requireNonNull(text, "text");
    }

    /**
     * Makes a JSON text of an object, with the program's {@link JsonMapper} or Jackson. A {@code String} becomes a JSON string, in
     * quotes: for a text that is JSON already there is the constructor.
     *
     * @throws io.filbert.error.SerializationException if the program has nothing to make JSON with, or Jackson cannot make it of the
     *     object; a mapper of the program throws what it likes
     */
    public static HazelcastJsonValue of(Object value) {
        return new HazelcastJsonValue(JsonMappers.get().toJson(Objects.requireNonNull(value, "value")));
    }

    /**
     * Makes an object of the JSON text, with the program's {@link JsonMapper} or Jackson; null if the text is {@code null}.
     *
     * @throws io.filbert.error.SerializationException if the program has nothing to read JSON with, or Jackson cannot make such an
     *     object of the text; a mapper of the program throws what it likes
     */
    public <T> @Nullable T as(Class<T> type) {
        return JsonMappers.get().fromJson(text, Objects.requireNonNull(type, "type"));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HazelcastJsonValue json && json.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The JSON text. */
    @Override
    public String toString() {
        return text;
    }
}
