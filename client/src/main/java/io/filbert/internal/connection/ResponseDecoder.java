// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.connection;

import io.filbert.internal.blocking.NotYet;
import io.filbert.internal.protocol.MessageReader;
import org.jspecify.annotations.Nullable;

/** Turns a response into the result. Called on the I/O thread, on a slice that is valid during the call only. */
@FunctionalInterface
public interface ResponseDecoder<T extends @Nullable Object> {

    @Nullable
    T decode(MessageReader response);

    /**
     * As {@link #decode}, when what that waited for ({@link NotYet}) will not come. Never called on the I/O thread.
     *
     * @param reason why not
     */
    default @Nullable T decodeWithout(MessageReader response, Throwable reason) {
        try {
            return decode(response);
        } catch (NotYet signal) {
            throw signal.unreadable(reason);
        }
    }
}
