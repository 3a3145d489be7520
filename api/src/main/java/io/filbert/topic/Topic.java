// SPDX-License-Identifier: Apache-2.0
package io.filbert.topic;

import io.filbert.cluster.DistributedObject;
import java.time.Duration;
import java.util.Collection;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Delivers messages to all listeners there are, in all clients and members. {@link #blocking()} is the same topic with waiting methods.
 *
 * <p><b>Delivery.</b> A message reaches listeners that are registered when it is published, if nothing is lost on the way: while a client
 * is disconnected its listeners miss messages, and hear of it ({@link MessageListener#onGap}). Messages of one publisher arrive in the
 * order in which they were published; those of several publishers may arrive in different orders at different listeners, unless the topic
 * is configured for global order on the members.
 *
 * <p><b>Errors, repetition, threads.</b> Null arguments are refused with {@link NullPointerException}, objects without serializer with {@link
 * io.filbert.error.SerializationException}, in the calling thread. Other errors arrive through the future. When the connection is lost
 * before the answer, publishing fails with {@link io.filbert.error.TargetDisconnectedException}, unless {@code redoOperation(true)} is
 * configured: sent again, a message could be delivered twice. All methods are thread-safe and return without waiting for the network. Every
 * call ends by its deadline, {@code invocationTimeout} unless {@link #withDeadline} says otherwise.
 *
 * @param <E> type of the messages
 */
public interface Topic<E> extends DistributedObject {

    /** Publishes a message; completes when a member has taken it, not when listeners have seen it. */
    CompletableFuture<Void> publish(E message);

    /**
     * Publishes messages in the order of the collection, in one request; if the heap has no room for it, the method throws {@link
     * io.filbert.error.SerializationException} and nothing is sent. Members since 4.1; older ones refuse it, which is an {@link
     * UnsupportedOperationException}.
     */
    CompletableFuture<Void> publishAll(Collection<? extends E> messages);

    /**
     * Registers a listener on all members. Survives the loss of connections. The same listener may be registered several times.
     *
     * @return the registration id
     */
    CompletableFuture<UUID> addListener(MessageListener<? super E> listener);

    /**
     * Removes a listener. When the future completes, no further call of the listener begins.
     *
     * @return whether there was a registration with this id
     */
    CompletableFuture<Boolean> removeListener(UUID registrationId);

    /** The same topic, whose calls end after this time. */
    @Override
    Topic<E> withDeadline(Duration deadline);

    /** The same topic with methods that wait. */
    @Override
    BlockingTopic<E> blocking();
}
