// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.runtime;

import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Runs completions and listeners: one thread, started when there is something to run and ended when there has not been for a
 * while.
 *
 * <p>The thread works through everything queued before it sleeps, so a burst of completions costs one wake-up. When a callback
 * blocks (legal: the replies it waits for are delivered by I/O threads) and others queue up behind it, {@link #relieve}, called
 * regularly by the client's timer, starts a further thread; the surplus ends itself when the queue runs dry. Callbacks that
 * must stay in order go through a {@link SerialExecutor}.
 *
 * <p>Thread-safe.
 */
public final class CallbackThreads implements Executor {

    private static final long KEEP_ALIVE_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** A callback that blocks for ever keeps its thread; this many of them and callbacks stop, with a warning. */
    private static final int MAX_THREADS = 64;

    private final ClientLog log;
    private final RareLog rareLog;
    private final ClientThreads owner;
    private final TaskQueue queue = new TaskQueue();
    private final AtomicReference<@Nullable Thread> sleeper = new AtomicReference<>();
    private final AtomicInteger threads = new AtomicInteger();
    private final AtomicInteger nextNumber = new AtomicInteger();
    private volatile long taken;
    private volatile boolean stopping;
    private final Runnable wakeTask = this::wake;
    private long takenAtLastLook;
    private boolean warned;

    public CallbackThreads(ClientLog log, ClientThreads owner) {
        this.log = log;
        this.rareLog = new RareLog(log);
        this.owner = owner;
    }

    @Override
    public void execute(Runnable task) {
        queue.add(task);
        if (!(Thread.currentThread() instanceof WorksInRounds rounds) || rounds.endOfRound() != wakeTask) {
            wake();
        }
    }

    /** For {@link WorksInRounds} threads of this client, to be run at the end of each round. */
    public Runnable wakeTask() {
        return wakeTask;
    }

    /** Has somebody work on what is queued. */
    private void wake() {
        if (queue.isEmpty()) {
            return;
        }
        Thread asleep = sleeper.get();
        if (asleep != null) {
            if (sleeper.compareAndSet(asleep, null)) {
                LockSupport.unpark(asleep);
            }
        } else if (threads.get() == 0 && threads.compareAndSet(0, 1)) {
            startThread();
        }
    }

    /**
     * Wakes the sleeping thread, or starts a further one, if nothing has moved since the last call although callbacks are waiting. For one
     * caller.
     */
    public void relieve() {
        long now = taken;
        boolean stuck = now == takenAtLastLook && !queue.isEmpty();
        takenAtLastLook = now;
        if (!stuck) {
            return;
        }
        if (sleeper.get() != null) {
            wake();
        } else if (threads.get() < MAX_THREADS) {
            threads.incrementAndGet();
            startThread();
        } else if (!warned) {
            warned = true;
            log.warning(
                    "All " + MAX_THREADS + " callback threads are blocked in callbacks; further completions wait. Let"
                            + " callbacks return, or give the client an executor of its own (option callbackExecutor)");
        }
    }

    private void startThread() {
        try {
            owner.thread("callback-" + nextNumber.incrementAndGet(), this::work).start();
        } catch (Throwable e) {
            // The task is queued and its caller has nothing to do with it.
            threads.decrementAndGet();
            rareLog.error(
                    "start",
                    "A callback thread could not be started; callbacks wait until one can. The next callback tries again, and"
                            + " the timer every 50 ms",
                    e);
        }
    }

    private void work() {
        try {
            workUntilIdle(Thread.currentThread());
        } finally {
            sleeper.compareAndSet(Thread.currentThread(), null);
            if (threads.decrementAndGet() == 0 && !queue.isEmpty() && threads.compareAndSet(0, 1)) {
                startThread();
            }
        }
    }

    private void workUntilIdle(Thread me) {
        while (true) {
            runQueued();
            if (!sleeper.compareAndSet(null, me)) {
                // Another thread already waits for work: this one was a relief and is done.
                break;
            }
            if (!queue.isEmpty() && sleeper.compareAndSet(me, null)) {
                continue;
            }
            if (!stopping) {
                LockSupport.parkNanos(this, KEEP_ALIVE_NANOS);
            }
            // Still registered means nobody called: time to end, unless the wake-up was spurious and work is there.
            if (sleeper.compareAndSet(me, null) && queue.isEmpty()) {
                break;
            }
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // a lost increment only delays relief by one look
    private void runQueued() {
        Runnable task;
        while ((task = queue.poll()) != null) {
            taken++;
            try {
                task.run();
            } catch (Throwable e) {
                rareLog.error("callback", "A callback failed", e);
            } finally {
                ClientThreads.clearInterrupt();
            }
        }
    }

    /** Lets the threads end once the queue is empty. Tasks that still come are run all the same. */
    public void shutdown() {
        stopping = true;
        Thread asleep = sleeper.get();
        if (asleep != null) {
            LockSupport.unpark(asleep);
        }
    }

    /** How many tasks wait now. */
    public int queued() {
        return queue.size();
    }

    /** How many threads there are now. */
    public int threadCount() {
        return threads.get();
    }
}
