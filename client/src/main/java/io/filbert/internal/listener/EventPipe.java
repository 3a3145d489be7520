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
 * listener that cannot keep up loses its own newest events, is told of the gap, and hurts nobody else. An event that cannot be decoded
 * yet holds up those behind it.
 *
 * <p>Thread-safe.
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
    private byte @Nullable [] inHand; // the first of those, while it is handed out
    private long bytes;
    private boolean scheduled;
    private boolean overflowing;
    private boolean closed;
    private long dropped;
    private long nextWarning = System.nanoTime();

    /** @param rareLog for what listeners of the same subject do again and again */
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

    /** Events may be missing at this point. Told once for several gaps in a row, unless the listener has been told of the first already. */
    void gap() {
        boolean start = false;
        lock.lock();
        try {
            byte[] last = waiting.peekLast();
            boolean toldNext = last != null && last.length == 0 && last != inHand;
            if (!closed && !toldNext) {
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

    /** Events dropped so far, because the listener did not keep up or they could not be read. */
    long dropped() {
        lock.lock();
        try {
            return dropped;
        } finally {
            lock.unlock();
        }
    }

    private void schedule() {
        callbacks.execute(this::turn);
    }

    private void turn() {
        for (int i = 0; i < EVENTS_PER_TURN; i++) {
            byte[] event = peek();
            if (event == null) {
                return;
            }
            if (!handOut(event)) {
                return;
            }
            remove(event);
        }
        // Others have a turn first.
        schedule();
    }

    /** The next event, which stays in the queue; null, and nobody scheduled any more, if there is none. */
    private byte @Nullable [] peek() {
        lock.lock();
        try {
            inHand = waiting.peek();
            if (inHand == null) {
                scheduled = false;
            }
            return inHand;
        } finally {
            lock.unlock();
        }
    }

    private void remove(byte[] event) {
        lock.lock();
        try {
            if (waiting.peek() == event) {
                waiting.remove();
                bytes -= event.length;
            }
            inHand = null;
        } finally {
            lock.unlock();
        }
    }

    /** Puts a gap in the place of an event that is never handed out. */
    private void skip(byte[] event) {
        lock.lock();
        try {
            if (waiting.peek() == event) {
                waiting.remove();
                waiting.addFirst(new byte[0]);
                bytes -= event.length;
                dropped++;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether the event is done with; if not, the turn is taken up again when what it needs has arrived. */
    private boolean handOut(byte[] event) {
        try {
            if (event.length == 0) {
                subscription.gap().run();
            } else {
                subscription.events().accept(new MessageReader().reset(event, 0, event.length));
            }
        } catch (NotYet signal) {
            signal.whenArrived((arrival, failure) -> {
                if (failure != null) {
                    rareLog.error(
                            "reading for the " + subscription.subject(),
                            "An event of the " + subscription.subject() + " cannot be read and is skipped",
                            failure);
                    skip(event);
                }
                schedule();
            });
            return false;
        } catch (Throwable e) {
            rareLog.error(
                    subscription.subject(),
                    "The " + subscription.subject() + " failed; its next events are delivered all the same",
                    e);
        } finally {
            ClientThreads.clearInterrupt();
        }
        return true;
    }
}
