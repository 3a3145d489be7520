// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.runtime;

/** Text that others chose, such as the name of a structure, as log lines and error messages show it: on one line, with nothing hidden. */
public final class Printable {

    private Printable() {}

    /** The name in quotes, escaped. */
    public static String quoted(String name) {
        return "'" + escaped(name) + "'";
    }

    /** The text with control characters, line separators and changes of the writing direction escaped as in Java; mostly the text itself. */
    public static String escaped(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isHarmful(text.charAt(i))) {
                return escapedFrom(i, text);
            }
        }
        return text;
    }

    private static String escapedFrom(int first, String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16).append(text, 0, first);
        for (int i = first; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\n' -> escaped.append("\\n");
                case '\r' -> escaped.append("\\r");
                case '\t' -> escaped.append("\\t");
                default -> {
                    if (isHarmful(c)) {
                        escaped.append(String.format("\\u%04x", (int) c));
                    } else {
                        escaped.append(c);
                    }
                }
            }
        }
        return escaped.toString();
    }

    private static boolean isHarmful(char c) {
        return Character.isISOControl(c)
                || c == 0x2028 // line separator
                || c == 0x2029 // paragraph separator
                || (c >= 0x202a && c <= 0x202e) // direction
                || (c >= 0x2066 && c <= 0x2069);
    }
}
