// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Threads that call, wait, and call again. Used once. */
final class BlockingLoad {

    private final Contender contender;
    private final Dataset dataset;
    private final Workload workload;
    private final CountDownLatch ready;
    private final CountDownLatch go = new CountDownLatch(1);
    private final CountDownLatch done;
    private final CountDownLatch measured = new CountDownLatch(1);
    private volatile long deadlineNanos;

    BlockingLoad(Contender contender, Dataset dataset, Workload workload) {
        this.contender = contender;
        this.dataset = dataset;
        this.workload = workload;
        ready = new CountDownLatch(workload.concurrency());
        done = new CountDownLatch(workload.concurrency());
    }

    Measurement run(Duration time, long mostOperations) throws InterruptedException {
        List<Caller> callers = new ArrayList<>();
        long each = Math.max(1, mostOperations / workload.concurrency());
        for (int i = 0; i < workload.concurrency(); i++) {
            Caller caller = new Caller(i, each);
            callers.add(caller);
            caller.start();
        }
        try {
            await(ready);
            ProcessMeter meter = new ProcessMeter();
            meter.start();
            long start = System.nanoTime();
            deadlineNanos = start + time.toNanos();
            go.countDown();
            if (!done.await(time.toNanos() + Load.PATIENCE_NANOS, TimeUnit.NANOSECONDS)) {
                throw new IllegalStateException(workload + ": " + done.getCount() + " callers did not end in time");
            }
            long nanos = System.nanoTime() - start;
            meter.stop();
            return Load.measurement(nanos, meter, merge(callers));
        } finally {
            // Before this the callers are kept alive, so that what they allocated can be counted.
            measured.countDown();
            go.countDown();
        }
    }

    private Histogram merge(List<Caller> callers) {
        Histogram all = Load.histogram();
        for (Caller caller : callers) {
            if (caller.failure != null) {
                throw new IllegalStateException(workload + " failed", caller.failure);
            }
            all.add(caller.latencies);
        }
        return all;
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        if (!latch.await(Load.PATIENCE_NANOS, TimeUnit.NANOSECONDS)) {
            throw new IllegalStateException("Callers did not start");
        }
    }

    /** Its fields are read after {@link #done} only. */
    private final class Caller extends Thread {

        private final int number;
        private final long mostCalls;
        private final Histogram latencies = Load.histogram();
        private @Nullable Throwable failure;

        Caller(int number, long mostCalls) {
            super("caller-" + number);
            this.number = number;
            this.mostCalls = mostCalls;
            setDaemon(true);
        }

        @Override
        public void run() {
            try {
                ready.countDown();
                go.await();
                callUntilDeadline();
            } catch (Throwable e) {
                failure = e;
            }
            done.countDown();
            try {
                measured.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void callUntilDeadline() {
            int random = number * 0x9E3779B9 + 1;
            long deadline = deadlineNanos;
            long now = System.nanoTime();
            for (long calls = 0; calls < mostCalls && deadline - now > 0; calls++) {
                random = Load.scramble(random);
                int bytes = contender.call(workload.operation(), Load.toKey(random, dataset.keyCount()), number);
                Load.check(workload, bytes);
                long end = System.nanoTime();
                latencies.recordValue(end - now);
                now = end;
            }
        }
    }
}
