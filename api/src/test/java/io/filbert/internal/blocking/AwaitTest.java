// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.blocking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.filbert.error.CallInterruptedException;
import io.filbert.error.OperationTimeoutException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AwaitTest {

    /** A thread that delivers replies. */
    private static final class Deliverer extends Thread implements NonBlocking {
        Deliverer(Runnable code) {
            super(code, "io-of-a-test");
        }
    }

    /** Each kind of future that views wait for, made anew. */
    static List<Supplier<CompletableFuture<@Nullable String>>> futures() {
        return List.of(CompletableFuture::new, () -> new TestFuture<>(Runnable::run));
    }

    @ParameterizedTest
    @MethodSource("futures")
    void result_value_isReturned(Supplier<CompletableFuture<@Nullable String>> kind) {
        CompletableFuture<@Nullable String> future = kind.get();
        future.complete("a");

        assertThat(Await.result(future)).isEqualTo("a");
    }

    @ParameterizedTest
    @MethodSource("futures")
    void result_null_isReturned(Supplier<CompletableFuture<@Nullable String>> kind) {
        CompletableFuture<@Nullable String> future = kind.get();
        future.complete(null);

        assertThat(Await.result(future)).isNull();
    }

    @ParameterizedTest
    @MethodSource("futures")
    void result_failureOfOurs_isACopyWithTheCallersStack(Supplier<CompletableFuture<@Nullable String>> kind)
            throws Exception {
        CompletableFuture<@Nullable String> future = kind.get();
        OperationTimeoutException original = Background.started(
                        () -> new OperationTimeoutException("too late", null, true))
                .result();
        future.completeExceptionally(original);

        Throwable thrown = catchThrowable(() -> Await.result(future));

        assertThat(thrown)
                .isInstanceOf(OperationTimeoutException.class)
                .isNotSameAs(original)
                .hasMessage("too late")
                .hasNoCause();
        assertThat(((OperationTimeoutException) thrown).isIndeterminate())
                .as("what the original said of itself")
                .isEqualTo(original.isIndeterminate());
        assertThat(thrown.getStackTrace())
                .as("the stack of the waiting thread")
                .anyMatch(frame -> frame.getClassName().equals(AwaitTest.class.getName()));
    }

    @ParameterizedTest
    @MethodSource("futures")
    void result_wrappedFailure_isUnwrapped(Supplier<CompletableFuture<@Nullable String>> kind) {
        CompletableFuture<@Nullable String> future = kind.get();
        future.completeExceptionally(new CompletionException(new IllegalArgumentException("no")));

        assertThatThrownBy(() -> Await.result(future))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("no");
    }

    @ParameterizedTest
    @MethodSource("futures")
    void result_errorOfTheJvm_passesUnchanged(Supplier<CompletableFuture<@Nullable String>> kind) {
        CompletableFuture<@Nullable String> future = kind.get();
        StackOverflowError error = new StackOverflowError();
        future.completeExceptionally(error);

        assertThatThrownBy(() -> Await.result(future)).isSameAs(error);
    }

    @ParameterizedTest
    @MethodSource("futures")
    void result_interrupted_endsAtOnceAndCancels(Supplier<CompletableFuture<@Nullable String>> kind) throws Exception {
        CompletableFuture<@Nullable String> future = kind.get();
        Background<String> waiter = Background.waiting(() -> {
            Throwable thrown = catchThrowable(() -> Await.result(future));
            return thrown.getClass().getSimpleName() + ", interrupted: "
                    + Thread.currentThread().isInterrupted();
        });

        waiter.interrupt();

        assertThat(waiter.result()).isEqualTo(CallInterruptedException.class.getSimpleName() + ", interrupted: true");
        assertThat(future.isCancelled()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("futures")
    void result_onADeliveringThread_isRefused(Supplier<CompletableFuture<@Nullable String>> kind) throws Exception {
        CompletableFuture<@Nullable String> future = kind.get();

        Throwable thrown = thrownOnDeliverer(() -> Await.result(future));

        assertThat(thrown)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("io-of-a-test")
                .hasMessageContaining("callbackExecutor");
        assertThat(future.isDone()).as("whether the refusal ended the future").isFalse();
    }

    @ParameterizedTest
    @MethodSource("futures")
    void result_onADeliveringThreadButDone_isReturned(Supplier<CompletableFuture<@Nullable String>> kind)
            throws Exception {
        CompletableFuture<@Nullable String> future = kind.get();
        future.complete("a");

        assertThat(thrownOnDeliverer(() -> Await.result(future))).isNull();
    }

    @Test
    void join_onADeliveringThread_isRefused() throws Exception {
        TestFuture<String> future = new TestFuture<>(Runnable::run);

        assertThat(thrownOnDeliverer(future::join)).isInstanceOf(IllegalStateException.class);
    }

    // ---- without loss

    private static String outcomeOf(CompletableFuture<@Nullable String> future) {
        String outcome;
        try {
            outcome = "" + Await.withoutLoss(future);
        } catch (InterruptedException | RuntimeException e) {
            outcome = e.getClass().getSimpleName();
        }
        return outcome + (Thread.interrupted() ? ", interrupted" : "");
    }

    @ParameterizedTest
    @MethodSource("futures")
    void withoutLoss_interrupted_waitsForTheResult(Supplier<CompletableFuture<@Nullable String>> kind)
            throws Exception {
        CompletableFuture<@Nullable String> future = kind.get();
        Background<String> waiter = Background.waiting(() -> outcomeOf(future));
        waiter.interrupt();
        Background.eventually("the interruption noticed", () -> !waiter.isInterrupted() && waiter.isWaiting());
        future.complete("a");

        assertThat(waiter.result()).isEqualTo("a, interrupted");
    }

    @ParameterizedTest
    @MethodSource("futures")
    void withoutLoss_interrupted_waitsForTheFailure(Supplier<CompletableFuture<@Nullable String>> kind)
            throws Exception {
        CompletableFuture<@Nullable String> future = kind.get();
        Background<String> waiter = Background.waiting(() -> outcomeOf(future));
        waiter.interrupt();
        Background.eventually("the interruption noticed", () -> !waiter.isInterrupted() && waiter.isWaiting());
        future.completeExceptionally(new IllegalStateException("no"));

        assertThat(waiter.result()).isEqualTo("IllegalStateException, interrupted");
    }

    @Test
    void withoutLoss_interruptedBeforeTheCallWasSent_endsAtOnce() throws Exception {
        TestFuture<@Nullable String> future = new TestFuture<>(Runnable::run);
        future.mayBeWithdrawn();
        Background<String> waiter = Background.waiting(() -> outcomeOf(future));
        waiter.interrupt();

        assertThat(waiter.result()).isEqualTo("InterruptedException");
        assertThat(future.isCancelled()).isTrue();
    }

    @Test
    void withoutLoss_interruptedAndLaterWaitingToBeSentAgain_endsThen() throws Exception {
        TestFuture<@Nullable String> future = new TestFuture<>(Runnable::run);
        Background<String> waiter = Background.waiting(() -> outcomeOf(future));
        waiter.interrupt();
        Background.eventually("the interruption noticed", () -> !waiter.isInterrupted() && waiter.isWaiting());
        future.mayBeWithdrawn();

        assertThat(waiter.result()).isEqualTo("InterruptedException");
    }

    @Test
    void withoutLoss_callThatFoundItsThreadInterrupted_isAnInterruption() {
        TestFuture<@Nullable String> future = new TestFuture<>(Runnable::run);
        future.completeExceptionally(new CallInterruptedException("it was not sent", null, false));
        Thread.currentThread().interrupt();

        assertThat(outcomeOf(future)).isEqualTo("InterruptedException");
    }

    private static @Nullable Throwable thrownOnDeliverer(Runnable code) throws InterruptedException {
        AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
        Thread deliverer = new Deliverer(() -> thrown.set(catchThrowable(code::run)));
        deliverer.start();
        deliverer.join(10_000);
        assertThat(deliverer.isAlive()).as("still waiting").isFalse();
        return thrown.get();
    }
}
