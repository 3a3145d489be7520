// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.metrics;

import io.filbert.internal.cluster.Cluster;
import io.filbert.internal.connection.Traffic;
import io.filbert.internal.invocation.Invoker;
import io.filbert.internal.listener.Subscriptions;
import io.filbert.internal.runtime.CallbackThreads;
import io.filbert.metrics.ClientMetrics;
import java.time.Instant;

/** Takes snapshots of one client's figures. Thread-safe. */
public final class MetricsReader {

    private final Traffic traffic;
    private final Cluster cluster;
    private final Invoker invoker;
    private final Subscriptions subscriptions;
    private final CallbackThreads callbacks;

    public MetricsReader(
            Traffic traffic, Cluster cluster, Invoker invoker, Subscriptions subscriptions, CallbackThreads callbacks) {
        this.traffic = traffic;
        this.cluster = cluster;
        this.invoker = invoker;
        this.subscriptions = subscriptions;
        this.callbacks = callbacks;
    }

    public ClientMetrics read() {
        // Ends before beginnings: else a call could be seen to have ended that was not seen to begin.
        Traffic.Sums sums = traffic.sums(cluster.reconnects());
        return new ClientMetrics(
                Instant.now(),
                invoker.metrics(sums.latency()),
                sums.connections(),
                callbacks.queued(),
                subscriptions.droppedEvents(),
                traffic.members());
    }
}
