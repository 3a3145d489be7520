// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.proxy;

import io.filbert.cluster.DistributedObjectEvent;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

/**
 * Notices what others destroy, so that the client forgets it: one registration on each connection, made with the first object that is used.
 * What is destroyed while the client is disconnected is not noticed.
 *
 * <p>Thread-safe. Events are handled on I/O threads.
 */
final class DestroyedObjects {

    private static final long RETRY_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final ObjectEvents events;
    private final UUID clientUuid;
    private final BiConsumer<String, String> forget;
    private final AtomicBoolean registered = new AtomicBoolean();
    private volatile long nextTry = System.nanoTime();

    /** @param forget takes name and service name of an object that others destroyed */
    DestroyedObjects(ObjectEvents events, UUID clientUuid, BiConsumer<String, String> forget) {
        this.events = events;
        this.clientUuid = clientUuid;
        this.forget = forget;
    }

    /** Registers the listener, unless it is there or was refused a moment ago, such as for want of a permission. Returns at once. */
    void watch() {
        if (System.nanoTime() - nextTry >= 0 && registered.compareAndSet(false, true)) {
            var ignored = events.addOwn(this::handle).whenComplete((id, failure) -> {
                if (failure != null) {
                    nextTry = System.nanoTime() + RETRY_NANOS;
                    registered.set(false);
                }
            });
        }
    }

    /**
     * What this client destroys it forgets by itself, when the cluster has confirmed it. The event comes at another time, when the name may be
     * in use again.
     */
    private void handle(DistributedObjectEvent event) {
        if (event.type() == DistributedObjectEvent.Type.DESTROYED
                && !event.source().equals(clientUuid)) {
            forget.accept(event.name(), event.serviceName());
        }
    }
}
