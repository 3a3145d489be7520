// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.cluster;

import io.filbert.cluster.LifecycleListener;
import io.filbert.cluster.LifecycleService;
import io.filbert.cluster.LifecycleState;
import io.filbert.internal.runtime.ClientLog;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The lifecycle as users see it: log lines and listeners, in the order the states were reached. Thread-safe.
 *
 * <p>Listeners run on the given serial executor, so a slow one delays later states and nothing else.
 */
public final class Lifecycle implements LifecycleService {

    private record Registration(UUID id, LifecycleListener listener) {}

    private final ClientLog log;
    private final String clientVersion;
    private final Executor events;
    private final Map<Long, Registration> listeners = new ConcurrentSkipListMap<>();
    private final AtomicLong order = new AtomicLong();
    private volatile boolean running;

    /** @param events a serial executor */
    public Lifecycle(ClientLog log, String clientVersion, List<LifecycleListener> listeners, Executor events) {
        this.log = log;
        this.clientVersion = clientVersion;
        this.events = events;
        listeners.forEach(this::addListener);
    }

    void fire(LifecycleState state) {
        log.info("HazelcastClient " + clientVersion + " is " + state);
        if (state == LifecycleState.STARTING) {
            running = true;
        } else if (state == LifecycleState.SHUTTING_DOWN) {
            running = false;
        }
        if (listeners.isEmpty()) {
            return;
        }
        events.execute(() -> listeners.values().forEach(registration -> {
            try {
                registration.listener.stateChanged(state);
            } catch (RuntimeException e) {
                log.error("A lifecycle listener failed on " + state, e);
            }
        }));
    }

    /** The end begins. */
    public void shuttingDown() {
        fire(LifecycleState.SHUTTING_DOWN);
    }

    /** The end is reached. */
    public void shutDown() {
        fire(LifecycleState.SHUTDOWN);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public UUID addListener(LifecycleListener listener) {
        Registration registration = new Registration(UUID.randomUUID(), Objects.requireNonNull(listener, "listener"));
        listeners.put(order.getAndIncrement(), registration);
        return registration.id;
    }

    @Override
    public boolean removeListener(UUID registrationId) {
        Objects.requireNonNull(registrationId, "registrationId");
        return listeners.values().removeIf(registration -> registration.id.equals(registrationId));
    }
}
