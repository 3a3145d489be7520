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
