// SPDX-License-Identifier: Apache-2.0
package io.filbert.cluster;

import java.util.UUID;

/** The life of one client. Thread-safe. */
public interface LifecycleService {

    /** The state the client is in: the one that was reached last. Listeners may not have been notified of it yet. */
    LifecycleState state();

    /**
     * Whether the client was started and its shutdown has not begun. It may be without connection all the same: {@link #state} says so.
     */
    boolean isRunning();

    /**
     * Registers a listener for changes from now on. The same listener may be registered several times.
     *
     * @return the id for {@link #removeListener}
     */
    UUID addListener(LifecycleListener listener);

    /**
     * Removes a registration. No call to the listener starts after this method returned.
     *
     * @return whether there was one
     */
    boolean removeListener(UUID registrationId);
}
