// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.proxy.collection;

import io.filbert.collection.BlockingDistributedQueue;
import io.filbert.collection.DistributedQueue;
import io.filbert.collection.ItemEvent;
import io.filbert.collection.ItemListener;
import io.filbert.error.OperationTimeoutException;
import io.filbert.error.SerializationException;
import io.filbert.internal.connection.ResponseDecoder;
import io.filbert.internal.listener.Subscription;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.protocol.DataDecoder;
import io.filbert.internal.protocol.MessageReader;
import io.filbert.internal.protocol.codec.*;
import io.filbert.internal.proxy.ObjectCalls;
import io.filbert.internal.runtime.Failures;
import io.filbert.internal.runtime.Printable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The queue as its async interface describes it. Thread-safe. */
public final class QueueProxy<E> implements DistributedQueue<E> {

    public static final String SERVICE_NAME = "hz:impl:queueService";

    private static final int NO_LIMIT = -1;

    private static final ResponseDecoder<@Nullable Void> PUT = response -> {
        QueuePutCodec.decodeResponse(response);
        return null;
    };
    private static final ResponseDecoder<@Nullable Void> CLEAR = response -> {
        QueueClearCodec.decodeResponse(response);
        return null;
    };
    /** The one question of {@code add}: a queue that is full is an error here. */
    private static final ResponseDecoder<Boolean> ADD = response -> {
        if (!QueueOfferCodec.decodeResponse(response)) {
            throw new IllegalStateException("Queue full");
        }
        return true;
    };

    private final String name;
    private final ObjectCalls calls;
    private final @Nullable Duration deadline;
    private final BlockingDistributedQueue<E> blocking;
    private final DataDecoder<E> item;
    private final ResponseDecoder<@Nullable E> peek;
    private final ResponseDecoder<@Nullable E> poll;
    private final ResponseDecoder<E> take;
    private final ResponseDecoder<List<E>> drain;
    private final ResponseDecoder<List<E>> iterator;

    public QueueProxy(String name, ObjectCalls calls) {
        this(name, calls, null);
    }

    private QueueProxy(String name, ObjectCalls calls, @Nullable Duration deadline) {
        this.name = name;
        this.calls = calls;
        this.deadline = deadline;
        this.blocking = new BlockingQueueView<>(this);
        DataDecoder<E> decoder = calls.decoder();
        item = decoder;
        peek = response -> QueuePeekCodec.decodeResponse(response, decoder);
        poll = response -> QueuePollCodec.decodeResponse(response, decoder);
        take = response -> QueueTakeCodec.decodeResponse(response, decoder);
        drain = new ItemsDecoder<>(decoder, QueueDrainToMaxSizeCodec::decodeResponse);
        iterator = new ItemsDecoder<>(decoder, QueueIteratorCodec::decodeResponse);
    }

    private Data item(E item) {
        return calls.toData(item, "item");
    }

    private byte[] encode(Collection<? extends E> items, Function<List<Data>, byte[]> request) {
        return calls.encodeWhole(Objects.requireNonNull(items, "items"), "item", request);
    }

    /** For calls that wait on the member: the deadline begins where the waiting ends. */
    private ObjectCalls waiting(Duration wait) {
        return deadline == null ? calls.withExtraTime(wait) : calls;
    }

    /** For one of the questions that a call of the blocking view asks: of its deadline so much is left. */
    private ObjectCalls waiting(Duration wait, Duration left) {
        return deadline == null ? calls.withExtraTime(wait) : calls.endingIn(left);
    }

    /** The answer to a wait that had to be shorter than it was meant to be, because of the deadline: nothing came of it. */
    private OperationTimeoutException timeout(String what) {
        return new OperationTimeoutException(
                "Waiting for " + what + " of queue '" + name + "' did not end within "
                        + Objects.requireNonNull(deadline).toMillis()
                        + " ms (withDeadline); nothing was added or taken",
                null,
                false);
    }

    /** The time limit of all calls; null if each has its own. */
    @Nullable
    Duration deadline() {
        return deadline;
    }

    // ---- add

    @Override
    public CompletableFuture<Boolean> add(E item) {
        return calls.onName(name, QueueOfferCodec.REQUEST, QueueOfferCodec.encodeRequest(name, item(item), 0), ADD);
    }

    @Override
    public CompletableFuture<Boolean> addAll(Collection<? extends E> items) {
        Objects.requireNonNull(items, "items");
        List<E> snapshot = new ArrayList<>(items);
        boolean any = !snapshot.isEmpty();
        return calls.onName(
                name,
                QueueAddAllCodec.REQUEST,
                encode(snapshot, data -> QueueAddAllCodec.encodeRequest(name, data)),
                // Members say that nothing was added successfully.
                response -> QueueAddAllCodec.decodeResponse(response) && any);
    }

    @Override
    public CompletableFuture<Boolean> offer(E item) {
        return calls.onName(
                name,
                QueueOfferCodec.REQUEST,
                QueueOfferCodec.encodeRequest(name, item(item), 0),
                QueueOfferCodec::decodeResponse);
    }

    @Override
    public CompletableFuture<Boolean> offer(E item, Duration timeout) {
        ObjectCalls.millis(timeout, "timeout");
        return waitsTooLong(timeout)
                ? offerWithinDeadline(item, this::requireAdded)
                : offer(item, timeout, waiting(timeout));
    }

    CompletableFuture<Boolean> offer(E item, Duration timeout, Duration left) {
        return offer(item, timeout, waiting(timeout, left));
    }

    private CompletableFuture<Boolean> offer(E item, Duration timeout, ObjectCalls waiting) {
        long millis = ObjectCalls.millis(timeout, "timeout");
        return waiting.onName(
                name,
                QueueOfferCodec.REQUEST,
                QueueOfferCodec.encodeRequest(name, item(item), millis),
                QueueOfferCodec::decodeResponse);
    }

    @Override
    public CompletableFuture<Void> put(E item) {
        if (deadline != null) {
            return offerWithinDeadline(item, response -> {
                requireAdded(response);
                return null;
            });
        }
        return calls.withoutDeadline()
                .onName(name, QueuePutCodec.REQUEST, QueuePutCodec.encodeRequest(name, item(item)), PUT);
    }

    /** Whether the member would wait for longer than its answer is waited for. */
    private boolean waitsTooLong(Duration timeout) {
        return deadline != null && timeout.compareTo(MemberWait.within(deadline)) > 0;
    }

    private <T extends @Nullable Object> CompletableFuture<T> offerWithinDeadline(E item, ResponseDecoder<T> added) {
        long millis = ObjectCalls.millis(MemberWait.within(Objects.requireNonNull(deadline)), "deadline");
        return calls.onName(
                name, QueueOfferCodec.REQUEST, QueueOfferCodec.encodeRequest(name, item(item), millis), added);
    }

    private Boolean requireAdded(MessageReader response) {
        if (!QueueOfferCodec.decodeResponse(response)) {
            throw timeout("room");
        }
        return true;
    }

    // ---- take

    @Override
    public CompletableFuture<@Nullable E> peek() {
        return calls.onName(name, QueuePeekCodec.REQUEST, QueuePeekCodec.encodeRequest(name), peek);
    }

    @Override
    public CompletableFuture<@Nullable E> poll() {
        return calls.onName(name, QueuePollCodec.REQUEST, QueuePollCodec.encodeRequest(name, 0), poll);
    }

    @Override
    public CompletableFuture<@Nullable E> poll(Duration timeout) {
        ObjectCalls.millis(timeout, "timeout");
        return waitsTooLong(timeout) ? pollWithinDeadline() : poll(timeout, waiting(timeout));
    }

    CompletableFuture<@Nullable E> poll(Duration timeout, Duration left) {
        return poll(timeout, waiting(timeout, left));
    }

    private CompletableFuture<@Nullable E> poll(Duration timeout, ObjectCalls waiting) {
        long millis = ObjectCalls.millis(timeout, "timeout");
        return waiting.onName(name, QueuePollCodec.REQUEST, QueuePollCodec.encodeRequest(name, millis), poll);
    }

    @Override
    public CompletableFuture<E> take() {
        if (deadline != null) {
            return pollWithinDeadline();
        }
        return calls.withoutDeadline().onName(name, QueueTakeCodec.REQUEST, QueueTakeCodec.encodeRequest(name), take);
    }

    private CompletableFuture<E> pollWithinDeadline() {
        long millis = ObjectCalls.millis(MemberWait.within(Objects.requireNonNull(deadline)), "deadline");
        return calls.onName(name, QueuePollCodec.REQUEST, QueuePollCodec.encodeRequest(name, millis), response -> {
            E first = poll.decode(response);
            if (first == null) {
                throw timeout("an item");
            }
            return first;
        });
    }

    @Override
    public CompletableFuture<List<E>> drain() {
        return drainUpTo(NO_LIMIT);
    }

    @Override
    public CompletableFuture<List<E>> drain(int maxItems) {
        return drainUpTo(checkLimit(maxItems));
    }

    private static int checkLimit(int maxItems) {
        if (maxItems < 0) {
            throw new IllegalArgumentException("maxItems must not be negative, but is " + maxItems);
        }
        return maxItems;
    }

    private CompletableFuture<List<E>> drainUpTo(int limit) {
        return calls.onName(
                name, QueueDrainToMaxSizeCodec.REQUEST, QueueDrainToMaxSizeCodec.encodeRequest(name, limit), drain);
    }

    @Override
    public CompletableFuture<Integer> drainTo(Collection<? super E> target, int maxItems) {
        Objects.requireNonNull(target, "target");
        return addTo(target, drain(maxItems), calls.completions());
    }

    @Override
    public CompletableFuture<Integer> drainTo(Collection<? super E> target) {
        Objects.requireNonNull(target, "target");
        return addTo(target, drain(), calls.completions());
    }

    /** Never in the calling thread, even if the items are there already. */
    static <E> CompletableFuture<Integer> addTo(
            Collection<? super E> target, CompletableFuture<List<E>> drained, Executor completions) {
        return drained.handleAsync(
                (items, failure) -> {
                    if (failure != null) {
                        addReadable(target, Failures.unwrapped(failure));
                        throw failure instanceof RuntimeException unchecked
                                ? unchecked
                                : new CompletionException(failure);
                    }
                    target.addAll(items);
                    return items.size();
                },
                completions);
    }

    /** What could be read of items that were taken is handed out, although the others make the call fail. */
    @SuppressWarnings("unchecked") // they came as items
    static <E> void addReadable(Collection<? super E> target, @Nullable Throwable failure) {
        if (failure instanceof SerializationException unreadable) {
            target.addAll((List<E>) unreadable.readableResults());
        }
    }

    // ---- look, remove

    @Override
    public CompletableFuture<List<E>> iterator() {
        return calls.onName(name, QueueIteratorCodec.REQUEST, QueueIteratorCodec.encodeRequest(name), iterator);
    }

    /** The items as of one moment, with their bytes. */
    CompletableFuture<List<FetchedItem<E>>> fetchItems() {
        return calls.onName(
                name,
                QueueIteratorCodec.REQUEST,
                QueueIteratorCodec.encodeRequest(name),
                response -> QueueIteratorCodec.decodeResponse(response).stream()
                        .map(data -> new FetchedItem<>(data, ObjectCalls.read(item, data)))
                        .toList());
    }

    @Override
    public CompletableFuture<Boolean> contains(E item) {
        return calls.onName(
                name,
                QueueContainsCodec.REQUEST,
                QueueContainsCodec.encodeRequest(name, item(item)),
                QueueContainsCodec::decodeResponse);
    }

    @Override
    public CompletableFuture<Boolean> containsAll(Collection<? extends E> items) {
        return calls.onName(
                name,
                QueueContainsAllCodec.REQUEST,
                encode(items, data -> QueueContainsAllCodec.encodeRequest(name, data)),
                QueueContainsAllCodec::decodeResponse);
    }

    @Override
    public CompletableFuture<Boolean> remove(E item) {
        return remove(item(item));
    }

    CompletableFuture<Boolean> remove(Data item) {
        return calls.onName(
                name,
                QueueRemoveCodec.REQUEST,
                QueueRemoveCodec.encodeRequest(name, item),
                QueueRemoveCodec::decodeResponse);
    }

    @Override
    public CompletableFuture<Boolean> removeAll(Collection<? extends E> items) {
        return calls.onName(
                name,
                QueueCompareAndRemoveAllCodec.REQUEST,
                encode(items, data -> QueueCompareAndRemoveAllCodec.encodeRequest(name, data)),
                QueueCompareAndRemoveAllCodec::decodeResponse);
    }

    @Override
    public CompletableFuture<Boolean> retainAll(Collection<? extends E> items) {
        return calls.onName(
                name,
                QueueCompareAndRetainAllCodec.REQUEST,
                encode(items, data -> QueueCompareAndRetainAllCodec.encodeRequest(name, data)),
                QueueCompareAndRetainAllCodec::decodeResponse);
    }

    @Override
    public CompletableFuture<Void> clear() {
        return calls.onName(name, QueueClearCodec.REQUEST, QueueClearCodec.encodeRequest(name), CLEAR);
    }

    @Override
    public CompletableFuture<Integer> size() {
        return calls.onName(
                name, QueueSizeCodec.REQUEST, QueueSizeCodec.encodeRequest(name), QueueSizeCodec::decodeResponse);
    }

    @Override
    public CompletableFuture<Boolean> isEmpty() {
        return calls.onName(
                name,
                QueueIsEmptyCodec.REQUEST,
                QueueIsEmptyCodec.encodeRequest(name),
                QueueIsEmptyCodec::decodeResponse);
    }

    @Override
    public CompletableFuture<Integer> remainingCapacity() {
        return calls.onName(
                name,
                QueueRemainingCapacityCodec.REQUEST,
                QueueRemainingCapacityCodec.encodeRequest(name),
                QueueRemainingCapacityCodec::decodeResponse);
    }

    // ---- listen

    @Override
    public CompletableFuture<UUID> addListener(ItemListener<? super E> listener, boolean includeValue) {
        ItemKind.checkHearsSomething(Objects.requireNonNull(listener, "listener"));
        return calls.subscribe(new Subscription(
                "item listener of queue " + Printable.quoted(name),
                QueueAddListenerCodec.REQUEST,
                () -> QueueAddListenerCodec.encodeRequest(name, includeValue, calls.localEventsOnly()),
                QueueAddListenerCodec::decodeResponse,
                QueueRemoveListenerCodec.REQUEST,
                id -> QueueRemoveListenerCodec.encodeRequest(name, id),
                event -> decode(event, listener),
                listener::onGap));
    }

    private @Nullable Runnable decode(MessageReader message, ItemListener<? super E> listener) {
        if (message.messageType() != QueueAddListenerCodec.ITEM_EVENT_TYPE) {
            return null;
        }
        QueueAddListenerCodec.ItemEvent wire = QueueAddListenerCodec.decodeItemEvent(message);
        ItemKind kind = ItemKind.of(wire.eventType());
        if (kind == null) {
            return null;
        }
        Data value = wire.item();
        ItemEvent<E> event = new ItemEvent<>(
                name, value == null ? null : ObjectCalls.read(item, value), wire.uuid(), calls.member(wire.uuid()));
        @SuppressWarnings("unchecked") // an event can only be read, so whoever takes a supertype may have it
        ItemListener<E> target = (ItemListener<E>) listener;
        return switch (kind) {
            case ADDED -> () -> target.itemAdded(event);
            case REMOVED -> () -> target.itemRemoved(event);
        };
    }

    @Override
    public CompletableFuture<Boolean> removeListener(UUID registrationId) {
        return calls.unsubscribe(registrationId);
    }

    // ---- the object

    @Override
    public String name() {
        return name;
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public CompletableFuture<Boolean> destroy() {
        return calls.destroy();
    }

    @Override
    public DistributedQueue<E> withDeadline(Duration deadline) {
        return new QueueProxy<>(name, calls.withDeadline(deadline), deadline);
    }

    @Override
    public BlockingDistributedQueue<E> blocking() {
        return blocking;
    }

    @Override
    public String toString() {
        return "DistributedQueue(name=\"" + name + "\")";
    }
}
