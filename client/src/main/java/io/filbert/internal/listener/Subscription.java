// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.listener;

import io.filbert.internal.connection.ResponseDecoder;
import io.filbert.internal.protocol.MessageReader;
import io.filbert.internal.protocol.RequestType;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one listener asks of members, and what is done with their events.
 *
 * @param subject what log lines name, such as {@code entry listener of map 'personnel'}
 * @param addType the request that registers it
 * @param addRequest encodes that request; called for each connection
 * @param added gives the member's id of the registration
 * @param removeType the request that ends it
 * @param removeRequest encodes that request for a member's id
 * @param events decodes the events
 * @param gap notifies the listener, in order with the events, that some may be missing
 */
public record Subscription(
        String subject,
        RequestType addType,
        Supplier<byte[]> addRequest,
        ResponseDecoder<UUID> added,
        RequestType removeType,
        Function<UUID, byte[]> removeRequest,
        EventDecoder events,
        Runnable gap) {

    /** Decodes one event, on the callback executor; may run code of the user that reads objects. */
    @FunctionalInterface
    public interface EventDecoder {

        /**
         * What calls the listener. Apart from decoding, so that an event that cannot be decoded is not taken for a failure of the listener.
         *
         * @return null for events that are none of the listener's
         */
        @Nullable
        Runnable decode(MessageReader message);
    }
}
