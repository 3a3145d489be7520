// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A directory with the page about faults and the results its measured part was made from. */
public final class ReliabilityPage {

    private static final String NEW_PAGE =
            "# Reliability\n\n" + PerformancePage.BEGIN + "\n" + PerformancePage.END + "\n";

    private final Path directory;

    public ReliabilityPage(Path directory) {
        this.directory = directory;
    }

    public Path resultsFile() {
        return directory.resolve("reliability-results.tsv");
    }

    public Path page() {
        return directory.resolve("reliability.md");
    }

    /** Writes both. */
    public void write(FaultResults results) throws IOException {
        Files.createDirectories(directory);
        results.write(resultsFile());
        String page = Files.exists(page()) ? Files.readString(page()) : NEW_PAGE;
        Files.writeString(page(), PerformancePage.replace(page, new ReliabilityReport(results).text()));
    }
}
