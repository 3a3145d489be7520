// SPDX-License-Identifier: Apache-2.0
package io.filbert.error;

import org.jspecify.annotations.Nullable;

/**
 * The connection was lost while the member owed an answer: the call may or may not have taken effect. A call of which
 * certainly not a byte had left is sent again instead.
 *
 * <p>Calls that are harmless to repeat are sent again by the client without this error being seen; with
 * {@code redoOperation(true)} all calls are.
 */
public final class TargetDisconnectedException extends IndeterminateOperationException {

    /** An error without cause. */
    public TargetDisconnectedException(String message) {
        this(message, null);
    }

    /** An error with its cause, if there is one. */
    public TargetDisconnectedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public TargetDisconnectedException copyForCaller() {
        return new TargetDisconnectedException(String.valueOf(getMessage()), getCause());
    }
}
