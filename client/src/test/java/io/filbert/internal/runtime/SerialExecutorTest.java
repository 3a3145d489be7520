// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SerialExecutorTest {

    private final Queue<Runnable> handed = new ArrayDeque<>();
    private final List<Throwable> failures = new ArrayList<>();
    private final List<Integer> ran = new ArrayList<>();
    private final SerialExecutor serial = new SerialExecutor(handed::add, failures::add);

    private void runHanded() {
        Runnable task;
        while ((task = handed.poll()) != null) {
            task.run();
        }
    }

    @Test
    void execute_severalTasks_runInOrderInOneTurn() {
        for (int i = 0; i < 10; i++) {
            int number = i;
            serial.execute(() -> ran.add(number));
        }

        assertThat(handed).as("turns").hasSize(1);
        runHanded();
        assertThat(ran).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    @Test
    void execute_afterATurn_startsAnother() {
        serial.execute(() -> ran.add(1));
        runHanded();
        serial.execute(() -> ran.add(2));
        runHanded();

        assertThat(ran).containsExactly(1, 2);
    }

    @Test
    void execute_moreThanATurnTakes_letsOthersHaveTheirs() {
        for (int i = 0; i < 200; i++) {
            int number = i;
            serial.execute(() -> ran.add(number));
        }
        Runnable turn = handed.remove();
        turn.run();

        assertThat(ran).hasSizeLessThan(200);
        assertThat(handed).as("the next turn is queued behind others").hasSize(1);
        runHanded();
        assertThat(ran).hasSize(200).isSorted();
    }

    @Test
    void execute_insideATask_runsAfterIt() {
        serial.execute(() -> {
            serial.execute(() -> ran.add(2));
            ran.add(1);
        });
        runHanded();

        assertThat(ran).containsExactly(1, 2);
    }

    @Test
    void execute_taskThrows_isReportedAndFollowingTasksRun() {
        IllegalStateException failure = new IllegalStateException("no");
        serial.execute(() -> {
            throw failure;
        });
        serial.execute(() -> ran.add(2));
        runHanded();

        assertThat(failures).containsExactly(failure);
        assertThat(ran).containsExactly(2);
    }

    @Test
    void execute_taskThrowsError_followingTasksRun() {
        AssertionError failure = new AssertionError("no");
        serial.execute(() -> {
            throw failure;
        });
        serial.execute(() -> ran.add(2));
        runHanded();
        serial.execute(() -> ran.add(3));
        runHanded();

        assertThat(failures).containsExactly(failure);
        assertThat(ran).containsExactly(2, 3);
    }

    @Test
    void enqueue_withoutStart_runsNothingYet() {
        serial.enqueue(() -> ran.add(1));

        assertThat(handed).isEmpty();
        serial.start();
        runHanded();
        assertThat(ran).containsExactly(1);
    }

    @Test
    void execute_delegateRefuses_throwsButTakesTheTaskWithTheNext() {
        boolean[] refuses = {true};
        SerialExecutor picky = new SerialExecutor(
                task -> {
                    if (refuses[0]) {
                        throw new RejectedExecutionException("full");
                    }
                    handed.add(task);
                },
                failures::add);
        assertThatThrownBy(() -> picky.execute(() -> ran.add(1))).isInstanceOf(RejectedExecutionException.class);
        refuses[0] = false;

        picky.execute(() -> ran.add(2));
        runHanded();

        assertThat(ran).containsExactly(1, 2);
    }

    @Test
    void execute_inlineDelegate_runsAtOnce() {
        SerialExecutor inline = new SerialExecutor(Runnable::run, failures::add);

        inline.execute(() -> ran.add(1));

        assertThat(ran).containsExactly(1);
    }

    @Test
    @Timeout(60)
    void race_manyProducers_oneAtATimeAndInOrder() throws Exception {
        int producers = 4;
        int tasks = 5_000;
        ExecutorService pool = Executors.newFixedThreadPool(producers + 3);
        try {
            AtomicInteger inside = new AtomicInteger();
            AtomicInteger overlaps = new AtomicInteger();
            List<List<Integer>> order = new ArrayList<>();
            SerialExecutor contended = new SerialExecutor(pool, failures::add);
            List<Future<?>> adding = new ArrayList<>();
            AtomicInteger done = new AtomicInteger();
            for (int p = 0; p < producers; p++) {
                List<Integer> mine = Collections.synchronizedList(new ArrayList<>());
                order.add(mine);
                adding.add(pool.submit(() -> {
                    for (int i = 0; i < tasks; i++) {
                        int number = i;
                        contended.execute(() -> {
                            if (inside.incrementAndGet() != 1) {
                                overlaps.incrementAndGet();
                            }
                            mine.add(number);
                            inside.decrementAndGet();
                            done.incrementAndGet();
                        });
                    }
                }));
            }
            for (Future<?> producer : adding) {
                producer.get(30, TimeUnit.SECONDS);
            }
            Eventually.holds("all tasks run", () -> done.get() == producers * tasks);
            assertThat(overlaps).hasValue(0);
            assertThat(order).allSatisfy(mine -> assertThat(mine).hasSize(tasks).isSorted());
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void runHere_delegateIsBusy_runsWhatIsQueuedOnThisThread() {
        serial.execute(() -> ran.add(1));
        serial.execute(() -> ran.add(2));

        serial.runHere();

        assertThat(ran).containsExactly(1, 2);
        runHanded();
        assertThat(ran).containsExactly(1, 2);
        serial.execute(() -> ran.add(3));
        runHanded();
        assertThat(ran).containsExactly(1, 2, 3);
    }

    @Test
    void runHere_insideOfATask_runsNothing() {
        serial.execute(() -> {
            assertThat(serial.isRunningHere()).isTrue();
            serial.enqueue(() -> ran.add(2));
            serial.runHere();
            ran.add(1);
        });
        runHanded();

        assertThat(failures).isEmpty();
        assertThat(ran).containsExactly(1, 2);
        assertThat(serial.isRunningHere()).isFalse();
    }

    @Test
    void execute_failuresThrow_laterTasksRunAllTheSame() {
        SerialExecutor fragile = new SerialExecutor(handed::add, failure -> {
            throw new AssertionError(failure);
        });
        fragile.execute(() -> {
            throw new IllegalStateException("thrown on purpose");
        });
        assertThatThrownBy(this::runHanded).isInstanceOf(AssertionError.class);
        fragile.execute(() -> ran.add(1));
        runHanded();

        assertThat(ran).containsExactly(1);
    }

    @Test
    @Timeout(60)
    void race_runHereAgainstTheDelegate_oneAtATimeAndNothingIsLost() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            AtomicInteger inside = new AtomicInteger();
            AtomicInteger overlaps = new AtomicInteger();
            AtomicInteger done = new AtomicInteger();
            SerialExecutor contended = new SerialExecutor(pool, failures::add);
            for (int i = 0; i < 20_000; i++) {
                contended.execute(() -> {
                    if (inside.incrementAndGet() != 1) {
                        overlaps.incrementAndGet();
                    }
                    inside.decrementAndGet();
                    done.incrementAndGet();
                });
                if (i % 3 == 0) {
                    contended.runHere();
                }
            }
            Eventually.holds("all tasks run", () -> done.get() == 20_000);
            assertThat(overlaps).hasValue(0);
        } finally {
            pool.shutdownNow();
        }
    }
}
