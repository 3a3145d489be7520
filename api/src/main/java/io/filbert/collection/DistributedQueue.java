// SPDX-License-Identifier: Apache-2.0
package io.filbert.collection;

import io.filbert.cluster.DistributedObject;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A queue shared by all clients and members: first in, first out, as a whole on one member with its backups. {@link #blocking()} is the
 * same queue as a {@link java.util.concurrent.BlockingQueue}.
 *
 * <p><b>Items.</b> None may be null. Two items are the same if their serialized bytes are the same; {@code equals} is never asked.
 *
 * <p><b>Repetition.</b> Every method changes or reads the one order of all items, so none is sent again by itself when the connection is
 * lost before the answer: the future fails with {@link io.filbert.error.TargetDisconnectedException}, and whether an item was added or
 * taken is unknown. With {@code redoOperation(true)} calls are repeated, and an item may be added or taken twice.
 *
 * <p><b>Deadline.</b> Calls end by {@code invocationTimeout}. Those that wait for items or room may wait in addition for as long as they are
 * told; {@link #take} and {@link #put} wait for ever, unless {@link #withDeadline} says otherwise. With a deadline, the member is asked to
 * wait a little less (by a quarter, at most 250 ms), so that its answer comes in time. If it then fails with {@link
 * io.filbert.error.OperationTimeoutException}, nothing was added or taken, unless the error is indeterminate because no answer came at all.
 *
 * <p><b>Giving up.</b> Cancelling the future of a call that waits for an item abandons it: the member goes on waiting, and the item it hands
 * out then is lost. The same holds for {@code orTimeout}. So wait for a short time, with {@link #poll(Duration)} or a deadline, and
 * let each answer come; or use {@link BlockingDistributedQueue}, whose waiting can be interrupted without losing an item.
 *
 * <p><b>Items that cannot be read.</b> An item that was taken and cannot be deserialized is not in the queue any more: the error is a {@link
 * io.filbert.error.SerializationException} whose {@code wasCarriedOut()} is true, with the item's bytes in {@code rawResult()}. When several
 * are taken and some cannot be read, the others are delivered: {@code drainTo} adds them to the collection before it fails, and for all of
 * these methods {@code readableResults()} of the error has them.
 *
 * <p><b>Places in flight.</b> A call that waits for items or room is in flight as long as it waits. When as many wait as {@code maxInFlight}
 * allows, every other call of the client waits for a place. A thread that waits in {@link BlockingDistributedQueue} takes one, too.
 *
 * <p><b>Errors, threads.</b> Null arguments and negative times are refused with {@link NullPointerException} or {@link
 * IllegalArgumentException}, objects without serializer with {@link io.filbert.error.SerializationException}, in the calling thread. Other
 * errors arrive through the future, whose stages run on the callback executor. All methods are thread-safe and return without waiting for
 * the network.
 *
 * @param <E> type of the items
 */
public interface DistributedQueue<E> extends DistributedObject {

    /** Adds an item; fails with {@link IllegalStateException} if the queue is full. */
    CompletableFuture<Boolean> add(E item);

    /**
     * Adds items in the order of the collection, all or none; whether there were any. Fails with {@link IllegalStateException} if they do not
     * fit into the queue. They are sent in one request; if the heap has no room for it, the method throws {@link
     * io.filbert.error.SerializationException} and nothing is sent.
     */
    CompletableFuture<Boolean> addAll(Collection<? extends E> items);

    /** Adds an item if there is room; whether there was. */
    CompletableFuture<Boolean> offer(E item);

    /** Adds an item, waiting for room at most this long; whether there was. */
    CompletableFuture<Boolean> offer(E item, Duration timeout);

    /** Adds an item, waiting for room. */
    CompletableFuture<Void> put(E item);

    /** The first item, which stays; null if there is none. */
    CompletableFuture<@Nullable E> peek();

    /** Takes the first item; null if there is none. */
    CompletableFuture<@Nullable E> poll();

    /** Takes the first item, waiting for one at most this long; null if none came. */
    CompletableFuture<@Nullable E> poll(Duration timeout);

    /** Takes the first item, waiting for one. */
    CompletableFuture<E> take();

    /** Takes all items, in order. */
    CompletableFuture<List<E>> drain();

    /** Takes the first items, in order, at most so many. */
    CompletableFuture<List<E>> drain(int maxItems);

    /** Takes all items and adds them to the collection, in order, on the callback executor; how many they were. */
    CompletableFuture<Integer> drainTo(Collection<? super E> target);

    /** Takes the first items, at most so many, and adds them to the collection, on the callback executor; how many they were. */
    CompletableFuture<Integer> drainTo(Collection<? super E> target, int maxItems);

    /** All items in order, as a new list. */
    CompletableFuture<List<E>> iterator();

    /** Whether the item is in the queue. */
    CompletableFuture<Boolean> contains(E item);

    /** Whether all items are in the queue. */
    CompletableFuture<Boolean> containsAll(Collection<? extends E> items);

    /** Removes the first of the items that are equal to this one; whether there was one. */
    CompletableFuture<Boolean> remove(E item);

    /** Removes all items that are in the collection; whether there were any. */
    CompletableFuture<Boolean> removeAll(Collection<? extends E> items);

    /** Removes all items that are not in the collection; whether there were any. */
    CompletableFuture<Boolean> retainAll(Collection<? extends E> items);

    /** Removes all items. */
    CompletableFuture<Void> clear();

    /** The number of items. */
    CompletableFuture<Integer> size();

    /** Whether there is no item. */
    CompletableFuture<Boolean> isEmpty();

    /** How many items can be added before the queue is full. */
    CompletableFuture<Integer> remainingCapacity();

    /**
     * Registers a listener on all members. Survives the loss of connections.
     *
     * @param listener overrides at least one method that takes an event
     * @param includeValue whether events carry the item
     * @return the registration id
     */
    CompletableFuture<UUID> addListener(ItemListener<? super E> listener, boolean includeValue);

    /**
     * Removes a listener. When the future completes, no further call of the listener begins.
     *
     * @return whether there was a registration with this id
     */
    CompletableFuture<Boolean> removeListener(UUID registrationId);

    /**
     * The same queue, all of whose calls end after this time, {@link #take} and {@link #put} included. A call that would wait for longer
     * fails with {@link io.filbert.error.OperationTimeoutException}.
     */
    @Override
    DistributedQueue<E> withDeadline(Duration deadline);

    /** The same queue as a {@link java.util.concurrent.BlockingQueue}. */
    @Override
    BlockingDistributedQueue<E> blocking();
}
