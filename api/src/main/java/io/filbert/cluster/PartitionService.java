// SPDX-License-Identifier: Apache-2.0
package io.filbert.cluster;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The partitions of the cluster and who owns them. Thread-safe; nothing here goes to the network. */
public interface PartitionService {

    /** The number of partitions; 0 while it is unknown because the client has never been connected. */
    int partitionCount();

    /**
     * The partition of a key, 0 to {@link #partitionCount()} − 1.
     *
     * @throws io.filbert.error.ClientOfflineException if the number of partitions is unknown yet
     * @throws io.filbert.error.SerializationException if the key cannot be serialized
     */
    int partitionId(Object key);

    /** The uuid of the member that owns a partition, null while nobody is known to own it. */
    @Nullable
    UUID partitionOwner(int partitionId);
}
