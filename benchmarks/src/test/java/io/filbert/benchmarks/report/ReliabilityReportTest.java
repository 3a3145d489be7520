// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.benchmarks.contender.Contenders;
import io.filbert.testkit.faults.Fault;
import io.filbert.testkit.faults.FaultReport;
import io.filbert.testkit.faults.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReliabilityReportTest {

    private final FaultResults results = new FaultResults();

    private static FaultReport report(long firstSuccess, long wellAgain, long hung) {
        Map<Figure, Long> figures = new EnumMap<>(Figure.class);
        for (Figure figure : Figure.values()) {
            figures.put(figure, 0L);
        }
        figures.put(Figure.FIRST_SUCCESS, firstSuccess);
        figures.put(Figure.WELL_AGAIN, wellAgain);
        figures.put(Figure.HUNG, hung);
        return new FaultReport(figures, "1 x a failure");
    }

    private void add(Fault fault, Contenders contender, FaultReport... reports) {
        for (FaultReport report : reports) {
            results.addReport(fault, contender, report);
        }
    }

    private String text() {
        return new ReliabilityReport(results).text();
    }

    @Test
    void tables_showMediansAndSums() {
        add(Fault.CUT, Contenders.FILBERT, report(30, 40, 0), report(10, 20, 1), report(9_000, 50, 2));
        add(Fault.CUT, Contenders.OFFICIAL, report(70, -1, 0), report(60, -1, 0), report(80, 5, 0));
        assertThat(text())
                .contains("| " + Fault.CUT.title() + " | 30 / 70 | 40 / never |")
                .contains("| " + Fault.CUT.title() + " | 3 / 0 |")
                .contains("Hung calls of Filbert in all rounds: **3**");
    }

    @Test
    void verdict_namesWhereFilbertIsSlower() {
        add(Fault.CUT, Contenders.FILBERT, report(100, 100, 0));
        add(Fault.CUT, Contenders.OFFICIAL, report(50, 50, 0));
        add(Fault.SLOW_DRIP, Contenders.FILBERT, report(0, 2_000, 0));
        add(Fault.SLOW_DRIP, Contenders.OFFICIAL, report(0, 100, 0));
        add(Fault.NAME_MOVED, Contenders.FILBERT, report(0, -1, 0));
        add(Fault.NAME_MOVED, Contenders.OFFICIAL, report(0, 100, 0));
        assertThat(text())
                .contains("in 1 of 3 faults; not in: " + Fault.SLOW_DRIP.title() + ", " + Fault.NAME_MOVED.title());
    }

    @Test
    void verdict_whoCannotTakePart_isNoted() {
        add(Fault.TLS_CUT, Contenders.FILBERT, report(100, 100, 0));
        results.addImpossible(Fault.TLS_CUT, Contenders.OFFICIAL, "a licence\nis wanting");
        assertThat(text())
                .contains("| 100 / – |")
                .contains("in 0 of 0 faults.")
                .contains(Fault.TLS_CUT.title() + ": the official client cannot take part. a licence is wanting");
    }

    @Test
    void resultsFile_readAgain_makesTheSameReport(@TempDir Path directory) throws IOException {
        results.addFact("date", "today");
        add(Fault.CUT, Contenders.FILBERT, report(30, 40, 0), report(10, 20, 1));
        results.addImpossible(Fault.CUT, Contenders.OFFICIAL, "absent");
        ReliabilityPage page = new ReliabilityPage(directory);
        page.write(results);
        assertThat(new ReliabilityReport(FaultResults.read(page.resultsFile())).text())
                .isEqualTo(text());
        assertThat(Files.readString(page.page())).contains(text());

        Files.writeString(page.resultsFile(), "nonsense");
        assertThatThrownBy(() -> FaultResults.read(page.resultsFile()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nonsense");
    }

    @Test
    void resultsFile_ofBeforeEventsWereCounted_leavesThemOut(@TempDir Path directory) throws IOException {
        Map<Figure, Long> before = new EnumMap<>(report(30, 40, 0).figures());
        before.keySet().removeAll(List.of(Figure.EVENTS_MISSED, Figure.EVENTS_TWICE, Figure.LAST_EVENTS_MISSED));
        add(Fault.CUT, Contenders.FILBERT, new FaultReport(before, ""));
        add(Fault.CUT, Contenders.OFFICIAL, report(30, 40, 0));
        ReliabilityPage page = new ReliabilityPage(directory);
        page.write(results);
        assertThat(page.resultsFile()).content().containsOnlyOnce("EVENTS_MISSED=0 EVENTS_TWICE=0");
        assertThat(new ReliabilityReport(FaultResults.read(page.resultsFile())).text())
                .contains("| messages missed | messages twice | events missed | events twice |")
                .contains("| 0 / 0 | 0 / 0 | – / 0 | – / 0 |");
    }

    @Test
    void page_wordsAroundTheMeasuredPart_stay(@TempDir Path directory) throws IOException {
        ReliabilityPage page = new ReliabilityPage(directory);
        add(Fault.CUT, Contenders.FILBERT, report(30, 40, 0));
        Files.writeString(
                page.page(), "before\n" + PerformancePage.BEGIN + "\nold\n" + PerformancePage.END + "\nafter\n");
        page.write(results);
        assertThat(Files.readString(page.page()))
                .startsWith("before\n")
                .endsWith("after\n")
                .doesNotContain("old")
                .contains(Fault.CUT.title());
    }
}
