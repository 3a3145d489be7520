// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.cluster;

import io.filbert.cluster.LifecycleListener;
import io.filbert.cluster.LifecycleService;
import io.filbert.cluster.LifecycleState;
import io.filbert.internal.runtime.ClientLog;
import io.filbert.internal.runtime.RareLog;
import io.filbert.internal.runtime.SerialExecutor;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The lifecycle as users see it: log lines and listeners, in the order the states were reached. A state is recorded under the
 * lock that guards it ({@link #reached}), and told after that ({@link #tell}).
 *
 * <p>Thread-safe. Listeners run on the given executor, so a slow one delays later states and nothing else.
 */
public final class Lifecycle implements LifecycleService {

    private final ClientLog log;
    private final RareLog rareLog;
    private final String clientVersion;
    private final SerialExecutor events;
    private final List<Registration<LifecycleListener>> listeners = new CopyOnWriteArrayList<>();
    private volatile boolean running;
    private volatile LifecycleState state = LifecycleState.STARTING;

    public Lifecycle(ClientLog log, String clientVersion, List<LifecycleListener> listeners, SerialExecutor events) {
        this.log = log;
        this.rareLog = new RareLog(log);
        this.clientVersion = clientVersion;
        this.events = events;
        listeners.forEach(this::addListener);
    }

    /** Records the state; listeners are notified with the next {@link #tell}. */
    void reached(LifecycleState state) {
        String line = "HazelcastClient " + clientVersion + " is " + state;
        if (state == LifecycleState.STARTED || (state == LifecycleState.DISCONNECTED && !running)) {
            log.debug(() -> line); // nothing that the states before and after it do not say
        } else {
            // Each one, although a connection that flaps repeats them: without one the log would show a wrong state.
            // They come no faster than the pauses between attempts to connect allow.
            log.info(line);
        }
        this.state = state;
        if (state == LifecycleState.STARTING) {
            running = true;
        } else if (state == LifecycleState.SHUTTING_DOWN) {
            running = false;
        }
        List<Registration<LifecycleListener>> told = List.copyOf(listeners);
        if (!told.isEmpty()) {
            events.enqueue(() -> told.forEach(registration ->
                    registration.call(rareLog, "lifecycle listener", listener -> listener.stateChanged(state))));
        }
    }

    /** Tells listeners what was recorded. Not under a lock: with inline callbacks they run here. */
    void tell() {
        events.start();
    }

    /** The end begins. */
    public void shuttingDown() {
        reached(LifecycleState.SHUTTING_DOWN);
        tell();
    }

    /** The end is reached. */
    public void shutDown() {
        reached(LifecycleState.SHUTDOWN);
        tell();
    }

    @Override
    public LifecycleState state() {
        return state;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public UUID addListener(LifecycleListener listener) {
        Registration<LifecycleListener> registration = new Registration<>(Objects.requireNonNull(listener, "listener"));
        listeners.add(registration);
        return registration.id();
    }

    @Override
    public boolean removeListener(UUID registrationId) {
        return Registration.remove(listeners, registrationId);
    }
}
