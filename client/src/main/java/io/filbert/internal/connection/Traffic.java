// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.connection;

import io.filbert.metrics.ConnectionMetrics;
import io.filbert.metrics.LatencyDistribution;
import io.filbert.metrics.MemberMetrics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What all connections of one client have carried, those that are gone included. Each connection counts for itself, without contention;
 * here its figures are only looked at, and kept when it ends. Thread-safe.
 */
public final class Traffic {

    /** Members without connection whose figures are kept: a cluster that is restarted often must not fill the memory. */
    private static final int GONE_MEMBERS_KEPT = 100;

    /** Bytes on the network, with TLS those before encryption. */
    public record Bytes(long sent, long received) {}

    private final ReentrantLock lock = new ReentrantLock();

    // All guarded by the lock.
    private final Set<Connection> open = new HashSet<>();
    private final Set<Connection> admitted = new HashSet<>();
    private final ConnectionSums past = new ConnectionSums();
    private final Map<UUID, ConnectionSums> pastOfMembers = new LinkedHashMap<>();
    private long failedAttempts;

    /** Has the connection counted from now on. */
    void opened(Connection connection) {
        lock.lock();
        try {
            open.add(connection);
        } finally {
            lock.unlock();
        }
    }

    /** The connection could not be opened after all. */
    void neverOpened(Connection connection) {
        lock.lock();
        try {
            open.remove(connection);
        } finally {
            lock.unlock();
        }
    }

    /** How many connections there are, those that have not authenticated yet included. */
    int openCount() {
        lock.lock();
        try {
            return open.size();
        } finally {
            lock.unlock();
        }
    }

    void attemptFailed() {
        lock.lock();
        try {
            failedAttempts++;
        } finally {
            lock.unlock();
        }
    }

    /** The connection came into use; it may have ended again meanwhile. */
    public void admitted(Connection connection) {
        lock.lock();
        try {
            boolean lost = !open.contains(connection);
            for (ConnectionSums sums : List.of(past, ofMember(connection))) {
                sums.opened++;
                sums.lost += lost ? 1 : 0;
            }
            if (!lost) {
                admitted.add(connection);
            }
        } finally {
            lock.unlock();
        }
    }

    private ConnectionSums ofMember(Connection connection) {
        ConnectionSums sums = pastOfMembers.computeIfAbsent(connection.memberUuid(), absent -> new ConnectionSums());
        sums.address = connection.address();
        return sums;
    }

    /** The same listener for a connection whose end is to be noticed here first. */
    ConnectionListener before(ConnectionListener listener) {
        return new ConnectionListener() {
            @Override
            public void onClosed(Connection connection, String reason, @Nullable Throwable cause) {
                closed(connection);
                listener.onClosed(connection, reason, cause);
            }

            @Override
            public void onBackupAck(int connectionNumber, long correlationId) {
                listener.onBackupAck(connectionNumber, correlationId);
            }
        };
    }

    private void closed(Connection connection) {
        lock.lock();
        try {
            if (!open.remove(connection)) {
                return;
            }
            past.add(connection);
            if (connection.member() != null) {
                ofMember(connection).add(connection);
            }
            if (admitted.remove(connection) && !connection.isClosedForShutdown()) {
                past.lost++;
                ofMember(connection).lost++;
            }
            forgetMembers();
        } finally {
            lock.unlock();
        }
    }

    private void forgetMembers() {
        Iterator<UUID> oldestFirst = pastOfMembers.keySet().iterator();
        int surplus = pastOfMembers.size() - admitted.size() - GONE_MEMBERS_KEPT;
        while (surplus > 0 && oldestFirst.hasNext()) {
            UUID member = oldestFirst.next();
            if (admitted.stream()
                    .noneMatch(connection -> connection.memberUuid().equals(member))) {
                oldestFirst.remove();
                surplus--;
            }
        }
    }

    /** On all connections since the client was made. */
    public Bytes bytes() {
        lock.lock();
        try {
            long sent = past.bytesSent;
            long received = past.bytesReceived;
            for (Connection connection : open) {
                sent += connection.bytesSent();
                received += connection.bytesReceived();
            }
            return new Bytes(sent, received);
        } finally {
            lock.unlock();
        }
    }

    /** All connections together. */
    public record Sums(ConnectionMetrics connections, LatencyDistribution latency) {}

    /** @param reconnects as the rooms above have counted them */
    public Sums sums(long reconnects) {
        lock.lock();
        try {
            ConnectionSums all = new ConnectionSums();
            all.add(past);
            long queued = 0;
            for (Connection connection : open) {
                all.add(connection);
                queued += connection.bytesQueued();
            }
            return new Sums(
                    new ConnectionMetrics(
                            admitted.size(),
                            all.opened,
                            all.lost,
                            failedAttempts,
                            reconnects,
                            all.bytesSent,
                            all.bytesReceived,
                            all.messagesSent,
                            all.messagesReceived,
                            queued),
                    all.latency.distribution());
        } finally {
            lock.unlock();
        }
    }

    /** Each member that was connected, the longest known first. */
    public List<MemberMetrics> members() {
        lock.lock();
        try {
            List<MemberMetrics> members = new ArrayList<>();
            pastOfMembers.forEach((uuid, sums) -> members.add(member(uuid, sums)));
            return members;
        } finally {
            lock.unlock();
        }
    }

    private MemberMetrics member(UUID uuid, ConnectionSums pastSums) {
        ConnectionSums all = new ConnectionSums();
        all.add(pastSums);
        boolean connected = false;
        int inFlight = 0;
        long queued = 0;
        for (Connection connection : admitted) {
            if (connection.memberUuid().equals(uuid)) {
                connected = true;
                all.add(connection);
                inFlight += connection.inFlight().size();
                queued += connection.bytesQueued();
            }
        }
        return new MemberMetrics(
                uuid,
                pastSums.address(),
                connected,
                inFlight,
                all.opened,
                all.lost,
                all.bytesSent,
                all.bytesReceived,
                all.messagesSent,
                all.messagesReceived,
                queued,
                all.latency.distribution());
    }
}
