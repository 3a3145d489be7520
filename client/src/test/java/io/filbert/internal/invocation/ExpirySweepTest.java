// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.invocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.internal.runtime.ClientLog;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class ExpirySweepTest {

    private record Task(Runnable action, long delayNanos) {}

    private final Deque<Task> scheduled = new ArrayDeque<>();
    private final List<Long> looks = new ArrayList<>();
    private long now = 1_000;
    private boolean timerEnded;
    private boolean failing;
    private final ExpirySweep sweep =
            new ExpirySweep(new ClientLog("test", ExpirySweepTest.class), this::schedule, () -> now, this::look);

    private void schedule(Runnable action, long delayNanos) {
        if (timerEnded) {
            throw new RejectedExecutionException();
        }
        scheduled.add(new Task(action, delayNanos));
    }

    private void look(long moment) {
        looks.add(moment);
        if (failing) {
            throw new IllegalStateException("thrown by a test");
        }
    }

    /** Runs the oldest task, so much later than it should. */
    private void runNext(Duration late) {
        Task task = scheduled.remove();
        now += task.delayNanos() + late.toNanos();
        task.action().run();
    }

    private void runNext() {
        runNext(Duration.ZERO);
    }

    private static long millis(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }

    @Test
    void start_looksATenthOfTheShortestLimitApart() {
        sweep.start(Duration.ofMillis(500));
        runNext();
        runNext();

        assertThat(looks).containsExactly(1_000 + millis(50), 1_000 + millis(100));
    }

    @Test
    void start_veryLongAndVeryShortLimits_areBounded() {
        sweep.start(Duration.ofSeconds(Long.MAX_VALUE));
        assertThat(scheduled).extracting(Task::delayNanos).containsExactly(millis(100));

        sweep.watchClosely(Duration.ofNanos(1));
        assertThat(scheduled).extracting(Task::delayNanos).containsExactly(millis(100), millis(5));
    }

    @Test
    void watchClosely_shorterLimit_replacesTheLookThatWouldComeTooLate() {
        sweep.start(Duration.ofSeconds(10));
        sweep.watchClosely(Duration.ofMillis(100));
        runNext();
        assertThat(looks).as("looks of the one that was replaced").isEmpty();

        runNext();
        assertThat(looks).hasSize(1);
        assertThat(scheduled).extracting(Task::delayNanos).containsExactly(millis(10));

        sweep.watchClosely(Duration.ofSeconds(1));
        assertThat(scheduled).as("after a longer limit").hasSize(1);
    }

    @Test
    void look_afterTheProcessStoodStill_isPutOffOnce() {
        sweep.start(Duration.ofMillis(100));
        runNext(Duration.ofSeconds(60));
        assertThat(looks).as("looks before answers could be read").isEmpty();
        assertThat(scheduled).extracting(Task::delayNanos).containsExactly(millis(100));

        runNext(Duration.ofSeconds(60));
        assertThat(looks).as("a process that is slow all the time").hasSize(1);

        runNext();
        assertThat(looks).hasSize(2);
        runNext(Duration.ofSeconds(60));
        assertThat(looks).as("looks after it stood still again").hasSize(2);
    }

    @Test
    void look_somewhatLate_isNotPutOff() {
        sweep.start(Duration.ofMillis(100));
        runNext(Duration.ofMillis(900));

        assertThat(looks).hasSize(1);
    }

    @Test
    void look_failing_isRepeatedAllTheSame() {
        failing = true;
        sweep.start(Duration.ofMillis(100));
        runNext();
        runNext();

        assertThat(looks).hasSize(2);
    }

    @Test
    void stop_noLookFollows() {
        sweep.start(Duration.ofMillis(100));
        sweep.stop();
        runNext();

        assertThat(looks).isEmpty();
        assertThat(scheduled).isEmpty();
    }

    @Test
    void timerEnded_isNoFailure() {
        sweep.start(Duration.ofMillis(100));
        timerEnded = true;
        runNext();

        assertThat(looks).hasSize(1);
    }
}
