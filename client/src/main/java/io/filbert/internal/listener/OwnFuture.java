// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.listener;

import io.filbert.internal.blocking.ClientFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A future of the user whose outcome comes from several calls. */
final class OwnFuture<T extends @Nullable Object> extends ClientFuture<T> {

    private final Executor completions;
    private final Runnable abandon;

    /** @param abandon called when the user ends the future before it has an outcome, such as by cancelling it */
    OwnFuture(Executor completions, Runnable abandon) {
        this.completions = completions;
        this.abandon = abandon;
    }

    /** False if it had an outcome already. */
    boolean succeed(T value) {
        return deliver(value);
    }

    /** False if it had an outcome already. */
    boolean fail(Throwable error) {
        return deliverFailure(error);
    }

    @Override
    protected Executor completionExecutor() {
        return completions;
    }

    @Override
    protected void abandoned() {
        abandon.run();
    }
}
