// SPDX-License-Identifier: Apache-2.0
package io.filbert.error;

import org.jspecify.annotations.Nullable;

/**
 * An SQL statement failed.
 */
public final class SqlException extends HazelcastException {

    /** An error without cause. */
    public SqlException(String message) {
        this(message, null);
    }

    /** An error with its cause, if there is one. */
    public SqlException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public SqlException copyForCaller() {
        return new SqlException(String.valueOf(getMessage()), getCause());
    }
}
