// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.invocation;

import io.filbert.internal.blocking.ClientFuture;
import io.filbert.internal.runtime.Failures;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The user's future of a call whose end the client has to act on: before the user sees it, and without waiting for the user's executor, as a
 * stage on the future itself would. Thread-safe.
 */
final class FollowedCall<T extends @Nullable Object> extends ClientFuture<T> {

    private final Invocation<T> call;
    private final Executor completions;

    /**
     * @param call one of the client's own
     * @param completions runs the stages of the user
     */
    FollowedCall(Invocation<T> call, Executor completions) {
        this.call = call;
        this.completions = completions;
    }

    /** @param ended takes the failure, or null after a success; also if the user ends the call */
    void follow(Consumer<@Nullable Throwable> ended) {
        call.whenComplete((result, failure) -> {
            Throwable reason = failure == null ? null : Failures.unwrapped(failure);
            try {
                ended.accept(reason);
            } finally {
                if (reason == null) {
                    deliver(result);
                } else {
                    deliverFailure(reason);
                }
            }
        });
    }

    @Override
    protected Executor completionExecutor() {
        return completions;
    }

    @Override
    protected String describe() {
        return call.describe();
    }

    @Override
    protected boolean withdraw() {
        return call.withdraw();
    }

    @Override
    protected void abandoned() {
        call.cancel(false);
    }
}
