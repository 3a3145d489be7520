// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.statistics;

import org.jspecify.annotations.Nullable;

/**
 * One value with its name.
 *
 * @param prefix what it belongs to, such as {@code os}
 * @param discriminator tells several of the same name apart, together with its value; null if there is only one
 * @param unit null where the name says it all
 * @param value a double stays one, everything else is a long
 */
record Metric(
        String prefix,
        String name,
        @Nullable String discriminator,
        @Nullable String discriminatorValue,
        @Nullable Unit unit,
        Number value) {

    static Metric of(String prefix, String name, @Nullable Unit unit, Number value) {
        return new Metric(prefix, name, null, null, unit, value);
    }
}
