// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.proxy;

import io.filbert.cluster.DistributedObjectEvent;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;

/**
 * Notices what others destroy, so that the client forgets it: one registration on each connection, made with the first object that is used.
 * What is destroyed while the client is disconnected is not noticed.
 *
 * <p>Thread-safe. Events are handled on I/O threads.
 */
final class DestroyedObjects {

    private static final long RETRY_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** How far the registration is. A member that refuses it, such as for want of a permission, is asked again after a while. */
    private record Registration(boolean made, long failedNanos) {}

    private static final Registration NONE = new Registration(false, 0);

    private final ObjectEvents events;
    private final UUID clientUuid;
    private final BiConsumer<String, String> forget;
    private final AtomicReference<Registration> registration = new AtomicReference<>(NONE);

    /** @param forget takes name and service name of an object that others destroyed */
    DestroyedObjects(ObjectEvents events, UUID clientUuid, BiConsumer<String, String> forget) {
        this.events = events;
        this.clientUuid = clientUuid;
        this.forget = forget;
    }

    /** Registers the listener, unless it is or was refused a moment ago. Returns at once. */
    void watch() {
        Registration before = registration.get();
        boolean due = before == NONE || (!before.made && System.nanoTime() - before.failedNanos >= RETRY_NANOS);
        if (due && registration.compareAndSet(before, new Registration(true, 0))) {
            var ignored = events.addOwn(this::handle).whenComplete((id, failure) -> {
                if (failure != null) {
                    registration.set(new Registration(false, System.nanoTime()));
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
