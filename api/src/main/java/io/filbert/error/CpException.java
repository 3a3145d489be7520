// SPDX-License-Identifier: Apache-2.0
package io.filbert.error;

import org.jspecify.annotations.Nullable;

/**
 * A structure of the CP subsystem could not do what it promises.
 */
public final class CpException extends HazelcastException {

    /** An error without cause. */
    public CpException(String message) {
        this(message, null);
    }

    /** An error with its cause, if there is one. */
    public CpException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public CpException copyForCaller() {
        return new CpException(String.valueOf(getMessage()), getCause());
    }
}
