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
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Listeners for distributed objects that come and go in the cluster. Immutable. */
public final class ObjectEvents {

    private final Subscriptions subscriptions;
    private final Cluster cluster;

    public ObjectEvents(Subscriptions subscriptions, Cluster cluster) {
        this.subscriptions = subscriptions;
        this.cluster = cluster;
    }

    public CompletableFuture<UUID> add(DistributedObjectListener listener) {
        Objects.requireNonNull(listener, "listener");
        return subscriptions.add(
                this,
                new Subscription(
                        "listener for distributed objects",
                        ClientAddDistributedObjectListenerCodec.REQUEST,
                        () -> ClientAddDistributedObjectListenerCodec.encodeRequest(cluster.listensToAllMembers()),
                        ClientAddDistributedObjectListenerCodec::decodeResponse,
                        ClientRemoveDistributedObjectListenerCodec.REQUEST,
                        ClientRemoveDistributedObjectListenerCodec::encodeRequest,
                        event -> decode(event, listener),
                        listener::onGap));
    }

    private static @Nullable Runnable decode(MessageReader message, DistributedObjectListener listener) {
        if (message.messageType() != ClientAddDistributedObjectListenerCodec.DISTRIBUTED_OBJECT_EVENT_TYPE) {
            return null;
        }
        ClientAddDistributedObjectListenerCodec.DistributedObjectEvent wire =
                ClientAddDistributedObjectListenerCodec.decodeDistributedObjectEvent(message);
        for (DistributedObjectEvent.Type type : DistributedObjectEvent.Type.values()) {
            if (type.name().equals(wire.eventType())) {
                DistributedObjectEvent event =
                        new DistributedObjectEvent(wire.name(), wire.serviceName(), type, wire.source());
                return () -> listener.onEvent(event);
            }
        }
        return null; // a type this client does not know
    }

    public CompletableFuture<Boolean> remove(UUID registrationId) {
        return subscriptions.remove(registrationId);
    }
}
