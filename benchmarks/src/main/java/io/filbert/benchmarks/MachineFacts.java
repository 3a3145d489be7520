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
import java.util.stream.Stream;

/** What a reader must know to judge the figures; nothing that names the machine or its user. */
final class MachineFacts {

    private MachineFacts() {}

    static void addTo(Results results, String command) {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        results.addFact("date", LocalDate.now(ZoneOffset.UTC).toString());
        results.addFact(MarkdownReport.PROCESSORS, String.valueOf(system.getAvailableProcessors()));
        results.addFact("processor model", processorModel() + "; member and contenders share the processors");
        results.addFact("memory", Math.round(system.getTotalMemorySize() / 1e9) + " GB");
        results.addFact("system", system.getName() + " " + system.getArch());
        results.addFact("JDK", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        results.addFact("command", command);
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
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        if (load >= 0) {
            results.addFact(fact, String.format(Locale.ROOT, "%.1f", load));
        }
    }
}
