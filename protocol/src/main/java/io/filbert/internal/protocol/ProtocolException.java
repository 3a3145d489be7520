// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.protocol;

/** Bytes that are not a message of the protocol; says which message, at which byte, and what was wrong. */
public final class ProtocolException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ProtocolException(String message) {
        super(message);
    }

    public ProtocolException(String message, Throwable cause) {
        super(message, cause);
    }
}
