// SPDX-License-Identifier: Apache-2.0
package io.filbert.error;

import org.jspecify.annotations.Nullable;

/**
 * The thread was interrupted while it waited in a blocking method. The thread's interrupt flag is set again, and the call is abandoned.
 *
 * <p>If the request had been sent before, whether it took effect is unknown and {@link #isIndeterminate()} is true; otherwise it had no
 * effect, and {@link #isRetryable()} is true.
 */
public final class CallInterruptedException extends HazelcastException {

    private final boolean indeterminate;

    /**
     * @param indeterminate whether a request was sent whose answer is missing
     */
    public CallInterruptedException(String message, @Nullable Throwable cause, boolean indeterminate) {
        super(message, cause);
        this.indeterminate = indeterminate;
    }

    /** Whether nothing was sent. */
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
    public CallInterruptedException copyForCaller() {
        return new CallInterruptedException(String.valueOf(getMessage()), getCause(), indeterminate);
    }
}
