// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks.load;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What one round of load showed.
 *
 * @param operations calls that ended
 * @param nanos how long that took in all
 * @param cpuNanos processor time of the whole process meanwhile, compilation and garbage collection included
 * @param allocatedBytes what all threads of the process allocated meanwhile; -1 if threads ended, which nobody can count then
 * @param p50Nanos latency half of the calls did not exceed; the next two likewise
 */
public record Measurement(
        long operations, long nanos, long cpuNanos, long allocatedBytes, long p50Nanos, long p99Nanos, long p999Nanos) {

    public double operationsPerSecond() {
        return operations * 1e9 / nanos;
    }

    public double cpuMicrosPerOperation() {
        return cpuNanos / 1e3 / operations;
    }

    /** {@code NaN} if unknown. */
    public double bytesPerOperation() {
        return allocatedBytes < 0 ? Double.NaN : (double) allocatedBytes / operations;
    }

    public double p50Micros() {
        return p50Nanos / 1e3;
    }

    /** One line for {@link #parse}. */
    public String format() {
        return String.format(
                Locale.ROOT,
                "operations=%d nanos=%d cpuNanos=%d allocatedBytes=%d p50Nanos=%d p99Nanos=%d p999Nanos=%d",
                operations,
                nanos,
                cpuNanos,
                allocatedBytes,
                p50Nanos,
                p99Nanos,
                p999Nanos);
    }

    public static Measurement parse(String line) {
        Map<String, Long> fields = new HashMap<>();
        for (String field : line.strip().split(" ", -1)) {
            int equals = field.indexOf('=');
            fields.put(field.substring(0, equals), Long.valueOf(field.substring(equals + 1)));
        }
        return new Measurement(
                field(fields, "operations"),
                field(fields, "nanos"),
                field(fields, "cpuNanos"),
                field(fields, "allocatedBytes"),
                field(fields, "p50Nanos"),
                field(fields, "p99Nanos"),
                field(fields, "p999Nanos"));
    }

    private static long field(Map<String, Long> fields, String name) {
        Long value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException("No field " + name + " in " + fields);
        }
        return value;
    }
}
