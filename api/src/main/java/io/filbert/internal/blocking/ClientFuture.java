// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.blocking;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A future whose outcome arrives on a thread that must not run user code.
 *
 * <p>Delivery and completion are two steps. {@link #deliver} stores the outcome and wakes the threads that wait in
 * {@link #join()}, {@link #get()} or {@link Await#result}; it is safe on an I/O thread because it runs nothing else.
 * <em>Completion</em> in the sense of {@link CompletableFuture}, which runs dependent stages, happens on the completion
 * executor. This split is why a blocked caller is woken without a second hand-over, why {@code CompletableFuture.allOf} over
 * client futures never runs its dependents on an I/O thread, and why a callback may itself wait for another call.
 *
 * <p>One field holds the whole story: {@code null} while nothing has happened, the waiting {@link Thread} (the usual case
 * of exactly one waiter costs no allocation), a {@link Waiters} chain for more of them, or the outcome. When a single
 * waiter was woken, that thread completes the future, and nothing is handed to the executor; in all other cases the
 * deliverer hands this future to it, as a {@link LinkedTask}: a hand-over costs no
 * allocation.
 *
 * <p>A result that only code of the user can decode arrives {@link Undecoded}. That is no outcome yet: one of the waiters, or without
 * any the completion executor, decodes it on its own thread, and whoever does decides. Decoding may find that something is missing and say
 * {@link NotYet}; then it is done again when that has arrived. If it does not arrive, a {@link LateDecoding} makes of the result what it can.
 *
 * <p>What the methods that JDK 19 added say (the states, {@code resultNow}) must not contradict {@code isDone}. So whoever looks at an
 * outcome that is delivered completes the future, too, unless stages depend on it: those run on the completion executor only, and until it
 * has come to them {@code state()}, which a class for JDK 17 cannot override, says that the future is running.
 *
 * <p>Thread-safe.
 */
public abstract class ClientFuture<T extends @Nullable Object> extends CompletableFuture<T> implements LinkedTask {

    private static final VarHandle STATE;
    private static final VarHandle LINK;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(ClientFuture.class, "state", Object.class);
            LINK = MethodHandles.lookup().findVarHandle(ClientFuture.class, "link", LinkedTask.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Stands for a null result, and wraps results whose class would be taken for another state. */
    private record Value(@Nullable Object value) {}

    private record Failure(Throwable error) {}

    private record Waiters(Thread thread, @Nullable Object next) {}

    /** A result that has arrived but needs decoding, and who waits for it, as in the state before. */
    private record Undecoded(
            Supplier<?> decode,
            AtomicBoolean claimed,
            AtomicReference<@Nullable Throwable> missing,
            @Nullable Object waiters) {

        Undecoded with(@Nullable Object newWaiters) {
            return new Undecoded(decode, claimed, missing, newWaiters);
        }

        @Nullable
        Object result() {
            Throwable reason = missing.get();
            return reason == null ? decode.get() : ((LateDecoding<?>) decode).without(reason);
        }
    }

    /** Decoding that can end without what it waits for. */
    public interface LateDecoding<T extends @Nullable Object> extends Supplier<T> {

        /**
         * Decodes for the last time: what {@link #get} waited for will not come.
         *
         * @param reason why not
         */
        T without(Throwable reason);
    }

    private static final Value NULL = new Value(null);

    /** Stands for "handed over, but no neighbour": a future is handed over once only, and the link remembers it. */
    private static final LinkedTask NO_NEIGHBOUR = new NoNeighbour();

    private static final class NoNeighbour implements LinkedTask {

        @Override
        public @Nullable LinkedTask link() {
            return null;
        }

        @Override
        public void link(@Nullable LinkedTask neighbour) {
            throw new AssertionError();
        }

        @Override
        public void run() {
            throw new AssertionError();
        }
    }

    private volatile @Nullable Object state;

    /** Null until this future is handed over for completion; from then on never again. */
    private volatile @Nullable LinkedTask link;

    /** The executor that runs dependent stages. Called once per future, on the delivering or the waiting thread. */
    protected abstract Executor completionExecutor();

    /**
     * Called once, when the outcome is decided, by whoever decided it: before waiters are woken and dependent stages run.
     */
    protected void decided() {}

    /** What errors call the call, such as {@code Map.get on map 'personnel'}. */
    protected String describe() {
        return "a call";
    }

    /** Called once when the user ended this future early ({@code cancel}, {@code completeExceptionally}, …). */
    protected abstract void abandoned();

    /**
     * Ends the call if it has not been sent and so can have no effect; else it goes on.
     *
     * @return whether the call was ended
     */
    protected boolean withdraw() {
        return false;
    }

    /**
     * Stores the result and wakes the waiters.
     *
     * @return whether this call decided the outcome; false when it was decided before
     */
    protected final boolean deliver(@Nullable T value) {
        return decide(outcomeOf(value));
    }

    private static Object outcomeOf(@Nullable Object value) {
        if (value == null) {
            return NULL;
        }
        return isPlain(value) ? value : new Value(value);
    }

    /**
     * Stores a result that must be decoded where code of the user may run, and has somebody do it.
     *
     * @param decode gives the result, or throws: {@link NotYet} if it is to be called again, anything else as the outcome
     * @return false when the outcome was decided before
     */
    protected final boolean deliverUndecoded(Supplier<? extends T> decode) {
        while (true) {
            Object before = state;
            if (isOutcome(before) || before instanceof Undecoded) {
                return false;
            }
            Undecoded arrived = new Undecoded(decode, new AtomicBoolean(), new AtomicReference<>(), before);
            if (STATE.compareAndSet(this, before, arrived)) {
                haveDecoded(arrived);
                return true;
            }
        }
    }

    /** Called, on the thread that decodes, when decoding must wait for something that may take until the deadline. */
    protected void decodingWaits() {}

    /** Whoever waits decodes, even one of many: the threads of the executor may be among them. */
    private void haveDecoded(Undecoded arrived) {
        if (arrived.waiters == null) {
            handOver();
        } else {
            wakeAll(arrived.waiters);
        }
    }

    /** Decodes and decides, unless another thread does; returns whether it was done here. */
    private boolean decode(Undecoded arrived) {
        if (!arrived.claimed.compareAndSet(false, true)) {
            return false;
        }
        Object outcome;
        try {
            outcome = outcomeOf(arrived.result());
        } catch (NotYet signal) {
            Throwable reason = arrived.missing.get();
            if (reason != null) {
                decide(new Failure(reason));
                return true;
            }
            decodingWaits();
            try {
                signal.whenArrived((arrival, failure) -> decodeAgain(arrived, failure));
            } catch (Throwable e) {
                // It cannot even be asked for, such as for want of memory.
                decodeAgain(arrived, e);
            }
            return true;
        } catch (Throwable e) {
            // Errors of the user's code, too, are the outcome: nobody else would hear of them.
            outcome = new Failure(e);
        }
        decide(outcome);
        return true;
    }

    private void decodeAgain(Undecoded arrived, @Nullable Throwable failure) {
        if (failure != null) {
            Throwable reason =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            if (!(arrived.decode instanceof LateDecoding<?>)) {
                decide(new Failure(reason));
                return;
            }
            arrived.missing.compareAndSet(null, reason);
        }
        // First free, then look who waits: a waiter that leaves does it the other way round, so one of the two sees the
        // other.
        arrived.claimed.set(false);
        if (state instanceof Undecoded now) {
            haveDecoded(now);
        }
    }

    /**
     * Has a result decoded that waits for something, without that.
     *
     * @return false if there is no such result, or it can only be decoded with what is missing
     */
    protected final boolean decodeWithout(Throwable reason) {
        if (state instanceof Undecoded arrived
                && arrived.decode instanceof LateDecoding<?>
                && arrived.missing.compareAndSet(null, reason)) {
            decodeAgain(arrived, null);
            return true;
        }
        return false;
    }

    /** Stores the failure and wakes the waiters; see {@link #deliver}. */
    protected final boolean deliverFailure(Throwable error) {
        return decide(new Failure(error));
    }

    /** Whether the outcome is known, even if dependent stages have not run yet. */
    public final boolean isDelivered() {
        return isOutcome(state);
    }

    private static boolean isPlain(Object value) {
        return !(value instanceof Thread
                || value instanceof Waiters
                || value instanceof Undecoded
                || value instanceof Value
                || value instanceof Failure);
    }

    private static boolean isOutcome(@Nullable Object s) {
        return s != null && !(s instanceof Thread) && !(s instanceof Waiters) && !(s instanceof Undecoded);
    }

    private boolean decide(Object outcome) {
        while (true) {
            Object before = state;
            if (isOutcome(before)) {
                return false;
            }
            if (STATE.compareAndSet(this, before, outcome)) {
                decided();
                Object waiters = before instanceof Undecoded arrived ? arrived.waiters : before;
                if (waiters instanceof Thread waiter) {
                    LockSupport.unpark(waiter);
                } else {
                    wakeAll(waiters);
                    handOver();
                }
                return true;
            }
        }
    }

    /**
     * Once at a time, whoever comes first: the deliverer and the waiter that came first may both find it theirs to do. Only a future
     * that was handed over to be decoded is handed over again.
     */
    private void handOver() {
        if (LINK.compareAndSet(this, null, NO_NEIGHBOUR)) {
            completionExecutor().execute(this);
        }
    }

    private static void wakeAll(@Nullable Object waiters) {
        Object rest = waiters;
        while (rest instanceof Waiters chain) {
            LockSupport.unpark(chain.thread);
            rest = chain.next;
        }
        if (rest instanceof Thread last) {
            LockSupport.unpark(last);
        }
    }

    @Override
    public final @Nullable LinkedTask link() {
        LinkedTask neighbour = link;
        return neighbour == NO_NEIGHBOUR ? null : neighbour;
    }

    @Override
    public final void link(@Nullable LinkedTask neighbour) {
        link = neighbour == null ? NO_NEIGHBOUR : neighbour;
    }

    /** Decodes what has to be, or completes the future proper, running dependent stages. For the completion executor. */
    @Override
    public final void run() {
        if (state instanceof Undecoded) {
            link = null;
            // Looked at again: who decided before the link was free could not hand over.
            if (state instanceof Undecoded arrived) {
                decode(arrived);
                return;
            }
        }
        settle(Objects.requireNonNull(state));
    }

    private void settle(Object outcome) {
        if (outcome instanceof Failure failure) {
            super.completeExceptionally(failure.error);
        } else {
            super.complete(value(outcome));
        }
    }

    /** Waits for the outcome without limit (the engine bounds every invocation by its deadline). */
    private Object await(long nanos, boolean timed) throws InterruptedException, TimeoutException {
        Object s = state;
        if (isOutcome(s)) {
            return Objects.requireNonNull(s);
        }
        Await.requireMayBlock();
        Thread me = Thread.currentThread();
        while (!STATE.compareAndSet(this, s, with(me, s))) {
            s = state;
            if (isOutcome(s)) {
                return Objects.requireNonNull(s);
            }
        }
        boolean alone = s == null || (s instanceof Undecoded arrived && arrived.waiters == null);
        long deadline = timed ? System.nanoTime() + nanos : 0;
        while (true) {
            s = state;
            if (isOutcome(s)) {
                if (alone) {
                    settleAfterWaiting(Objects.requireNonNull(s));
                }
                return Objects.requireNonNull(s);
            }
            if (s instanceof Undecoded arrived && decode(arrived)) {
                continue;
            }
            if (Thread.interrupted()) {
                stopWaiting(me, alone);
                throw new InterruptedException();
            }
            if (!timed) {
                LockSupport.park(this);
            } else {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    stopWaiting(me, alone);
                    throw new TimeoutException();
                }
                LockSupport.parkNanos(this, left);
            }
        }
    }

    /**
     * Takes the thread back out. If the outcome arrived in this moment and found this thread alone, the deliverer left completion to
     * it.
     */
    private void stopWaiting(Thread me, boolean alone) {
        while (true) {
            Object s = state;
            if (isOutcome(s)) {
                if (alone) {
                    settleAfterWaiting(Objects.requireNonNull(s));
                }
                return;
            }
            Object rest = without(me, s);
            if (STATE.compareAndSet(this, s, rest)) {
                if (rest instanceof Undecoded arrived && !arrived.claimed.get()) {
                    haveDecoded(arrived);
                }
                return;
            }
        }
    }

    private static Object with(Thread me, @Nullable Object waiters) {
        if (waiters instanceof Undecoded arrived) {
            return arrived.with(with(me, arrived.waiters));
        }
        return waiters == null ? me : new Waiters(me, waiters);
    }

    /**
     * The waiters but this one. What was a chain stays a chain, even of one: a bare thread stands for the waiter that came first and
     * knows that completion is left to it.
     */
    private static @Nullable Object without(Thread me, @Nullable Object waiters) {
        if (waiters == me) {
            return null;
        }
        if (waiters instanceof Undecoded arrived) {
            return arrived.with(without(me, arrived.waiters));
        }
        if (waiters instanceof Waiters chain) {
            return chain.thread == me ? chain.next : new Waiters(chain.thread, without(me, chain.next));
        }
        return waiters;
    }

    /** Dependent stages belong to the completion executor; without any, completing here saves the hand-over. */
    private void settleAfterWaiting(Object outcome) {
        if (super.isDone()) {
            return;
        }
        if (getNumberOfDependents() == 0) {
            settle(outcome);
        } else {
            handOver();
        }
    }

    /** For whoever has seen the outcome: the future proper must not say that there is none. */
    private void settleIfNothingDepends() {
        Object outcome = state;
        if (isOutcome(outcome)
                && !super.isDone()
                && getNumberOfDependents() == 0
                && !(Thread.currentThread() instanceof NonBlocking)) {
            settle(Objects.requireNonNull(outcome));
        }
    }

    /** Waits and returns the result or throws what {@link Await} throws. */
    final T awaitResult() {
        Object outcome;
        try {
            outcome = await(0, false);
        } catch (InterruptedException e) {
            throw Await.interrupted(this, e);
        } catch (TimeoutException e) {
            throw new AssertionError(e);
        }
        if (outcome instanceof Failure failure) {
            throw Await.forCaller(failure.error);
        }
        return value(outcome);
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // T itself may be nullable
    private T value(Object outcome) {
        return (T) (outcome instanceof Value boxed ? boxed.value : outcome);
    }

    private T resultOf(Object outcome) throws ExecutionException {
        settleIfNothingDepends();
        if (outcome instanceof Failure failure) {
            if (failure.error instanceof CancellationException cancelled) {
                throw cancelled;
            }
            Throwable error = failure.error;
            throw new ExecutionException(
                    error instanceof CompletionException && error.getCause() != null ? error.getCause() : error);
        }
        return value(outcome);
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        try {
            return resultOf(await(0, false));
        } catch (TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        // Not negative: what is subtracted from the smallest number becomes the largest.
        return resultOf(await(Math.max(0, unit.toNanos(timeout)), true));
    }

    @Override
    public T join() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return resultOf(await(0, false));
                } catch (InterruptedException e) {
                    // join() does not report interruption: as in CompletableFuture, the flag is restored on the way
                    // out.
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    // Who has seen the outcome through one method must not be told "not yet" by another.

    @Override
    public boolean isDone() {
        settleIfNothingDepends();
        return isDelivered() || super.isDone();
    }

    @Override
    public boolean isCompletedExceptionally() {
        settleIfNothingDepends();
        return state instanceof Failure || super.isCompletedExceptionally();
    }

    @Override
    public boolean isCancelled() {
        settleIfNothingDepends();
        return (state instanceof Failure failure && failure.error instanceof CancellationException)
                || super.isCancelled();
    }

    @Override
    public T getNow(T valueIfAbsent) {
        return isDelivered() ? join() : super.getNow(valueIfAbsent);
    }

    /**
     * The result, if the call has succeeded. As {@code Future} has it since JDK 19.
     *
     * @throws IllegalStateException if there is no outcome yet, or it is another one
     */
    // No @Override, because JDK 17 does not have it.
    @SuppressWarnings("MissingOverride")
    public T resultNow() {
        Object outcome = outcomeNow();
        if (outcome instanceof Failure failure) {
            throw new IllegalStateException(
                    failure.error instanceof CancellationException
                            ? "The call was cancelled"
                            : "The call failed: " + failure.error);
        }
        return value(outcome);
    }

    /**
     * The error, if the call has failed. As {@code Future} has it since JDK 19.
     *
     * @throws IllegalStateException if there is no outcome yet, or it is another one
     */
    @SuppressWarnings("MissingOverride")
    public Throwable exceptionNow() {
        if (!(outcomeNow() instanceof Failure failure)) {
            throw new IllegalStateException("The call succeeded");
        }
        if (failure.error instanceof CancellationException) {
            throw new IllegalStateException("The call was cancelled");
        }
        return failure.error instanceof CompletionException wrapper && wrapper.getCause() != null
                ? wrapper.getCause()
                : failure.error;
    }

    private Object outcomeNow() {
        Object outcome = state;
        if (!isOutcome(outcome)) {
            throw new IllegalStateException("The call has no outcome yet");
        }
        settleIfNothingDepends();
        return Objects.requireNonNull(outcome);
    }

    // The user may end the future, but only if nothing else has: one decision for waiters and dependent stages alike.

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return endedByUser(new Failure(new CancellationException())) || isCancelled();
    }

    @Override
    public boolean complete(T value) {
        return endedByUser(new Value(value));
    }

    @Override
    public boolean completeExceptionally(Throwable error) {
        return endedByUser(new Failure(Objects.requireNonNull(error)));
    }

    @Override
    public CompletableFuture<T> completeAsync(Supplier<? extends T> supplier, Executor executor) {
        Objects.requireNonNull(supplier);
        executor.execute(() -> {
            try {
                complete(supplier.get());
            } catch (Throwable e) {
                completeExceptionally(e);
            }
        });
        return this;
    }

    @Override
    public CompletableFuture<T> completeAsync(Supplier<? extends T> supplier) {
        return completeAsync(supplier, defaultExecutor());
    }

    /** Not supported: an outcome that waiters have seen does not change. */
    @Override
    public void obtrudeValue(T value) {
        throw new UnsupportedOperationException("The outcome of a call cannot be replaced");
    }

    /** Not supported: an outcome that waiters have seen does not change. */
    @Override
    public void obtrudeException(Throwable error) {
        throw new UnsupportedOperationException("The outcome of a call cannot be replaced");
    }

    private boolean endedByUser(Object outcome) {
        boolean first = decide(outcome);
        if (first) {
            abandoned();
        }
        return first;
    }
}
