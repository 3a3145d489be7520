// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks.faults;

import io.filbert.benchmarks.MachineFacts;
import io.filbert.benchmarks.contender.Contenders;
import io.filbert.benchmarks.report.FaultResults;
import io.filbert.benchmarks.report.ReliabilityPage;
import io.filbert.benchmarks.report.ReliabilityReport;
import io.filbert.testkit.faults.ClientUnderTest;
import io.filbert.testkit.faults.Fault;
import io.filbert.testkit.faults.FaultGround;
import io.filbert.testkit.faults.FaultRun;
import io.filbert.testkit.faults.FaultTimes;
import io.filbert.testkit.faults.Figure;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * The command {@code ./filbert bench --faults}: in each round each fault happens to each client, on the same members, with another one
 * first each time.
 */
public final class FaultBenchmark {

    private final FaultOptions options;
    private final FaultTimes times;
    private final PrintStream progress;
    private final FaultResults results = new FaultResults();

    FaultBenchmark(FaultOptions options, PrintStream progress) {
        this.options = options;
        this.progress = progress;
        times = options.quick() ? FaultTimes.SHORT : FaultTimes.FULL;
    }

    /** Whether the command line asks for this part. */
    public static boolean isMeantBy(String... args) {
        return List.of(args).contains("--faults");
    }

    /** Ends with exit code 2 if the arguments cannot be understood, 1 if measuring failed. */
    @SuppressWarnings("SystemOut") // a command's output
    public static void main(String[] args) {
        FaultOptions options;
        try {
            options = FaultOptions.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n\n" + FaultOptions.HELP);
            System.exit(2);
            return;
        }
        if (options.help()) {
            System.out.print(FaultOptions.HELP);
            return;
        }
        try {
            ReliabilityPage page = new ReliabilityPage(options.out());
            FaultResults results = options.from() != null
                    ? FaultResults.read(options.from())
                    : new FaultBenchmark(options, System.err).measure("./filbert bench " + String.join(" ", args));
            page.write(results);
            System.out.println(new ReliabilityReport(results).text());
            System.out.println(
                    "Written: " + page.page() + " and " + page.resultsFile().getFileName());
        } catch (IOException | RuntimeException e) {
            System.err.println("The benchmark failed: " + e.getMessage());
            System.exit(1);
        }
    }

    FaultResults measure(String command) {
        MachineFacts.describe(results::addFact, command);
        MachineFacts.describeLoad(results::addFact, "load average before");
        results.addFact("rounds", String.valueOf(options.rounds()));
        results.addFact("members", "Hazelcast 5.7.0, each in a process of its own");
        results.addFact(
                "both clients",
                "calls end after " + times.callDeadline().toSeconds() + " s, heartbeat interval "
                        + seconds(times.heartbeatInterval().toMillis()) + " s, heartbeat timeout "
                        + seconds(times.heartbeatTimeout().toMillis())
                        + " s, pause between rounds of connection attempts "
                        + seconds(times.firstPause().toMillis()) + " to "
                        + seconds(times.longestPause().toMillis())
                        + " s, calls fail if backups do not acknowledge; everything else is the default");
        results.addFact(
                "how long",
                "processes stopped for " + times.suspension().toSeconds() + " s, network faults "
                        + times.outage().toSeconds() + " s");
        for (int round = 0; round < options.rounds(); round++) {
            for (Fault fault : options.faults()) {
                measure(fault, round);
            }
        }
        MachineFacts.describeLoad(results::addFact, "load average after");
        return results;
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.1f", millis / 1000.0);
    }

    private void measure(Fault fault, int round) {
        List<Contenders> order = new ArrayList<>(Arrays.asList(Contenders.FILBERT, Contenders.OFFICIAL));
        Collections.rotate(order, round);
        try (FaultGround ground = fault.kind().open(false)) {
            for (Contenders contender : order) {
                measure(fault, ground, contender, round);
            }
        }
    }

    private void measure(Fault fault, FaultGround ground, Contenders contender, int round) {
        progress.printf("round %d  %-20s %-10s", round + 1, fault.id(), contender.id());
        try {
            FaultRun.Outcome outcome = FaultRun.of(fault, ground, times, clientOf(contender), jvmOptions(contender));
            results.addReport(fault, contender, outcome.report());
            progress.println(outcome.report().format());
            if (outcome.report().get(Figure.HUNG) > 0 || outcome.report().get(Figure.WELL_AGAIN) < 0) {
                progress.println("The client's log ends with:\n" + outcome.clientLog());
            }
        } catch (IllegalStateException e) {
            String reason = Objects.requireNonNullElse(e.getMessage(), "")
                    .lines()
                    .findFirst()
                    .orElse("");
            results.addImpossible(fault, contender, reason);
            progress.println(reason);
        }
    }

    private static Class<? extends ClientUnderTest.Factory> clientOf(Contenders contender) {
        return contender == Contenders.FILBERT ? FilbertUnderTest.Factory.class : OfficialUnderTest.Factory.class;
    }

    private static List<String> jvmOptions(Contenders contender) {
        List<String> all = new ArrayList<>(List.of("-Xmx512m"));
        all.addAll(contender.jvmOptions());
        return all;
    }
}
