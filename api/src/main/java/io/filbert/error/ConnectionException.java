// SPDX-License-Identifier: Apache-2.0
package io.filbert.error;

import org.jspecify.annotations.Nullable;

/**
 * No usable connection: it could not be opened, or there was none to send on. The request was not sent, so it had no effect.
 *
 * <p>A connection that breaks <em>after</em> the request was sent is a {@link TargetDisconnectedException} instead.
 */
public final class ConnectionException extends HazelcastException {

    /** An error without cause. */
    public ConnectionException(String message) {
        this(message, null);
    }

    /** An error with its cause, if there is one. */
    public ConnectionException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Always true: nothing was carried out. */
    @Override
    public boolean isRetryable() {
        return true;
    }

    @Override
    public ConnectionException copyForCaller() {
        return new ConnectionException(String.valueOf(getMessage()), getCause());
    }
}
