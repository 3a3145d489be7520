// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.invocation;

import io.filbert.internal.blocking.ClientFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A future of the user whose outcome comes from several calls. */
public final class OwnFuture<T extends @Nullable Object> extends ClientFuture<T> {

    private final String call;
    private final Executor completions;
    private final Runnable abandon;

    /**
     * @param call what errors call it, such as {@code compute of map 'personnel'}
     * @param abandon called when the user ends the future before it has an outcome, such as by cancelling it
     */
    public OwnFuture(String call, Executor completions, Runnable abandon) {
        this.call = call;
        this.completions = completions;
        this.abandon = abandon;
    }

    /** False if it had an outcome already. */
    public boolean succeed(T value) {
        return deliver(value);
    }

    /** False if it had an outcome already. */
    public boolean fail(Throwable error) {
        return deliverFailure(error);
    }

    @Override
    protected Executor completionExecutor() {
        return completions;
    }

    @Override
    protected String describe() {
        return call;
    }

    @Override
    protected void abandoned() {
        abandon.run();
    }
}
