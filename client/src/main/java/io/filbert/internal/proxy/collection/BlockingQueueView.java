// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.proxy.collection;

import io.filbert.collection.BlockingDistributedQueue;
import io.filbert.collection.DistributedQueue;
import io.filbert.error.OperationTimeoutException;
import io.filbert.error.SerializationException;
import io.filbert.internal.blocking.Await;
import io.filbert.internal.proxy.BulkChange;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Spliterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The blocking view of a queue: what the interface's default methods cannot give, which is waiting that can be interrupted without losing
 * an item, and the iterator. Thread-safe.
 */
final class BlockingQueueView<E> implements BlockingDistributedQueue<E> {

    /** How long a member is asked to wait at a time, and so how long an interruption may take. */
    private static final long SLICE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long FOR_EVER = Long.MAX_VALUE;

    /** One of the questions that make up a call: how long the member is to wait, and what is left until the call's deadline. */
    private interface Question<T extends @Nullable Object> {
        CompletableFuture<T> ask(Duration wait, Duration left);
    }

    private final QueueProxy<E> async;

    BlockingQueueView(QueueProxy<E> async) {
        this.async = async;
    }

    @Override
    public DistributedQueue<E> async() {
        return async;
    }

    // ---- waiting

    @Override
    public void put(E item) throws InterruptedException {
        offer(item, FOR_EVER, TimeUnit.NANOSECONDS);
    }

    @Override
    public boolean offer(E item, long timeout, TimeUnit unit) throws InterruptedException {
        Objects.requireNonNull(item, "item");
        return askInSlices("room", nanos(timeout, unit), (wait, left) -> async.offer(item, wait, left), done -> done);
    }

    @Override
    public E take() throws InterruptedException {
        return Objects.requireNonNull(poll(FOR_EVER, TimeUnit.NANOSECONDS));
    }

    @Override
    public @Nullable E poll(long timeout, TimeUnit unit) throws InterruptedException {
        return askInSlices("an item", nanos(timeout, unit), async::poll, item -> item != null);
    }

    /** Not negative, as queues of the JDK have it: what is subtracted from the smallest number becomes the largest. */
    private static long nanos(long timeout, TimeUnit unit) {
        return Math.max(0, unit.toNanos(timeout));
    }

    /** Asks once at least. An interruption is noticed between two questions, when no item can be on its way, and before one is sent. */
    private <T extends @Nullable Object> T askInSlices(
            String what, long nanos, Question<T> question, Function<T, Boolean> enough) throws InterruptedException {
        long begin = System.nanoTime();
        Duration deadline = async.deadline();
        long limit = deadline == null ? FOR_EVER : TimeUnit.NANOSECONDS.convert(deadline);
        long way = MemberWait.wayNanos(limit);
        for (boolean first = true; ; first = false) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            long passed = System.nanoTime() - begin;
            long left = limit - passed;
            if (!first && left <= way) {
                throw timeout(what, limit, null);
            }
            long wait = nanos == FOR_EVER ? SLICE_NANOS : Math.max(0, nanos - passed);
            long slice = Math.max(0, Math.min(Math.min(wait, SLICE_NANOS), left - way));
            T answer;
            try {
                answer = Await.withoutLoss(question.ask(Duration.ofNanos(slice), Duration.ofNanos(Math.max(1, left))));
            } catch (OperationTimeoutException e) {
                if (deadline != null) {
                    throw timeout(what, limit, e);
                }
                if (nanos == FOR_EVER && !e.isIndeterminate()) {
                    continue; // it was not sent, for want of a connection, and nobody said how long to wait for one
                }
                throw e;
            }
            if (enough.apply(answer)) {
                return answer;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (nanos != FOR_EVER && slice == wait) {
                return answer;
            }
        }
    }

    private OperationTimeoutException timeout(String what, long limit, @Nullable OperationTimeoutException last) {
        return new OperationTimeoutException(
                "Waiting for " + what + " of " + this + " did not end within " + TimeUnit.NANOSECONDS.toMillis(limit)
                        + " ms (withDeadline)" + (last == null ? "" : ": " + last.getMessage()),
                last,
                last != null && last.isIndeterminate());
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
        return addTo(target, async.drain());
    }

    @Override
    public int drainTo(Collection<? super E> target, int maxItems) {
        checkTarget(target);
        return maxItems <= 0 ? 0 : addTo(target, async.drain(maxItems));
    }

    /** Before anything is taken. */
    private void checkTarget(Collection<? super E> target) {
        Objects.requireNonNull(target, "target");
        if (target == this) {
            throw new IllegalArgumentException("A queue cannot be drained to itself");
        }
    }

    private static <E> int addTo(Collection<? super E> target, CompletableFuture<List<E>> drained) {
        List<E> items;
        try {
            items = Await.result(drained);
        } catch (SerializationException e) {
            QueueProxy.addReadable(target, e);
            throw e;
        }
        target.addAll(items);
        return items.size();
    }

    @Override
    public Iterator<E> iterator() {
        Iterator<FetchedItem<E>> snapshot = Await.result(async.fetchItems()).iterator();
        return new Iterator<>() {
            private @Nullable FetchedItem<E> last;

            @Override
            public boolean hasNext() {
                return snapshot.hasNext();
            }

            @Override
            public E next() {
                FetchedItem<E> next = snapshot.next();
                last = next;
                return next.item();
            }

            @Override
            public void remove() {
                if (last == null) {
                    throw new IllegalStateException("next() has not been called, or the item is removed already");
                }
                Await.result(async.remove(last.data()));
                last = null;
            }
        };
    }

    /** True only if an item was really removed, which somebody else may have taken meanwhile. */
    @Override
    public boolean removeIf(Predicate<? super E> filter) {
        Objects.requireNonNull(filter, "filter");
        BulkChange bulk = new BulkChange("removeIf of " + this, "items");
        for (FetchedItem<E> fetched : bulk.reading(() -> Await.result(async.fetchItems()))) {
            if (filter.test(fetched.item()) && bulk.writing(() -> Await.result(async.remove(fetched.data())))) {
                bulk.changed();
            }
        }
        return bulk.hasChanged();
    }

    /** Over a snapshot: the size of the queue is another one when the items arrive. */
    @Override
    public Spliterator<E> spliterator() {
        return Await.result(async.iterator()).spliterator();
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
