// SPDX-License-Identifier: Apache-2.0
package io.filbert.error;

import org.jspecify.annotations.Nullable;

/**
 * A member refused the credentials, or the cluster name is not its own, or with TLS one side does not accept who the other is or how
 * it encrypts. Trying again does not help until something is configured differently.
 */
public final class AuthenticationException extends HazelcastException {

    /** An error without cause. */
    public AuthenticationException(String message) {
        this(message, null);
    }

    /** An error with its cause, if there is one. */
    public AuthenticationException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public AuthenticationException copyForCaller() {
        return new AuthenticationException(String.valueOf(getMessage()), getCause());
    }
}
