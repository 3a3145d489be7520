// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks.report;

import io.filbert.benchmarks.contender.Contenders;
import io.filbert.testkit.faults.Fault;
import io.filbert.testkit.faults.Figure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The faults as tables. Immutable as long as the results are. */
public final class ReliabilityReport {

    private static final Contenders OURS = Contenders.FILBERT;
    private static final Contenders THEIRS = Contenders.OFFICIAL;

    /** Calls start every ten milliseconds, and threads are late on a busy machine: less is no difference. */
    private static final long SAME_MILLIS = 250;

    private final FaultResults results;

    public ReliabilityReport(FaultResults results) {
        this.results = results;
    }

    public String text() {
        StringBuilder text = new StringBuilder();
        text.append("## How soon all is well again\n\n")
                .append("Milliseconds after the fault was over, Filbert / official client; medians of the rounds.\n\n")
                .append(table(
                        "first success",
                        Figure.FIRST_SUCCESS,
                        "every call succeeds within a second",
                        Figure.WELL_AGAIN,
                        "messages are heard again",
                        Figure.HEARS_AGAIN,
                        "longest time without any success",
                        Figure.SILENCE,
                        "longest call",
                        Figure.SLOWEST_CALL))
                .append("\n## What callers see\n\n")
                .append(
                        "Numbers of calls, messages and events of added entries, Filbert / official client; medians of the rounds, for hung calls and lost"
                                + " writes the sum.\n\n")
                .append(table(
                        "hung calls",
                        Figure.HUNG,
                        "lost acknowledged writes",
                        Figure.LOST_WRITES,
                        "failed calls",
                        Figure.FAILED,
                        "calls in all",
                        Figure.CALLS,
                        "messages missed",
                        Figure.MESSAGES_MISSED,
                        "messages twice",
                        Figure.MESSAGES_TWICE,
                        "events missed",
                        Figure.EVENTS_MISSED,
                        "events twice",
                        Figure.EVENTS_TWICE))
                .append('\n')
                .append(verdict())
                .append("\n## Machine and run\n\n");
        results.facts()
                .forEach((name, value) -> text.append("- ")
                        .append(name)
                        .append(": ")
                        .append(value)
                        .append('\n'));
        return text.append('\n').toString();
    }

    private MarkdownTable table(Object... titlesAndFigures) {
        List<String> headings = new ArrayList<>(List.of("fault"));
        List<Figure> figures = new ArrayList<>();
        for (int i = 0; i < titlesAndFigures.length; i += 2) {
            headings.add((String) titlesAndFigures[i]);
            figures.add((Figure) titlesAndFigures[i + 1]);
        }
        MarkdownTable table = new MarkdownTable(headings.toArray(new String[0]));
        for (Fault fault : results.faults()) {
            List<String> cells = new ArrayList<>(List.of(fault.title()));
            figures.forEach(figure -> cells.add(cell(fault, OURS, figure) + " / " + cell(fault, THEIRS, figure)));
            table.row(cells.toArray(new String[0]));
        }
        return table;
    }

    private String cell(Fault fault, Contenders contender, Figure figure) {
        long[] values = results.figure(fault, contender, figure);
        if (values.length == 0) {
            return Numbers.UNKNOWN;
        }
        long value = isSummed(figure) ? Arrays.stream(values).sum() : median(values);
        return value < 0 ? "never" : Numbers.plain((double) value);
    }

    private static boolean isSummed(Figure figure) {
        return figure == Figure.HUNG || figure == Figure.LOST_WRITES;
    }

    /** Of an even number the greater of the two in the middle; never, which is -1, counts as the greatest. */
    private static long median(long[] values) {
        long[] sorted = Arrays.stream(values)
                .map(value -> value < 0 ? Long.MAX_VALUE : value)
                .sorted()
                .toArray();
        long median = sorted[sorted.length / 2];
        return median == Long.MAX_VALUE ? -1 : median;
    }

    private String verdict() {
        long hung = results.faults().stream()
                .mapToLong(fault ->
                        Arrays.stream(results.figure(fault, OURS, Figure.HUNG)).sum())
                .sum();
        StringBuilder text = new StringBuilder("Hung calls of Filbert in all rounds: **" + hung + "**. ");
        List<String> slower = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        int compared = 0;
        for (Fault fault : results.faults()) {
            String reason = results.impossible(fault, THEIRS);
            if (reason != null) {
                notes.add("- " + fault.title() + ": the official client cannot take part. " + reason);
            }
            if (results.figure(fault, OURS, Figure.WELL_AGAIN).length > 0
                    && results.figure(fault, THEIRS, Figure.WELL_AGAIN).length > 0) {
                compared++;
                if (isSlower(fault)) {
                    slower.add(fault.title());
                }
            }
        }
        text.append(
                        "Filbert recovers at least as fast as the official client (first success, and every call within a second; less than ")
                .append(SAME_MILLIS)
                .append(" ms is no difference) in ")
                .append(compared - slower.size())
                .append(" of ")
                .append(compared)
                .append(" faults");
        text.append(slower.isEmpty() ? ".\n" : "; not in: " + String.join(", ", slower) + ".\n");
        if (!notes.isEmpty()) {
            text.append('\n').append(String.join("\n", notes)).append('\n');
        }
        return text.toString();
    }

    private boolean isSlower(Fault fault) {
        return List.of(Figure.FIRST_SUCCESS, Figure.WELL_AGAIN).stream().anyMatch(figure -> {
            long ours = median(results.figure(fault, OURS, figure));
            long theirs = median(results.figure(fault, THEIRS, figure));
            return theirs >= 0 && (ours < 0 || ours > theirs + SAME_MILLIS);
        });
    }
}
