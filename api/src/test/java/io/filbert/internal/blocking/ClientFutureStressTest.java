// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.blocking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Races of waiting, delivery, cancelling, giving up and interruption on one future, many rounds. In each round all threads start
 * together; then everybody who waited must have ended, and all must have seen the same.
 */
class ClientFutureStressTest {

    private static final int ROUNDS = 6_000;
    private static final int WAITERS = 3;
    private static final String CANCELLED = "cancelled";
    private static final String GAVE_UP = "gave up";

    private static final class Round {
        final TestFuture<String> future;
        final AtomicInteger dependentRuns = new AtomicInteger();
        final ConcurrentHashMap.KeySetView<String, Boolean> dependentThreads = ConcurrentHashMap.newKeySet();
        final int number;
        final boolean withDependents;
        final int waiters;
        final int impatienceNanos;
        /** 0: as it is, 1: undecoded, 2: undecoded, and something is missing at first. */
        final int form;

        final AtomicInteger decodings = new AtomicInteger();
        final int[] spins = new int[WAITERS + 2];
        final int[] ways = new int[WAITERS + 1];

        Round(int number, Random random, ExecutorService completions) {
            this.number = number;
            future = new TestFuture<>(completions);
            withDependents = random.nextBoolean();
            form = random.nextInt(3);
            waiters = 1 + random.nextInt(WAITERS);
            impatienceNanos = 1 + random.nextInt(80_000);
            int longest = random.nextBoolean() ? 200 : 2_000;
            for (int i = 0; i < spins.length; i++) {
                spins[i] = random.nextInt(longest);
            }
            for (int i = 0; i < ways.length; i++) {
                ways[i] = random.nextInt(8);
            }
            if (withDependents) {
                future.whenComplete((value, error) -> {
                    dependentThreads.add(Thread.currentThread().getName());
                    dependentRuns.incrementAndGet();
                });
            }
        }

        String expectedValue() {
            return "value " + number;
        }

        boolean deliver(ExecutorService pool) {
            return form == 0 ? future.deliver(expectedValue()) : future.deliverUndecoded(() -> decode(pool));
        }

        private String decode(ExecutorService pool) {
            if (decodings.incrementAndGet() < form) {
                throw new NotYet(() -> new CompletableFuture<Void>().completeAsync(() -> null, pool), new byte[0]);
            }
            return expectedValue();
        }

        /** One waiter's turn: what it saw. */
        String await(int waiter) throws Exception {
            if (waiter >= waiters) {
                return GAVE_UP;
            }
            spin(waiter);
            try {
                return switch (ways[waiter]) {
                    case 0, 1 -> future.get();
                    case 2 -> future.get(impatienceNanos, TimeUnit.NANOSECONDS);
                    case 3 -> future.get(10, TimeUnit.SECONDS);
                    case 4 -> Await.result(future);
                    case 5 -> awaitInterrupted();
                    default -> future.join();
                };
            } catch (CancellationException e) {
                return CANCELLED;
            } catch (TimeoutException e) {
                return ways[waiter] == 2 ? GAVE_UP : "lost";
            } catch (ExecutionException | CompletionException e) {
                return String.valueOf(e);
            }
        }

        private String awaitInterrupted() throws ExecutionException {
            Thread.currentThread().interrupt();
            try {
                return future.get();
            } catch (InterruptedException e) {
                return GAVE_UP;
            } finally {
                Thread.interrupted();
            }
        }

        void spin(int who) {
            for (int i = 0; i < spins[who]; i++) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    @Timeout(60)
    void raceOfWaitersDelivererAndCanceller_noWaiterIsLostAndAllSeeTheSame() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        ExecutorService completions = Executors.newSingleThreadExecutor(code -> new Thread(code, "completions"));
        ExecutorService pool = Executors.newFixedThreadPool(WAITERS + 2);
        CyclicBarrier together = new CyclicBarrier(WAITERS + 2);
        try {
            for (int i = 0; i < ROUNDS; i++) {
                Round round = new Round(i, random, completions);
                boolean cancels = round.ways[WAITERS] < 3;
                List<Future<String>> seen = new ArrayList<>();
                for (int w = 0; w < WAITERS; w++) {
                    int waiter = w;
                    seen.add(pool.submit(() -> {
                        together.await();
                        return round.await(waiter);
                    }));
                }
                Future<Boolean> delivered = pool.submit(() -> {
                    together.await();
                    round.spin(WAITERS);
                    return round.deliver(pool);
                });
                Future<Boolean> cancelled = pool.submit(() -> {
                    together.await();
                    round.spin(WAITERS + 1);
                    return cancels && round.future.cancel(true);
                });
                check(round, seen, delivered, cancelled, seed);
            }
        } finally {
            pool.shutdownNow();
            completions.shutdownNow();
        }
    }

    private static void check(
            Round round, List<Future<String>> seen, Future<Boolean> delivered, Future<Boolean> cancelled, long seed)
            throws Exception {
        String where = "round " + round.number + " of seed " + seed;
        boolean wasDelivered = delivered.get(20, TimeUnit.SECONDS);
        boolean wasCancelled = cancelled.get(20, TimeUnit.SECONDS);
        if (round.form == 0) {
            assertThat(wasDelivered).as("exactly one outcome in " + where).isNotEqualTo(wasCancelled);
        } else {
            assertThat(wasDelivered || wasCancelled)
                    .as("an outcome in " + where)
                    .isTrue();
        }
        assertThat(round.future.abandonments()).as("abandonments in " + where).isEqualTo(wasCancelled ? 1 : 0);
        String outcome = wasCancelled ? CANCELLED : round.expectedValue();
        for (int w = 0; w < WAITERS; w++) {
            assertThat(seen.get(w).get(20, TimeUnit.SECONDS))
                    .as("what waiter %s (way %s) saw in %s", w, round.ways[w], where)
                    .isIn(outcome, GAVE_UP);
        }
        if (round.withDependents) {
            Background.eventually("dependents in " + where, () -> round.dependentRuns.get() > 0);
            assertThat(round.dependentThreads)
                    .as("threads of dependents in " + where)
                    .containsExactly("completions");
        }
        Background.eventually(
                "the JDK's own completion in " + where,
                () -> round.future.toString().contains(wasCancelled ? "exceptionally" : "normally"));
        assertThat(round.dependentRuns.get()).isLessThanOrEqualTo(1);
        assertThat(round.decodings.get()).as("decodings in " + where).isLessThanOrEqualTo(round.form);
    }
}
