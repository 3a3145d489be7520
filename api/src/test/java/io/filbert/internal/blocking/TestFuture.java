// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.blocking;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A client future without an engine behind it. Thread-safe. */
final class TestFuture<T extends @Nullable Object> extends ClientFuture<T> {

    private final Executor executor;
    private final AtomicInteger abandonments = new AtomicInteger();

    private volatile boolean withdrawable;

    TestFuture(Executor executor) {
        this.executor = executor;
    }

    @Override
    protected Executor completionExecutor() {
        return executor;
    }

    @Override
    protected void abandoned() {
        abandonments.incrementAndGet();
    }

    @Override
    protected boolean withdraw() {
        return withdrawable && cancel(false);
    }

    /** From now on the call counts as not sent. */
    void mayBeWithdrawn() {
        withdrawable = true;
    }

    /** How often the engine was told that the caller ended the future. */
    int abandonments() {
        return abandonments.get();
    }
}
