// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/** A table; the first column is text, the others are numbers. Not thread-safe. */
final class MarkdownTable {

    private final List<String> lines = new ArrayList<>();
    private final int columns;

    MarkdownTable(String... headings) {
        columns = headings.length;
        lines.add(line(headings));
        StringBuilder rule = new StringBuilder("|---");
        for (int i = 1; i < columns; i++) {
            rule.append("|---:");
        }
        lines.add(rule.append("|").toString());
    }

    void row(String... cells) {
        if (cells.length != columns) {
            throw new IllegalArgumentException(columns + " cells expected: " + List.of(cells));
        }
        lines.add(line(cells));
    }

    private static String line(String[] cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    boolean isEmpty() {
        return lines.size() == 2;
    }

    @Override
    public String toString() {
        return String.join("\n", lines) + "\n";
    }
}
