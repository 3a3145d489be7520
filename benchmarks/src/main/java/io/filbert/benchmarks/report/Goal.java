// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks.report;

import io.filbert.benchmarks.contender.Contenders;
import io.filbert.benchmarks.load.Measurement;
import io.filbert.benchmarks.load.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A figure the design wants, and what was reached.
 *
 * @param atMost whether less is better
 */
record Goal(String title, double bound, boolean atMost, Spread reached) {

    private static final double FLOOR_TOLERANCE = 1.1;

    boolean isMet() {
        return atMost ? reached.median() <= bound : reached.median() >= bound;
    }

    /** All goals about which the results say something. */
    static List<Goal> of(Results results) {
        List<Goal> goals = new ArrayList<>();
        for (Workload workload : results.workloads()) {
            if (workload.async()) {
                if (workload.concurrency() >= 256) {
                    goals.add(official(results, workload, "ops/s", 1.7, false, Measurement::operationsPerSecond));
                    goals.add(
                            official(results, workload, "CPU per op", 0.35, true, Measurement::cpuMicrosPerOperation));
                }
            } else if (workload.concurrency() == 1) {
                goals.add(official(results, workload, "p50", 0.95, true, Measurement::p50Micros));
                goals.add(official(results, workload, "CPU per op", 0.85, true, Measurement::cpuMicrosPerOperation));
            } else if (workload.concurrency() <= 32) {
                goals.add(official(results, workload, "ops/s", 1.3, false, Measurement::operationsPerSecond));
                goals.add(official(results, workload, "CPU per op", 0.65, true, Measurement::cpuMicrosPerOperation));
            }
            goals.add(floor(results, workload));
            if (workload.id().startsWith("get-100-")) {
                goals.add(new Goal(
                        workload.id() + ": bytes allocated per op",
                        workload.async() ? 450 : 350,
                        true,
                        Spread.of(results.figure(workload, Contenders.FILBERT, Measurement::bytesPerOperation))));
            }
        }
        goals.add(footprint(results, "cold JVM: connect + first get, to official", 0.35, Footprint::firstGetNanos));
        goals.add(new Goal("threads", 5, true, Spread.of(results.footprint(Contenders.FILBERT, Footprint::threads))));
        goals.add(footprint(results, "classes loaded, to official", 0.4, Goal::knownClasses));
        goals.add(new Goal("shipped jars, MB", 1.5, true, Spread.of(results.jarBytes(Contenders.FILBERT) / 1e6)));
        goals.removeIf(goal -> !goal.reached.isKnown());
        return goals;
    }

    static double knownClasses(Footprint footprint) {
        return footprint.classes() < 0 ? Double.NaN : footprint.classes();
    }

    private static Goal official(
            Results results,
            Workload workload,
            String what,
            double bound,
            boolean atMost,
            ToDoubleFunction<Measurement> figure) {
        return new Goal(
                workload.id() + ": " + what + ", to official",
                bound,
                atMost,
                ratio(results, workload, Contenders.OFFICIAL, figure));
    }

    private static Goal floor(Results results, Workload workload) {
        return new Goal(
                workload.id() + ": ops/s, to the floor",
                1 / FLOOR_TOLERANCE,
                false,
                ratio(results, workload, Contenders.FLOOR, Measurement::operationsPerSecond));
    }

    private static Goal footprint(Results results, String title, double bound, ToDoubleFunction<Footprint> figure) {
        return new Goal(
                title,
                bound,
                true,
                Spread.ofRatios(
                        results.footprint(Contenders.FILBERT, figure),
                        results.footprint(Contenders.OFFICIAL_UNTUNED, figure)));
    }

    /** Filbert's figure by another one's, round by round. */
    static Spread ratio(Results results, Workload workload, Contenders other, ToDoubleFunction<Measurement> figure) {
        return Spread.ofRatios(
                results.figure(workload, Contenders.FILBERT, figure), results.figure(workload, other, figure));
    }
}
