// SPDX-License-Identifier: Apache-2.0
package io.filbert.error;

import org.jspecify.annotations.Nullable;

/**
 * Too many calls are in flight. The call waited for room until its deadline and was not sent.
 *
 * <p>The bounds are {@code maxInFlight} and {@code maxInFlightBytes} of the client configuration.
 */
public final class OverloadException extends HazelcastException {

    /** An error without cause. */
    public OverloadException(String message) {
        this(message, null);
    }

    /** An error with its cause, if there is one. */
    public OverloadException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Always true: nothing was carried out. */
    @Override
    public boolean isRetryable() {
        return true;
    }

    @Override
    public OverloadException copyForCaller() {
        return new OverloadException(String.valueOf(getMessage()), getCause());
    }
}
