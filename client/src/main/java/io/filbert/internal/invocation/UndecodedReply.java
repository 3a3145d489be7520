// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.invocation;

import io.filbert.error.SerializationException;
import io.filbert.internal.blocking.ClientFuture;
import io.filbert.internal.connection.ResponseDecoder;
import io.filbert.internal.protocol.MessageHeader;
import io.filbert.internal.protocol.MessageReader;
import io.filbert.internal.protocol.ProtocolException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a reply whose objects only code of the user can read, to be decoded on a thread where that may run. Immutable; may be
 * decoded more than once.
 */
final class UndecodedReply<T extends @Nullable Object> implements ClientFuture.LateDecoding<T> {

    private final ResponseDecoder<T> decoder;
    private final byte[] message;
    private final String call;
    private final boolean onlyReads;

    /**
     * @param call what errors name, such as {@code Map.get on map 'personnel'}
     * @param onlyReads whether nothing is lost with the reply, so that why it cannot be read says more than what it was
     */
    UndecodedReply(ResponseDecoder<T> decoder, byte[] message, String call, boolean onlyReads) {
        this.decoder = decoder;
        this.message = message;
        this.call = call;
        this.onlyReads = onlyReads;
    }

    private MessageReader reader() {
        return new MessageReader().reset(message, 0, message.length);
    }

    @Override
    public T get() {
        return decoded(() -> decoder.decode(reader()));
    }

    @Override
    public T without(Throwable reason) {
        if (onlyReads && !(reason instanceof SerializationException)) {
            throw reason instanceof RuntimeException unchecked ? unchecked : new CompletionException(reason);
        }
        return decoded(() -> decoder.decodeWithout(reader(), reason));
    }

    @SuppressWarnings("NullAway") // T itself may be nullable
    private T decoded(Supplier<@Nullable T> decode) {
        try {
            return decode.get();
        } catch (ProtocolException e) {
            throw UnreadableAnswer.malformed(call, MessageHeader.messageType(message, 0), e);
        } catch (OutOfMemoryError e) {
            throw UnreadableAnswer.noRoom(call, message.length, e);
        } catch (SerializationException e) {
            throw of(call, e);
        }
    }

    /** The error of a call whose answer cannot be read: it names the call, and says that it was carried out. */
    static SerializationException of(String call, SerializationException error) {
        if (error.wasCarriedOut()) {
            return error.in(call);
        }
        SerializationException answered = SerializationException.ofResults(
                call + ": " + error.getMessage(), error.getCause(), List.of(), List.of());
        answered.setStackTrace(error.getStackTrace());
        return answered;
    }
}
