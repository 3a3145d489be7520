// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.statistics;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A figure of the machine or the process that is read when it is reported. */
record Gauge(String prefix, String name, Supplier<? extends Number> source) {

    /** Null if it cannot be read here: platforms say so with a negative number, or by failing. */
    @Nullable
    Metric read() {
        Number value;
        try {
            value = source.get();
        } catch (RuntimeException | LinkageError e) {
            return null;
        }
        return value.doubleValue() >= 0 ? Metric.of(prefix, name, null, value) : null;
    }
}
