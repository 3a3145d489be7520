// SPDX-License-Identifier: Apache-2.0
package io.filbert.cluster;

/**
 * Is notified when distributed objects are created or destroyed in the cluster, one event at a time, on the client's callback executor.
 * What it throws is logged.
 */
@FunctionalInterface
public interface DistributedObjectListener {

    /** An object was created or destroyed. */
    void onEvent(DistributedObjectEvent event);

    /**
     * Events may be missing before this point: a connection was lost or made again, this listener did not keep up, or an event could not be
     * decoded. Does nothing unless overridden.
     */
    default void onGap() {}
}
