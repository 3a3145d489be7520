// SPDX-License-Identifier: Apache-2.0
package io.filbert.error;

import org.jspecify.annotations.Nullable;

/**
 * The client has no connection to the cluster and was configured not to let callers wait for one: it started with
 * {@code asyncStart} and has never connected, or it reconnects with {@code reconnectMode(ASYNC)}. Nothing was sent.
 */
public final class ClientOfflineException extends HazelcastException {

    /** An error without cause. */
    public ClientOfflineException(String message) {
        this(message, null);
    }

    /** An error with its cause, if there is one. */
    public ClientOfflineException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Always true: nothing was carried out. */
    @Override
    public boolean isRetryable() {
        return true;
    }

    @Override
    public ClientOfflineException copyForCaller() {
        return new ClientOfflineException(String.valueOf(getMessage()), getCause());
    }
}
