// SPDX-License-Identifier: Apache-2.0
package io.filbert.error;

import org.jspecify.annotations.Nullable;

/**
 * A transaction could not be begun, continued, committed or rolled back.
 */
public final class TransactionException extends HazelcastException {

    /** An error without cause. */
    public TransactionException(String message) {
        this(message, null);
    }

    /** An error with its cause, if there is one. */
    public TransactionException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public TransactionException copyForCaller() {
        return new TransactionException(String.valueOf(getMessage()), getCause());
    }
}
