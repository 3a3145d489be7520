// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks.load;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/** One thread that keeps a number of calls in flight. Used once, by that thread. */
final class AsyncLoad {

    private final Contender contender;
    private final Dataset dataset;
    private final Workload workload;
    private final Window window;
    private final Slot[] slots;
    private final boolean[] used;
    private final Histogram latencies = Load.histogram();

    AsyncLoad(Contender contender, Dataset dataset, Workload workload) {
        this.contender = contender;
        this.dataset = dataset;
        this.workload = workload;
        window = new Window(workload.concurrency());
        slots = new Slot[workload.concurrency()];
        used = new boolean[slots.length];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = new Slot(i, window);
        }
    }

    Measurement run(Duration time, long mostOperations) {
        ProcessMeter meter = new ProcessMeter();
        meter.start();
        long start = System.nanoTime();
        long deadline = start + time.toNanos();
        long now = start;
        int random = 1;
        for (long calls = 0; calls < mostOperations && deadline - now > 0; calls++) {
            Slot slot = take();
            random = Load.scramble(random);
            now = System.nanoTime();
            slot.startNanos = now;
            contender.start(workload.operation(), Load.toKey(random, dataset.keyCount()), slot);
        }
        for (int i = 0; i < slots.length; i++) {
            take();
        }
        long nanos = System.nanoTime() - start;
        meter.stop();
        return Load.measurement(nanos, meter, latencies);
    }

    /** A free slot; the call that was in it is accounted for. */
    private Slot take() {
        int index = window.take(Load.PATIENCE_NANOS);
        if (index < 0) {
            throw new IllegalStateException(
                    workload + ": " + (slots.length - window.free()) + " calls have not ended in time");
        }
        Slot slot = slots[index];
        if (used[index]) {
            if (slot.failure != null) {
                throw new IllegalStateException(workload + " failed", slot.failure);
            }
            Load.check(workload, slot.resultBytes);
            latencies.recordValue(slot.endNanos - slot.startNanos);
        }
        used[index] = true;
        return slot;
    }
}
