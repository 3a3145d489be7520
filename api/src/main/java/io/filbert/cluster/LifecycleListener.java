// SPDX-License-Identifier: Apache-2.0
package io.filbert.cluster;

/**
 * Is notified when the client changes its state. Calls for one listener come one after the other, in the order of the changes, on
 * the callback executor; an exception is logged and reaches nobody else.
 */
@FunctionalInterface
public interface LifecycleListener {

    /** The client is now in this state. */
    void stateChanged(LifecycleState state);
}
