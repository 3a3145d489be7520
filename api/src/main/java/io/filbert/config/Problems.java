// SPDX-License-Identifier: Apache-2.0
package io.filbert.config;

import io.filbert.error.ConfigurationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a configuration, so that all of it is reported at once. Not thread-safe. */
final class Problems {

    /** Longer times overflow a count of nanoseconds; they are taken for this one, which nobody lives to see the end of. */
    static final Duration LONGEST = Duration.ofDays(36_500);

    /** Stands for a value that must not be seen. */
    static final Object HIDDEN = new Object() {
        @Override
        public String toString() {
            return "(hidden)";
        }
    };

    private final String prefix;
    private final List<String> found;

    Problems() {
        this("", new ArrayList<>());
    }

    private Problems(String prefix, List<String> found) {
        this.prefix = prefix;
        this.found = found;
    }

    /** Collects into the same list, with this before the name of each option. */
    Problems of(String part) {
        return new Problems(prefix + part, found);
    }

    void add(String option, Object value, String allowed, String remedy) {
        addPlain(option, value instanceof String text ? quoted(text) : String.valueOf(value), allowed, remedy);
    }

    /** As {@link #add}, in words instead of a value. */
    void addPlain(String option, String state, String allowed, String remedy) {
        found.add(prefix + option + " is " + state + ", but must be " + allowed + ": " + remedy);
    }

    /** In quotes, with what would break the line, or hide in it, as Java writes it in a source. */
    private static String quoted(String text) {
        StringBuilder shown = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int simple = "\n\r\t".indexOf(c);
            if (simple >= 0) {
                shown.append('\\').append("nrt".charAt(simple));
            } else if (isControl(c)) {
                shown.append(String.format("\\u%04x", (int) c));
            } else {
                shown.append(c);
            }
        }
        return shown.append('"').toString();
    }

    /** Whether a character would break a line of a log, change its direction, or do something to the terminal that shows it. */
    private static boolean isControl(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    /** A name that members and logs show: it has something to be seen, and nothing that breaks a line. */
    void name(String option, String value, String allowedIfBlank, String remedyIfBlank) {
        if (value.isBlank()) {
            add(option, value, allowedIfBlank, remedyIfBlank);
        } else if (value.chars().anyMatch(Problems::isControl)) {
            add(option, value, "free of control characters", "leave out line breaks and the like: logs show this name");
        }
    }

    void require(boolean valid, String option, Object value, String allowed, String remedy) {
        if (!valid) {
            add(option, value, allowed, remedy);
        }
    }

    /** The time, or the longest one that can be counted. */
    static Duration countable(Duration value) {
        return value.compareTo(LONGEST) > 0 ? LONGEST : value;
    }

    void positive(String option, Duration value, String remedy) {
        require(!value.isZero() && !value.isNegative(), option, value, "more than 0", remedy);
    }

    void zeroOrMore(String option, Duration value, String remedy) {
        require(!value.isNegative(), option, value, "0 or more", remedy);
    }

    void between(String option, long value, long least, long most, String remedy) {
        require(value >= least && value <= most, option, value, least + " to " + most, remedy);
    }

    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new ConfigurationException(found);
        }
    }
}
