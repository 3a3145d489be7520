// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit.faults;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What became of the calls of one run.
 *
 * @param figures all of them; fewer in reports of before some were counted
 * @param failures the most frequent errors, with how often; empty if there were none
 */
public record FaultReport(Map<Figure, Long> figures, String failures) {

    private static final String SEPARATOR = "\t";

    /** Copies the figures. */
    public FaultReport {
        figures = Map.copyOf(figures);
    }

    /** Whether it was counted. */
    public boolean has(Figure figure) {
        return figures.containsKey(figure);
    }

    /**
     * One of the figures.
     *
     * @throws IllegalArgumentException if it was not counted
     */
    public long get(Figure figure) {
        Long value = figures.get(figure);
        if (value == null) {
            throw new IllegalArgumentException("No " + figure);
        }
        return value;
    }

    /** All of it in one line. */
    public String format() {
        return new EnumMap<>(figures)
                        .entrySet().stream()
                                .map(entry -> entry.getKey() + "=" + entry.getValue())
                                .collect(Collectors.joining(" "))
                + SEPARATOR
                + failures;
    }

    /** @throws IllegalArgumentException if the line is not one of {@link #format} */
    public static FaultReport parse(String line) {
        String[] parts = line.split(SEPARATOR, 2);
        Map<Figure, Long> figures = new EnumMap<>(Figure.class);
        for (String figure : parts[0].split(" ", -1)) {
            int equals = figure.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("Not a report: " + line);
            }
            figures.put(Figure.valueOf(figure.substring(0, equals)), Long.valueOf(figure.substring(equals + 1)));
        }
        return new FaultReport(figures, parts.length == 2 ? parts[1] : "");
    }
}
