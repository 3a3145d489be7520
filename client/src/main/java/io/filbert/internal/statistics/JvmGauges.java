// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.statistics;

import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.lang.management.RuntimeMXBean;
import java.util.List;

/** What module {@code java.management} knows; on its own, because the class cannot be linked without that. Stateless. */
final class JvmGauges {

    private JvmGauges() {}

    static List<Gauge> all() {
        OperatingSystemMXBean machine = ManagementFactory.getOperatingSystemMXBean();
        RuntimeMXBean process = ManagementFactory.getRuntimeMXBean();
        return List.of(
                new Gauge("os", "systemLoadAverage", machine::getSystemLoadAverage),
                new Gauge("runtime", "uptime", process::getUptime));
    }
}
