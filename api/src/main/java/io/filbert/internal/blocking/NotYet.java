// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.blocking;

import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Says that a result cannot be decoded before something else has arrived. A signal, not an error: it carries no stack and never
 * reaches the user. {@link ClientFuture} decodes again when the stage has completed, and fails if the stage fails.
 */
@SuppressWarnings("serial") // never leaves the JVM
public final class NotYet extends RuntimeException {

    private final transient CompletionStage<?> arrival;

    public NotYet(CompletionStage<?> arrival) {
        super("The result waits for something else", null, false, false);
        this.arrival = arrival;
    }

    /** Calls the action when what is missing has arrived, or will not. */
    public void whenArrived(BiConsumer<@Nullable Object, @Nullable Throwable> action) {
        arrival.whenComplete(action);
    }
}
