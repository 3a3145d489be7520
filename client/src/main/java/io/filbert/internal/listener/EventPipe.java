// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.listener;

import io.filbert.internal.blocking.NotYet;
import io.filbert.internal.connection.EventHandler;
import io.filbert.internal.protocol.MessageReader;
import io.filbert.internal.runtime.ClientLog;
import io.filbert.internal.runtime.ClientThreads;
import io.filbert.internal.runtime.RareLog;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The events of one listener, from the I/O threads to the callback executor: in order, one at a time, and never more than fit. A
 * listener that cannot keep up loses its own newest events, is notified of the gap, and hurts nobody else. An event that cannot be decoded
 * yet holds up those behind it; one that can never be decoded is dropped, counted, logged with the reason, and notified as a gap.
 *
 * <p>Thread-safe. At most one thread has the turn, see {@link #turn}.
 */
final class EventPipe implements EventHandler {

    private static final int EVENTS_PER_TURN = 64;
    private static final long WARNING_PERIOD_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final ClientLog log;
    private final RareLog rareLog;
    private final Subscription subscription;
    private final Executor callbacks;
    private final int maxEvents;
    private final long maxBytes;
    private final ReentrantLock lock = new ReentrantLock();

    // All guarded by the lock. An empty array stands for a gap.
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private long bytes;
    private boolean scheduled;
    private boolean overflowing;
    private boolean closed;
    private long dropped;
    private long nextWarning = System.nanoTime();

    /** Whether the listener is still to be notified of a gap. Touched by the thread that has the turn only. */
    private boolean gapPending;

    /** @param rareLog for what goes wrong with listeners of the same subject again and again */
    EventPipe(
            ClientLog log,
            RareLog rareLog,
            Subscription subscription,
            Executor callbacks,
            int maxEvents,
            long maxBytes) {
        this.log = log;
        this.rareLog = rareLog;
        this.subscription = subscription;
        this.callbacks = callbacks;
        this.maxEvents = maxEvents;
        this.maxBytes = maxBytes;
    }

    /** An event arrived. Called on an I/O thread. */
    @Override
    public void onEvent(MessageReader event) {
        add(event.copyMessage());
    }

    /** An event could not be taken: the listener misses it, and is notified of a gap. Called on an I/O thread. */
    @Override
    public boolean onLost(Throwable problem) {
        lock.lock();
        try {
            if (closed) {
                return true;
            }
            dropped++;
        } finally {
            lock.unlock();
        }
        gap();
        rareLog.warning(
                "taking for the " + subscription.subject(),
                "An event for the " + subscription.subject()
                        + " was dropped because it is too large or damaged (its onGap is called): "
                        + problem.getMessage());
        return true;
    }

    void add(byte[] event) {
        boolean start = false;
        long lost = 0;
        lock.lock();
        try {
            if (closed) {
                return;
            }
            if (waiting.size() >= maxEvents || (bytes + event.length > maxBytes && !waiting.isEmpty())) {
                lost = overflow();
            } else {
                overflowing = false;
                start = enqueue(event);
            }
        } finally {
            lock.unlock();
        }
        if (lost > 0) {
            log.warning(
                    "The " + subscription.subject() + " does not keep up: " + lost + " events were dropped since its"
                            + " registration. Return sooner from the listener, or hand its work to threads of your own");
        }
        if (start) {
            schedule();
        }
    }

    /** Under the lock: how many were dropped, if it is time to say so. */
    private long overflow() {
        dropped++;
        if (!overflowing) {
            overflowing = true;
            waiting.add(new byte[0]);
        }
        long now = System.nanoTime();
        if (now - nextWarning < 0) {
            return 0;
        }
        nextWarning = now + WARNING_PERIOD_NANOS;
        return dropped;
    }

    /** Under the lock: whether somebody must be asked to work. */
    private boolean enqueue(byte[] event) {
        waiting.add(event);
        bytes += event.length;
        if (scheduled) {
            return false;
        }
        scheduled = true;
        return true;
    }

    /** Events may be missing at this point. Several gaps in a row are one, unless the listener has been notified of the first already. */
    void gap() {
        boolean start = false;
        lock.lock();
        try {
            byte[] last = waiting.peekLast();
            boolean gapIsNext = last != null && last.length == 0;
            if (!closed && !gapIsNext) {
                start = enqueue(new byte[0]);
            }
        } finally {
            lock.unlock();
        }
        if (start) {
            schedule();
        }
    }

    /** No event is handed out any more, except one that is being handed out now. */
    void close() {
        lock.lock();
        try {
            closed = true;
            waiting.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Events dropped so far, because the listener did not keep up or they could not be decoded. */
    long dropped() {
        lock.lock();
        try {
            return dropped;
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private void schedule() {
        try {
            callbacks.execute(this::turn);
        } catch (Throwable e) {
            // Such as: no memory for a thread. The next event tries again.
            lock.lock();
            try {
                scheduled = false;
            } finally {
                lock.unlock();
            }
            rareLog.error(
                    "scheduling of the " + subscription.subject(),
                    "The " + subscription.subject() + " cannot be called now; its events wait for the next one",
                    e);
        }
    }

    private void turn() {
        for (int i = 0; i < EVENTS_PER_TURN; i++) {
            byte[] event = peek();
            if (event == null) {
                return;
            }
            if (event.length == 0) {
                remove(event);
                gapPending = true;
            } else if (!handOut(event)) {
                return;
            }
        }
        // Others have a turn first.
        schedule();
    }

    /** The next event, which stays in the queue; null, and nobody scheduled any more, if there is none. */
    private byte @Nullable [] peek() {
        byte[] next = peekOrEnd(!gapPending);
        if (next != null || !gapPending) {
            return next;
        }
        notifyOfGap();
        return peekOrEnd(true);
    }

    private byte @Nullable [] peekOrEnd(boolean mayEnd) {
        lock.lock();
        try {
            byte[] next = waiting.peek();
            if (next == null && mayEnd) {
                scheduled = false;
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    private boolean remove(byte[] event) {
        lock.lock();
        try {
            if (waiting.peek() != event) {
                return false;
            }
            waiting.remove();
            bytes -= event.length;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the event is done with; if not, the turn is taken up again when what it needs has arrived. */
    private boolean handOut(byte[] event) {
        Runnable delivery;
        try {
            delivery = subscription.events().decode(new MessageReader().reset(event, 0, event.length));
        } catch (NotYet signal) {
            notifyOfGap();
            return !waitFor(signal, event);
        } catch (Throwable e) {
            skip(event, e);
            return true;
        }
        if (delivery != null) {
            notifyOfGap();
            deliver(delivery);
        }
        remove(event);
        return true;
    }

    /** Whether the turn is taken up again when what the event needs has arrived; if that cannot be asked for, the event is dropped. */
    private boolean waitFor(NotYet signal, byte[] event) {
        try {
            signal.whenArrived((arrival, failure) -> {
                if (failure != null) {
                    skip(event, failure);
                }
                schedule();
            });
            return true;
        } catch (Throwable e) {
            // Such as: no memory for the request. The turn goes on, or nobody would ever have it again.
            skip(event, e);
            return false;
        }
    }

    /** An event that can never be decoded leaves a gap. */
    private void skip(byte[] event, Throwable reason) {
        if (!remove(event)) {
            return; // the listener was removed meanwhile
        }
        gapPending = true;
        lock.lock();
        try {
            dropped++;
        } finally {
            lock.unlock();
        }
        rareLog.error(
                "decoding for the " + subscription.subject(),
                "An event of the " + subscription.subject() + " cannot be decoded and is dropped: "
                        + (reason.getMessage() == null ? reason : reason.getMessage()),
                reason);
    }

    private void notifyOfGap() {
        if (gapPending) {
            gapPending = false;
            deliver(subscription.gap());
        }
    }

    /** Calls the listener, unless it was removed while the event was decoded. */
    private void deliver(Runnable delivery) {
        if (isClosed()) {
            return;
        }
        try {
            delivery.run();
        } catch (Throwable e) {
            rareLog.error(
                    subscription.subject(),
                    "The " + subscription.subject() + " failed; its next events are delivered all the same",
                    e);
        } finally {
            ClientThreads.clearInterrupt();
        }
    }
}
