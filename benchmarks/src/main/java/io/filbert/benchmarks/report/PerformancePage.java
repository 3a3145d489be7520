// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A directory with the page, its chart and the results it was made from. Between two marks the page is replaced by each run; the
 * words around them, which explain and do not name numbers, are kept.
 */
public final class PerformancePage {

    static final String BEGIN = "<!-- measured: begin; written by ./filbert bench, changes are lost -->";
    static final String END = "<!-- measured: end -->";

    private static final String NEW_PAGE = "# Performance\n\n" + BEGIN + "\n" + END + "\n";

    private final Path directory;

    public PerformancePage(Path directory) {
        this.directory = directory;
    }

    public Path resultsFile() {
        return directory.resolve("performance-results.tsv");
    }

    public Path page() {
        return directory.resolve("performance.md");
    }

    Path chart() {
        return directory.resolve("images").resolve("performance.svg");
    }

    /** Writes all three. */
    public void write(Results results) throws IOException {
        Files.createDirectories(chart().getParent());
        results.write(resultsFile());
        Files.writeString(chart(), new Chart(results).svg());
        String page = Files.exists(page()) ? Files.readString(page()) : NEW_PAGE;
        Files.writeString(page(), replace(page, new MarkdownReport(results).text()));
    }

    static String replace(String page, String measured) {
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException(
                    "The page has lost the marks between which results go: " + BEGIN + " and " + END);
        }
        return page.substring(0, begin + BEGIN.length()) + "\n\n" + measured + page.substring(end);
    }
}
