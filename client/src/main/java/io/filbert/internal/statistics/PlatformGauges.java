// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.statistics;

import io.filbert.internal.runtime.ClientLog;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** All gauges there are on this platform. Run-time images may lack the modules that know some of them. Stateless. */
final class PlatformGauges {

    private PlatformGauges() {}

    /** In the order in which they are reported. */
    static List<Gauge> all(ClientLog log) {
        List<Gauge> gauges = new ArrayList<>();
        gauges.addAll(of("jdk.management", "memory, file descriptors and CPU time", MachineGauges::all, log));
        gauges.addAll(of("java.management", "the load average and the time the process has run", JvmGauges::all, log));
        Runtime runtime = Runtime.getRuntime();
        gauges.add(new Gauge("runtime", "availableProcessors", runtime::availableProcessors));
        gauges.add(new Gauge("runtime", "usedMemory", () -> runtime.totalMemory() - runtime.freeMemory()));
        return gauges;
    }

    /** @param gauges fails to link if the module is missing */
    static List<Gauge> of(String module, String figures, Supplier<List<Gauge>> gauges, ClientLog log) {
        try {
            return gauges.get();
        } catch (LinkageError | ClassCastException e) {
            log.info("Statistics do not tell " + figures + ": module " + module + " is not there"
                    + " (java --add-modules, or in a run-time image, adds it)");
            log.debug(() -> "No gauges from " + module + ": " + e);
            return List.of();
        }
    }
}
