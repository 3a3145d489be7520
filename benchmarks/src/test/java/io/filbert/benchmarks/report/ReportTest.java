// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.benchmarks.contender.Contenders;
import io.filbert.benchmarks.load.Measurement;
import io.filbert.benchmarks.load.Workload;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class ReportTest {

    private static final Workload ROW = Workload.parse("get-100-blocking-4");

    private static Measurement rounds(long operations, long cpuNanos) {
        return new Measurement(operations, 1_000_000_000, cpuNanos, 300 * operations, 50_000, 90_000, 99_000);
    }

    private static Results results() {
        Results results = new Results();
        results.addFact("date", "2026-01-01");
        for (int round = 1; round <= 3; round++) {
            results.addRound(ROW, Contenders.FILBERT, rounds(30_000L * round, 300_000_000L * round));
            results.addRound(ROW, Contenders.OFFICIAL, rounds(20_000L * round, 400_000_000L * round));
            results.addRound(ROW, Contenders.FLOOR, rounds(32_000L * round, 200_000_000L * round));
        }
        results.addFootprint(Contenders.FILBERT, new Footprint(200_000_000, 250_000_000, 4, 1800));
        results.addFootprint(Contenders.OFFICIAL_UNTUNED, new Footprint(900_000_000, 1_000_000_000, 20, 4600));
        results.addJars(Contenders.FILBERT, 1_200_000);
        results.addMicro(new Micro("encodePut, valueBytes 100: filbert", 50, 1, 200));
        return results;
    }

    @Test
    void text_showsPairedRatiosAndGoals() {
        assertThat(new MarkdownReport(results()).text())
                .contains("| get 100 B, 4 callers | **1.50** (1.50–1.50) | **0.50** (0.50–0.50) |")
                .contains("| get-100-blocking-4: ops/s, to official | ≥ 1.30 | 1.50 | met |")
                .contains("| get-100-blocking-4: CPU per op, to official | ≤ 0.65 | 0.50 | met |")
                .contains("| get-100-blocking-4: ops/s, to the floor | ≥ 0.91 | 0.94 | met |")
                .contains("| cold JVM: connect + first get, to official | ≤ 0.35 | 0.25 | met |")
                .contains("| Filbert | 250 | 200 | 4 | 1,800 | 1.20 |")
                .contains("| encodePut, valueBytes 100: filbert | 50 | 1 | 200 |")
                .contains("- date: 2026-01-01");
    }

    @Test
    void text_goalNotReached_saysByHowMuch() {
        Results slow = new Results();
        slow.addRound(ROW, Contenders.FILBERT, rounds(10_000, 1));
        slow.addRound(ROW, Contenders.OFFICIAL, rounds(10_000, 1));
        assertThat(new MarkdownReport(slow).text())
                .contains("| get-100-blocking-4: ops/s, to official | ≥ 1.30 | 1 | missed by 23 % |");
    }

    @Test
    void text_busyMachine_warnsFirst() {
        Results busy = results();
        busy.addFact(MarkdownReport.PROCESSORS, "2");
        busy.addFact(MarkdownReport.LOAD_BEFORE, "1.1");
        assertThat(new MarkdownReport(busy).text())
                .startsWith("> **Measured on a busy machine**: load average 1.1 on 2");

        Results quiet = results();
        quiet.addFact(MarkdownReport.PROCESSORS, "2");
        quiet.addFact(MarkdownReport.LOAD_BEFORE, "0.9");
        assertThat(new MarkdownReport(quiet).text()).startsWith("## Side by side");
    }

    @Test
    void text_noResults_isEmpty() {
        assertThat(new MarkdownReport(new Results()).text()).isEmpty();
    }

    @Test
    void read_whatWasWritten_givesTheSameReport(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("results.tsv");
        results().write(file);
        assertThat(new MarkdownReport(Results.read(file)).text()).isEqualTo(new MarkdownReport(results()).text());
    }

    @Test
    void read_otherFile_saysWhichLine(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("results.tsv"), "fact\tdate\t2026\nnonsense\n");
        assertThatThrownBy(() -> Results.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("nonsense");
    }

    @Test
    void write_existingPage_keepsTheWordsAround(@TempDir Path directory) throws IOException {
        PerformancePage page = new PerformancePage(directory);
        Files.writeString(
                page.page(), "before\n" + PerformancePage.BEGIN + "\nold\n" + PerformancePage.END + "\nafter\n");
        page.write(results());
        page.write(results());
        assertThat(Files.readString(page.page()))
                .startsWith("before\n" + PerformancePage.BEGIN)
                .endsWith(PerformancePage.END + "\nafter\n")
                .doesNotContain("\nold\n")
                .containsOnlyOnce("## Side by side");
        assertThat(page.resultsFile()).exists();
    }

    @Test
    void write_pageWithoutMarks_isLeftAlone(@TempDir Path directory) throws IOException {
        PerformancePage page = new PerformancePage(directory);
        Files.writeString(page.page(), "somebody's words");
        assertThatThrownBy(() -> page.write(results())).hasMessageContaining("marks");
        assertThat(page.page()).hasContent("somebody's words");
    }

    @Test
    void svg_isWellFormedAndDrawsRatiosToScale() throws Exception {
        Document svg = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(new Chart(results()).svg())));
        double filbert = width(svg, "#2563eb");
        double floor = width(svg, "#9ca3af");
        // 30 000 beside 32 000 operations a second.
        assertThat(filbert / floor).isBetween(0.93, 0.945);
    }

    /** Of the first bar of this colour; the ones in the legend are squares. */
    private static double width(Document svg, String colour) {
        NodeList all = svg.getElementsByTagName("rect");
        for (int i = 0; i < all.getLength(); i++) {
            Element element = (Element) all.item(i);
            if (element.getAttribute("fill").equals(colour)
                    && !element.getAttribute("height").equals("12")) {
                return Double.parseDouble(element.getAttribute("width"));
            }
        }
        throw new AssertionError("No bar of colour " + colour);
    }
}
