// SPDX-License-Identifier: Apache-2.0
package io.filbert.error;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The configuration cannot be used. All problems are reported at once; each names the option, the given value, what is
 * allowed and the remedy.
 */
public final class ConfigurationException extends HazelcastException {

    private final List<String> problems;

    /**
     * @param problems one sentence each, at least one
     */
    public ConfigurationException(List<String> problems) {
        this(problems, null);
    }

    private ConfigurationException(List<String> problems, @Nullable Throwable cause) {
        super(describe(problems), cause);
        this.problems = List.copyOf(problems);
    }

    /** The problems, in the order they were found, each one sentence. */
    public List<String> problems() {
        return problems;
    }

    @Override
    public ConfigurationException copyForCaller() {
        return new ConfigurationException(problems, getCause());
    }

    private static String describe(List<String> problems) {
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("A configuration error needs at least one problem");
        }
        if (problems.size() == 1) {
            return "The client configuration has a problem: " + problems.get(0);
        }
        return "The client configuration has " + problems.size() + " problems:\n- " + String.join("\n- ", problems);
    }
}
