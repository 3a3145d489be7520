// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.invocation;

import io.filbert.internal.runtime.ClientLog;
import io.filbert.internal.runtime.RareLog;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Has calls ended whose time is over, by looking at all of them again and again: as often as a tenth of the shortest time limit in
 * use. A timer for each call would cost more than the call.
 *
 * <p>After the whole process stood still (suspended, or starved of processor time) the answers that came meanwhile have not been read
 * yet. Then the next look is put off once, so that calls get their answers and do not fail because nobody was there to take them.
 *
 * <p>Thread-safe.
 */
final class ExpirySweep {

    private static final long LONGEST_PERIOD_NANOS = Duration.ofMillis(100).toNanos();
    private static final long SHORTEST_PERIOD_NANOS = Duration.ofMillis(5).toNanos();
    private static final long STOOD_STILL_NANOS = Duration.ofSeconds(1).toNanos();

    /** Runs a task later, once. */
    interface Timer {

        /** @throws RejectedExecutionException if it has ended */
        void schedule(Runnable task, long delayNanos);
    }

    private final ClientLog log;
    private final RareLog rareLog;
    private final Timer timer;
    private final LongSupplier clock;
    private final LongConsumer endExpired;
    private final AtomicLong periodNanos = new AtomicLong(LONGEST_PERIOD_NANOS);
    private volatile boolean stopped;

    /**
     * @param clock as {@link System#nanoTime}
     * @param endExpired gets the time, and ends the calls that should have ended by then
     */
    ExpirySweep(ClientLog log, Timer timer, LongSupplier clock, LongConsumer endExpired) {
        this.log = log;
        this.rareLog = new RareLog(log);
        this.timer = timer;
        this.clock = clock;
        this.endExpired = endExpired;
    }

    /** @param shortest of the time limits that are known from the start */
    void start(Duration shortest) {
        periodNanos.accumulateAndGet(periodFor(shortest), Math::min);
        schedule(periodNanos.get(), periodNanos.get(), false);
    }

    /** Time limits this short will be used, too. */
    void watchClosely(Duration limit) {
        long wanted = periodFor(limit);
        long before = periodNanos.getAndAccumulate(wanted, Math::min);
        if (wanted < before) {
            // The look that is scheduled may come too late; this one replaces it.
            schedule(wanted, wanted, false);
        }
    }

    void stop() {
        stopped = true;
    }

    private static long periodFor(Duration limit) {
        return Math.max(SHORTEST_PERIOD_NANOS, CallOptions.nanos(limit) / 10);
    }

    private void schedule(long period, long delay, boolean putOff) {
        long due = clock.getAsLong() + delay;
        try {
            timer.schedule(() -> look(period, due, putOff), delay);
        } catch (RejectedExecutionException e) {
            log.debug(() -> "The timer has ended, deadlines are not watched any more");
        }
    }

    private void look(long period, long due, boolean putOff) {
        if (stopped || period != periodNanos.get()) {
            return;
        }
        long now = clock.getAsLong();
        if (!putOff && now - due > STOOD_STILL_NANOS) {
            schedule(period, LONGEST_PERIOD_NANOS, true);
            return;
        }
        try {
            endExpired.accept(now);
        } catch (Throwable e) {
            rareLog.error("look", "Looking for expired calls failed", e);
        }
        schedule(period, period, false);
    }
}
