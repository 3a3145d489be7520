// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.connection;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What all connections of one client have carried, those that are gone included. Each connection counts for itself; here its figures are
 * only looked at, and kept when it ends. Thread-safe.
 */
public final class Traffic {

    /** Bytes on the network, with TLS those before encryption. */
    public record Bytes(long sent, long received) {}

    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock.
    private final Set<Connection> open = new HashSet<>();
    private long pastSent;
    private long pastReceived;

    /** Has the connection counted from now on. */
    void opened(Connection connection) {
        lock.lock();
        try {
            open.add(connection);
        } finally {
            lock.unlock();
        }
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
            if (open.remove(connection)) {
                pastSent += connection.bytesSent();
                pastReceived += connection.bytesReceived();
            }
        } finally {
            lock.unlock();
        }
    }

    /** On all connections since the client was made. */
    public Bytes bytes() {
        lock.lock();
        try {
            long sent = pastSent;
            long received = pastReceived;
            for (Connection connection : open) {
                sent += connection.bytesSent();
                received += connection.bytesReceived();
            }
            return new Bytes(sent, received);
        } finally {
            lock.unlock();
        }
    }
}
