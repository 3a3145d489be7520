// SPDX-License-Identifier: Apache-2.0
package io.filbert.cluster;

import io.filbert.internal.blocking.Await;
import java.time.Duration;

/**
 * What the blocking views of all structures have in common. A view holds nothing: it calls the structure and waits for the
 * answer in the calling thread, at most until the call's deadline.
 *
 * <p>Failures are thrown as they are, as a copy that carries the caller's stack. An interrupted wait ends with
 * {@link io.filbert.error.CallInterruptedException}.
 */
public interface BlockingDistributedObject {

    /** The structure behind this view, whose methods return futures. */
    DistributedObject async();

    /** The name of the structure. */
    default String name() {
        return async().name();
    }

    /** The name of the service on the members that keeps structures of this kind. */
    default String serviceName() {
        return async().serviceName();
    }

    /** See {@link DistributedObject#destroy()}. */
    default boolean destroy() {
        return Await.result(async().destroy());
    }

    /** See {@link DistributedObject#withDeadline}. */
    default BlockingDistributedObject withDeadline(Duration deadline) {
        return async().withDeadline(deadline).blocking();
    }
}
