// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.compact;

import io.filbert.internal.serialization.stream.Classes;
import org.jspecify.annotations.Nullable;

/**
 * How objects of one schema are read.
 *
 * @param layout of the schema
 * @param form that makes the objects
 * @param members where the fields lie that the class counts by number
 * @param absence that no class was found; null if there is a class, or if none may be searched for
 */
record Reading(Layout layout, CompactForm form, @Nullable Slot[] members, Classes.@Nullable Absence absence) {

    /** Whether it is time to search again for the class that was not found before. */
    boolean isOutdated() {
        return absence != null && absence.isOutdated();
    }
}
