// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks.report;

import io.filbert.benchmarks.contender.Contenders;
import io.filbert.benchmarks.load.Measurement;
import io.filbert.benchmarks.load.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Everything a run found, one line each, fields apart by tabs; the order of the lines is the order of the report. Not thread-safe.
 */
public final class Results {

    private static final String FACT = "fact";
    private static final String ROUND = "round";
    private static final String FOOTPRINT = "footprint";
    private static final String JARS = "jars";
    private static final String MICRO = "micro";

    private final Map<String, String> facts = new LinkedHashMap<>();
    private final Map<Workload, Map<Contenders, List<Measurement>>> rounds = new LinkedHashMap<>();
    private final Map<Contenders, List<Footprint>> footprints = new LinkedHashMap<>();
    private final Map<Contenders, Long> jarBytes = new LinkedHashMap<>();
    private final List<Micro> micros = new ArrayList<>();

    /** A fact about the machine or the run. */
    public void addFact(String name, String value) {
        facts.put(name, value.replaceAll("\\s+", " "));
    }

    public void addRound(Workload workload, Contenders contender, Measurement measurement) {
        rounds.computeIfAbsent(workload, key -> new LinkedHashMap<>())
                .computeIfAbsent(contender, key -> new ArrayList<>())
                .add(measurement);
    }

    public void addFootprint(Contenders contender, Footprint footprint) {
        footprints.computeIfAbsent(contender, key -> new ArrayList<>()).add(footprint);
    }

    /** The jars a program needs at run time, all together. */
    public void addJars(Contenders contender, long bytes) {
        jarBytes.put(contender, bytes);
    }

    public void addMicro(Micro micro) {
        micros.add(micro);
    }

    Map<String, String> facts() {
        return facts;
    }

    List<Workload> workloads() {
        return List.copyOf(rounds.keySet());
    }

    boolean has(Workload workload, Contenders contender) {
        return rounds.getOrDefault(workload, Map.of()).containsKey(contender);
    }

    List<Micro> micros() {
        return micros;
    }

    /** One figure of all rounds of a contender, in their order; empty if there were none. */
    double[] figure(Workload workload, Contenders contender, ToDoubleFunction<Measurement> figure) {
        return rounds.getOrDefault(workload, Map.of()).getOrDefault(contender, List.of()).stream()
                .mapToDouble(figure)
                .toArray();
    }

    double[] footprint(Contenders contender, ToDoubleFunction<Footprint> figure) {
        return footprints.getOrDefault(contender, List.of()).stream()
                .mapToDouble(figure)
                .toArray();
    }

    double jarBytes(Contenders contender) {
        Long bytes = jarBytes.get(contender);
        return bytes == null ? Double.NaN : bytes;
    }

    // ---- the file

    /** Replaces the file. */
    public void write(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        facts.forEach((name, value) -> lines.add(line(FACT, name, value)));
        rounds.forEach((workload, all) -> all.forEach((contender, list) ->
                list.forEach(one -> lines.add(line(ROUND, workload.id(), contender.id(), one.format())))));
        footprints.forEach((contender, list) -> list.forEach(one -> lines.add(line(
                FOOTPRINT, contender.id(), one.connectNanos(), one.firstGetNanos(), one.threads(), one.classes()))));
        jarBytes.forEach((contender, bytes) -> lines.add(line(JARS, contender.id(), bytes)));
        micros.forEach(micro -> lines.add(line(MICRO, micro.name(), micro.nanos(), micro.errorNanos(), micro.bytes())));
        Files.write(file, lines);
    }

    private static String line(Object... fields) {
        StringBuilder line = new StringBuilder();
        for (Object field : fields) {
            line.append(line.length() == 0 ? "" : "\t").append(field);
        }
        return line.toString();
    }

    /** @throws IllegalArgumentException if the file holds something else */
    public static Results read(Path file) throws IOException {
        Results results = new Results();
        for (String line : Files.readAllLines(file)) {
            try {
                results.readLine(line.split("\t", -1));
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                throw new IllegalArgumentException("Not a line of results in " + file + ": " + line, e);
            }
        }
        return results;
    }

    private void readLine(String[] fields) {
        switch (fields[0]) {
            case FACT -> addFact(fields[1], fields[2]);
            case ROUND -> addRound(Workload.parse(fields[1]), Contenders.byId(fields[2]), Measurement.parse(fields[3]));
            case FOOTPRINT ->
                addFootprint(
                        Contenders.byId(fields[1]),
                        new Footprint(
                                Long.parseLong(fields[2]),
                                Long.parseLong(fields[3]),
                                Integer.parseInt(fields[4]),
                                Integer.parseInt(fields[5])));
            case JARS -> addJars(Contenders.byId(fields[1]), Long.parseLong(fields[2]));
            case MICRO ->
                addMicro(new Micro(
                        fields[1],
                        Double.parseDouble(fields[2]),
                        Double.parseDouble(fields[3]),
                        Double.parseDouble(fields[4])));
            default -> throw new IllegalArgumentException("Unknown kind of line: " + fields[0]);
        }
    }
}
