// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.proxy;

import io.filbert.cluster.DistributedObjectEvent;
import io.filbert.cluster.DistributedObjectListener;
import io.filbert.internal.cluster.Cluster;
import io.filbert.internal.listener.Subscription;
import io.filbert.internal.listener.Subscriptions;
import io.filbert.internal.protocol.MessageReader;
import io.filbert.internal.protocol.codec.ClientAddDistributedObjectListenerCodec;
import io.filbert.internal.protocol.codec.ClientRemoveDistributedObjectListenerCodec;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Listeners for distributed objects that come and go in the cluster. Immutable. */
public final class ObjectEvents {

    private final Subscriptions subscriptions;
    private final Cluster cluster;
    private final Duration timeout;

    /** @param timeout for registering and removing a listener */
    public ObjectEvents(Subscriptions subscriptions, Cluster cluster, Duration timeout) {
        this.subscriptions = subscriptions;
        this.cluster = cluster;
        this.timeout = timeout;
    }

    public CompletableFuture<UUID> add(DistributedObjectListener listener) {
        Objects.requireNonNull(listener, "listener");
        return subscriptions.add(
                this,
                subscription("listener for distributed objects", listener::onEvent, listener::onGap),
                timeout.toNanos());
    }

    /**
     * Registers a listener of the client's own, which is called on I/O threads and must not block.
     *
     * @return completes when it is registered with all members there are
     */
    CompletableFuture<UUID> addOwn(Consumer<DistributedObjectEvent> listener) {
        return subscriptions.addOwn(
                this, subscription("client's own listener for destroyed objects", listener, () -> {}));
    }

    private Subscription subscription(String subject, Consumer<DistributedObjectEvent> listener, Runnable gap) {
        return new Subscription(
                subject,
                ClientAddDistributedObjectListenerCodec.REQUEST,
                () -> ClientAddDistributedObjectListenerCodec.encodeRequest(cluster.listensToAllMembers()),
                ClientAddDistributedObjectListenerCodec::decodeResponse,
                ClientRemoveDistributedObjectListenerCodec.REQUEST,
                ClientRemoveDistributedObjectListenerCodec::encodeRequest,
                event -> decode(event, listener),
                gap);
    }

    private static @Nullable Runnable decode(MessageReader message, Consumer<DistributedObjectEvent> listener) {
        if (message.messageType() != ClientAddDistributedObjectListenerCodec.DISTRIBUTED_OBJECT_EVENT_TYPE) {
            return null;
        }
        ClientAddDistributedObjectListenerCodec.DistributedObjectEvent wire =
                ClientAddDistributedObjectListenerCodec.decodeDistributedObjectEvent(message);
        for (DistributedObjectEvent.Type type : DistributedObjectEvent.Type.values()) {
            if (type.name().equals(wire.eventType())) {
                DistributedObjectEvent event =
                        new DistributedObjectEvent(wire.name(), wire.serviceName(), type, wire.source());
                return () -> listener.accept(event);
            }
        }
        return null; // a type this client does not know
    }

    public CompletableFuture<Boolean> remove(UUID registrationId) {
        return subscriptions.remove(registrationId, timeout.toNanos());
    }
}
