// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AckPauseTest {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final AckPause pause = new AckPause(now::get);

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void missed_firstTime_beginsAPauseThatEnds() {
        assertThat(pause.isOn()).isFalse();
        assertThat(pause.end()).isFalse();

        assertThat(pause.missed()).isTrue();

        assertThat(pause.isOn()).isTrue();
        pass(Duration.ofSeconds(29));
        assertThat(pause.end()).isFalse();
        pass(Duration.ofSeconds(1));
        assertThat(pause.end()).isTrue();
        assertThat(pause.isOn()).isFalse();
        assertThat(pause.end()).isFalse();
    }

    @Test
    void missed_duringAPause_neitherLengthensNorBeginsOne() {
        pause.missed();
        pass(Duration.ofSeconds(20));

        assertThat(pause.missed()).isFalse();

        pass(Duration.ofSeconds(10));
        assertThat(pause.end()).isTrue();
    }

    @Test
    void missed_soonAfterAPause_isTwiceAsLongUpToTenMinutes() {
        for (int seconds : new int[] {30, 60, 120, 240, 480, 600, 600}) {
            assertThat(pause.missed()).isTrue();
            assertThat(pause.length()).hasSeconds(seconds);
            pass(pause.length());
            assertThat(pause.end()).isTrue();
            pass(Duration.ofSeconds(5));
        }
    }

    @Test
    void missed_longAfterAPause_isShortAgain() {
        pause.missed();
        pass(pause.length());
        pause.end();
        pause.missed();
        pass(pause.length());
        pause.end();
        pass(Duration.ofSeconds(60));

        pause.missed();

        assertThat(pause.length()).hasSeconds(30);
    }
}
