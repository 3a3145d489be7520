// SPDX-License-Identifier: Apache-2.0
package io.filbert.collection;

import io.filbert.cluster.Member;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An item came or went.
 *
 * @param name the name of the collection
 * @param item the item; null unless the listener was registered to get it
 * @param memberUuid the uuid of the member that reports it
 * @param member that member; null if it has left the cluster
 * @param <E> type of the items
 */
public record ItemEvent<E>(
        String name,
        @Nullable E item,
        UUID memberUuid,
        @Nullable Member member) {}
