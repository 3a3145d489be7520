// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.internal.runtime.ClientLog;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class PlatformGaugesTest {

    private static final ClientLog LOG = new ClientLog("test", PlatformGaugesTest.class);

    @Test
    @EnabledOnOs(OS.LINUX)
    void all_onLinux_canBeReadAndAreInRange() {
        List<Gauge> gauges = PlatformGauges.all(LOG);

        assertThat(gauges)
                .extracting(gauge -> gauge.prefix() + "." + gauge.name())
                .containsExactlyInAnyOrder(
                        "os.totalPhysicalMemorySize",
                        "os.freePhysicalMemorySize",
                        "os.committedVirtualMemorySize",
                        "os.totalSwapSpaceSize",
                        "os.freeSwapSpaceSize",
                        "os.systemLoadAverage",
                        "os.openFileDescriptorCount",
                        "os.maxFileDescriptorCount",
                        "os.processCpuTime",
                        "runtime.availableProcessors",
                        "runtime.usedMemory",
                        "runtime.uptime");
        assertThat(gauges).allSatisfy(gauge -> {
            Metric metric = Objects.requireNonNull(gauge.read(), gauge.name());
            assertThat(metric.value().doubleValue()).isBetween(0.0, 1e18);
            assertThat(metric.value() instanceof Double).isEqualTo(gauge.name().equals("systemLoadAverage"));
        });
        assertThat(value(gauges, "availableProcessors"))
                .isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(value(gauges, "totalPhysicalMemorySize")).isGreaterThan(value(gauges, "freePhysicalMemorySize"));
        assertThat(value(gauges, "usedMemory"))
                .isBetween(1.0, (double) Runtime.getRuntime().maxMemory());
    }

    private static double value(List<Gauge> gauges, String name) {
        return gauges.stream()
                .filter(gauge -> gauge.name().equals(name))
                .map(gauge -> Objects.requireNonNull(gauge.read(), name))
                .findAny()
                .orElseThrow()
                .value()
                .doubleValue();
    }

    @Test
    void of_moduleMissing_isNone() {
        assertThat(PlatformGauges.of(
                        "jdk.management",
                        "some figures",
                        () -> {
                            throw new NoClassDefFoundError("com/sun/management/OperatingSystemMXBean");
                        },
                        LOG))
                .isEmpty();
    }

    @Test
    void read_platformDoesNotKnow_isLeftOut() {
        assertThat(new Gauge("os", "a", () -> -1).read()).isNull();
        assertThat(new Gauge("os", "a", () -> Double.NaN).read()).isNull();
        assertThat(new Gauge("os", "a", () -> {
                            throw new UnsupportedOperationException();
                        })
                        .read())
                .isNull();
        assertThat(new Gauge("os", "a", () -> 0).read()).isEqualTo(Metric.of("os", "a", null, 0));
    }
}
