// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks.load;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Drives a contender through one workload, bounded by time and by a number of calls. Not thread-safe. */
public final class Load {

    /** A call that takes longer than this is a fault of the client, not a slow call. */
    static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Contender contender;
    private final Dataset dataset;
    private final Workload workload;

    /** @param dataset what the contender was told to use */
    public Load(Contender contender, Dataset dataset, Workload workload) {
        this.contender = contender;
        this.dataset = dataset;
        this.workload = workload;
    }

    /**
     * Runs until the first of the two bounds is reached.
     *
     * @throws IllegalStateException if a call failed, gave a wrong result or did not end
     */
    public Measurement run(Duration time, long mostOperations) throws InterruptedException {
        return workload.async()
                ? new AsyncLoad(contender, dataset, workload).run(time, mostOperations)
                : new BlockingLoad(contender, dataset, workload).run(time, mostOperations);
    }

    static Histogram histogram() {
        return new Histogram(2 * PATIENCE_NANOS, 3);
    }

    static Measurement measurement(long nanos, ProcessMeter meter, Histogram latencies) {
        return new Measurement(
                latencies.getTotalCount(),
                nanos,
                meter.cpuNanos(),
                meter.allocatedBytes(),
                latencies.getValueAtPercentile(50),
                latencies.getValueAtPercentile(99),
                latencies.getValueAtPercentile(99.9));
    }

    /** The next pseudo-random number; which keys are called must cost nothing. */
    static int scramble(int previous) {
        int x = previous;
        x ^= x << 13;
        x ^= x >>> 17;
        x ^= x << 5;
        return x;
    }

    static int toKey(int random, int keyCount) {
        return (int) (((random & 0xffff_ffffL) * keyCount) >>> 32);
    }

    static void check(Workload workload, int resultBytes) {
        int expected = workload.operation() == Operation.GET ? workload.valueBytes() : 0;
        if (resultBytes != expected) {
            throw new IllegalStateException(workload + " gave " + resultBytes + " bytes instead of " + expected);
        }
    }
}
