// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.statistics;

import io.filbert.config.StatisticsConfig;
import io.filbert.internal.cluster.Routes;
import io.filbert.internal.connection.Connection;
import io.filbert.internal.connection.Traffic;
import io.filbert.internal.protocol.codec.ClientStatisticsCodec;
import io.filbert.internal.runtime.ClientLog;
import io.filbert.internal.runtime.RareLog;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends a report to some member every period, and none while the last one has not been answered or there is no connection.
 *
 * <p>The timer only says when: reading the figures of the machine may take milliseconds and is left to another thread, one at a time.
 */
public final class StatisticsReporter {

    /** More often would only keep the timer busy: no member answers sooner. */
    private static final long SHORTEST_PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final ClientLog log;
    private final RareLog rareLog;
    private final StatisticsConfig config;
    private final Report.Client client;
    private final Routes routes;
    private final Traffic traffic;
    private final Supplier<List<NearCacheFigures>> nearCaches;
    private final Duration timeout;
    private final ScheduledExecutorService timer;
    private final Executor worker;
    private final Random random;
    private final AtomicBoolean busy = new AtomicBoolean();

    /** Belongs to whoever has set {@link #busy}. */
    private @Nullable List<Gauge> gauges;

    /**
     * @param clientType as in the authentication
     * @param nearCaches what there are now
     * @param timeout for a member's answer
     * @param worker reads the figures
     */
    public StatisticsReporter(
            ClientLog log,
            StatisticsConfig config,
            String clientType,
            String clientVersion,
            String clientName,
            Routes routes,
            Traffic traffic,
            Supplier<List<NearCacheFigures>> nearCaches,
            Duration timeout,
            ScheduledExecutorService timer,
            Executor worker,
            Random random) {
        this.log = log.forClass(StatisticsReporter.class);
        this.rareLog = new RareLog(this.log);
        this.config = config;
        this.client = new Report.Client(clientType, clientVersion, clientName);
        this.routes = routes;
        this.traffic = traffic;
        this.nearCaches = nearCaches;
        this.timeout = timeout;
        this.timer = timer;
        this.worker = worker;
        this.random = random;
    }

    /** Sends the first report soon and then one each period, until the timer ends. */
    public void start() {
        if (config.enabled()) {
            long period = Math.max(config.period().toNanos(), SHORTEST_PERIOD_NANOS);
            timer.scheduleAtFixedRate(this::due, 0, period, TimeUnit.NANOSECONDS);
            log.info("Client statistics enabled with the period of "
                    + config.period().toMillis() / 1000.0 + " seconds");
        }
    }

    private void due() {
        if (!busy.compareAndSet(false, true)) {
            log.debug(() -> "No statistics this time: the last ones have not been answered yet");
            return;
        }
        try {
            worker.execute(this::report);
        } catch (RejectedExecutionException e) {
            busy.set(false);
            log.debug(() -> "No statistics any more: the client is shutting down");
        } catch (Throwable e) {
            // An exception would end the repetition.
            busy.set(false);
            rareLog.error("start", "Starting to collect statistics failed", e);
        }
    }

    private void report() {
        try {
            Connection connection = anyConnection();
            if (connection == null) {
                busy.set(false);
                log.debug(() -> "No statistics this time: there is no connection");
                return;
            }
            Report report = collect(connection);
            send(connection, report);
        } catch (Throwable e) {
            busy.set(false);
            rareLog.error("collect", "Collecting statistics failed", e);
        }
    }

    private @Nullable Connection anyConnection() {
        List<Connection> live =
                routes.active().stream().filter(Connection::isLive).toList();
        return live.isEmpty() ? null : live.get(random.nextInt(live.size()));
    }

    private Report collect(Connection connection) {
        List<Gauge> known = gauges;
        if (known == null) {
            known = PlatformGauges.all(log);
            gauges = known;
        }
        Traffic.Bytes bytes = traffic.bytes();
        return Report.of(
                System.currentTimeMillis(),
                client,
                new Report.Sender(connection.openedMillis(), hostAndPort(connection.localAddress())),
                nearCaches.get(),
                known.stream().map(Gauge::read).filter(Objects::nonNull).toList(),
                bytes.sent(),
                bytes.received());
    }

    static String hostAndPort(@Nullable SocketAddress address) {
        return address instanceof InetSocketAddress inet && inet.getAddress() != null
                ? inet.getAddress().getHostAddress() + ":" + inet.getPort()
                : "";
    }

    private void send(Connection connection, Report report) {
        byte[] message = ClientStatisticsCodec.encodeRequest(
                report.timestampMillis(), report.attributes(), MetricsBlob.encode(report.metrics()));
        connection
                .call(ClientStatisticsCodec.REQUEST, message, response -> connection, timeout, null)
                .whenComplete((answered, failure) -> {
                    busy.set(false);
                    if (failure != null) {
                        log.debug(() -> "Statistics were not taken by " + connection + ": " + failure);
                    }
                });
    }
}
