// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.protocol;

import org.jspecify.annotations.Nullable;

/** Bytes that are not a message of the protocol; says which message, at which byte, and what was wrong. */
public sealed class ProtocolException extends RuntimeException permits MessageTooLongException {
    private static final long serialVersionUID = 1L;

    public ProtocolException(String message) {
        super(message);
    }

    public ProtocolException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
