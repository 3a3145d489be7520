// SPDX-License-Identifier: Apache-2.0
package io.filbert.error;

import org.jspecify.annotations.Nullable;

/**
 * An object could not be turned into bytes, or bytes could not be turned into an object: no serializer, an unknown type id,
 * a class that is missing or refused, malformed data.
 */
public final class SerializationException extends HazelcastException {

    /** An error without cause. */
    public SerializationException(String message) {
        this(message, null);
    }

    /** An error with its cause, if there is one. */
    public SerializationException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public SerializationException copyForCaller() {
        return new SerializationException(String.valueOf(getMessage()), this);
    }
}
