// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.listener;

import io.filbert.internal.blocking.ClientFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A future of the user whose outcome comes from several calls. Ending it early changes nothing for those. */
final class OwnFuture<T extends @Nullable Object> extends ClientFuture<T> {

    private final Executor completions;

    OwnFuture(Executor completions) {
        this.completions = completions;
    }

    void succeed(T value) {
        deliver(value);
    }

    void fail(Throwable error) {
        deliverFailure(error);
    }

    @Override
    protected Executor completionExecutor() {
        return completions;
    }

    @Override
    protected void abandoned() {}
}
