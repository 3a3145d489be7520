// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.connection;

import io.filbert.metrics.LatencyDistribution;
import io.filbert.metrics.LatencyDistribution.Bucket;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts times by length, in fixed memory: buckets of a microsecond up to 16 µs, from there on sixteen for each doubling.
 *
 * <p>Recorded by one thread at a time, so nothing is contended and plain stores suffice; they are opaque, for others that read at any time.
 */
public final class LatencyHistogram {

    /** Times are counted in units of 1.024 µs: finer is noise, and a shift is no division. */
    private static final int UNIT_SHIFT = 10;

    private static final int STEP_BITS = 4;
    private static final int STEPS = 1 << STEP_BITS;
    private static final int BUCKETS = (Long.SIZE - UNIT_SHIFT - STEP_BITS) * STEPS;

    /** The sum is kept in units of 64 ns, so that it lasts for years of thousands of calls at a time. */
    private static final int TOTAL_SHIFT = 6;

    private static final VarHandle COUNT = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle TOTAL;

    static {
        try {
            TOTAL = MethodHandles.lookup().findVarHandle(LatencyHistogram.class, "total", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final long[] counts = new long[BUCKETS];
    private long total;

    /** For one thread at a time. */
    void record(long nanos) {
        long time = Math.max(nanos, 0);
        int bucket = bucketOf(time);
        COUNT.setOpaque(counts, bucket, counts[bucket] + 1);
        TOTAL.setOpaque(this, total + (time >>> TOTAL_SHIFT));
    }

    static int bucketOf(long nanos) {
        long units = nanos >>> UNIT_SHIFT;
        if (units < STEPS) {
            return (int) units;
        }
        int doubling = Long.SIZE - 1 - STEP_BITS - Long.numberOfLeadingZeros(units);
        return (doubling << STEP_BITS) + (int) (units >>> doubling);
    }

    /** All times in the bucket are shorter. */
    static Duration end(int bucket) {
        int doubling = Math.max((bucket >>> STEP_BITS) - 1, 0);
        long units = bucket - ((long) doubling << STEP_BITS) + 1;
        return Duration.ofNanos(1L << UNIT_SHIFT).multipliedBy(units << doubling);
    }

    /** Adds the counts of another one, which may be recording. */
    void add(LatencyHistogram other) {
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            counts[bucket] += (long) COUNT.getOpaque(other.counts, bucket);
        }
        total += (long) TOTAL.getOpaque(other);
    }

    /** For one that is not recording. */
    LatencyDistribution distribution() {
        List<Bucket> buckets = new ArrayList<>();
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            if (counts[bucket] > 0) {
                buckets.add(new Bucket(end(bucket), counts[bucket]));
            }
        }
        return new LatencyDistribution(
                buckets, Duration.ofNanos(1L << TOTAL_SHIFT).multipliedBy(total));
    }
}
