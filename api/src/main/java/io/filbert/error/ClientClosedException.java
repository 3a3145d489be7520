// SPDX-License-Identifier: Apache-2.0
package io.filbert.error;

import org.jspecify.annotations.Nullable;

/**
 * The client is shut down, or was shut down while the call waited. A closed client does not open again.
 *
 * <p>If the request had been sent before, the outcome is unknown and {@link #isIndeterminate()} is true; otherwise nothing
 * took effect; this client will not send the call any more, but another one may.
 */
public final class ClientClosedException extends HazelcastException {

    private final boolean indeterminate;

    /**
     * @param indeterminate whether a request was sent whose answer is missing
     */
    public ClientClosedException(String message, @Nullable Throwable cause, boolean indeterminate) {
        super(message, cause);
        this.indeterminate = indeterminate;
    }

    /** Whether a request was sent whose answer is missing. */
    @Override
    public boolean isIndeterminate() {
        return indeterminate;
    }

    @Override
    public ClientClosedException copyForCaller() {
        return new ClientClosedException(String.valueOf(getMessage()), getCause(), indeterminate);
    }
}
