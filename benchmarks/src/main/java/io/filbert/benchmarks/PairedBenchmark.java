// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks;

import io.filbert.benchmarks.contender.Contenders;
import io.filbert.benchmarks.faults.FaultBenchmark;
import io.filbert.benchmarks.footprint.FootprintRuns;
import io.filbert.benchmarks.load.Measurement;
import io.filbert.benchmarks.load.Workload;
import io.filbert.benchmarks.micro.MicroBenchmarks;
import io.filbert.benchmarks.report.MarkdownReport;
import io.filbert.benchmarks.report.PerformancePage;
import io.filbert.benchmarks.report.Results;
import io.filbert.testkit.HazelcastMember;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The command {@code ./filbert bench}: one member, one JVM for each contender, and rounds in turns.
 *
 * <p>In each row each contender first warms up; then in every round each has its turn, another one first each time, so that a
 * disturbance of the machine does not always hit the same. Ratios are taken within rounds.
 */
public final class PairedBenchmark {

    /** Bounds a turn besides its time. */
    private static final long MOST_OPERATIONS = 5_000_000;

    private static final List<Contenders> ALWAYS = List.of(Contenders.FLOOR, Contenders.FILBERT, Contenders.OFFICIAL);

    /** These differ in what happens to callbacks only. */
    private static final List<Contenders> ASYNC_ONLY = List.of(Contenders.FILBERT_INLINE, Contenders.OFFICIAL_UNTUNED);

    private static final List<String> WORKER_OPTIONS = Stream.concat(
                    Stream.of(
                            "-Xms512m",
                            "-Xmx512m",
                            "-XX:+UseG1GC",
                            // Threads that come and go while nobody asked for them disturb the count of allocations.
                            "-XX:-UseDynamicNumberOfCompilerThreads"),
                    JavaCommand.ACCESS.stream())
            .toList();

    private final Options options;
    private final PrintStream progress;
    private final Results results = new Results();
    private final Map<Contenders, WorkerProcess> workers = new EnumMap<>(Contenders.class);

    PairedBenchmark(Options options, PrintStream progress) {
        this.options = options;
        this.progress = progress;
    }

    /** Ends with exit code 2 if the arguments cannot be understood, 1 if measuring failed. */
    @SuppressWarnings("SystemOut") // a command's output
    public static void main(String[] args) {
        if (FaultBenchmark.isMeantBy(args)) {
            FaultBenchmark.main(args);
            return;
        }
        Options options;
        try {
            options = Options.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n\n" + Options.HELP);
            System.exit(2);
            return;
        }
        if (options.help()) {
            System.out.print(Options.HELP);
            return;
        }
        try {
            PerformancePage page = new PerformancePage(options.out());
            Results results = options.from() != null
                    ? Results.read(options.from())
                    : new PairedBenchmark(options, System.err).measure("./filbert bench " + String.join(" ", args));
            page.write(results);
            System.out.println(new MarkdownReport(results).text());
            System.out.println("Written: " + page.page() + " and, beside it, its chart and "
                    + page.resultsFile().getFileName());
        } catch (IOException | RuntimeException e) {
            System.err.println("The benchmark failed: " + e.getMessage());
            System.exit(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    Results measure(String command) throws IOException, InterruptedException {
        MachineFacts.addTo(results, command.strip());
        MachineFacts.addLoad(results, MarkdownReport.LOAD_BEFORE);
        results.addFact("JVM options of each contender", String.join(" ", WORKER_OPTIONS));
        results.addFact(
                "further options of " + Contenders.OFFICIAL.title(),
                String.join(" ", Contenders.OFFICIAL.jvmOptions()));
        progress.println("Starting a member and " + contenders().size() + " contenders …");
        try (HazelcastMember member = HazelcastMember.builder()
                .fastStart(false)
                .heap("1g")
                .jvmOptions("-Xms1g")
                .start()) {
            results.addFact("member", "Hazelcast " + member.version() + " in a process of its own, heap 1 GB");
            measureRows(member.address());
            if (options.footprintRuns() > 0) {
                progress.println("Footprint in fresh JVMs …");
                new FootprintRuns(member.address()).addTo(results, options.footprintRuns());
            }
        }
        if (options.micro()) {
            progress.println("JMH …");
            MicroBenchmarks.addTo(results, progress);
        }
        MachineFacts.addLoad(results, "load average after");
        return results;
    }

    private void measureRows(String address) throws IOException {
        try {
            for (Contenders contender : contenders()) {
                workers.put(contender, WorkerProcess.start(contender, address, WORKER_OPTIONS));
            }
            // In a JVM that has just started the compiler has more to do than in later rows.
            Duration warmUp = options.warmUp().multipliedBy(3);
            for (Workload row : options.rows()) {
                measureRow(row, warmUp);
                warmUp = options.warmUp();
            }
        } finally {
            workers.values().forEach(WorkerProcess::close);
        }
    }

    private List<Contenders> contenders() {
        List<Contenders> all = new ArrayList<>(ALWAYS);
        if (options.rows().stream().anyMatch(Workload::async)) {
            all.addAll(ASYNC_ONLY);
        }
        return all;
    }

    private void measureRow(Workload row, Duration warmUp) throws IOException {
        List<WorkerProcess> taking = workers.values().stream()
                .filter(worker -> row.async() || ALWAYS.contains(worker.contender()))
                .toList();
        for (WorkerProcess worker : taking) {
            worker.run(row, warmUp, MOST_OPERATIONS);
        }
        for (int round = 0; round < options.rounds(); round++) {
            for (int turn = 0; turn < taking.size(); turn++) {
                WorkerProcess worker = taking.get((round + turn) % taking.size());
                Measurement measured = worker.run(row, options.roundTime(), MOST_OPERATIONS);
                results.addRound(row, worker.contender(), measured);
                progress.printf(
                        "%-24s round %d  %-16s %,10.0f ops/s %8.2f CPU µs/op%n",
                        row.id(),
                        round + 1,
                        worker.contender().id(),
                        measured.operationsPerSecond(),
                        measured.cpuMicrosPerOperation());
            }
        }
    }
}
