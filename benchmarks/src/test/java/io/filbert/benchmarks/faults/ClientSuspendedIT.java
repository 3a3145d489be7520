// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.config.ClientConfig;
import io.filbert.config.HeartbeatConfig;
import io.filbert.testkit.HazelcastMember;
import io.filbert.testkit.NoLeaks;
import io.filbert.testkit.faults.Fault;
import io.filbert.testkit.faults.FaultGround;
import io.filbert.testkit.faults.FaultReport;
import io.filbert.testkit.faults.FaultRun;
import io.filbert.testkit.faults.FaultTimes;
import io.filbert.testkit.faults.Figure;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A client with the heartbeats that every client has unless told otherwise, and stopped for longer than the timeout of these. Members are
 * more patient: they drop a client after five silent minutes (their property {@code hazelcast.client.max.no.heartbeat.seconds}). So nobody
 * may give up a connection.
 */
@NoLeaks
final class ClientSuspendedIT {

    private static final HeartbeatConfig HEARTBEAT =
            ClientConfig.builder().build().heartbeat();
    private static final Duration SUSPENSION = HEARTBEAT.timeout().plusSeconds(2);
    private static final Duration SOON = Duration.ofSeconds(10);

    /** More calls than are under way when the client stops: what is started in half a second. */
    private static final long UNDER_WAY = 110;

    private static final FaultTimes TIMES = new FaultTimes(
            Duration.ZERO,
            SUSPENSION,
            Duration.ofSeconds(40),
            Duration.ofSeconds(5),
            Duration.ofSeconds(3),
            HEARTBEAT.interval(),
            HEARTBEAT.timeout(),
            Duration.ofSeconds(1),
            Duration.ofSeconds(30));

    @Test
    @Timeout(300)
    @SuppressWarnings("SystemOut") // a record of how long recovery takes, for whoever reads the report of the tests
    void suspendedForLongerThanTheHeartbeatTimeout_keepsItsConnections_andGoesOn() throws InterruptedException {
        try (FaultGround ground = Fault.CLIENT_SUSPENDED.kind().open(true)) {
            List<HazelcastMember> members = ground.cluster().members();
            CompletableFuture<FaultRun.Outcome> run = CompletableFuture.supplyAsync(() -> FaultRun.of(
                    Fault.CLIENT_SUSPENDED, ground, TIMES, FilbertUnderTest.Factory.class, List.of("-Xmx256m")));
            Duration seen = longestPresence(members, run);
            FaultRun.Outcome outcome = run.join();
            System.out.println(
                    "seen by all members for " + seen + ": " + outcome.report().format());
            check(outcome);
            assertThat(seen)
                    .as("how long all members saw the client without a break; its log ends with:\n"
                            + outcome.clientLog())
                    .isGreaterThan(SUSPENSION);
        }
    }

    /** For how long, until the run is over, every look at the members found the client on all of them. */
    private static Duration longestPresence(List<HazelcastMember> members, CompletableFuture<?> run)
            throws InterruptedException {
        long longest = 0;
        long since = System.nanoTime();
        Set<UUID> before = Set.of();
        while (!isOver(run)) {
            Set<UUID> seen = new HashSet<>(members.get(0).clientUuids());
            members.forEach(member -> seen.retainAll(member.clientUuids()));
            if (seen.isEmpty() || !seen.equals(before)) {
                since = System.nanoTime();
            }
            longest = Math.max(longest, System.nanoTime() - since);
            before = seen;
        }
        return Duration.ofNanos(longest);
    }

    private static boolean isOver(CompletableFuture<?> run) throws InterruptedException {
        try {
            run.get(200, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true; // Who joins it hears why.
        }
    }

    private static void check(FaultRun.Outcome outcome) {
        FaultReport report = outcome.report();
        String story = "; " + report.format() + "\nThe client's log ends with:\n" + outcome.clientLog();
        for (Figure figure : List.of(
                Figure.HUNG,
                Figure.ENDED_TWICE,
                Figure.FOUND_NOTHING,
                Figure.LOST_WRITES,
                Figure.MESSAGES_MISSED,
                Figure.MESSAGES_TWICE,
                Figure.LAST_MESSAGES_MISSED,
                Figure.EVENTS_MISSED,
                Figure.EVENTS_TWICE,
                Figure.LAST_EVENTS_MISSED)) {
            assertThat(report.get(figure)).as(figure + story).isZero();
        }
        assertThat(outcome.clientLog())
                .contains("Authenticated with member")
                .as("no connection was given up")
                .doesNotContain("Removed Connection");
        assertThat(report.get(Figure.SUCCEEDED) + report.get(Figure.FAILED))
                .as("calls that ended" + story)
                .isEqualTo(report.get(Figure.CALLS));
        assertThat(report.get(Figure.FAILED))
                .as("calls that failed; only those whose deadline the suspension outlived may" + story)
                .isLessThan(UNDER_WAY);
        assertThat(report.get(Figure.SILENCE))
                .as("ms without success: the client really stood still" + story)
                .isGreaterThanOrEqualTo(SUSPENSION.toMillis());
        assertThat(report.get(Figure.SLOWEST_CALL))
                .as("ms of the slowest call" + story)
                .isLessThan(SUSPENSION.plus(SOON).toMillis());
        for (Figure figure : List.of(Figure.FIRST_SUCCESS, Figure.HEARS_AGAIN, Figure.WELL_AGAIN)) {
            assertThat(report.get(figure)).as(figure + " in ms" + story).isBetween(0L, SOON.toMillis());
        }
    }
}
