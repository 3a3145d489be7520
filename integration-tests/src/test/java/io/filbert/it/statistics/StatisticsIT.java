// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.client.impl.statistics.ClientStatistics;
import com.hazelcast.core.HazelcastInstance;
import com.sun.management.UnixOperatingSystemMXBean;
import io.filbert.HazelcastClient;
import io.filbert.internal.connection.Traffic;
import io.filbert.internal.protocol.codec.ClientStatisticsCodec;
import io.filbert.internal.protocol.codec.MapSizeCodec;
import io.filbert.internal.runtime.ClientLog;
import io.filbert.internal.statistics.NearCacheFigures;
import io.filbert.internal.statistics.StatisticsReporter;
import io.filbert.it.support.Clients;
import io.filbert.testkit.Eventually;
import io.filbert.testkit.FaultProxy;
import io.filbert.testkit.FaultProxy.Direction;
import io.filbert.testkit.HazelcastMember;
import io.filbert.testkit.HeldRequests;
import io.filbert.testkit.NoLeaks;
import io.filbert.testkit.Reply;
import io.filbert.testkit.ScriptedMember;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NoLeaks
final class StatisticsIT {

    private static final String[] NAMES = {
        "lastStatisticsCollectionTime",
        "enterprise",
        "clientType",
        "clientVersion",
        "clusterConnectionTimestamp",
        "clientAddress",
        "clientName",
        "os.totalPhysicalMemorySize",
        "os.freePhysicalMemorySize",
        "os.committedVirtualMemorySize",
        "os.totalSwapSpaceSize",
        "os.freeSwapSpaceSize",
        "os.processCpuTime",
        "runtime.availableProcessors",
        "runtime.usedMemory",
        "runtime.uptime"
    };

    private static final String[] NAMES_ON_UNIX = {
        "os.systemLoadAverage", "os.openFileDescriptorCount", "os.maxFileDescriptorCount"
    };

    private static long value(Map<String, Number> metrics, String name) {
        return Objects.requireNonNull(metrics.get(name), name).longValue();
    }

    private static ClientStatistics awaitStatistics(EmbeddedMember member, String clientName, long after) {
        AtomicReference<ClientStatistics> told = new AtomicReference<>();
        Eventually.passes(() -> {
            ClientStatistics last = member.statisticsOf(clientName);
            assertThat(last).as("statistics of %s", clientName).isNotNull();
            assertThat(Objects.requireNonNull(last).timestamp()).isGreaterThan(after);
            told.set(last);
        });
        return Objects.requireNonNull(told.get());
    }

    @Test
    void enabled_realMember_hasTheTextAndTheSameFiguresAsMetrics() {
        try (EmbeddedMember member = new EmbeddedMember()) {
            long before = System.currentTimeMillis();
            try (HazelcastClient client = Clients.connect(
                    member.address(),
                    config -> config.clientName("teller")
                            .statisticsEnabled(true)
                            .statisticsPeriod(Duration.ofMillis(50)))) {
                client.<String, String>getMap("m").put("k", "x".repeat(10_000)).join();
                ClientStatistics first = awaitStatistics(member, "teller", 0);
                ClientStatistics told = awaitStatistics(member, "teller", first.timestamp());

                Map<String, String> text = EmbeddedMember.attributes(told);
                assertThat(text)
                        .containsEntry("lastStatisticsCollectionTime", String.valueOf(told.timestamp()))
                        .containsEntry("enterprise", "false")
                        .containsEntry("clientType", "FLB")
                        .containsEntry("clientName", "teller");
                assertThat(Long.parseLong(String.valueOf(text.get("clusterConnectionTimestamp"))))
                        .isBetween(before, told.timestamp());
                assertThat(text.get("clientAddress")).matches("127\\.0\\.0\\.1:\\d+");
                assertThat(text.get("clientVersion")).matches("\\d+\\.\\d+.*");
                assertThat(text).containsKeys(NAMES);
                if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean) {
                    assertThat(text).containsKeys(NAMES_ON_UNIX);
                    assertThat(text.keySet())
                            .as("names that are not of the protocol")
                            .containsExactlyInAnyOrder(Stream.of(NAMES, NAMES_ON_UNIX)
                                    .flatMap(Stream::of)
                                    .toArray(String[]::new));
                }

                Map<String, Number> metrics = EmbeddedMember.metrics(told);
                assertThat(metrics.keySet())
                        .filteredOn(name -> !name.startsWith("tcp."))
                        .isNotEmpty();
                metrics.forEach((name, value) -> {
                    if (!name.startsWith("tcp.")) {
                        assertThat(text).containsEntry(name, value.toString());
                    }
                });
                assertThat(text.keySet())
                        .filteredOn(key -> key.startsWith("os.") || key.startsWith("runtime."))
                        .allSatisfy(key -> assertThat(metrics).containsKey(key));
                areOfThisProcess(metrics);
                assertThat(value(metrics, "tcp.bytesSend")).isBetween(10_000L, 10_000_000L);
                assertThat(value(metrics, "tcp.bytesReceived")).isBetween(500L, 10_000_000L);
            }
        }
    }

    private static void areOfThisProcess(Map<String, Number> metrics) {
        Runtime runtime = Runtime.getRuntime();
        long uptime = ManagementFactory.getRuntimeMXBean().getUptime();
        assertThat(value(metrics, "runtime.availableProcessors")).isEqualTo(runtime.availableProcessors());
        assertThat(value(metrics, "runtime.usedMemory")).isBetween(1L, runtime.maxMemory());
        assertThat(value(metrics, "runtime.uptime")).isBetween(uptime - 60_000, uptime);
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean machine) {
            long memory = machine.getTotalMemorySize();
            long cpuTime = machine.getProcessCpuTime();
            long limit = machine.getMaxFileDescriptorCount();
            assertThat(value(metrics, "os.totalPhysicalMemorySize")).isEqualTo(memory);
            assertThat(value(metrics, "os.freePhysicalMemorySize")).isBetween(1L, memory);
            assertThat(value(metrics, "os.totalSwapSpaceSize")).isEqualTo(machine.getTotalSwapSpaceSize());
            assertThat(value(metrics, "os.processCpuTime")).isBetween(1L, cpuTime);
            assertThat(value(metrics, "os.maxFileDescriptorCount")).isEqualTo(limit);
            assertThat(value(metrics, "os.openFileDescriptorCount")).isBetween(1L, limit);
            assertThat(metrics.get("os.systemLoadAverage")).isInstanceOf(Double.class);
        }
    }

    /** There are no near caches yet, but what a report says about one must be understood. */
    @Test
    void nearCache_ofWhichTheReporterIsTold_reachesTheMember() throws InterruptedException {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        try (EmbeddedMember member = new EmbeddedMember();
                HazelcastClient client = Clients.connect(member.address(), config -> {})) {
            new StatisticsReporter(
                            new ClientLog("cached", StatisticsIT.class),
                            io.filbert.config.ClientConfig.builder()
                                    .statisticsEnabled(true)
                                    .statisticsPeriod(Duration.ofMillis(50))
                                    .build()
                                    .statistics(),
                            "FLB",
                            "1.0",
                            "cached",
                            Clients.routes(client),
                            new Traffic(),
                            () -> List.of(new NearCacheFigures("/orders.eu", 11, 12, 13, 14, 15, 16, 17, 18, 19)),
                            Duration.ofSeconds(10),
                            timer,
                            timer,
                            new Random())
                    .start();
            ClientStatistics told = awaitStatistics(member, "cached", 0);

            Map<String, Integer> figures = Map.of(
                    "creationTime",
                    11,
                    "evictions",
                    12,
                    "hits",
                    13,
                    "misses",
                    14,
                    "ownedEntryCount",
                    15,
                    "expirations",
                    16,
                    "invalidations",
                    17,
                    "invalidationRequests",
                    18,
                    "ownedEntryMemoryCost",
                    19);
            Map<String, String> text = EmbeddedMember.attributes(told);
            Map<String, Number> metrics = EmbeddedMember.metrics(told);
            figures.forEach((name, figure) -> {
                assertThat(text).containsEntry("nc.orders\\.eu." + name, figure.toString());
                assertThat(metrics).containsEntry("nearcache[name=/orders.eu]." + name, figure.longValue());
            });
            assertThat(metrics.keySet())
                    .filteredOn(name -> name.startsWith("nearcache"))
                    .hasSize(figures.size());
        } finally {
            timer.shutdownNow();
            assertThat(timer.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** The vendor's own client says which names tools know. */
    @Test
    void enabled_namesInTheText_areThoseOfTheOfficialClient() {
        try (EmbeddedMember member = new EmbeddedMember();
                HazelcastClient ours = Clients.connect(
                        member.address(),
                        config -> config.clientName("ours")
                                .statisticsEnabled(true)
                                .statisticsPeriod(Duration.ofMillis(50)))) {
            ClientConfig config = new ClientConfig();
            config.setInstanceName("theirs");
            config.getNetworkConfig().addAddress(member.address());
            config.setProperty("hazelcast.logging.type", "none");
            config.setProperty("hazelcast.phone.home.enabled", "false");
            config.setProperty("hazelcast.client.statistics.enabled", "true");
            config.setProperty("hazelcast.client.statistics.period.seconds", "1");
            HazelcastInstance theirs = com.hazelcast.client.HazelcastClient.newHazelcastClient(config);
            try {
                ClientStatistics byOurs = awaitStatistics(member, ours.name(), 0);
                ClientStatistics byTheirs = awaitStatistics(member, "theirs", 0);

                assertThat(EmbeddedMember.attributes(byTheirs).keySet())
                        .containsAll(EmbeddedMember.attributes(byOurs).keySet());
            } finally {
                theirs.shutdown();
            }
        }
    }

    /** The oldest release ignores the metrics, and must not mind them. */
    @ParameterizedTest
    @ValueSource(strings = {"4.0.6", "5.7.0"})
    void enabled_memberOfThatRelease_acceptsReportAfterReport(String version) {
        try (HazelcastMember member = HazelcastMember.builder().version(version).start();
                FaultProxy proxy = FaultProxy.to(member);
                HazelcastClient client = Clients.connect(
                        proxy.address(),
                        config -> config.smartRouting(false)
                                .statisticsEnabled(true)
                                .statisticsPeriod(Duration.ofMillis(20)))) {
            // Each report waits for the answer to the one before, so bytes go on flowing only if they are answered.
            long begin = proxy.bytes(Direction.TO_MEMBER);
            Eventually.passes(() -> assertThat(proxy.bytes(Direction.TO_MEMBER)).isGreaterThan(begin + 10_000));
            assertThat(client.<String, String>getMap("m").put("k", "v").join()).isNull();
            assertThat(proxy.connectionsAccepted()).isEqualTo(1);
        }
    }

    @Test
    void enabled_unansweredReport_isFollowedByNone() {
        try (ScriptedMember member = ScriptedMember.start()) {
            HeldRequests reports = member.hold(ClientStatisticsCodec.REQUEST);
            try (HazelcastClient client = Clients.connect(
                    member.address(),
                    config -> config.statisticsEnabled(true).statisticsPeriod(Duration.ofMillis(5)))) {
                Reply first = reports.take();
                for (int i = 0; i < 100; i++) {
                    client.getMap("m").size().join();
                }
                assertThat(member.requests(MapSizeCodec.REQUEST)).hasSize(100);
                assertThat(member.requests(ClientStatisticsCodec.REQUEST)).hasSize(1);

                first.proceed();
                reports.take();
                assertThat(member.requests(ClientStatisticsCodec.REQUEST)).hasSize(2);
            }
        }
    }

    private static long reportsOf(ScriptedMember member, HazelcastClient client) {
        return member.requests(ClientStatisticsCodec.REQUEST).stream()
                .filter(report -> report.connection().clientName().equals(client.name()))
                .count();
    }

    @Test
    void period_isTheTimeFromOneReportToTheNext() {
        try (ScriptedMember member = ScriptedMember.start();
                HazelcastClient rare = Clients.connect(
                        member.address(),
                        config -> config.statisticsEnabled(true).statisticsPeriod(Duration.ofHours(1)));
                HazelcastClient frequent = Clients.connect(
                        member.address(),
                        config -> config.statisticsEnabled(true).statisticsPeriod(Duration.ofMillis(100)))) {
            Eventually.passes(() -> assertThat(reportsOf(member, frequent)).isGreaterThanOrEqualTo(10));
            Eventually.passes(() -> assertThat(reportsOf(member, rare)).isEqualTo(1));
        }
    }

    @Test
    void disabled_byDefault_tellsNothing() {
        try (ScriptedMember member = ScriptedMember.start();
                HazelcastClient client =
                        Clients.connect(member.address(), config -> config.statisticsPeriod(Duration.ofMillis(1)))) {
            for (int i = 0; i < 100; i++) {
                client.getMap("m").size().join();
            }
            assertThat(member.requests(ClientStatisticsCodec.REQUEST)).isEmpty();
        }
    }
}
