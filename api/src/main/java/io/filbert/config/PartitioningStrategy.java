// SPDX-License-Identifier: Apache-2.0
package io.filbert.config;

import org.jspecify.annotations.Nullable;

/**
 * Decides which object determines the partition of another one, so that entries that belong together are stored on one member. Given to
 * {@link ClientConfig.Builder#partitioningStrategy}.
 *
 * <p>All clients and members that use the same data must agree: the partition of a key is part of its serialized form, and a client
 * with another strategy does not find the entry. A strategy that is named in the configuration of a map on the members
 * ({@code partition-strategy}), or in the property {@code hazelcast.partitioning.strategy.class} of other clients, must be given here
 * too.
 */
@FunctionalInterface
public interface PartitioningStrategy {

    /**
     * The object that determines the partition.
     *
     * <p>Called with each object that is serialized as a whole: keys, but also values, items, messages and predicates, of all classes.
     * The object that is returned is serialized, and its bytes determine the partition; the strategy is not applied to it again. May be
     * called by several threads at once. An exception fails the call with a {@link io.filbert.error.SerializationException}.
     *
     * @return null, or the object itself, if the object determines its partition by its own bytes
     */
    @Nullable
    Object partitionKey(Object object);

    /** The default: objects that implement {@link io.filbert.serialization.PartitionAware} name their partition key. */
    static PartitioningStrategy partitionAware() {
        return PartitioningStrategies.PARTITION_AWARE;
    }

    /**
     * A string is placed by its part after the first {@code @}: {@code "order-1@customer-7"} shares the partition of
     * {@code "customer-7"}. What the other clients call {@code StringPartitioningStrategy}; like there, {@code PartitionAware} has no
     * effect.
     */
    static PartitioningStrategy string() {
        return PartitioningStrategies.STRING;
    }

    /**
     * {@link #string} for strings, {@link #partitionAware} for everything else. What the other clients call
     * {@code StringAndPartitionAwarePartitioningStrategy}.
     */
    static PartitioningStrategy stringAndPartitionAware() {
        return PartitioningStrategies.STRING_AND_PARTITION_AWARE;
    }
}
