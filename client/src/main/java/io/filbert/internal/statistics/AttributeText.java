// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.statistics;

/** {@code key=value} pairs with commas between them, as members take them from clients of all releases. Not thread-safe. */
final class AttributeText {

    private final StringBuilder text = new StringBuilder();

    AttributeText add(String key, Object value) {
        if (!text.isEmpty()) {
            text.append(',');
        }
        text.append(key).append('=').append(value);
        return this;
    }

    /** The name as a part of a key: what means something there is marked with a backslash. */
    static String escaped(String name) {
        StringBuilder escaped = new StringBuilder(name.length() + 2);
        for (int i = name.startsWith("/") ? 1 : 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '\\' || c == ',' || c == '.' || c == '=') {
                escaped.append('\\');
            }
            escaped.append(c);
        }
        return escaped.toString();
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
