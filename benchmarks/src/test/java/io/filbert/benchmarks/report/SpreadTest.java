// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void of_oddNumber_takesTheMiddle() {
        assertThat(Spread.of(5, 1, 3)).isEqualTo(new Spread(3, 1, 5));
    }

    @Test
    void of_evenNumber_takesTheMeanOfTheMiddle() {
        assertThat(Spread.of(4, 1, 3, 2)).isEqualTo(new Spread(2.5, 1, 4));
    }

    @Test
    void of_unknownValues_leavesThemOut() {
        assertThat(Spread.of(Double.NaN, 2, Double.NaN)).isEqualTo(new Spread(2, 2, 2));
        assertThat(Spread.of(Double.NaN).isKnown()).isFalse();
        assertThat(Spread.of().isKnown()).isFalse();
    }

    @Test
    void ofRatios_pairsRounds() {
        // A disturbance that halves both in the second round must not show.
        assertThat(Spread.ofRatios(new double[] {20, 10, 22}, new double[] {10, 5, 10}))
                .isEqualTo(new Spread(2, 2, 2.2));
    }

    @Test
    void numbers_threeDigits() {
        assertThat(Numbers.plain(0.123)).isEqualTo("0.12");
        assertThat(Numbers.plain(12.34)).isEqualTo("12.3");
        assertThat(Numbers.plain(4_614)).isEqualTo("4,614");
        assertThat(Numbers.plain(5)).isEqualTo("5");
        assertThat(Numbers.plain(Double.NaN)).isEqualTo("–");
        assertThat(Numbers.rate(313_691)).isEqualTo("314 k");
        assertThat(Numbers.ratio(new Spread(1.234, 1, 2))).isEqualTo("**1.23** (1.00–2.00)");
    }
}
