// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.cluster;

import io.filbert.internal.runtime.ClientThreads;
import io.filbert.internal.runtime.RareLog;
import java.util.Collection;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A listener of this client's own events, from its registration to its removal. Events are queued with the listeners of their
 * moment; one that has been removed meanwhile is not called any more. Thread-safe.
 */
final class Registration<L> {

    private final UUID id = UUID.randomUUID();
    private final L listener;
    private volatile boolean removed;

    Registration(L listener) {
        this.listener = listener;
    }

    UUID id() {
        return id;
    }

    /** Calls the listener unless it has been removed; what it throws is logged and reaches nobody else. */
    void call(RareLog log, String kind, Consumer<L> call) {
        if (removed) {
            return;
        }
        try {
            call.accept(listener);
        } catch (Throwable e) {
            log.error(id, "A " + kind + " failed; it is told of what comes next all the same", e);
        } finally {
            ClientThreads.clearInterrupt();
        }
    }

    /** Removes the registration with this id; whether there was one. */
    static <L> boolean remove(Collection<Registration<L>> registrations, UUID registrationId) {
        Objects.requireNonNull(registrationId, "registrationId");
        return registrations.removeIf(registration -> {
            boolean found = registration.id.equals(registrationId);
            if (found) {
                registration.removed = true;
            }
            return found;
        });
    }
}
