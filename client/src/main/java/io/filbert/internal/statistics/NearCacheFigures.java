// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.statistics;

import java.util.List;

/**
 * What one near cache has counted so far.
 *
 * @param name of the structure it belongs to
 * @param creationTimeMillis of the wall clock
 * @param invalidationRequests invalidations that members asked for, whether or not the entry was there
 * @param ownedEntryMemoryCostBytes an estimate
 */
public record NearCacheFigures(
        String name,
        long creationTimeMillis,
        long evictions,
        long hits,
        long misses,
        long ownedEntryCount,
        long expirations,
        long invalidations,
        long invalidationRequests,
        long ownedEntryMemoryCostBytes) {

    /** One figure by its name in reports. */
    record Figure(String name, Unit unit, long value) {}

    List<Figure> all() {
        return List.of(
                new Figure("creationTime", Unit.MILLISECONDS, creationTimeMillis),
                new Figure("evictions", Unit.COUNT, evictions),
                new Figure("hits", Unit.COUNT, hits),
                new Figure("misses", Unit.COUNT, misses),
                new Figure("ownedEntryCount", Unit.COUNT, ownedEntryCount),
                new Figure("expirations", Unit.COUNT, expirations),
                new Figure("invalidations", Unit.COUNT, invalidations),
                new Figure("invalidationRequests", Unit.COUNT, invalidationRequests),
                new Figure("ownedEntryMemoryCost", Unit.BYTES, ownedEntryMemoryCostBytes));
    }
}
