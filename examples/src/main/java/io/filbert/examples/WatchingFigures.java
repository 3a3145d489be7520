// SPDX-License-Identifier: Apache-2.0
package io.filbert.examples;

import io.filbert.HazelcastClient;
import io.filbert.config.ClientConfig;
import io.filbert.metrics.ClientMetrics;
import io.filbert.metrics.LatencyDistribution;
import io.filbert.metrics.MemberMetrics;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** What the client counts: for the program, for other tools, for Management Center. */
public final class WatchingFigures {

    private WatchingFigures() {}

    /** Give the addresses of members; without any, 127.0.0.1 is tried. Prints figures until Enter is pressed. */
    public static void main(String... members) throws java.io.IOException {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        try (HazelcastClient client = HazelcastClient.connect(reporting(members))) {
            everyTenSeconds(client, timer, System.out::println);
            System.in.read();
        } finally {
            timer.shutdownNow();
        }
    }

    static ClientConfig reporting(String... members) {
        // tag::statistics[]
        return ClientConfig.builder()
                .clusterMembers(members)
                .clientName("orders-1") // how Management Center shows it
                .statisticsEnabled(true)
                .statisticsPeriod(Duration.ofSeconds(5))
                .build();
        // end::statistics[]
    }

    static void everyTenSeconds(HazelcastClient client, ScheduledExecutorService timer, Consumer<String> log) {
        // tag::poll[]
        AtomicReference<ClientMetrics> last = new AtomicReference<>(client.metrics());
        timer.scheduleAtFixedRate(
                () -> {
                    ClientMetrics now = client.metrics();
                    log.accept(summary(last.getAndSet(now), now));
                },
                10,
                10,
                TimeUnit.SECONDS);
        // end::poll[]
    }

    // tag::summary[]
    static String summary(ClientMetrics before, ClientMetrics now) {
        double seconds = Duration.between(before.takenAt(), now.takenAt()).toNanos() / 1e9;
        LatencyDistribution latency = now.calls().latency().since(before.calls().latency());
        return Math.round(latency.count() / seconds) + " calls/s, half of them within "
                + latency.percentile(50).toNanos() / 1_000 + " µs, 99.9 % within "
                + latency.percentile(99.9).toNanos() / 1_000 + " µs; "
                + (now.calls().failed() - before.calls().failed()) + " failed, "
                + now.calls().inFlight() + " in flight";
    }
    // end::summary[]

    // tag::export[]
    /** Give each figure a name: a registry of gauges, a time series, or a log takes it from there. */
    static void export(ClientMetrics metrics, BiConsumer<String, Number> to) {
        to.accept("filbert.calls.in_flight", metrics.calls().inFlight());
        to.accept("filbert.calls.failed", metrics.calls().failed());
        to.accept("filbert.calls.timed_out", metrics.calls().timedOut());
        to.accept("filbert.connections.open", metrics.connections().open());
        to.accept("filbert.connections.lost", metrics.connections().lost());
        for (MemberMetrics member : metrics.members()) {
            String prefix = "filbert.member." + member.address() + ".";
            to.accept(prefix + "bytes_queued", member.bytesQueued());
            to.accept(prefix + "latency_p99_us", member.latency().percentile(99).toNanos() / 1_000);
        }
    }
    // end::export[]
}
