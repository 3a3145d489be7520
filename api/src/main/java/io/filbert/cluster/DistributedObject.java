// SPDX-License-Identifier: Apache-2.0
package io.filbert.cluster;

import java.time.Duration;
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
     * <p>This client forgets the structure, and no further call of its listeners begins, when the future completes. If it fails, everything stays
     * as it was, and {@code destroy} can be called again; listeners are registered anew if the outcome is unknown.
     *
     * @return true if the cluster has destroyed it; false if this client knew already that it is gone, after an earlier {@code destroy} or from
     *     {@code getDistributedObjects}, and nothing is sent then
     */
    CompletableFuture<Boolean> destroy();

    /**
     * The same structure with a deadline of its own: a call made through the result, {@link #destroy} and the registration of listeners
     * included, ends at the latest this long after it was made. It replaces {@code invocationTimeout}, whether shorter or longer.
     *
     * @param deadline more than zero
     */
    DistributedObject withDeadline(Duration deadline);

    /** The same structure with methods that wait for their results. */
    BlockingDistributedObject blocking();
}
