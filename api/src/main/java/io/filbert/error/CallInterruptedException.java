// SPDX-License-Identifier: Apache-2.0
package io.filbert.error;

import org.jspecify.annotations.Nullable;

/**
 * The thread was interrupted while it waited in a blocking method. The thread's interrupt flag is set again, the call is
 * abandoned, and whether it took effect is unknown.
 */
public final class CallInterruptedException extends HazelcastException {

    /** An error with its cause, if there is one. */
    public CallInterruptedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Always true. */
    @Override
    public boolean isIndeterminate() {
        return true;
    }

    @Override
    public CallInterruptedException copyForCaller() {
        return new CallInterruptedException(String.valueOf(getMessage()), this);
    }
}
