// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.invocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.internal.blocking.NonBlocking;
import io.filbert.internal.runtime.Eventually;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class InFlightLimitTest {

    /** Larger than the bound of the race. */
    private static final int LARGE = 1_500;

    private static long in(long millis) {
        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** Starts the code and returns when its thread waits. */
    private static <T> WaitingTask<T> waiting(Callable<T> code) {
        FutureTask<T> task = new FutureTask<>(code);
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
        Eventually.holds("a thread that waits", () -> thread.getState() == Thread.State.TIMED_WAITING);
        return new WaitingTask<>(task, thread);
    }

    private record WaitingTask<T>(FutureTask<T> task, Thread thread) {
        T result() throws Exception {
            return task.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void acquire_withinBothBounds_succeedsAtOnce() throws InterruptedException {
        InFlightLimit limit = new InFlightLimit(2, 100);

        assertThat(limit.acquire(50, in(0))).isTrue();
        assertThat(limit.acquire(50, in(0))).isTrue();
        assertThat(limit.count()).isEqualTo(2);
        assertThat(limit.bytes()).isEqualTo(100);
    }

    @Test
    void acquire_tooManyUntilTheDeadline_failsAndTakesNothing() throws InterruptedException {
        InFlightLimit limit = new InFlightLimit(1, 100);
        limit.acquire(10, in(0));

        assertThat(limit.acquire(10, in(5))).isFalse();
        assertThat(limit.count()).isEqualTo(1);
        assertThat(limit.bytes()).isEqualTo(10);
    }

    @Test
    void acquire_tooManyBytesUntilTheDeadline_fails() throws InterruptedException {
        InFlightLimit limit = new InFlightLimit(10, 100);
        limit.acquire(60, in(0));

        assertThat(limit.acquire(41, in(5))).isFalse();
        assertThat(limit.acquire(40, in(5))).isTrue();
    }

    @Test
    void acquire_largerThanTheBoundButAlone_isLetThrough() throws InterruptedException {
        InFlightLimit limit = new InFlightLimit(10, 100);

        assertThat(limit.acquire(1_000, in(0))).isTrue();
        assertThat(limit.acquire(1, in(5)))
                .as("beside a request that fills the bound")
                .isFalse();
        limit.release(1_000);
        assertThat(limit.acquire(1, in(0))).isTrue();
        assertThat(limit.acquire(1_000, in(5))).as("not alone any more").isFalse();
    }

    @Test
    void release_whileACallerWaits_letsItThrough() throws Exception {
        InFlightLimit limit = new InFlightLimit(1, 100);
        limit.acquire(10, in(0));
        WaitingTask<Boolean> second = waiting(() -> limit.acquire(20, in(10_000)));

        limit.release(10);

        assertThat(second.result()).isTrue();
        assertThat(limit.count()).isEqualTo(1);
        assertThat(limit.bytes()).isEqualTo(20);
    }

    @Test
    void release_largeOneWaitsInFront_letsTheOneThatFitsThrough() throws Exception {
        InFlightLimit limit = new InFlightLimit(10, 100);
        limit.acquire(50, in(0));
        limit.acquire(50, in(0));
        WaitingTask<Boolean> large = waiting(() -> limit.acquire(90, in(10_000)));
        WaitingTask<Boolean> small = waiting(() -> limit.acquire(40, in(10_000)));

        limit.release(50);
        assertThat(small.result()).isTrue();
        assertThat(large.task().isDone()).isFalse();

        limit.release(50);
        limit.release(40);
        assertThat(large.result()).isTrue();
    }

    @Test
    void acquire_interruptedWhileWaiting_throwsAndTakesNothing() throws Exception {
        InFlightLimit limit = new InFlightLimit(1, 100);
        limit.acquire(10, in(0));
        WaitingTask<Boolean> second = waiting(() -> limit.acquire(20, in(10_000)));

        second.thread().interrupt();

        assertThatThrownBy(second::result).hasCauseInstanceOf(InterruptedException.class);
        assertThat(limit.count()).isEqualTo(1);
        assertThat(limit.bytes()).isEqualTo(10);
    }

    @Test
    void acquire_onAThreadThatMustNotWait_isRefusedAtOnce() throws Exception {
        InFlightLimit limit = new InFlightLimit(1, 100);
        limit.acquire(10, in(0));
        FutureTask<Boolean> attempt = new FutureTask<>(() -> limit.acquire(10, in(60_000)));
        new Deliverer(attempt).start();

        assertThat(attempt.get(10, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void toString_someInFlight_saysHowMany() throws InterruptedException {
        InFlightLimit limit = new InFlightLimit(5, 100);
        limit.acquire(10, in(0));

        assertThat(limit).hasToString("1 of 5 calls and 10 of 100 bytes in flight");
    }

    @Test
    @Timeout(60)
    void race_manyCallers_boundsHoldAndNothingLeaks() throws Exception {
        long seed = System.nanoTime();
        int maxCount = 4;
        long maxBytes = 1_000;
        InFlightLimit limit = new InFlightLimit(maxCount, maxBytes);
        AtomicInteger inside = new AtomicInteger();
        AtomicLong bytesInside = new AtomicLong();
        AtomicInteger violations = new AtomicInteger();
        AtomicInteger admitted = new AtomicInteger();
        int threads = 8;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                Random random = new Random(seed + t);
                running.add(pool.submit(() -> {
                    for (int i = 0; i < 2_000; i++) {
                        int size = random.nextInt(100) == 0 ? LARGE : random.nextInt(400);
                        long patience = random.nextInt(10) == 0 ? 0 : 10_000;
                        if (random.nextInt(50) == 0) {
                            Thread.currentThread().interrupt();
                        }
                        boolean taken = false;
                        try {
                            taken = limit.acquire(size, in(patience));
                        } catch (InterruptedException e) {
                            // On purpose.
                        }
                        Thread.interrupted();
                        if (taken) {
                            admitted.incrementAndGet();
                            int count = inside.incrementAndGet();
                            long bytes = bytesInside.addAndGet(size);
                            // Only one that is larger than the bound itself may exceed it, and only alone.
                            if (count > maxCount || (bytes > maxBytes && bytes != LARGE)) {
                                violations.incrementAndGet();
                            }
                            bytesInside.addAndGet(-size);
                            inside.decrementAndGet();
                            limit.release(size);
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> thread : running) {
                thread.get(50, TimeUnit.SECONDS);
            }
            assertThat(violations).as("moments over the bound, seed %s", seed).hasValue(0);
            assertThat(limit.count()).as("places left taken, seed %s", seed).isZero();
            assertThat(limit.bytes()).as("bytes left taken, seed %s", seed).isZero();
            assertThat(admitted.get()).isGreaterThan(threads * 1_000);
        } finally {
            pool.shutdownNow();
        }
    }

    /** The one rule that looks at both bounds at once: they must not be read one after the other. */
    @Test
    @Timeout(60)
    void race_largerThanTheBoundAgainstASmallOne_neverTogether() throws Exception {
        InFlightLimit limit = new InFlightLimit(4, 1_000);
        AtomicLong bytesInside = new AtomicLong();
        AtomicInteger violations = new AtomicInteger();
        // Threads that are refused at once, so that they meet often.
        ExecutorService pool = Executors.newFixedThreadPool(2, Deliverer::new);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int size : new int[] {LARGE, 300}) {
                running.add(pool.submit(() -> {
                    for (int i = 0; i < 1_000_000; i++) {
                        if (limit.acquire(size, in(0))) {
                            if (bytesInside.addAndGet(size) > LARGE) {
                                violations.incrementAndGet();
                            }
                            bytesInside.addAndGet(-size);
                            limit.release(size);
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> thread : running) {
                thread.get(50, TimeUnit.SECONDS);
            }
            assertThat(violations).as("moments with both").hasValue(0);
        } finally {
            pool.shutdownNow();
        }
    }

    private static final class Deliverer extends Thread implements NonBlocking {
        Deliverer(Runnable task) {
            super(task);
        }
    }
}
