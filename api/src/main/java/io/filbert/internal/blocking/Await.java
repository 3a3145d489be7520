// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.blocking;

import io.filbert.error.CallInterruptedException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a future on behalf of a blocking view: the only class that may do so.
 *
 * <p>It returns the result or throws the failure itself, unwrapped, as a copy that carries the caller's stack ({@link CallerCopy}). It
 * refuses to wait on a thread that delivers replies. An interrupted wait ends at once with
 * {@link CallInterruptedException}, the interrupt flag restored. How long a wait can take is bounded by the deadline of the
 * invocation behind the future.
 */
public final class Await {

    /** How often a call that could not be withdrawn is tried again: an attempt may have failed, so that it waits to be sent. */
    private static final long WITHDRAWAL_PAUSE_MILLIS = 100;

    private Await() {}

    /** The result of the future, waiting for it if need be. */
    public static <T extends @Nullable Object> T result(CompletableFuture<T> future) {
        if (future instanceof ClientFuture<T> own) {
            return own.awaitResult();
        }
        return answer(future, "a call");
    }

    /**
     * As {@link #result}, for a wait in which nothing is at stake, because it is no call: an interruption has no effect but to end it.
     *
     * @param doing what the client is doing, such as {@code connecting to the cluster}
     */
    public static <T extends @Nullable Object> T result(CompletableFuture<T> future, String doing) {
        try {
            return result(future);
        } catch (CallInterruptedException e) {
            throw interruptedWhile(doing, e.getCause());
        }
    }

    /**
     * As {@link #result(CompletableFuture)}, for a future that does not say itself what it is the answer to.
     *
     * @param call what errors name, such as {@code the creation of map 'personnel'}
     */
    public static <T extends @Nullable Object> T answer(CompletableFuture<T> future, String call) {
        if (!future.isDone()) {
            requireMayBlock();
        }
        try {
            return future.get();
        } catch (InterruptedException e) {
            throw interrupted(future, call, e);
        } catch (ExecutionException e) {
            throw forCaller(e.getCause() == null ? e : e.getCause());
        }
    }

    /** The thread was interrupted while it did something that has no effect in the cluster. */
    public static CallInterruptedException interruptedWhile(String doing, @Nullable Throwable cause) {
        return new CallInterruptedException("Interrupted while " + doing, cause, false);
    }

    /**
     * As {@link #result}, for calls whose result must not be lost. An interruption ends the wait only if the call has certainly had no effect;
     * else it is noted, and the interrupt flag is set again when the outcome has come.
     *
     * @throws InterruptedException if the call was withdrawn; it has had no effect and never will
     */
    public static <T extends @Nullable Object> T withoutLoss(CompletableFuture<T> future) throws InterruptedException {
        if (!future.isDone()) {
            requireMayBlock();
        }
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return interrupted ? future.get(WITHDRAWAL_PAUSE_MILLIS, TimeUnit.MILLISECONDS) : future.get();
                } catch (InterruptedException | TimeoutException e) {
                    interrupted = true;
                    if (future instanceof ClientFuture<T> own && own.withdraw()) {
                        interrupted = false;
                        throw new InterruptedException("Interrupted before the call was sent");
                    }
                } catch (ExecutionException e) {
                    if (!interrupted
                            && e.getCause() instanceof CallInterruptedException before
                            && !before.isIndeterminate()) {
                        // Before this wait began, when nothing had been sent yet.
                        Thread.interrupted();
                        throw new InterruptedException(e.getCause().getMessage());
                    }
                    throw forCaller(e.getCause() == null ? e : e.getCause());
                } catch (CancellationException e) {
                    throw forCaller(e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Fails when the current thread is one that delivers replies. */
    static void requireMayBlock() {
        if (Thread.currentThread() instanceof NonBlocking) {
            throw new IllegalStateException("Waiting for a reply on thread '"
                    + Thread.currentThread().getName()
                    + "', which delivers the replies, would wait for ever. The configured callbackExecutor runs callbacks"
                    + " inline: use the asynchronous methods there, or configure an executor with threads of its own");
        }
    }

    static RuntimeException interrupted(CompletableFuture<?> future, InterruptedException cause) {
        return interrupted(future, future instanceof ClientFuture<?> own ? own.describe() : "a call", cause);
    }

    private static RuntimeException interrupted(CompletableFuture<?> future, String call, InterruptedException cause) {
        Thread.currentThread().interrupt();
        if (future instanceof ClientFuture<?> own && own.withdraw()) {
            return new CallInterruptedException(
                    "Interrupted while " + call + " waited to be sent; it was not sent", cause, false);
        }
        future.cancel(true);
        return new CallInterruptedException(
                "Interrupted while waiting for the answer to " + call + "; whether a member carried it out is unknown",
                cause,
                true);
    }

    /** The failure as the calling thread should see it. Errors of the JVM pass unchanged. */
    static RuntimeException forCaller(Throwable failure) {
        Throwable error = failure;
        while ((error instanceof CompletionException || error instanceof ExecutionException)
                && error.getCause() != null) {
            error = error.getCause();
        }
        if (error instanceof Error fatal) {
            throw fatal;
        }
        return CallerCopy.of(error);
    }
}
