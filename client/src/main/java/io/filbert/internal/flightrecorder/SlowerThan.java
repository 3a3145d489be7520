// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.flightrecorder;

import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import jdk.jfr.SettingControl;
import org.jspecify.annotations.Nullable;

/**
 * From how long on a call is slow: a setting of recordings, because the recorder's own threshold wants to be told when calls begin, which
 * would cost every call. The shortest of all recordings holds. Set by the flight recorder, one thread at a time; read by all.
 */
public final class SlowerThan extends SettingControl {

    private static final long DEFAULT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final Map<String, Long> UNITS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L);

    /** Of all clients in the process, as recordings are. */
    private static volatile long shortest = DEFAULT_NANOS;

    private static final String DEFAULT = "100 ms";

    private String value = DEFAULT;

    /** What several recordings came to. The recorder of JDK 17 forgets that, and sets null instead. */
    private String combined = DEFAULT;

    /** Called by the flight recorder. */
    public SlowerThan() {}

    static long shortestNanos() {
        return shortest;
    }

    boolean isReachedBy(long nanos) {
        return nanos >= shortest;
    }

    @Override
    public String combine(Set<String> values) {
        combined =
                values.stream().min(Comparator.comparingLong(SlowerThan::nanos)).orElse(DEFAULT);
        return combined;
    }

    @Override
    public void setValue(@Nullable String newValue) {
        value = newValue == null ? combined : newValue;
        shortest = nanos(value);
    }

    @Override
    public String getValue() {
        return value;
    }

    /** A number and a unit, as in other settings of recordings; what cannot be understood is the default. */
    static long nanos(String text) {
        String[] parts = text.strip().split("\\s+|(?<=\\d)(?=[a-z])");
        Long unit = parts.length == 2 ? UNITS.get(parts[1]) : null;
        if (unit == null || !parts[0].matches("\\d{1,9}")) {
            return DEFAULT_NANOS;
        }
        return Long.parseLong(parts[0]) * unit;
    }
}
