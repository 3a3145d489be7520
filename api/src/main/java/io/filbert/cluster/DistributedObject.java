// SPDX-License-Identifier: Apache-2.0
package io.filbert.cluster;

import java.util.concurrent.CompletableFuture;

/**
 * What all structures of the cluster have in common. The structure lives in the cluster under its name; an object of this
 * type is the client's way to it, and there is one per name and client.
 */
public interface DistributedObject {

    /** The name of the structure. */
    String name();

    /** The name of the service on the members that keeps structures of this kind. */
    String serviceName();

    /**
     * Destroys the structure and its data in the whole cluster, for all its users. Asking the client for the name again
     * creates an empty structure.
     *
     * @return whether this object was known to the client; false after an earlier {@code destroy}, and nothing is sent then
     */
    CompletableFuture<Boolean> destroy();
}
