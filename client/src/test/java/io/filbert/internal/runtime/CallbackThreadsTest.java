// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CallbackThreadsTest {

    private volatile boolean noThreads;
    private final CallbackThreads callbacks = new CallbackThreads(
            new ClientLog("test", CallbackThreads.class),
            new ClientThreads("callbacks-of-a-test", true, null, thread -> {
                if (noThreads) {
                    throw new OutOfMemoryError("unable to create native thread");
                }
            }));
    private final CountDownLatch blocked = new CountDownLatch(1);

    @AfterEach
    void endThreads() {
        blocked.countDown();
        callbacks.shutdown();
        Eventually.holds("no callback threads left", () -> callbacks.threadCount() == 0);
    }

    private void block() {
        CountDownLatch entered = new CountDownLatch(1);
        callbacks.execute(() -> {
            entered.countDown();
            try {
                blocked.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Eventually.holds("a blocked callback", () -> entered.getCount() == 0);
    }

    @Test
    void threadCount_nothingExecutedYet_isZero() {
        assertThat(callbacks.threadCount()).isZero();
    }

    @Test
    void execute_manyTasks_runInOrderOnOneDaemonThread() {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        List<Integer> ran = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 1_000; i++) {
            int number = i;
            callbacks.execute(() -> {
                threads.add(Thread.currentThread());
                ran.add(number);
            });
        }

        Eventually.holds("all tasks run", () -> ran.size() == 1_000);
        assertThat(ran).isSorted();
        assertThat(threads).hasSize(1).allSatisfy(thread -> {
            assertThat(thread.isDaemon()).isTrue();
            assertThat(thread.getName()).startsWith("filbert-callbacks-of-a-test-callback-");
        });
        assertThat(callbacks.threadCount()).isEqualTo(1);
    }

    @Test
    void execute_taskThrows_theThreadGoesOn() {
        AtomicInteger ran = new AtomicInteger();
        callbacks.execute(() -> {
            throw new AssertionError("thrown on purpose");
        });
        callbacks.execute(ran::incrementAndGet);

        Eventually.holds("the task behind", () -> ran.get() == 1);
    }

    @Test
    void relieve_callbackBlocks_othersGetAThreadThatEndsAgain() {
        block();
        AtomicInteger ran = new AtomicInteger();
        callbacks.execute(ran::incrementAndGet);

        Eventually.holds("relief", () -> {
            callbacks.relieve();
            return ran.get() == 1;
        });
        assertThat(callbacks.threadCount()).isGreaterThanOrEqualTo(2);
        blocked.countDown();
        Eventually.holds("one thread again", () -> callbacks.threadCount() == 1);
    }

    @Test
    void relieve_nothingWaits_startsNothing() {
        block();

        for (int i = 0; i < 10; i++) {
            callbacks.relieve();
        }

        assertThat(callbacks.threadCount()).isEqualTo(1);
    }

    @Test
    void relieve_nothingEverExecuted_startsNothing() {
        callbacks.relieve();
        callbacks.relieve();

        assertThat(callbacks.threadCount()).isZero();
    }

    @Test
    void shutdown_idleThread_ends() {
        AtomicInteger ran = new AtomicInteger();
        callbacks.execute(ran::incrementAndGet);
        Eventually.holds("the task", () -> ran.get() == 1);

        callbacks.shutdown();

        Eventually.holds("no threads left", () -> callbacks.threadCount() == 0);
    }

    @Test
    void execute_afterShutdown_stillRunsAndLeavesNoThread() {
        callbacks.shutdown();
        AtomicInteger ran = new AtomicInteger();

        callbacks.execute(ran::incrementAndGet);

        Eventually.holds("the task", () -> ran.get() == 1);
        Eventually.holds("no threads left", () -> callbacks.threadCount() == 0);
    }

    @Test
    void execute_onAThreadThatWorksInRounds_waitsForTheEndOfTheRound() throws InterruptedException {
        AtomicInteger ran = new AtomicInteger();
        Rounds rounds = new Rounds(callbacks.wakeTask(), () -> {
            callbacks.execute(ran::incrementAndGet);
            callbacks.execute(ran::incrementAndGet);
        });
        rounds.start();
        rounds.join(TimeUnit.SECONDS.toMillis(10));

        Eventually.holds("both tasks", () -> ran.get() == 2);
    }

    @Test
    void execute_onAThreadThatWorksInRoundsForAnotherClient_wakesAtOnce() throws InterruptedException {
        AtomicInteger ran = new AtomicInteger();
        Rounds rounds = new Rounds(() -> {}, () -> callbacks.execute(ran::incrementAndGet));
        rounds.start();
        rounds.join(TimeUnit.SECONDS.toMillis(10));

        Eventually.holds("the task", () -> ran.get() == 1);
    }

    private static final class Rounds extends Thread implements WorksInRounds {

        private final Runnable endOfRound;

        Rounds(Runnable endOfRound, Runnable work) {
            this(endOfRound, work, true);
        }

        Rounds(Runnable endOfRound, Runnable work, boolean ends) {
            super(() -> {
                work.run();
                if (ends) {
                    endOfRound.run();
                }
            });
            this.endOfRound = endOfRound;
        }

        @Override
        public Runnable endOfRound() {
            return endOfRound;
        }
    }

    // Threads come and go all the time here: with shutdown announced no thread sleeps.
    @Test
    @Timeout(60)
    void race_executeAgainstThreadsThatEnd_nothingIsLost() throws InterruptedException {
        callbacks.shutdown();
        executeFromManyThreads();
    }

    @Test
    @Timeout(60)
    void race_executeAgainstSleepAndRelief_nothingIsLost() throws InterruptedException {
        Thread relief = new Thread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                callbacks.relieve();
                Thread.onSpinWait();
            }
        });
        relief.start();
        executeFromManyThreads();
        relief.interrupt();
        relief.join();
    }

    private void executeFromManyThreads() throws InterruptedException {
        int producers = 3;
        int tasks = 4_000;
        AtomicInteger ran = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int p = 0; p < producers; p++) {
            Thread thread = new Thread(() -> {
                for (int i = 0; i < tasks; i++) {
                    callbacks.execute(ran::incrementAndGet);
                    if (i % 50 == 0) {
                        // Lets the callback thread run dry and fall asleep, or end.
                        int seen = ran.get();
                        for (int spin = 0; spin < 2_000 && ran.get() < seen + 40; spin++) {
                            Thread.onSpinWait();
                        }
                    }
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        Eventually.holds("all tasks run", () -> ran.get() == producers * tasks);
    }

    @Test
    void execute_threadCannotBeStarted_neitherThrowsNorLosesTheTask() {
        AtomicInteger ran = new AtomicInteger();
        noThreads = true;
        callbacks.execute(ran::incrementAndGet);
        callbacks.execute(ran::incrementAndGet);
        assertThat(callbacks.threadCount()).isZero();

        noThreads = false;
        Eventually.holds("both tasks", () -> {
            callbacks.relieve();
            return ran.get() == 2;
        });
    }

    /** A wake-up that is missing, for whatever reason, used to be noticed when the thread looked by itself, after ten seconds. */
    @Test
    void relieve_threadSleepsAlthoughTasksWait_wakesIt() throws InterruptedException {
        AtomicInteger ran = new AtomicInteger();
        callbacks.execute(ran::incrementAndGet);
        Eventually.holds("the first task", () -> ran.get() == 1);
        Rounds unfinished = new Rounds(callbacks.wakeTask(), () -> callbacks.execute(ran::incrementAndGet), false);
        unfinished.start();
        unfinished.join(TimeUnit.SECONDS.toMillis(10));
        long begin = System.nanoTime();

        Eventually.holds("the second task", () -> {
            callbacks.relieve();
            return ran.get() == 2;
        });

        assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(5));
    }

    @Test
    void execute_taskLeavesTheThreadInterrupted_theNextOneIsNot() {
        List<Boolean> interrupted = Collections.synchronizedList(new ArrayList<>());
        callbacks.execute(() -> {
            interrupted.add(Thread.currentThread().isInterrupted());
            Thread.currentThread().interrupt();
        });
        callbacks.execute(() -> interrupted.add(Thread.currentThread().isInterrupted()));

        Eventually.holds("both tasks", () -> interrupted.size() == 2);
        assertThat(interrupted).containsExactly(false, false);
    }
}
