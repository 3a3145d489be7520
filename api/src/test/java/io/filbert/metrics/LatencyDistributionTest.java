// SPDX-License-Identifier: Apache-2.0
package io.filbert.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.metrics.LatencyDistribution.Bucket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyDistributionTest {

    private static Bucket upTo(long millis, long count) {
        return new Bucket(Duration.ofMillis(millis), count);
    }

    private static LatencyDistribution of(long totalMillis, Bucket... buckets) {
        return new LatencyDistribution(List.of(buckets), Duration.ofMillis(totalMillis));
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "50, 1", "50.1, 2", "90, 2", "90.1, 30", "99, 30", "100, 30"})
    void percentile_isTheBoundThatThisShareDidNotExceed(double percent, long millis) {
        LatencyDistribution times = of(60, upTo(1, 50), upTo(2, 40), upTo(30, 10));

        assertThat(times.percentile(percent)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 100.1, Double.NaN})
    void percentile_outOfRange_isRefused(double percent) {
        assertThatThrownBy(() -> LatencyDistribution.EMPTY.percentile(percent))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("percent must be 0 to 100, but is " + percent);
    }

    @Test
    void empty_hasZeroOfEverything() {
        assertThat(LatencyDistribution.EMPTY.count()).isZero();
        assertThat(LatencyDistribution.EMPTY.mean()).isZero();
        assertThat(LatencyDistribution.EMPTY.max()).isZero();
        assertThat(LatencyDistribution.EMPTY.percentile(50)).isZero();
    }

    @Test
    void constructor_sortsBuckets_andLeavesOutEmptyOnes() {
        assertThat(of(9, upTo(5, 1), upTo(3, 0), upTo(2, 2)).buckets()).containsExactly(upTo(2, 2), upTo(5, 1));
    }

    @Test
    void mean_isTheTotalOverTheCount() {
        assertThat(of(10, upTo(2, 3), upTo(9, 1)).mean()).isEqualTo(Duration.ofNanos(2_500_000));
    }

    @Test
    void since_isWhatWasAdded() {
        LatencyDistribution earlier = of(10, upTo(1, 2), upTo(4, 2));
        LatencyDistribution later = of(100, upTo(1, 2), upTo(4, 5), upTo(50, 1));

        assertThat(later.since(earlier)).isEqualTo(of(90, upTo(4, 3), upTo(50, 1)));
        assertThat(earlier.plus(later.since(earlier))).isEqualTo(later);
    }

    @Test
    void since_ofFiguresThatBeganAnew_isNotLessThanNone() {
        LatencyDistribution earlier = of(10, upTo(1, 2), upTo(4, 2));
        LatencyDistribution later = of(3, upTo(1, 3));

        assertThat(later.since(earlier)).isEqualTo(of(0, upTo(1, 1)));
    }

    @Test
    void toString_showsCountMeanAndPercentiles() {
        assertThat(of(10, upTo(2, 3), upTo(9, 1)))
                .hasToString("4 times, mean 2500 µs, 50 % 2000 µs, 99 % 9000 µs, 99.9 % 9000 µs, longest 9000 µs");
    }
}
