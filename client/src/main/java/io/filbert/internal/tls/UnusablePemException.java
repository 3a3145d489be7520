// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.tls;

import org.jspecify.annotations.Nullable;

/** What is wrong with a PEM file, as a sentence about it without subject: "holds no certificate". Shows nothing secret. */
final class UnusablePemException extends Exception {

    private static final long serialVersionUID = 1L;

    UnusablePemException(String message) {
        this(message, null);
    }

    UnusablePemException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
