// SPDX-License-Identifier: Apache-2.0
package io.filbert.map;

import io.filbert.cluster.Member;
import org.jspecify.annotations.Nullable;

/**
 * All entries of a map changed at once. Single entries are not reported then.
 *
 * @param map the name of the map
 * @param type what happened
 * @param affectedEntries how many entries were removed
 * @param member the member that took the call; null if it has left the cluster
 */
public record MapEvent(
        String map,
        EntryEventType type,
        int affectedEntries,
        @Nullable Member member) {}
