// SPDX-License-Identifier: Apache-2.0
package io.filbert.error;

import org.jspecify.annotations.Nullable;

/**
 * The cluster refuses this client for good: it is blocked, or the cluster is not the one the client was connected to before
 * (another number of partitions). The client does not try this cluster again, unless it has others to go to ({@code failoverCluster}):
 * then it is asked again when its turn comes.
 */
public final class ClientNotAllowedException extends HazelcastException {

    /** An error without cause. */
    public ClientNotAllowedException(String message) {
        this(message, null);
    }

    /** An error with its cause, if there is one. */
    public ClientNotAllowedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public ClientNotAllowedException copyForCaller() {
        return new ClientNotAllowedException(String.valueOf(getMessage()), getCause());
    }
}
