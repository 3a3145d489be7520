// SPDX-License-Identifier: Apache-2.0
package io.filbert.error;

import org.jspecify.annotations.Nullable;

/**
 * The outcome of the call is unknown: it may have taken effect on some, all or no members.
 *
 * <p>Besides a lost connection (see {@link TargetDisconnectedException}) the reason can be that the member carried the call
 * out but its backups did not acknowledge in time, when {@code failOnIndeterminateOperationState(true)} asks for an error
 * then; or a member reported it.
 */
public sealed class IndeterminateOperationException extends HazelcastException permits TargetDisconnectedException {

    /** An error without cause. */
    public IndeterminateOperationException(String message) {
        this(message, null);
    }

    /** An error with its cause, if there is one. */
    public IndeterminateOperationException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Always true. */
    @Override
    public final boolean isIndeterminate() {
        return true;
    }

    @Override
    public IndeterminateOperationException copyForCaller() {
        return new IndeterminateOperationException(String.valueOf(getMessage()), getCause());
    }
}
