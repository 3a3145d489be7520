// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.invocation;

import io.filbert.error.CallInterruptedException;
import io.filbert.error.ClientClosedException;
import io.filbert.error.HazelcastException;
import io.filbert.error.IndeterminateOperationException;
import io.filbert.error.OperationTimeoutException;
import io.filbert.internal.blocking.ClientFuture;
import io.filbert.internal.protocol.RequestType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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
 * <p>Ending it early abandons those still under way. Thread-safe; parts are added by one thread.
 */
final class FanOut<P extends @Nullable Object, T extends @Nullable Object> extends ClientFuture<T> implements Expiring {

    private final Function<List<P>, T> combine;
    private final @Nullable RequestType changes;
    private final CallOptions options;
    private final long expiryNanos;
    private final List<CompletableFuture<P>> parts;
    private final AtomicInteger missing;
    private final int expected;
    private int skipped;
    private final AtomicReference<@Nullable Throwable> firstError = new AtomicReference<>();

    /** @param changes what the requests are, if they change data; null if they only read */
    FanOut(int size, Function<List<P>, T> combine, @Nullable RequestType changes, CallOptions options, long now) {
        this.combine = combine;
        this.changes = changes;
        this.options = options;
        this.expiryNanos = now + options.timeoutNanos();
        this.parts = new ArrayList<>(size);
        // One more, given back when all parts have been added: the list is complete before it is read.
        this.missing = new AtomicInteger(size + 1);
        this.expected = size;
        if (size == 0) {
            partEnded(null);
        }
    }

    void add(CompletableFuture<P> part) {
        parts.add(part);
        part.whenComplete((result, error) -> partEnded(error));
        if (parts.size() + skipped == expected) {
            partEnded(null);
        }
    }

    /** Whether a part has failed, so that the whole will. */
    boolean hasFailed() {
        return firstError.get() != null;
    }

    /** One part fewer is made, because the call has failed already. */
    void skip() {
        skipped++;
        partEnded(null);
        if (parts.size() + skipped == expected) {
            partEnded(null);
        }
    }

    private void partEnded(@Nullable Throwable error) {
        if (error != null) {
            firstError.compareAndSet(
                    null, error instanceof CompletionException && error.getCause() != null ? error.getCause() : error);
        }
        if (missing.decrementAndGet() == 0) {
            end();
        }
    }

    private void end() {
        Throwable error = firstError.get();
        if (error != null) {
            deliverFailure(changes == null ? error : asAWhole(changes, error));
            return;
        }
        List<@Nullable Object> results = new ArrayList<>(parts.size());
        boolean decoded = true;
        for (CompletableFuture<P> part : parts) {
            Object result = part.join();
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
        } catch (Throwable e) {
            // Errors too: else the call would never end, and the I/O thread would.
            deliverFailure(e);
        }
    }

    private Throwable asAWhole(RequestType type, Throwable first) {
        int done = 0;
        int unknown = 0;
        for (CompletableFuture<P> part : parts) {
            Throwable failure = failureOf(part);
            if (failure == null) {
                done++;
            } else if (mayHaveHadEffect(failure)) {
                unknown++;
            }
        }
        int without = expected - done - unknown;
        if (done + unknown == 0 || (done + without == 0 && first instanceof HazelcastException)) {
            return first;
        }
        String text = type.name() + " on " + options.subject() + " was carried out in part: of " + expected
                + " partitions " + done + " were written, " + without + " were not, and of " + unknown
                + " it is unknown. First failure: " + first.getMessage();
        if (first instanceof OperationTimeoutException) {
            return new OperationTimeoutException(text, first, true);
        }
        if (first instanceof ClientClosedException) {
            return new ClientClosedException(text, first, true);
        }
        return first instanceof CallInterruptedException
                ? new CallInterruptedException(text, first, true)
                : new IndeterminateOperationException(text, first);
    }

    private static <P> @Nullable Throwable failureOf(CompletableFuture<P> part) {
        try {
            part.join();
            return null;
        } catch (CompletionException e) {
            return e.getCause() == null ? e : e.getCause();
        } catch (CancellationException e) {
            return e;
        }
    }

    /** What a member answers as an exception of the JDK is an answer, too. All else is an accident, and says nothing. */
    private static boolean mayHaveHadEffect(Throwable failure) {
        Throwable answer = failure instanceof HazelcastException ? failure : failure.getCause();
        return !(answer instanceof HazelcastException known) || known.isIndeterminate() || known.wasCarriedOut();
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
        deliverFailure(new OperationTimeoutException(
                "A call of " + expected + " parts on " + options.subject() + " did not end within "
                        + TimeUnit.NANOSECONDS.toMillis(options.timeoutNanos())
                        + " ms (option invocationTimeout, or withDeadline): all parts were answered, but the schema of an object"
                        + " had not been fetched",
                null,
                true));
    }

    @Override
    protected Executor completionExecutor() {
        return options.completions();
    }

    @Override
    protected void abandoned() {
        parts.forEach(part -> part.cancel(false));
    }
}
