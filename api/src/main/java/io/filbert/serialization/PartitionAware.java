// SPDX-License-Identifier: Apache-2.0
package io.filbert.serialization;

import org.jspecify.annotations.Nullable;

/**
 * A key that names another object whose partition it shares, so that entries which belong together lie on one member.
 */
public interface PartitionAware {

    /** The object that decides about the partition; null if this object decides itself. */
    @Nullable
    Object getPartitionKey();
}
