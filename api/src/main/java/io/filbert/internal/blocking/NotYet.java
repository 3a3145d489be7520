// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.blocking;

import io.filbert.error.SerializationException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Says that a result cannot be decoded before something else has arrived. A signal, not an error: it carries no stack and never
 * reaches the user. {@link ClientFuture} decodes again when the stage has completed. If the stage fails, the result is {@link #unreadable}.
 */
@SuppressWarnings("serial") // never leaves the JVM
public final class NotYet extends RuntimeException {

    private final transient Supplier<? extends CompletionStage<?>> arrival;
    private final transient byte[] bytes;

    /**
     * @param arrival asks for what is missing; called only if somebody wants to wait for it
     * @param bytes what cannot be decoded yet
     */
    public NotYet(Supplier<? extends CompletionStage<?>> arrival, byte[] bytes) {
        super("The result waits for something else", null, false, false);
        this.arrival = arrival;
        this.bytes = bytes;
    }

    /** The error if what is missing does not come, for this reason. */
    public SerializationException unreadable(Throwable reason) {
        return SerializationException.ofResults(
                String.valueOf(reason.getMessage()),
                reason instanceof SerializationException ? reason.getCause() : reason,
                List.of(bytes),
                List.of());
    }

    /** Calls the action when what is missing has arrived, or will not. */
    public void whenArrived(BiConsumer<@Nullable Object, @Nullable Throwable> action) {
        arrival.get().whenComplete(action);
    }
}
