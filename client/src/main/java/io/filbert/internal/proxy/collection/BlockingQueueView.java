// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.proxy.collection;

import io.filbert.collection.BlockingDistributedQueue;
import io.filbert.collection.DistributedQueue;
import io.filbert.internal.blocking.Await;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The blocking view of a queue: what the interface's default methods cannot give, which is waiting that can be interrupted without losing
 * an item, and the iterator. Thread-safe.
 */
final class BlockingQueueView<E> implements BlockingDistributedQueue<E> {

    /** How long a member is asked to wait at a time, and so how long an interruption may take. */
    private static final long SLICE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final DistributedQueue<E> async;

    BlockingQueueView(DistributedQueue<E> async) {
        this.async = async;
    }

    @Override
    public DistributedQueue<E> async() {
        return async;
    }

    // ---- waiting

    @Override
    public void put(E item) throws InterruptedException {
        Objects.requireNonNull(item, "item");
        while (!askInSlices(SLICE_NANOS, slice -> Await.withoutInterruption(async.offer(item, slice)), done -> done)) {
            // Still full.
        }
    }

    @Override
    public boolean offer(E item, long timeout, TimeUnit unit) throws InterruptedException {
        Objects.requireNonNull(item, "item");
        return askInSlices(
                unit.toNanos(timeout), slice -> Await.withoutInterruption(async.offer(item, slice)), done -> done);
    }

    @Override
    public E take() throws InterruptedException {
        while (true) {
            E item = poll(SLICE_NANOS, TimeUnit.NANOSECONDS);
            if (item != null) {
                return item;
            }
        }
    }

    @Override
    public @Nullable E poll(long timeout, TimeUnit unit) throws InterruptedException {
        return askInSlices(
                unit.toNanos(timeout), slice -> Await.withoutInterruption(async.poll(slice)), item -> item != null);
    }

    /** Asks once at least. An interruption is noticed between two questions, when no item can be on its way. */
    private static <T extends @Nullable Object> T askInSlices(
            long nanos, Function<Duration, T> question, Function<T, Boolean> enough) throws InterruptedException {
        long deadline = System.nanoTime() + Math.max(0, nanos);
        while (true) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            long left = deadline - System.nanoTime();
            T answer = question.apply(Duration.ofNanos(Math.max(0, Math.min(left, SLICE_NANOS))));
            if (enough.apply(answer) || left <= SLICE_NANOS) {
                if (!enough.apply(answer) && Thread.interrupted()) {
                    throw new InterruptedException();
                }
                return answer;
            }
        }
    }

    // ---- what a queue and a collection must have besides

    @Override
    public E remove() {
        E item = poll();
        if (item == null) {
            throw new NoSuchElementException(this + " is empty");
        }
        return item;
    }

    @Override
    public E element() {
        E item = peek();
        if (item == null) {
            throw new NoSuchElementException(this + " is empty");
        }
        return item;
    }

    @Override
    public int drainTo(Collection<? super E> target) {
        checkTarget(target);
        return addTo(target, drain());
    }

    @Override
    public int drainTo(Collection<? super E> target, int maxItems) {
        checkTarget(target);
        return maxItems <= 0 ? 0 : addTo(target, drain(maxItems));
    }

    /** Before anything is taken. */
    private void checkTarget(Collection<? super E> target) {
        Objects.requireNonNull(target, "target");
        if (target == this) {
            throw new IllegalArgumentException("A queue cannot be drained to itself");
        }
    }

    private static <E> int addTo(Collection<? super E> target, List<E> items) {
        target.addAll(items);
        return items.size();
    }

    @Override
    public Iterator<E> iterator() {
        Iterator<E> snapshot = Await.result(async.iterator()).iterator();
        return new Iterator<>() {
            private @Nullable E last;

            @Override
            public boolean hasNext() {
                return snapshot.hasNext();
            }

            @Override
            public E next() {
                E item = snapshot.next();
                last = item;
                return item;
            }

            @Override
            public void remove() {
                if (last == null) {
                    throw new IllegalStateException("next() has not been called, or the item is removed already");
                }
                BlockingQueueView.this.remove(last);
                last = null;
            }
        };
    }

    @Override
    public Object[] toArray() {
        return Await.result(async.iterator()).toArray();
    }

    @Override
    @SuppressWarnings("NullAway") // as Collection has it
    public <T> T[] toArray(T[] array) {
        return Await.result(async.iterator()).toArray(array);
    }

    @Override
    public String toString() {
        return "Blocking" + async;
    }
}
