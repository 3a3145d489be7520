// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.benchmarks.report.MarkdownReport;
import io.filbert.benchmarks.report.Results;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The whole harness against a real member, with rounds too short to mean anything. */
class PairedBenchmarkIT {

    @Test
    void measure_everyContender_reportsEveryRow() throws Exception {
        Options options = Options.parse(
                "--rows",
                "get-100-blocking-2,set-100-async-16,get-10240-async-16",
                "--rounds",
                "2",
                "--round-millis",
                "30",
                "--warmup-millis",
                "30",
                "--footprint-runs",
                "1",
                "--no-micro");
        ByteArrayOutputStream progress = new ByteArrayOutputStream();
        Results results =
                new PairedBenchmark(options, new PrintStream(progress, true, StandardCharsets.UTF_8)).measure("bench");

        String report = new MarkdownReport(results).text();
        for (String contender : List.of("Filbert", "floor", "official 5.7.0, tuned")) {
            assertThat(report)
                    .contains("| get 100 B, 2 callers | " + contender + " |")
                    .contains("| set 100 B, 16 in flight | " + contender + " |")
                    .contains("| get 10 KiB, 16 in flight | " + contender + " |");
        }
        assertThat(report)
                .contains("| set 100 B, 16 in flight | Filbert, inline callbacks |")
                .contains("classes loaded, to official")
                .doesNotContain("| get 100 B, 2 callers | Filbert, inline callbacks |");
        assertThat(progress.toString(StandardCharsets.UTF_8)).contains("round 2");
    }
}
