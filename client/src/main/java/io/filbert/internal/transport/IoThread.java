// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.transport;

import io.filbert.internal.blocking.NonBlocking;
import io.filbert.internal.runtime.ClientThreads;
import io.filbert.internal.runtime.WorksInRounds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One selector loop: connects, reads, and writes what callers queued.
 *
 * <p>Other threads reach it through {@link #execute} and {@link WireChannel}'s flush request; both wake the selector only if
 * the loop is about to sleep or asleep. The order that makes this safe: a producer publishes its work, then looks at
 * {@code awake}; the loop clears {@code awake}, then looks for work once more before it sleeps.
 */
public final class IoThread extends Thread implements NonBlocking, WorksInRounds {

    private static final Logger LOG = System.getLogger(IoThread.class.getName());

    private static final long PAUSE_AFTER_FAILURE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final ClientThreads threads;

    /** Null until the start. */
    private volatile @Nullable Selector selector;

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Queue<WireChannel> toFlush = new ConcurrentLinkedQueue<>();
    /** Confined to this thread. */
    private final Queue<WireChannel> toRead = new ArrayDeque<>();

    /** Kept, because a method reference in the loop would be an allocation for each reply. */
    private final Consumer<SelectionKey> handler = this::handle;

    private final AtomicBoolean awake = new AtomicBoolean(true);
    private final Runnable endOfRound;
    private volatile boolean stopping;
    /** Confined to this thread. */
    private boolean mayRunUserCode;

    /** One that belongs to no client. */
    public IoThread(String name, Runnable endOfRound) {
        this(new ClientThreads(name), "", endOfRound);
    }

    /**
     * Opens nothing yet: one that is never started leaves nothing behind.
     *
     * @param role what its name ends with
     * @param endOfRound called after each round of reading and writing
     */
    public IoThread(ClientThreads threads, String role, Runnable endOfRound) {
        super(null, null, threads.name(role), 0, false);
        this.threads = threads;
        this.endOfRound = endOfRound;
        threads.setUp(this);
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // called once, by one thread
    public void start() {
        Selector opened;
        try {
            opened = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot open a selector for thread " + getName(), e);
        }
        selector = opened;
        try {
            threads.beforeStart(this);
            super.start();
        } catch (Throwable e) {
            close(opened);
            throw e;
        }
    }

    private static void close(Selector selector) {
        try {
            selector.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "Closing a selector failed", e);
        }
    }

    Selector selector() {
        return Objects.requireNonNull(selector);
    }

    /** Runs the task on this thread, soon. After {@link #shutdown} tasks are dropped. */
    void execute(Runnable task) {
        tasks.add(task);
        wake();
    }

    /** Has the channel's queued messages written in the next round. */
    void flushSoon(WireChannel channel) {
        toFlush.add(channel);
        wake();
    }

    /** Has the channel read on in the next round, though the selector sees nothing to read. To be called on this thread. */
    void readSoon(WireChannel channel) {
        toRead.add(channel);
    }

    private void wake() {
        if (!awake.get() && awake.compareAndSet(false, true)) {
            selector().wakeup();
        }
    }

    @Override
    public boolean mayRunUserCode() {
        return mayRunUserCode;
    }

    @Override
    public void mayRunUserCode(boolean allowed) {
        mayRunUserCode = allowed;
    }

    @Override
    public Runnable endOfRound() {
        return endOfRound;
    }

    boolean isStopping() {
        return stopping;
    }

    /** Ends the loop; returns at once. Channels must have been closed before. */
    public void shutdown() {
        stopping = true;
        awake.set(true);
        Selector opened = selector;
        if (opened != null) {
            opened.wakeup();
        }
    }

    @Override
    public void run() {
        try {
            while (!stopping) {
                try {
                    round();
                } catch (ClosedSelectorException e) {
                    break;
                } catch (Throwable e) {
                    // Whatever it is, ending the loop would end all connections for good.
                    report("Unexpected failure in the I/O loop; going on", e);
                    pauseAfterFailure();
                }
            }
        } finally {
            end();
        }
    }

    private void round() throws IOException {
        // Code of the user that runs here may leave one; with it set, no select would sleep any more.
        ClientThreads.clearInterrupt();
        Selector opened = selector();
        awake.set(false);
        boolean work = !tasks.isEmpty() || !toFlush.isEmpty() || !toRead.isEmpty();
        if (work) {
            awake.set(true);
            opened.selectNow(handler);
        } else {
            opened.select(handler);
            awake.set(true);
        }
        readChannels();
        runTasks();
        flushChannels();
        endOfRound.run();
    }

    /** Reporting must not fail where memory has run out: this thread would end. */
    private static void report(String what, @Nullable Throwable failure) {
        try {
            LOG.log(Level.ERROR, what, failure);
        } catch (Throwable e) {
            // There is nothing left to report it with.
        }
    }

    /** If the selector itself fails, it fails at once the next time: the loop must not take a processor for itself. */
    private void pauseAfterFailure() {
        if (!stopping) {
            LockSupport.parkNanos(this, PAUSE_AFTER_FAILURE_NANOS);
        }
    }

    private void end() {
        if (!stopping) {
            stopping = true;
            report("The I/O thread ends though the client is not shut down: its connections are closed", null);
        }
        attempt(this::runTasks);
        attempt(endOfRound);
        // Channels that nobody closed: connections that had not been admitted anywhere yet.
        attempt(() -> {
            for (SelectionKey key : selector().keys()) {
                ((WireChannel) key.attachment()).close("The client is shut down", null);
            }
        });
        attempt(endOfRound);
        close(selector());
    }

    private static void attempt(Runnable step) {
        try {
            step.run();
        } catch (Throwable e) {
            report("Ending the I/O loop failed in part", e);
        }
    }

    private void handle(SelectionKey key) {
        // From here on producers need not wake the selector: tasks and flushes are looked at after the keys.
        awake.lazySet(true);
        WireChannel channel = (WireChannel) key.attachment();
        if (key.isValid()) {
            channel.onReady(key);
        }
    }

    private void readChannels() {
        for (int i = toRead.size(); i > 0; i--) {
            WireChannel channel = toRead.poll();
            if (channel != null) {
                channel.readOn();
            }
        }
    }

    private void runTasks() {
        Runnable task;
        while ((task = tasks.poll()) != null) {
            try {
                task.run();
            } catch (Throwable e) {
                report("A task of the I/O loop failed", e);
            }
        }
    }

    private void flushChannels() {
        // Only those that are there now: a channel whose turn is over comes back for the next round.
        for (int i = toFlush.size(); i > 0; i--) {
            WireChannel channel = toFlush.poll();
            if (channel != null) {
                channel.flushQueued();
            }
        }
    }
}
