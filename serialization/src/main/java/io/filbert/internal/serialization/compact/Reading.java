// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.compact;

import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * How objects of one schema are read.
 *
 * @param layout of the schema
 * @param form that makes the objects
 * @param members where the fields lie that the class counts by number
 * @param searched the class loader that did not know the class; null if there is a class, or if none may be searched for
 */
record Reading(
        Layout layout,
        CompactForm form,
        @Nullable Slot[] members,
        @Nullable WeakReference<@Nullable ClassLoader> searched) {

    /** Whether the class may be found now that was not found before, because this thread sees other classes. */
    @SuppressWarnings("ReferenceEquality") // class loaders are their identity
    boolean isOutdated() {
        return searched != null && searched.get() != Thread.currentThread().getContextClassLoader();
    }
}
