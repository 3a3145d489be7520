// SPDX-License-Identifier: Apache-2.0
package io.filbert.cluster;

/**
 * The states of a client. The usual course is STARTING, STARTED, CONNECTED, any number of DISCONNECTED and CONNECTED, then
 * SHUTTING_DOWN, DISCONNECTED and SHUTDOWN. A client that goes to another cluster passes through CHANGED_CLUSTER before it is CONNECTED
 * again.
 */
public enum LifecycleState {
    /** The client is being built. */
    STARTING,
    /** The client is built and begins to connect. */
    STARTED,
    /** The client has a connection, and its state is known to the cluster. */
    CONNECTED,
    /** The client left its cluster for another one it was told to go to ({@code failoverCluster}), which knows its state now. */
    CHANGED_CLUSTER,
    /** The last connection is gone. */
    DISCONNECTED,
    /** Closing began: new calls fail. */
    SHUTTING_DOWN,
    /** The client is closed: no connection is left. The thread that tells listeners so, and others that were busy, end soon after. */
    SHUTDOWN
}
