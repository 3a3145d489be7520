// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.cluster;

import io.filbert.config.ClientConfig;
import io.filbert.internal.connection.Connection;
import io.filbert.internal.protocol.codec.ClientLocalBackupListenerCodec;
import io.filbert.internal.runtime.ClientLog;
import io.filbert.internal.runtime.RareLog;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the cluster must know about this client over new connections. Thread-safe. */
final class Introduction {

    /** Longer than a healthy cluster takes to answer. */
    private static final Duration LONG = Duration.ofSeconds(5);

    private static final int MOST_NAMED = 3;

    private final ClientLog log;
    private final RareLog rareLog;
    private final ClientConfig config;
    private final ScheduledExecutorService timer;
    private final ClientState state;
    private final Function<Connection, CompletableFuture<Void>> listeners;
    private final Function<Connection, List<String>> missingListeners;

    /**
     * @param listeners registers all listeners on a connection
     * @param missingListeners those whose registration the member has not answered
     */
    Introduction(
            ClientLog log,
            ClientConfig config,
            ScheduledExecutorService timer,
            ClientState state,
            Function<Connection, CompletableFuture<Void>> listeners,
            Function<Connection, List<String>> missingListeners) {
        this.log = log;
        this.rareLog = new RareLog(log);
        this.config = config;
        this.timer = timer;
        this.state = state;
        this.listeners = listeners;
        this.missingListeners = missingListeners;
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
     * Sends a cluster that this client comes back to what it needs to know, again and again as long as the connection lives.
     *
     * @param done called on the I/O thread when the cluster knows; never, if the connection is lost before
     */
    void sendState(Connection connection, Runnable done) {
        AtomicReference<String> waitsFor = new AtomicReference<>("");
        ScheduledFuture<?> report = reportLater(connection, waitsFor);
        send(connection, waitsFor)
                .thenCompose(sent -> {
                    waitsFor.set("");
                    return listeners.apply(connection);
                })
                .whenComplete((sent, failure) -> {
                    if (report != null) {
                        report.cancel(false);
                    }
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

    /** Never throws: what fails at once, such as for want of memory, is tried again like all else. */
    private CompletableFuture<Void> send(Connection connection, AtomicReference<String> waitsFor) {
        try {
            return state.sendTo(connection, config.invocation().timeout(), waitsFor::set);
        } catch (Throwable e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Logs again and again what is waited for, as long as it is. */
    private @Nullable ScheduledFuture<?> reportLater(Connection connection, AtomicReference<String> waitsFor) {
        try {
            return timer.scheduleWithFixedDelay(
                    () -> {
                        if (connection.isLive()) {
                            rareLog.warning(
                                    "synchronizing",
                                    "Connected over " + connection + ", but calls still wait for "
                                            + describe(connection, Objects.requireNonNullElse(waitsFor.get(), ""))
                                            + ". If this goes on, look at that member: it does not answer");
                        }
                    },
                    LONG.toNanos(),
                    LONG.toNanos(),
                    TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            return null; // the client is shutting down
        }
    }

    private String describe(Connection connection, String waitsFor) {
        if (!waitsFor.isEmpty()) {
            return waitsFor;
        }
        List<String> missing = missingListeners.apply(connection);
        return "the registration of "
                + (missing.isEmpty()
                        ? "listeners"
                        : String.join(", ", missing.subList(0, Math.min(MOST_NAMED, missing.size()))))
                + (missing.size() > MOST_NAMED ? " and " + (missing.size() - MOST_NAMED) + " more" : "");
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
