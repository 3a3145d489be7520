// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.statistics;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** What module {@code jdk.management} knows; on its own, because the class cannot be linked without that. Stateless. */
final class MachineGauges {

    private MachineGauges() {}

    static List<Gauge> all() {
        OperatingSystemMXBean machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        List<Gauge> gauges = new ArrayList<>(List.of(
                new Gauge("os", "totalPhysicalMemorySize", machine::getTotalMemorySize),
                new Gauge("os", "freePhysicalMemorySize", machine::getFreeMemorySize),
                new Gauge("os", "committedVirtualMemorySize", machine::getCommittedVirtualMemorySize),
                new Gauge("os", "totalSwapSpaceSize", machine::getTotalSwapSpaceSize),
                new Gauge("os", "freeSwapSpaceSize", machine::getFreeSwapSpaceSize),
                new Gauge("os", "processCpuTime", machine::getProcessCpuTime)));
        if (machine instanceof UnixOperatingSystemMXBean unix) {
            gauges.add(new Gauge("os", "openFileDescriptorCount", unix::getOpenFileDescriptorCount));
            gauges.add(new Gauge("os", "maxFileDescriptorCount", unix::getMaxFileDescriptorCount));
        }
        return gauges;
    }
}
