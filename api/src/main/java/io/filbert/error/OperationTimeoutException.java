// SPDX-License-Identifier: Apache-2.0
package io.filbert.error;

import org.jspecify.annotations.Nullable;

/**
 * The deadline of the call passed. The message tells what was tried, how often and for how long, and the last failure is the
 * cause.
 *
 * <p>If a request was sent and never answered, the outcome is unknown and {@link #isIndeterminate()} is true; otherwise
 * nothing took effect and {@link #isRetryable()} is true.
 */
public final class OperationTimeoutException extends HazelcastException {

    private final boolean indeterminate;

    /**
     * @param indeterminate whether a request was sent whose answer is missing
     */
    public OperationTimeoutException(String message, @Nullable Throwable cause, boolean indeterminate) {
        super(message, cause);
        this.indeterminate = indeterminate;
    }

    /** Whether nothing was sent: there was no connection, or no room in flight, until the deadline. */
    @Override
    public boolean isRetryable() {
        return !indeterminate;
    }

    /** Whether a request was sent whose answer is missing. */
    @Override
    public boolean isIndeterminate() {
        return indeterminate;
    }

    @Override
    public OperationTimeoutException copyForCaller() {
        return new OperationTimeoutException(String.valueOf(getMessage()), getCause(), indeterminate);
    }
}
