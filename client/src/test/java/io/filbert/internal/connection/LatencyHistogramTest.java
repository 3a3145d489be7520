// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.metrics.LatencyDistribution;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {

    @Test
    void bucketOf_andEnd_fitTogetherOverTheWholeRange() {
        long before = -1;
        for (int bucket = 0; bucket < 800; bucket++) {
            Duration end = LatencyHistogram.end(bucket);
            if (end.compareTo(Duration.ofNanos(Long.MAX_VALUE)) > 0) {
                assertThat(bucket).isEqualTo(799);
                break;
            }
            assertThat(LatencyHistogram.bucketOf(end.toNanos() - 1))
                    .as("last of bucket %d", bucket)
                    .isEqualTo(bucket);
            assertThat(LatencyHistogram.bucketOf(before + 1))
                    .as("first of bucket %d", bucket)
                    .isEqualTo(bucket);
            before = end.toNanos() - 1;
        }
        assertThat(LatencyHistogram.bucketOf(Long.MAX_VALUE)).isEqualTo(799);
    }

    @Test
    void percentiles_areNeverTooShort_andHardlyTooLong() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        LatencyHistogram histogram = new LatencyHistogram();
        long[] times = new long[10_000];
        for (int i = 0; i < times.length; i++) {
            times[i] = (long) Math.pow(10, 3 + 8 * random.nextDouble());
            histogram.record(times[i]);
        }
        Arrays.sort(times);

        LatencyDistribution distribution = histogram.distribution();

        assertThat(distribution.count()).isEqualTo(times.length);
        assertThat((double) distribution.total().toNanos())
                .isBetween(Arrays.stream(times).sum() * 0.99, (double)
                        Arrays.stream(times).sum());
        for (double percent : new double[] {0, 1, 50, 90, 99, 99.9, 100}) {
            long exact = times[Math.max(0, (int) Math.ceil(times.length * percent / 100) - 1)];
            assertThat(distribution.percentile(percent).toNanos())
                    .as("%s %% of times with seed %d", percent, seed)
                    .isBetween(exact, (long) (exact * 1.0625) + 1_024);
        }
    }

    @Test
    void record_beforeItBegan_isZero() {
        LatencyHistogram histogram = new LatencyHistogram();

        histogram.record(-5);

        assertThat(histogram.distribution().max()).isEqualTo(Duration.ofNanos(1_024));
        assertThat(histogram.distribution().total()).isZero();
    }

    @Test
    void add_isTheSumOfBoth() {
        LatencyHistogram one = new LatencyHistogram();
        LatencyHistogram other = new LatencyHistogram();
        one.record(2_000);
        other.record(2_000);
        other.record(5_000_000);

        one.add(other);

        assertThat(one.distribution().count()).isEqualTo(3);
        assertThat(one.distribution()).isEqualTo(other.distribution().plus(single(2_000)));
        assertThat(other.distribution().count()).isEqualTo(2);
    }

    private static LatencyDistribution single(long nanos) {
        LatencyHistogram histogram = new LatencyHistogram();
        histogram.record(nanos);
        return histogram.distribution();
    }
}
