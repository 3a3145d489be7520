// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks.load;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;

/**
 * Processor time and allocation of this whole process between {@link #start} and {@link #stop}. Not thread-safe.
 *
 * <p>Allocation is the sum over all threads, which the JVM knows for living threads only. If one that was there at the start,
 * or that was started meanwhile, is gone at the end the sum would be too small and is given as unknown.
 */
final class ProcessMeter {

    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Map<Long, Long> before = new HashMap<>();
    private long startedBefore;
    private long cpuBefore;
    private long cpuNanos;
    private long allocatedBytes;

    void start() {
        before.clear();
        before.putAll(allocations());
        startedBefore = threads.getTotalStartedThreadCount();
        cpuBefore = system.getProcessCpuTime();
    }

    void stop() {
        cpuNanos = system.getProcessCpuTime() - cpuBefore;
        Map<Long, Long> after = allocations();
        long started = threads.getTotalStartedThreadCount() - startedBefore;
        long sum = 0;
        long fresh = 0;
        for (Map.Entry<Long, Long> entry : after.entrySet()) {
            Long earlier = before.get(entry.getKey());
            sum += entry.getValue() - (earlier == null ? 0 : earlier);
            fresh += earlier == null ? 1 : 0;
        }
        boolean complete = fresh == started && after.keySet().containsAll(before.keySet());
        allocatedBytes = complete ? sum : -1;
    }

    private Map<Long, Long> allocations() {
        long[] ids = threads.getAllThreadIds();
        long[] bytes = threads.getThreadAllocatedBytes(ids);
        Map<Long, Long> result = new HashMap<>();
        for (int i = 0; i < ids.length; i++) {
            if (bytes[i] >= 0) {
                result.put(ids[i], bytes[i]);
            }
        }
        return result;
    }

    long cpuNanos() {
        return cpuNanos;
    }

    long allocatedBytes() {
        return allocatedBytes;
    }
}
