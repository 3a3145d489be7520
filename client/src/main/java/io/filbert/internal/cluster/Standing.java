// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.cluster;

import io.filbert.cluster.LifecycleState;
import io.filbert.error.ClientClosedException;
import io.filbert.error.ClientNotAllowedException;
import io.filbert.error.ConnectionException;
import io.filbert.internal.connection.AuthenticationResult;
import io.filbert.internal.connection.Connection;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Where the client stands with its cluster: which one that is, which connections belong to it, and whether calls may go out. Each
 * change is decided here, as one step with its lifecycle states; what follows from it is up to {@link Cluster}, after the step.
 *
 * <p>Thread-safe. One lock guards the phase, the current cluster and its id, and which connections {@link Routes} has; nothing is
 * sent and no listener runs while it is held. The phase, the current cluster and its id may be read without it.
 */
final class Standing {

    enum Phase {
        NEVER_CONNECTED,
        /** Connected again, but the cluster has not been told about this client yet. */
        SYNCHRONIZING,
        READY,
        DISCONNECTED,
        CLOSED
    }

    /** What becomes of a connection that has just authenticated. */
    sealed interface Admission {}

    /**
     * It is in use.
     *
     * @param first whether there was no other
     * @param comesBack whether it ends a time without connections, of which the cluster must hear
     * @param replaced the id of the cluster that was here before and is gone, or null
     */
    record Admitted(
            boolean first, boolean comesBack, @Nullable UUID replaced) implements Admission {}

    /** The member has a connection already. */
    record Redundant(Connection existing) implements Admission {}

    /** It must not be used. */
    record Refused(RuntimeException reason) implements Admission {}

    /**
     * What the end of a connection that was in use means.
     *
     * @param phase the one that follows
     * @param last whether there is none left
     */
    record Loss(Phase phase, boolean last) {}

    private final Routes routes;
    private final PartitionTable partitions;
    private final Lifecycle lifecycle;
    private final AtomicBoolean connecting = new AtomicBoolean();
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable UUID clusterId;
    private @Nullable ClusterAccess lastUsed;
    private volatile ClusterAccess current;
    private volatile Phase phase = Phase.NEVER_CONNECTED;

    /** @param current the cluster to begin with */
    Standing(Routes routes, PartitionTable partitions, Lifecycle lifecycle, ClusterAccess current) {
        this.routes = routes;
        this.partitions = partitions;
        this.lifecycle = lifecycle;
        this.current = current;
    }

    Phase phase() {
        return phase;
    }

    /** The cluster the client is connected to, or tries to be. */
    ClusterAccess current() {
        return current;
    }

    /** Null until the first member has told, and again while the client goes from one cluster to another. */
    @Nullable
    UUID clusterId() {
        return clusterId;
    }

    /** Whether the caller is to connect the client: nobody else does. It must say when that has {@linkplain #connectingEnded ended}. */
    boolean beginConnecting() {
        return connecting.compareAndSet(false, true);
    }

    /** The caller that was to connect the client cannot; another one may. */
    void connectingFailed() {
        connecting.set(false);
    }

    /** Whether there is no connection, though there should be one. */
    boolean isWithoutConnection() {
        Phase now = phase;
        return now == Phase.DISCONNECTED || now == Phase.NEVER_CONNECTED;
    }

    /**
     * Whether there is nothing left to do for the one who connects. The connection may have been lost again already: then nobody else
     * would start over.
     */
    boolean connectingEnded() {
        lock.lock();
        try {
            boolean ended = !isWithoutConnection();
            if (ended) {
                connecting.set(false);
            }
            return ended;
        } finally {
            lock.unlock();
        }
    }

    /** Decides about a connection that has just authenticated, and adds it to the routes if it is admitted. */
    Admission admit(ClusterAccess access, Connection connection, AuthenticationResult answer) {
        lock.lock();
        try {
            Connection existing = routes.forMember(answer.member().uuid());
            if (existing != null && existing.isLive()) {
                return new Redundant(existing);
            }
            RuntimeException refusal = refusal(access, answer);
            if (refusal != null) {
                return new Refused(refusal);
            }
            UUID before = clusterId;
            clusterId = answer.clusterId();
            boolean first = routes.isEmpty();
            boolean comesBack = first && phase != Phase.NEVER_CONNECTED;
            routes.add(connection);
            if (comesBack) {
                phase = Phase.SYNCHRONIZING;
            } else if (first) {
                phase = Phase.READY;
                lastUsed = access;
                lifecycle.reached(LifecycleState.CONNECTED);
            }
            return new Admitted(first, comesBack, answer.clusterId().equals(before) ? null : before);
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock: why the connection is not taken, or null. */
    private @Nullable RuntimeException refusal(ClusterAccess access, AuthenticationResult answer) {
        if (phase == Phase.CLOSED) {
            return new ClientClosedException("The client is shut down", null, false);
        }
        if (!access.equals(current)) {
            return new ConnectionException("The client has left cluster '" + access.clusterName() + "' meanwhile");
        }
        if (!partitions.agreeOnCount(answer.partitionCount())) {
            return new ClientNotAllowedException("The cluster at "
                    + answer.member().address() + " has "
                    + answer.partitionCount() + " partitions, the one this client began with has " + partitions.count()
                    + ". Use a client of its own for each cluster");
        }
        if (clusterId != null && !clusterId.equals(answer.clusterId()) && !routes.isEmpty()) {
            return new ConnectionException("Member " + answer.member().address()
                    + " does not belong to the cluster this client is connected to");
        }
        return null;
    }

    /**
     * The cluster has been told about this client.
     *
     * @return whether calls may go out from now on, and not since before
     */
    boolean becomeReady() {
        lock.lock();
        try {
            if (phase != Phase.SYNCHRONIZING) {
                return false;
            }
            phase = Phase.READY;
            if (!current.equals(lastUsed)) {
                lastUsed = current;
                lifecycle.reached(LifecycleState.CHANGED_CLUSTER);
            }
            lifecycle.reached(LifecycleState.CONNECTED);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Takes a connection that has ended out of the routes; null if it was not there. */
    @Nullable
    Loss lose(Connection connection) {
        lock.lock();
        try {
            if (!routes.remove(connection)) {
                return null;
            }
            boolean last = routes.isEmpty();
            if (last && phase != Phase.CLOSED) {
                boolean wasReady = phase == Phase.READY;
                phase = Phase.DISCONNECTED;
                if (wasReady) {
                    lifecycle.reached(LifecycleState.DISCONNECTED);
                }
            }
            return new Loss(phase, last);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Leaves the current cluster for another one, of which nothing is known.
     *
     * @return false if there is a connection to the current one after all
     */
    boolean moveTo(ClusterAccess other) {
        lock.lock();
        try {
            if (!routes.isEmpty()) {
                return false;
            }
            current = other;
            clusterId = null;
            partitions.expectOtherCluster();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** From now on no connection is admitted. Returns the phase until then. */
    Phase close() {
        lock.lock();
        try {
            Phase before = phase;
            phase = Phase.CLOSED;
            return before;
        } finally {
            lock.unlock();
        }
    }
}
