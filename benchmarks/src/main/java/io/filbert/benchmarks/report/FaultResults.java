// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks.report;

import io.filbert.benchmarks.contender.Contenders;
import io.filbert.testkit.faults.Fault;
import io.filbert.testkit.faults.FaultReport;
import io.filbert.testkit.faults.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything a run of the faults found, one line each, fields apart by tabs; the order of the lines is the order of the report. Not
 * thread-safe.
 */
public final class FaultResults {

    private static final String FACT = "fact";
    private static final String RUN = "run";
    private static final String IMPOSSIBLE = "impossible";

    private record Cell(Fault fault, Contenders contender) {}

    private final Map<String, String> facts = new LinkedHashMap<>();
    private final Map<Cell, List<FaultReport>> reports = new LinkedHashMap<>();
    private final Map<Cell, String> impossible = new LinkedHashMap<>();

    /** A fact about the machine or the run. */
    public void addFact(String name, String value) {
        facts.put(name, value.replaceAll("\\s+", " "));
    }

    public void addReport(Fault fault, Contenders contender, FaultReport report) {
        reports.computeIfAbsent(new Cell(fault, contender), key -> new ArrayList<>())
                .add(report);
    }

    /** Says why a client could not take part. */
    public void addImpossible(Fault fault, Contenders contender, String reason) {
        impossible.put(new Cell(fault, contender), reason.replaceAll("\\s+", " "));
    }

    Map<String, String> facts() {
        return facts;
    }

    List<Fault> faults() {
        return List.of(Fault.values()).stream()
                .filter(fault -> reports.keySet().stream().anyMatch(cell -> cell.fault == fault))
                .toList();
    }

    @Nullable
    String impossible(Fault fault, Contenders contender) {
        return impossible.get(new Cell(fault, contender));
    }

    /** One figure of all rounds in which it was counted, in their order; empty if there were none. */
    long[] figure(Fault fault, Contenders contender, Figure figure) {
        return reports.getOrDefault(new Cell(fault, contender), List.of()).stream()
                .filter(report -> report.has(figure))
                .mapToLong(report -> report.get(figure))
                .toArray();
    }

    // ---- the file

    /** Replaces the file. */
    public void write(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        facts.forEach((name, value) -> lines.add(String.join("\t", FACT, name, value)));
        reports.forEach((cell, all) -> all.forEach(
                report -> lines.add(String.join("\t", RUN, cell.fault.id(), cell.contender.id(), report.format()))));
        impossible.forEach((cell, reason) ->
                lines.add(String.join("\t", IMPOSSIBLE, cell.fault.id(), cell.contender.id(), reason)));
        Files.write(file, lines);
    }

    /** @throws IllegalArgumentException if the file holds something else */
    public static FaultResults read(Path file) throws IOException {
        FaultResults results = new FaultResults();
        for (String line : Files.readAllLines(file)) {
            try {
                results.readLine(line.split("\t", 4));
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                throw new IllegalArgumentException("Not a line of results in " + file + ": " + line, e);
            }
        }
        return results;
    }

    private void readLine(String[] fields) {
        switch (fields[0]) {
            case FACT -> addFact(fields[1], fields[2]);
            case RUN -> addReport(Fault.byId(fields[1]), Contenders.byId(fields[2]), FaultReport.parse(fields[3]));
            case IMPOSSIBLE -> addImpossible(Fault.byId(fields[1]), Contenders.byId(fields[2]), fields[3]);
            default -> throw new IllegalArgumentException("Unknown kind of line: " + fields[0]);
        }
    }
}
