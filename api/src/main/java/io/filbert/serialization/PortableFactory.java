// SPDX-License-Identifier: Apache-2.0
package io.filbert.serialization;

import org.jspecify.annotations.Nullable;

/** Makes empty {@link Portable} objects, which then read their fields. Must be thread-safe. */
@FunctionalInterface
public interface PortableFactory {

    /** A new object of the class with this id; null if the factory does not know it. */
    @Nullable
    Portable create(int classId);
}
