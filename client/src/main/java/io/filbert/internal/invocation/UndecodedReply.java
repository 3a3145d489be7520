// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.invocation;

import io.filbert.error.SerializationException;
import io.filbert.internal.blocking.NotYet;
import io.filbert.internal.connection.ResponseDecoder;
import io.filbert.internal.protocol.MessageHeader;
import io.filbert.internal.protocol.MessageReader;
import io.filbert.internal.protocol.ProtocolException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a reply whose objects only code of the user can read, to be decoded on a thread where that may run. Immutable; may be
 * decoded more than once.
 */
final class UndecodedReply<T extends @Nullable Object> implements Supplier<T> {

    private final ResponseDecoder<T> decoder;
    private final byte[] message;
    private final String call;

    /** @param call what errors name, such as {@code Map.get on map 'personnel'} */
    UndecodedReply(ResponseDecoder<T> decoder, byte[] message, String call) {
        this.decoder = decoder;
        this.message = message;
        this.call = call;
    }

    @Override
    @SuppressWarnings("NullAway") // T itself may be nullable
    public T get() {
        try {
            return decoder.decode(new MessageReader().reset(message, 0, message.length));
        } catch (NotYet signal) {
            throw signal;
        } catch (ProtocolException e) {
            throw UnreadableAnswer.malformed(call, MessageHeader.messageType(message, 0), e);
        } catch (OutOfMemoryError e) {
            throw UnreadableAnswer.noRoom(call, message.length, e);
        } catch (SerializationException e) {
            throw of(call, e);
        }
    }

    /** The same error, naming the call. */
    static SerializationException of(String call, SerializationException error) {
        return new SerializationException(call + ": " + error.getMessage(), error);
    }
}
