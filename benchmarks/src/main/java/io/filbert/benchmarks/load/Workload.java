// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks.load;

import java.util.Locale;

/**
 * One row of the comparison.
 *
 * @param concurrency threads that call and wait, or the number of calls one thread keeps in flight
 * @param valueBytes length of each value, a {@code byte[]}
 */
public record Workload(Operation operation, int valueBytes, boolean async, int concurrency) {

    public Workload {
        if (valueBytes < 1 || concurrency < 1) {
            throw new IllegalArgumentException(
                    "valueBytes and concurrency must be positive: " + valueBytes + ", " + concurrency);
        }
    }

    /** Reads {@link #id} back. */
    public static Workload parse(String id) {
        String[] parts = id.split("-", -1);
        if (parts.length != 4 || !(parts[2].equals("async") || parts[2].equals("blocking"))) {
            throw new IllegalArgumentException(
                    "Not a row: '" + id + "'; rows look like get-100-blocking-4 or set-10240-async-256");
        }
        return new Workload(
                Operation.valueOf(parts[0].toUpperCase(Locale.ROOT)),
                Integer.parseInt(parts[1]),
                parts[2].equals("async"),
                Integer.parseInt(parts[3]));
    }

    /** A name for command lines and files, such as {@code get-100-blocking-4}. */
    public String id() {
        return operation.name().toLowerCase(Locale.ROOT) + "-" + valueBytes + "-" + (async ? "async" : "blocking") + "-"
                + concurrency;
    }

    @Override
    public String toString() {
        return id();
    }
}
