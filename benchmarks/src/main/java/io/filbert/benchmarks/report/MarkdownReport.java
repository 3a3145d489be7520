// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks.report;

import io.filbert.benchmarks.contender.Contenders;
import io.filbert.benchmarks.load.Measurement;
import io.filbert.benchmarks.load.Workload;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The measured part of the performance page: ratios first, then what was measured. */
public final class MarkdownReport {

    /** The facts by which a reader judges how quiet the machine was. */
    public static final String PROCESSORS = "processors";

    public static final String LOAD_BEFORE = "load average before";

    /** Load for each processor that leaves figures alone. */
    private static final double QUIET = 0.5;

    private final Results results;

    public MarkdownReport(Results results) {
        this.results = results;
    }

    /** The text between the page's two marks. */
    public String text() {
        StringBuilder text = new StringBuilder(warning());
        section(text, "Side by side", ratios());
        section(text, "Against the goals", goals());
        section(text, "Footprint", footprint());
        section(text, "What was measured", absolute());
        section(text, "Codecs, hash, serialization", micro());
        section(text, "Machine and run", facts());
        return text.toString();
    }

    private static void section(StringBuilder text, String heading, String content) {
        if (!content.isEmpty()) {
            text.append("## ").append(heading).append("\n\n").append(content).append('\n');
        }
    }

    /** Says so when other work ran on the machine. */
    private String warning() {
        String load = results.facts().get(LOAD_BEFORE);
        String processors = results.facts().get(PROCESSORS);
        if (load == null || processors == null) {
            return "";
        }
        double busy = Double.parseDouble(load) / Double.parseDouble(processors);
        return busy <= QUIET
                ? ""
                : "> **Measured on a busy machine**: load average " + load + " on " + processors
                        + " processors before the run began. Figures of single rows are not to be relied on; run it again on a quiet"
                        + " machine.\n\n";
    }

    private String ratios() {
        MarkdownTable table = new MarkdownTable(
                "row",
                "ops/s, to official",
                "CPU per op, to official",
                "p50, to official",
                "bytes per op, to official",
                "ops/s, to floor");
        for (Workload workload : results.workloads()) {
            table.row(
                    describe(workload),
                    ratio(workload, Contenders.OFFICIAL, Measurement::operationsPerSecond),
                    ratio(workload, Contenders.OFFICIAL, Measurement::cpuMicrosPerOperation),
                    ratio(workload, Contenders.OFFICIAL, Measurement::p50Micros),
                    ratio(workload, Contenders.OFFICIAL, Measurement::bytesPerOperation),
                    ratio(workload, Contenders.FLOOR, Measurement::operationsPerSecond));
        }
        return table.isEmpty()
                ? ""
                : "Filbert divided by the official client, or by the floor: median (least–greatest) of the rounds. Above 1 is"
                        + " better for ops/s, below 1 for everything else.\n\n![Filbert, the official client and the floor](images/performance.svg)\n\n"
                        + table;
    }

    private String ratio(Workload workload, Contenders other, ToDoubleFunction<Measurement> figure) {
        return Numbers.ratio(Goal.ratio(results, workload, other, figure));
    }

    static String describe(Workload workload) {
        String size = workload.valueBytes() % 1024 == 0
                ? workload.valueBytes() / 1024 + " KiB"
                : workload.valueBytes() + " B";
        String callers = workload.async()
                ? workload.concurrency() + " in flight"
                : workload.concurrency() + (workload.concurrency() == 1 ? " caller" : " callers");
        return workload.operation().name().toLowerCase(Locale.ROOT) + " " + size + ", " + callers;
    }

    private String goals() {
        List<Goal> goals = Goal.of(results);
        MarkdownTable table = new MarkdownTable("figure", "goal", "reached", "");
        for (Goal goal : goals) {
            table.row(
                    goal.title(),
                    (goal.atMost() ? "≤ " : "≥ ") + Numbers.plain(goal.bound()),
                    Numbers.plain(goal.reached().median()),
                    goal.isMet() ? "met" : "missed by " + missedBy(goal) + " %");
        }
        long met = goals.stream().filter(Goal::isMet).count();
        return goals.isEmpty() ? "" : met + " of " + goals.size() + " goals of the design are met.\n\n" + table;
    }

    private static String missedBy(Goal goal) {
        double excess = Math.abs(goal.reached().median() / goal.bound() - 1);
        return String.valueOf(Math.max(1, Math.round(100 * excess)));
    }

    private String footprint() {
        MarkdownTable table = new MarkdownTable(
                "", "connect + first get, ms", "connect alone, ms", "threads", "classes loaded", "jars, MB");
        for (Contenders contender : List.of(Contenders.FILBERT, Contenders.OFFICIAL_UNTUNED)) {
            Spread first = Spread.of(results.footprint(contender, run -> run.firstGetNanos() / 1e6));
            if (first.isKnown()) {
                table.row(
                        contender.title(),
                        Numbers.plain(first.median()),
                        Numbers.plain(Spread.of(results.footprint(contender, run -> run.connectNanos() / 1e6))
                                .median()),
                        Numbers.plain(Spread.of(results.footprint(contender, Footprint::threads))
                                .greatest()),
                        Numbers.plain(Spread.of(results.footprint(contender, Goal::knownClasses))
                                .median()),
                        Numbers.plain(results.jarBytes(contender) / 1e6));
            }
        }
        return table.isEmpty()
                ? ""
                : "A fresh JVM for each run, with nothing but the client on its class path. Threads: started by the client and alive"
                        + " after 1000 gets, the most of all runs. Classes: those of the JVM itself included.\n\n"
                        + table;
    }

    private String absolute() {
        MarkdownTable table =
                new MarkdownTable("row", "contender", "ops/s", "CPU µs/op", "bytes/op", "p50 µs", "p99 µs", "p99.9 µs");
        for (Workload workload : results.workloads()) {
            for (Contenders contender : Contenders.values()) {
                if (results.has(workload, contender)) {
                    table.row(
                            describe(workload),
                            contender.title(),
                            Numbers.rate(median(workload, contender, Measurement::operationsPerSecond)),
                            Numbers.plain(median(workload, contender, Measurement::cpuMicrosPerOperation)),
                            Numbers.plain(median(workload, contender, Measurement::bytesPerOperation)),
                            Numbers.plain(median(workload, contender, Measurement::p50Micros)),
                            Numbers.plain(median(workload, contender, one -> one.p99Nanos() / 1e3)),
                            Numbers.plain(median(workload, contender, one -> one.p999Nanos() / 1e3)));
                }
            }
        }
        return table.isEmpty() ? "" : "Medians of the rounds.\n\n" + table;
    }

    private double median(Workload workload, Contenders contender, ToDoubleFunction<Measurement> figure) {
        return Spread.of(results.figure(workload, contender, figure)).median();
    }

    private String micro() {
        MarkdownTable table = new MarkdownTable("method", "ns/op", "± ns", "bytes/op");
        for (Micro micro : results.micros()) {
            table.row(
                    micro.name(),
                    Numbers.plain(micro.nanos()),
                    Numbers.plain(micro.errorNanos()),
                    Numbers.plain(micro.bytes()));
        }
        return table.isEmpty() ? "" : "JMH, average time, with its garbage collection profiler.\n\n" + table;
    }

    private String facts() {
        StringBuilder text = new StringBuilder();
        results.facts()
                .forEach((name, value) -> text.append("- ")
                        .append(name)
                        .append(": ")
                        .append(value)
                        .append('\n'));
        return text.toString();
    }
}
