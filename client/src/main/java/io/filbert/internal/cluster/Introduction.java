// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.cluster;

import io.filbert.config.ClientConfig;
import io.filbert.internal.connection.Connection;
import io.filbert.internal.protocol.codec.ClientLocalBackupListenerCodec;
import io.filbert.internal.runtime.ClientLog;
import io.filbert.internal.runtime.RareLog;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** What the cluster is told about this client over new connections. Thread-safe. */
final class Introduction {

    private final ClientLog log;
    private final RareLog rareLog;
    private final ClientConfig config;
    private final ScheduledExecutorService timer;
    private final ClientState state;
    private final Function<Connection, CompletableFuture<Void>> listeners;

    Introduction(
            ClientLog log,
            ClientConfig config,
            ScheduledExecutorService timer,
            ClientState state,
            Function<Connection, CompletableFuture<Void>> listeners) {
        this.log = log;
        this.rareLog = new RareLog(log);
        this.config = config;
        this.timer = timer;
        this.state = state;
        this.listeners = listeners;
    }

    /**
     * Has the member send backup acks over the connection, if the client wants any.
     *
     * @param registered called on the I/O thread when it does
     */
    void requestBackupAcks(Connection connection, Runnable registered) {
        if (!config.network().smartRouting() || !config.invocation().backupAckToClientEnabled()) {
            return;
        }
        connection
                .call(
                        ClientLocalBackupListenerCodec.REQUEST,
                        ClientLocalBackupListenerCodec.encodeRequest(),
                        ClientLocalBackupListenerCodec::decodeResponse,
                        config.heartbeat().timeout(),
                        null)
                .whenComplete((registration, failure) -> {
                    if (failure == null) {
                        connection.backupAcksRegistered();
                        registered.run();
                    } else {
                        log.debug(() -> "Registering for backup acks on " + connection + " failed: " + failure);
                    }
                });
    }

    /**
     * Tells a cluster that this client comes back to what it needs to know, again and again as long as the connection lives.
     *
     * @param done called on the I/O thread when the cluster knows; never, if the connection is lost before
     */
    void sendState(Connection connection, Runnable done) {
        state.sendTo(connection, config.invocation().timeout())
                .thenCompose(sent -> listeners.apply(connection))
                .whenComplete((sent, failure) -> {
                    // What was under way on a lost connection ends too, but that does not mean the cluster knows.
                    if (!connection.isLive()) {
                        log.debug(() -> connection + " was lost before the cluster knew about this client");
                    } else if (failure == null) {
                        done.run();
                    } else {
                        rareLog.warning(
                                connection.address(),
                                "Telling the cluster over " + connection + " what objects, schemas and listeners this"
                                        + " client has failed; calls wait until it succeeds. Trying again every "
                                        + config.invocation().retryPause().toMillis() + " ms: " + failure.getMessage());
                        sendStateLater(connection, done);
                    }
                });
    }

    private void sendStateLater(Connection connection, Runnable done) {
        try {
            timer.schedule(
                    () -> sendState(connection, done),
                    config.invocation().retryPause().toNanos(),
                    TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            log.debug(() -> "The client is shutting down, the cluster need not know about it");
        }
    }
}
