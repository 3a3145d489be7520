// SPDX-License-Identifier: Apache-2.0
package io.filbert.collection;

import io.filbert.cluster.Member;
import org.jspecify.annotations.Nullable;

/**
 * An item came or went.
 *
 * @param collection the name of the collection
 * @param item the item; null unless the listener was registered to get it
 * @param member the member that reports it; null if it has left the cluster
 * @param <E> type of the items
 */
public record ItemEvent<E>(
        String collection, @Nullable E item, @Nullable Member member) {}
