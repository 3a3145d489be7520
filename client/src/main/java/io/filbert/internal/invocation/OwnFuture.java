// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.invocation;

import io.filbert.internal.blocking.ClientFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** A future of the user whose outcome comes from several calls. */
public final class OwnFuture<T extends @Nullable Object> extends ClientFuture<T> {

    private final String what;
    private final Executor completions;
    private final Runnable abandon;
    private volatile @Nullable Future<?> alarm;

    /**
     * @param what what errors name, such as {@code the registration of the message listener of topic 't'}
     * @param abandon called when the user ends the future before it has an outcome, such as by cancelling it
     */
    public OwnFuture(String what, Executor completions, Runnable abandon) {
        this.what = what;
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

    /** The alarm is of no use once there is an outcome. */
    public void endsAt(Future<?> timing) {
        alarm = timing;
        if (isDelivered()) {
            timing.cancel(false);
        }
    }

    /** Here and not in a stage: a stage would wait for the user's executor, and until then the future would say that it runs. */
    @Override
    protected void decided() {
        Future<?> timing = alarm;
        if (timing != null) {
            timing.cancel(false);
        }
    }

    @Override
    protected String describe() {
        return what;
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
