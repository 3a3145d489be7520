// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.filbert.testkit.NoLeaks;
import io.filbert.testkit.faults.Fault;
import io.filbert.testkit.faults.FaultGround;
import io.filbert.testkit.faults.FaultReport;
import io.filbert.testkit.faults.FaultRun;
import io.filbert.testkit.faults.FaultTimes;
import io.filbert.testkit.faults.Figure;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each fault of the comparison once, for Filbert alone, and with what must hold. */
@NoLeaks(NoLeaks.Scope.CLASS)
final class FaultSuiteIT {

    private static final Map<FaultGround.Kind, FaultGround> GROUNDS = new EnumMap<>(FaultGround.Kind.class);

    @AfterAll
    static void clear() {
        GROUNDS.values().forEach(FaultGround::close);
        GROUNDS.clear();
    }

    @ParameterizedTest
    @EnumSource
    @SuppressWarnings("SystemOut") // a record of how long recovery takes, for whoever reads the report of the tests
    void everyCallEnds_nothingAcknowledgedIsLost_andTheClientRecovers(Fault fault) {
        assumeTrue(
                fault.kind() != FaultGround.Kind.NAME
                        || System.getProperty("os.name").startsWith("Linux"),
                "127.0.0.2 can be used on Linux only without further ado");
        FaultGround ground = GROUNDS.computeIfAbsent(fault.kind(), kind -> kind.open(true));
        FaultRun.Outcome outcome =
                FaultRun.of(fault, ground, FaultTimes.SHORT, FilbertUnderTest.Factory.class, List.of("-Xmx256m"));
        System.out.println(fault.title() + ": " + outcome.report().format());
        check(fault, outcome);
    }

    private static void check(Fault fault, FaultRun.Outcome outcome) {
        FaultReport report = outcome.report();
        String story = "; " + report.format() + "\nThe client's log ends with:\n" + outcome.clientLog();
        assertThat(report.get(Figure.HUNG))
                .as("calls that outlived their deadline" + story)
                .isZero();
        assertThat(report.get(Figure.ENDED_TWICE))
                .as("calls that ended twice" + story)
                .isZero();
        assertThat(report.get(Figure.SUCCEEDED) + report.get(Figure.FAILED))
                .as("calls that ended" + story)
                .isEqualTo(report.get(Figure.CALLS));
        assertThat(report.get(Figure.LOST_WRITES))
                .as("acknowledged writes that are missing" + story)
                .isZero();
        assertThat(report.get(Figure.WELL_AGAIN))
                .as("ms until all is well" + story)
                .isNotNegative();
        assertThat(report.get(Figure.MESSAGES_TWICE))
                .as("messages heard twice" + story)
                .isZero();
        assertThat(report.get(Figure.LAST_MESSAGES_MISSED))
                .as("messages not heard after recovery" + story)
                .isZero();
        assertThat(report.get(Figure.EVENTS_TWICE))
                .as("entries heard to be added twice" + story)
                .isZero();
        assertThat(report.get(Figure.LAST_EVENTS_MISSED))
                .as("entries not heard to be added after recovery" + story)
                .isZero();
        if (fault.dataSurvives()) {
            assertThat(report.get(Figure.FOUND_NOTHING))
                    .as("reads that did not find what had been acknowledged" + story)
                    .isZero();
        }
    }
}
