// SPDX-License-Identifier: Apache-2.0
package io.filbert.collection;

import io.filbert.cluster.BlockingDistributedObject;
import io.filbert.internal.blocking.Await;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * A {@link DistributedQueue} as a {@link BlockingQueue}: each method calls the one of the same name there, where it is explained, and waits
 * for the answer.
 *
 * <p><b>Interruption.</b> {@link #take()}, {@link #put}, and the methods with a timeout ask the member for at most a second at a time. An
 * interrupted thread waits for the answer to the last question, so that no item is lost: if an item came with it the method returns it, the
 * interrupt flag set; else it throws {@link InterruptedException}. So an interruption is noticed within a second, and at once while the
 * question could not be sent yet, as without a connection. Only a member that owes its answer delays it further: until the connection is
 * given up ({@code heartbeatTimeout}) or the question's time is over ({@code invocationTimeout}, or the deadline). Then whether an item was
 * taken or added is unknown, and the method throws the error that says so ({@link io.filbert.error.HazelcastException#isIndeterminate()}), the
 * interrupt flag set.
 *
 * <p><b>Deadline.</b> With {@link #withDeadline} these methods end by that time, however long they were told to wait, with {@link
 * io.filbert.error.OperationTimeoutException}. It is indeterminate only if the last question was not answered: the member is asked to wait a
 * quarter of the time less, or 250 ms if that is shorter, so that its last answer arrives in time.
 *
 * <p>{@link #iterator()} and {@link #toArray()} show the items of one moment. {@code equals} and {@code hashCode} are those of the object, and
 * {@code toString} does not go to the network.
 *
 * @param <E> type of the items
 */
public interface BlockingDistributedQueue<E> extends BlockingQueue<E>, BlockingDistributedObject {

    @Override
    DistributedQueue<E> async();

    @Override
    default boolean add(E item) {
        return Await.result(async().add(item));
    }

    @Override
    default boolean addAll(Collection<? extends E> items) {
        return !items.isEmpty() && Await.result(async().addAll(items));
    }

    @Override
    default boolean offer(E item) {
        return Await.result(async().offer(item));
    }

    @Override
    default @Nullable E peek() {
        return Await.result(async().peek());
    }

    @Override
    default @Nullable E poll() {
        return Await.result(async().poll());
    }

    /** See {@link DistributedQueue#drain()}. */
    default List<E> drain() {
        return Await.result(async().drain());
    }

    /** See {@link DistributedQueue#drain(int)}. */
    default List<E> drain(int maxItems) {
        return Await.result(async().drain(maxItems));
    }

    @Override
    default int drainTo(Collection<? super E> target) {
        return Await.result(async().drainTo(target));
    }

    @Override
    default int drainTo(Collection<? super E> target, int maxItems) {
        return Await.result(async().drainTo(target, maxItems));
    }

    @Override
    @SuppressWarnings("unchecked") // an item of another type is legal here and simply not found, as is null
    default boolean contains(@Nullable Object item) {
        return item != null && Await.result(async().contains((E) item));
    }

    @Override
    @SuppressWarnings("unchecked") // as in contains
    default boolean containsAll(Collection<?> items) {
        List<?> present = withoutNulls(items);
        return present.size() == items.size() && Await.result(async().containsAll((List<? extends E>) present));
    }

    @Override
    @SuppressWarnings("unchecked") // as in contains
    default boolean remove(@Nullable Object item) {
        return item != null && Await.result(async().remove((E) item));
    }

    @Override
    @SuppressWarnings("unchecked") // as in contains
    default boolean removeAll(Collection<?> items) {
        return Await.result(async().removeAll((List<? extends E>) withoutNulls(items)));
    }

    @Override
    @SuppressWarnings("unchecked") // as in contains
    default boolean retainAll(Collection<?> items) {
        return Await.result(async().retainAll((List<? extends E>) withoutNulls(items)));
    }

    private static List<?> withoutNulls(Collection<?> items) {
        return items.stream().filter(Objects::nonNull).toList();
    }

    @Override
    default void clear() {
        Await.result(async().clear());
    }

    @Override
    default int size() {
        return Await.result(async().size());
    }

    @Override
    default boolean isEmpty() {
        return Await.result(async().isEmpty());
    }

    @Override
    default int remainingCapacity() {
        return Await.result(async().remainingCapacity());
    }

    /** See {@link DistributedQueue#addListener}. */
    default UUID addListener(ItemListener<? super E> listener, boolean includeValue) {
        return Await.result(async().addListener(listener, includeValue));
    }

    /** See {@link DistributedQueue#removeListener}. */
    default boolean removeListener(UUID registrationId) {
        return Await.result(async().removeListener(registrationId));
    }

    /** See {@link DistributedQueue#withDeadline}. */
    @Override
    default BlockingDistributedQueue<E> withDeadline(Duration deadline) {
        return async().withDeadline(deadline).blocking();
    }
}
