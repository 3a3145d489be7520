// SPDX-License-Identifier: Apache-2.0
package io.filbert.map;

import io.filbert.cluster.Member;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All entries of a map changed at once. Single entries are not reported then.
 *
 * @param name the name of the map
 * @param type what happened
 * @param affectedEntries how many entries were removed
 * @param memberUuid the uuid of the member that took the call
 * @param member that member; null if it has left the cluster
 */
public record MapEvent(
        String name,
        EntryEventType type,
        int affectedEntries,
        UUID memberUuid,
        @Nullable Member member) {}
