// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.benchmarks.report.FaultResults;
import io.filbert.benchmarks.report.ReliabilityReport;
import io.filbert.testkit.faults.Fault;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole way from two clients and a fault to the report. */
class FaultBenchmarkIT {

    @Test
    @Timeout(180)
    void oneFault_bothClientsAreInTheReport() {
        FaultOptions options = FaultOptions.parse("--faults", "--quick", "--rows", Fault.CUT.id());
        ByteArrayOutputStream progress = new ByteArrayOutputStream();
        FaultResults results =
                new FaultBenchmark(options, new PrintStream(progress, true, StandardCharsets.UTF_8)).measure("bench");

        assertThat(new ReliabilityReport(results).text())
                .containsPattern("\\Q| " + Fault.CUT.title() + " |\\E [\\d,]+ / [\\d,]+ \\|")
                .contains("Hung calls of Filbert in all rounds: **0**");
        assertThat(progress.toString(StandardCharsets.UTF_8))
                .as("both are in it and hear of messages and entries in the end")
                .containsPattern("filbert .*LAST_MESSAGES_MISSED=0 .*LAST_EVENTS_MISSED=0")
                .containsPattern("official .*LAST_MESSAGES_MISSED=0 .*LAST_EVENTS_MISSED=0");
    }
}
