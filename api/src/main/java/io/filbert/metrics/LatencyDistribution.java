// SPDX-License-Identifier: Apache-2.0
package io.filbert.metrics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How long something took, over many times: how often it took about how long. Immutable.
 *
 * <p>Buckets are narrow, at most a sixteenth of their bound, so a percentile is never too short, and at most 6.3 % and a microsecond too long.
 *
 * @param buckets those that are not empty, the shortest times first
 * @param total the sum of all times
 */
public record LatencyDistribution(List<Bucket> buckets, Duration total) {

    /**
     * Some of the times.
     *
     * @param atMost no time was longer; all were longer than the bound of the bucket before
     * @param count how many there were
     */
    public record Bucket(Duration atMost, long count) {}

    /** No times at all. */
    public static final LatencyDistribution EMPTY = new LatencyDistribution(List.of(), Duration.ZERO);

    /** Sorts the buckets and leaves out empty ones. */
    public LatencyDistribution {
        buckets = buckets.stream()
                .filter(bucket -> bucket.count() > 0)
                .sorted(Comparator.comparing(Bucket::atMost))
                .toList();
    }

    /** How many times there were. */
    public long count() {
        long count = 0;
        for (Bucket bucket : buckets) {
            count += bucket.count();
        }
        return count;
    }

    /** The average; zero if there is none. */
    public Duration mean() {
        long count = count();
        return count == 0 ? Duration.ZERO : total.dividedBy(count);
    }

    /**
     * The time that this share of all did not exceed; zero if there is none.
     *
     * @param percent such as 99.9; 0 gives the shortest, 100 the longest
     */
    public Duration percentile(double percent) {
        if (!(percent >= 0 && percent <= 100)) {
            throw new IllegalArgumentException("percent must be 0 to 100, but is " + percent);
        }
        long rank = Math.max(1, (long) Math.ceil(count() * percent / 100));
        Duration reached = Duration.ZERO;
        for (Bucket bucket : buckets) {
            reached = bucket.atMost();
            rank -= bucket.count();
            if (rank <= 0) {
                break;
            }
        }
        return reached;
    }

    /** The longest; zero if there is none. */
    public Duration max() {
        return percentile(100);
    }

    /** These times and those. */
    public LatencyDistribution plus(LatencyDistribution other) {
        return combined(other, 1);
    }

    /**
     * The times that were added since an earlier snapshot of the same figures, for rates and percentiles of an interval. Figures that began
     * anew meanwhile are not less than none.
     */
    public LatencyDistribution since(LatencyDistribution earlier) {
        return combined(earlier, -1);
    }

    private LatencyDistribution combined(LatencyDistribution other, int sign) {
        Map<Duration, Long> counts = new TreeMap<>();
        buckets.forEach(bucket -> counts.merge(bucket.atMost(), bucket.count(), Long::sum));
        other.buckets.forEach(bucket -> counts.merge(bucket.atMost(), sign * bucket.count(), Long::sum));
        List<Bucket> result = new ArrayList<>();
        counts.forEach((atMost, count) -> result.add(new Bucket(atMost, count)));
        Duration sum = total.plus(other.total.multipliedBy(sign));
        return new LatencyDistribution(result, sum.isNegative() ? Duration.ZERO : sum);
    }

    /** Count, mean and some percentiles, for a log. */
    @Override
    public String toString() {
        return count() + " times, mean " + micros(mean()) + ", 50 % " + micros(percentile(50)) + ", 99 % "
                + micros(percentile(99)) + ", 99.9 % " + micros(percentile(99.9)) + ", longest " + micros(max());
    }

    private static String micros(Duration time) {
        return time.toNanos() / 1_000 + " µs";
    }
}
