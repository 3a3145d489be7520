// SPDX-License-Identifier: Apache-2.0
package io.filbert.cluster;

/**
 * Hears of distributed objects that are created and destroyed in the cluster, one event at a time, on the client's callback executor.
 * What it throws is logged.
 */
@FunctionalInterface
public interface DistributedObjectListener {

    /** An object was created or destroyed. */
    void onEvent(DistributedObjectEvent event);

    /**
     * Events may be missing at this point: the client was disconnected, or this listener did not keep up. Does nothing unless overridden.
     */
    default void onGap() {}
}
