// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.builtin;

import io.filbert.internal.serialization.stream.DecodeElsewhere;
import java.time.chrono.ChronoLocalDate;
import java.time.chrono.ChronoLocalDateTime;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sets and maps compare what they hold, which can take a time that grows with the square of the number: always in an array that is
 * a set, and in a hash table if whoever wrote the elements chose some with equal hash codes. A thread that must not wait leaves
 * those to others; who reads there waits for the own object only.
 */
final class CostlyComparisons {

    /** As many as can be compared with each other in no time. */
    private static final int FEW = 64;

    private CostlyComparisons() {}

    /** Called before so many elements are read of which each is compared with all others. */
    static void whenEachWithEach(int count) {
        if (count > FEW) {
            DecodeElsewhere.unlessUserCodeMayRun();
        }
    }

    /** Called before an object goes into a hash table for so many. */
    static void whenHashed(@Nullable Object object, int count) {
        if (object == null || object instanceof String || object instanceof Number) {
            return; // nearly all
        }
        if (isContainer(object) || (count > FEW && !isOrdered(object))) {
            DecodeElsewhere.unlessUserCodeMayRun();
        }
    }

    /** The hash code of what holds others asks all of them, at each level again. */
    private static boolean isContainer(Object object) {
        return object instanceof Collection
                || object instanceof Map
                || object instanceof Map.Entry
                || object instanceof Optional;
    }

    /**
     * Hash tables of the JDK order what has equal hash codes, if the class itself is comparable: dates inherit that. Arrays hash
     * their identity.
     */
    private static boolean isOrdered(Object object) {
        return object instanceof Comparable
                ? !(object instanceof ChronoLocalDate || object instanceof ChronoLocalDateTime)
                : object.getClass().isArray();
    }
}
