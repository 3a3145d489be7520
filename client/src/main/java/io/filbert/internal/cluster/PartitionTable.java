// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.cluster;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Which member owns each partition, replaced as a whole. Versions count per member, so they are compared only within one
 * connection; a table from another connection is always taken. Thread-safe.
 */
final class PartitionTable {

    private record Snapshot(
            int source, int version, @Nullable UUID[] owners) {}

    private static final Snapshot EMPTY = new Snapshot(-1, -1, new UUID[0]);

    private final AtomicReference<Snapshot> current = new AtomicReference<>(EMPTY);
    private volatile int count;
    private volatile boolean agreed;

    /** The number of partitions; 0 until the first member has said it. Changes only with {@link #expectOtherCluster}. */
    int count() {
        return count;
    }

    /**
     * Remembers the first count of a cluster. Not to be called by several threads at once.
     *
     * @return whether this one agrees with it
     */
    boolean agreeOnCount(int partitionCount) {
        if (!agreed) {
            agreed = true;
            count = partitionCount;
        }
        return count == partitionCount;
    }

    /** The next member belongs to another cluster, which may have another count: no partition has a known owner until then. */
    void expectOtherCluster() {
        agreed = false;
        clear();
    }

    /**
     * Takes a newer table; an empty one is ignored.
     *
     * @param source the number of the connection it came on
     * @return whether it was taken
     */
    boolean apply(int source, int version, List<Map.Entry<UUID, int[]>> partitions) {
        UUID[] owners = new UUID[count];
        boolean any = false;
        for (Map.Entry<UUID, int[]> entry : partitions) {
            for (int partitionId : entry.getValue()) {
                if (partitionId >= 0 && partitionId < owners.length) {
                    owners[partitionId] = entry.getKey();
                    any = true;
                }
            }
        }
        if (!any) {
            return false;
        }
        Snapshot next = new Snapshot(source, version, owners);
        while (true) {
            Snapshot before = Objects.requireNonNull(current.get());
            if (before.source == source && version <= before.version) {
                return false;
            }
            if (current.compareAndSet(before, next)) {
                return true;
            }
        }
    }

    @Nullable
    UUID owner(int partitionId) {
        UUID[] owners = Objects.requireNonNull(current.get()).owners;
        return partitionId < owners.length ? owners[partitionId] : null;
    }

    /** The cluster was replaced: no partition has a known owner. */
    void clear() {
        current.set(EMPTY);
    }
}
