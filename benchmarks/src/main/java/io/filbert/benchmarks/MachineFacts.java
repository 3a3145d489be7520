// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.filbert.benchmarks.report.MarkdownReport;
import io.filbert.benchmarks.report.Results;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** What a reader must know to judge the figures; nothing that names the machine or its user. */
public final class MachineFacts {

    private MachineFacts() {}

    static void addTo(Results results, String command) {
        describe(results::addFact, command);
    }

    /** Hands over names and values. */
    public static void describe(BiConsumer<String, String> facts, String command) {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        facts.accept("date", LocalDate.now(ZoneOffset.UTC).toString());
        facts.accept(MarkdownReport.PROCESSORS, String.valueOf(system.getAvailableProcessors()));
        facts.accept("processor model", processorModel() + "; member and contenders share the processors");
        facts.accept("memory", Math.round(system.getTotalMemorySize() / 1e9) + " GB");
        facts.accept("system", system.getName() + " " + system.getArch());
        facts.accept("JDK", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        facts.accept("command", command);
    }

    private static String processorModel() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("model unknown");
        } catch (IOException e) {
            return "model unknown";
        }
    }

    /** How busy the machine was, which says how far to trust absolute figures. */
    static void addLoad(Results results, String fact) {
        describeLoad(results::addFact, fact);
    }

    /** As {@link #addLoad}, under the name of the fact. */
    public static void describeLoad(BiConsumer<String, String> facts, String fact) {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        if (load >= 0) {
            facts.accept(fact, String.format(Locale.ROOT, "%.1f", load));
        }
    }
}
