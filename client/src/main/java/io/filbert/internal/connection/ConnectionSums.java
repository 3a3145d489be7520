// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.connection;

import io.filbert.cluster.Address;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The figures of several connections added up. Guarded by the lock of {@link Traffic}. */
final class ConnectionSums {

    @Nullable
    Address address;

    long opened;
    long lost;
    long bytesSent;
    long bytesReceived;
    long messagesSent;
    long messagesReceived;
    final LatencyHistogram latency = new LatencyHistogram();

    Address address() {
        return Objects.requireNonNull(address, "set when a member is first seen");
    }

    void add(Connection connection) {
        bytesSent += connection.bytesSent();
        bytesReceived += connection.bytesReceived();
        messagesSent += connection.messagesSent();
        messagesReceived += connection.messagesReceived();
        LatencyHistogram recorded = connection.latency();
        if (recorded != null) {
            latency.add(recorded);
        }
    }

    void add(ConnectionSums other) {
        opened += other.opened;
        lost += other.lost;
        bytesSent += other.bytesSent;
        bytesReceived += other.bytesReceived;
        messagesSent += other.messagesSent;
        messagesReceived += other.messagesReceived;
        latency.add(other.latency);
    }
}
