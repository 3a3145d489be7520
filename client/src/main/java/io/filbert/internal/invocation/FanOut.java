// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.invocation;

import io.filbert.error.CallInterruptedException;
import io.filbert.error.HazelcastException;
import io.filbert.error.OperationTimeoutException;
import io.filbert.internal.blocking.ClientFuture;
import io.filbert.internal.blocking.NonBlocking;
import io.filbert.internal.runtime.Failures;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The future of a call that is several requests: ends when all of them have ended, with the combined results or the first error. A call
 * that changes data and of which some requests were carried out, perhaps, ends with an error that says so: as a whole it can neither count as
 * done nor as not done.
 *
 * <p>Ending it early abandons those still under way.
 *
 * <p>How many bytes of its requests are under way is bounded, besides the bound for all calls of the client: together they may be more
 * than there is memory for. What has ended is not kept, but for its result.
 *
 * <p>Thread-safe; parts are added by one thread.
 */
final class FanOut<P extends @Nullable Object, T extends @Nullable Object> extends ClientFuture<T> implements Expiring {

    /** Requests of one call are under way at the same time up to so many bytes, or one request. */
    private static final long MOST_BYTES_UNDER_WAY = 8 << 20;

    private final String call;
    private final Function<List<P>, T> combine;
    private final boolean changesData;
    private final CallOptions options;
    private final long expiryNanos;
    private final List<Part<P>> parts = new ArrayList<>();
    private final InFlightLimit window = new InFlightLimit(Integer.MAX_VALUE, MOST_BYTES_UNDER_WAY);

    /** One more than parts are under way, until all have been added: the list is complete before it is read. */
    private final AtomicInteger missing = new AtomicInteger(1);

    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger unknown = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> firstError = new AtomicReference<>();

    /** Written before the last part ends. */
    private boolean complete;

    /**
     * @param call the name of the user's call, such as {@code Map.putAll}
     * @param changesData whether it matters afterwards which of the requests were carried out
     */
    FanOut(String call, Function<List<P>, T> combine, boolean changesData, CallOptions options, long now) {
        this.call = call + " on " + options.subject();
        this.combine = combine;
        this.changesData = changesData;
        this.options = options;
        this.expiryNanos = now + options.timeoutNanos();
    }

    /**
     * Waits until a request of this size may be sent. A thread that must not wait need not: for it the bound of all calls is enough.
     *
     * @return false if the call has failed, or does so now
     */
    boolean awaitRoom(int bytes) {
        if (hasFailed()) {
            return false;
        }
        try {
            if (!window.acquire(bytes, expiryNanos)) {
                if (Thread.currentThread() instanceof NonBlocking) {
                    window.take(bytes);
                } else {
                    fail(timedOut("not all of them could be sent"));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(new CallInterruptedException(
                    "Interrupted while requests of " + call + " waited to be sent", e, false));
        }
        return !hasFailed();
    }

    /** @param bytes for which there was {@link #awaitRoom} */
    void add(CompletableFuture<P> call, int bytes) {
        Part<P> part = new Part<>(call);
        parts.add(part);
        missing.incrementAndGet();
        call.whenComplete((result, error) -> {
            part.end(result);
            if (error == null || wasCarriedOut(Failures.unwrapped(error))) {
                done.incrementAndGet();
            } else if (CompositeErrors.mayHaveHadEffect(Failures.unwrapped(error))) {
                unknown.incrementAndGet();
            }
            window.release(bytes);
            partEnded(error);
        });
    }

    /** No further parts follow: all that the call consists of were added. */
    FanOut<P, T> allAdded() {
        complete = true;
        partEnded(null);
        return this;
    }

    /** No further parts follow, because the call has failed: some were not added. */
    FanOut<P, T> restOmitted() {
        partEnded(null);
        return this;
    }

    /** Whether the call will fail, so that no further parts need be added. */
    boolean hasFailed() {
        return firstError.get() != null;
    }

    /** The call fails when the parts under way have ended. */
    void fail(Throwable error) {
        firstError.compareAndSet(null, Failures.unwrapped(error));
    }

    private static boolean wasCarriedOut(Throwable error) {
        return error instanceof HazelcastException known && known.wasCarriedOut();
    }

    private void partEnded(@Nullable Throwable error) {
        if (error != null) {
            fail(error);
        }
        if (missing.decrementAndGet() == 0) {
            end();
        }
    }

    private void end() {
        Throwable error = firstError.get();
        if (error != null) {
            deliverFailure(changesData ? asAWhole(error) : error);
            return;
        }
        List<@Nullable Object> results = new ArrayList<>(parts.size());
        boolean decoded = true;
        for (Part<P> part : parts) {
            Object result = part.result;
            results.add(result);
            decoded &= !(result instanceof UndecodedReply<?>);
        }
        if (!decoded) {
            deliverUndecoded(new LateDecoding<>() {
                @Override
                public T get() {
                    return combined(results, UndecodedReply::get);
                }

                @Override
                public T without(Throwable reason) {
                    return combined(results, reply -> reply.without(reason));
                }
            });
            return;
        }
        try {
            deliver(combined(results, UndecodedReply::get));
        } catch (OutOfMemoryError e) {
            deliverFailure(UnreadableAnswer.noRoom(call + " with " + parts.size() + " requests", e));
        } catch (Throwable e) {
            // Errors too: else the call would never end, and the I/O thread would.
            deliverFailure(e);
        }
    }

    private Throwable asAWhole(Throwable first) {
        int written = done.get();
        int lost = unknown.get();
        int without = parts.size() - written - lost;
        if (isTrueOfAll(first, written, lost, without)) {
            return first;
        }
        return CompositeErrors.inPart(
                first,
                call + " was carried out in part: of the " + parts.size() + " requests that were sent " + written
                        + " had their effect, " + without + " had not, and of " + lost + " it is unknown"
                        + (complete ? "" : "; the others were not sent") + ". First failure: " + first.getMessage());
    }

    /** Whether what the first error says of its request may be said of the call. */
    private boolean isTrueOfAll(Throwable first, int written, int lost, int without) {
        if (wasCarriedOut(first)) {
            return complete && written == parts.size();
        }
        return written + lost == 0
                || (written + without == 0
                        && first instanceof HazelcastException
                        && CompositeErrors.mayHaveHadEffect(first));
    }

    @SuppressWarnings("unchecked") // an undecoded reply gives what its part stands for
    private T combined(List<@Nullable Object> results, Function<UndecodedReply<?>, @Nullable Object> decoder) {
        List<P> decoded = new ArrayList<>(results.size());
        for (Object result : results) {
            decoded.add(result instanceof UndecodedReply<?> reply ? (P) decoder.apply(reply) : (P) result);
        }
        return combine.apply(decoded);
    }

    @Override
    protected void decodingWaits() {
        options.invoker().watch(this);
    }

    @Override
    protected void decided() {
        options.invoker().forget(this);
    }

    @Override
    public long expiryNanos() {
        return expiryNanos;
    }

    @Override
    public void timeOut() {
        deliverFailure(timedOut("all of them were answered, but the schema of an object had not been fetched"));
    }

    private OperationTimeoutException timedOut(String how) {
        return new OperationTimeoutException(
                call + " with " + parts.size() + " requests did not end within "
                        + TimeUnit.NANOSECONDS.toMillis(options.timeoutNanos())
                        + " ms (option invocationTimeout, or withDeadline): " + how,
                null,
                !parts.isEmpty());
    }

    @Override
    protected String describe() {
        return call;
    }

    @Override
    protected Executor completionExecutor() {
        return options.completions();
    }

    @Override
    protected void abandoned() {
        parts.forEach(Part::cancel);
    }

    /** One request: the call as long as it is under way, then its result. */
    private static final class Part<P extends @Nullable Object> {

        private volatile @Nullable CompletableFuture<P> call;
        /** Read when all parts have ended. */
        private @Nullable Object result;

        Part(CompletableFuture<P> call) {
            this.call = call;
        }

        /** The call holds its request, which may be large. */
        void end(@Nullable Object outcome) {
            result = outcome;
            call = null;
        }

        void cancel() {
            CompletableFuture<P> underWay = call;
            if (underWay != null) {
                underWay.cancel(false);
            }
        }
    }
}
