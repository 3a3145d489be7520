// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DeadlineTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    void poll_looksUntilItIsSo_orTheDeadlineHasPassed() {
        AtomicInteger looks = new AtomicInteger();
        assertThat(Deadline.after(LONG).poll(() -> looks.incrementAndGet() == 3))
                .isTrue();
        assertThat(looks).hasValue(3);
        assertThat(Deadline.after(Duration.ofMillis(10)).poll(() -> false)).isFalse();
    }

    @Test
    void poll_interrupted_endsEarlyAndKeepsTheFlag() {
        Thread.currentThread().interrupt();
        assertThat(Deadline.after(LONG).poll(() -> false)).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void pollUninterruptibly_goesOnAndKeepsTheFlag() {
        AtomicInteger looks = new AtomicInteger();
        Thread.currentThread().interrupt();
        boolean reached = Deadline.after(LONG).pollUninterruptibly(() -> {
            if (looks.get() == 1) {
                Thread.currentThread().interrupt();
            }
            return looks.incrementAndGet() == 5;
        });
        assertThat(Thread.interrupted()).isTrue();
        assertThat(reached).isTrue();
        assertThat(Deadline.after(Duration.ofMillis(10)).pollUninterruptibly(() -> false))
                .isFalse();
    }

    @Test
    void eventually_failsWithTheLastFailure() {
        AtomicInteger tries = new AtomicInteger();
        Eventually.passes(() -> assertThat(tries.incrementAndGet()).isEqualTo(3));
        assertThatThrownBy(() -> Eventually.passesWithin(Duration.ofMillis(10), () -> {
                    throw new IllegalStateException("not yet");
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessage("Not so within 10 ms: not yet")
                .hasCauseInstanceOf(IllegalStateException.class);
    }
}
