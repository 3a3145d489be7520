// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.invocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.error.CallInterruptedException;
import io.filbert.error.ClientClosedException;
import io.filbert.error.ConnectionException;
import io.filbert.error.HazelcastException;
import io.filbert.error.IndeterminateOperationException;
import io.filbert.error.MemberErrorException;
import io.filbert.error.OperationTimeoutException;
import io.filbert.error.SerializationException;
import io.filbert.error.TargetDisconnectedException;
import io.filbert.internal.blocking.Await;
import io.filbert.internal.runtime.Eventually;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FanOutTest {

    private final Offline offline = new Offline(config -> config);
    private final CallOptions options = offline.invoker().options("map 'm'").clientOwn();

    private final CompletableFuture<Integer> first = new CompletableFuture<>();
    private final CompletableFuture<Integer> second = new CompletableFuture<>();

    @AfterEach
    void close() {
        offline.close();
    }

    private FanOut<Integer, List<Integer>> both() {
        FanOut<Integer, List<Integer>> fanOut =
                new FanOut<>("Map.putAll", ArrayList::new, false, options, System.nanoTime());
        fanOut.add(first, 100);
        fanOut.add(second, 100);
        fanOut.allAdded();
        return fanOut;
    }

    @Test
    void add_allPartsSucceed_combinesInTheOrderOfTheParts() {
        FanOut<Integer, List<Integer>> fanOut = both();
        second.complete(2);
        assertThat(fanOut).isNotDone();
        first.complete(1);

        assertThat(fanOut.join()).containsExactly(1, 2);
    }

    @Test
    void add_partsAlreadyDone_combinesThem() {
        first.complete(1);
        second.complete(2);

        assertThat(both().join()).containsExactly(1, 2);
    }

    @Test
    void add_onePartFails_failsWhenAllHaveEnded() {
        FanOut<Integer, List<Integer>> fanOut = both();
        IllegalStateException failure = new IllegalStateException("no");
        first.completeExceptionally(failure);
        assertThat(fanOut).isNotDone();
        assertThat(fanOut.hasFailed()).isTrue();
        second.complete(2);

        assertThatThrownBy(fanOut::join).cause().isSameAs(failure);
    }

    @Test
    void allAdded_afterAFailure_endsWithIt() {
        FanOut<Integer, List<Integer>> fanOut =
                new FanOut<>("Map.putAll", ArrayList::new, false, options, System.nanoTime());
        IllegalStateException failure = new IllegalStateException("no");
        assertThat(fanOut.awaitRoom(100)).isTrue();
        fanOut.add(CompletableFuture.failedFuture(failure), 100);
        assertThat(fanOut.hasFailed()).isTrue();
        assertThat(fanOut.awaitRoom(1)).isFalse();
        assertThat(fanOut).isNotDone();
        fanOut.allAdded();

        assertThatThrownBy(fanOut::join).cause().isSameAs(failure);
    }

    /** Guards against a bulk call that holds all its requests until the last one is answered. */
    @Test
    void add_partHasEnded_isNotKept() {
        FanOut<byte[], List<byte[]>> fanOut =
                new FanOut<>("Map.putAll", results -> List.of(), false, options, System.nanoTime());
        CompletableFuture<byte[]> call = new CompletableFuture<>();
        WeakReference<CompletableFuture<byte[]>> kept = new WeakReference<>(call);
        fanOut.awaitRoom(100);
        fanOut.add(call, 100);
        fanOut.awaitRoom(100);
        fanOut.add(new CompletableFuture<>(), 100);
        call.complete(new byte[1]);
        call = null;

        Eventually.holds("the call is collected", () -> {
            System.gc();
            return kept.get() == null;
        });
        assertThat(fanOut).isNotDone();
    }

    /** Guards against a bulk call that encodes all it has to send, however much memory that takes. */
    @Test
    void awaitRoom_eightMebibytesUnderWay_waitsUntilAPartHasEnded() throws Exception {
        FanOut<Integer, List<Integer>> fanOut =
                new FanOut<>("Map.putAll", ArrayList::new, false, options, System.nanoTime());
        assertThat(fanOut.awaitRoom(5 << 20)).isTrue();
        fanOut.add(first, 5 << 20);
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            Future<Boolean> room = executor.submit(() -> fanOut.awaitRoom(5 << 20));
            assertThatThrownBy(() -> room.get(50, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);

            first.complete(1);

            assertThat(room.get(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void awaitRoom_noneUntilTheDeadline_isATimeout() {
        CallOptions soon = options.withTimeout(Duration.ofMillis(20));
        FanOut<Integer, List<Integer>> fanOut =
                new FanOut<>("Map.putAll", ArrayList::new, false, soon, System.nanoTime());
        assertThat(fanOut.awaitRoom(9 << 20))
                .as("the first part is let through")
                .isTrue();
        fanOut.add(first, 9 << 20);

        assertThat(fanOut.awaitRoom(1)).isFalse();
        fanOut.allAdded();
        first.complete(1);

        assertThatThrownBy(fanOut::join)
                .cause()
                .isInstanceOf(OperationTimeoutException.class)
                .hasMessageContaining("map 'm'");
    }

    @Test
    void add_combiningEndsWithAnError_isTheOutcome() {
        StackOverflowError error = new StackOverflowError("of a test");
        FanOut<Integer, Integer> fanOut = new FanOut<>(
                "Map.putAll",
                results -> {
                    throw error;
                },
                false,
                options,
                System.nanoTime());
        fanOut.add(CompletableFuture.completedFuture(1), 100);
        fanOut.allAdded();

        assertThat(fanOut).isCompletedExceptionally();
        assertThatThrownBy(fanOut::join).cause().isSameAs(error);
    }

    @Test
    void allAdded_noParts_isDone() {
        FanOut<Integer, List<Integer>> fanOut =
                new FanOut<>("Map.putAll", ArrayList::new, false, options, System.nanoTime());
        fanOut.allAdded();

        assertThat(fanOut.join()).isEmpty();
    }

    @Test
    void cancel_partsUnderWay_areCancelled() {
        FanOut<Integer, List<Integer>> fanOut = both();
        first.complete(1);

        fanOut.cancel(true);

        assertThat(second).isCancelled();
        assertThat(first).isCompletedWithValue(1);
    }

    @Test
    void end_combiningFails_isTheFailure() {
        FanOut<Integer, List<Integer>> fanOut = new FanOut<>(
                "Map.putAll",
                results -> {
                    throw new IllegalStateException("no");
                },
                false,
                options,
                System.nanoTime());
        fanOut.add(CompletableFuture.completedFuture(1), 100);
        fanOut.allAdded();

        assertThatThrownBy(fanOut::join).hasCauseInstanceOf(IllegalStateException.class);
    }

    // ---- calls that change data

    private FanOut<Integer, List<Integer>> writes() {
        return new FanOut<>("Map.putAll", ArrayList::new, true, options, System.nanoTime());
    }

    private static <T> CompletableFuture<T> failed(Throwable failure) {
        return CompletableFuture.failedFuture(failure);
    }

    /** Guards against putAll that fails with "no effect" though it has written most entries. */
    @Test
    void end_someWritten_isIndeterminateAndCounts() {
        FanOut<Integer, List<Integer>> fanOut = writes();
        fanOut.add(CompletableFuture.completedFuture(1), 100);
        ConnectionException failure = new ConnectionException("no connection");
        fanOut.add(failed(failure), 100);
        fanOut.add(failed(new TargetDisconnectedException("lost")), 100);
        fanOut.allAdded();

        assertThatThrownBy(fanOut::join)
                .cause()
                .isInstanceOf(IndeterminateOperationException.class)
                .hasMessage(
                        "Map.putAll on map 'm' was carried out in part: of the 3 requests that were sent 1 had their effect,"
                                + " 1 had not, and of 1 it is unknown. First failure: no connection")
                .hasCause(failure);
    }

    @Test
    void end_nothingWasSent_isTheFirstErrorAndRetryable() {
        FanOut<Integer, List<Integer>> fanOut = writes();
        ConnectionException failure = new ConnectionException("no connection");
        fanOut.add(failed(failure), 100);
        fanOut.add(failed(new OperationTimeoutException("never sent", null, false)), 100);
        fanOut.allAdded();

        assertThatThrownBy(fanOut::join).cause().isSameAs(failure);
        assertThat(failure.isRetryable()).isTrue();
    }

    @Test
    void end_allRefusedByMembers_isTheFirstError() {
        IllegalStateException refusal = new IllegalStateException(
                "no", new MemberErrorException(27, "java.lang.IllegalStateException", "no", List.of(), null));
        FanOut<Integer, List<Integer>> fanOut = writes();
        fanOut.add(failed(refusal), 100);
        fanOut.allAdded();

        assertThatThrownBy(fanOut::join).cause().isSameAs(refusal);
    }

    @Test
    void end_allUnknown_isTheFirstError() {
        TargetDisconnectedException lost = new TargetDisconnectedException("lost");
        FanOut<Integer, List<Integer>> fanOut = writes();
        fanOut.add(failed(lost), 100);
        fanOut.allAdded();

        assertThatThrownBy(fanOut::join).cause().isSameAs(lost);
    }

    static Stream<HazelcastException> notSent() {
        return Stream.of(
                new OperationTimeoutException("m", null, false),
                new ClientClosedException("m", null, false),
                new CallInterruptedException("m", null, false));
    }

    @ParameterizedTest
    @MethodSource("notSent")
    void end_someWritten_keepsTheKindThatCallersCatch(HazelcastException failure) {
        FanOut<Integer, List<Integer>> fanOut = writes();
        fanOut.add(CompletableFuture.completedFuture(1), 100);
        fanOut.add(failed(failure), 100);
        fanOut.allAdded();

        assertThatThrownBy(fanOut::join)
                .cause()
                .hasSameClassAs(failure)
                .asInstanceOf(InstanceOfAssertFactories.type(HazelcastException.class))
                .matches(HazelcastException::isIndeterminate)
                .matches(error -> !error.isRetryable());
    }

    @Test
    void end_accidentInOnePart_isIndeterminate() {
        FanOut<Integer, List<Integer>> fanOut = writes();
        fanOut.add(failed(new StackOverflowError()), 100);
        fanOut.allAdded();

        assertThatThrownBy(fanOut::join).hasCauseInstanceOf(IndeterminateOperationException.class);
    }

    private static SerializationException unreadable() {
        return SerializationException.ofResults("no class", null, List.of(new byte[] {1}), List.of());
    }

    private void expectPartly(FanOut<Integer, List<Integer>> fanOut, Throwable cause) {
        assertThatThrownBy(fanOut::join)
                .cause()
                .isInstanceOfSatisfying(
                        IndeterminateOperationException.class,
                        error -> assertThat(error.wasCarriedOut()).isFalse())
                .hasCause(cause);
    }

    /** Guards against "it was carried out" of a call of which that is true of one request only. */
    @Test
    void end_oneCarriedOut_anotherUnknown_isIndeterminate() {
        FanOut<Integer, List<Integer>> fanOut = writes();
        SerializationException first = unreadable();
        fanOut.add(failed(first), 100);
        fanOut.add(failed(new TargetDisconnectedException("lost")), 100);
        fanOut.allAdded();

        expectPartly(fanOut, first);
    }

    @Test
    void end_carriedOut_butSomeWereNeverSent_isIndeterminate() {
        FanOut<Integer, List<Integer>> fanOut = writes();
        SerializationException first = unreadable();
        fanOut.add(failed(first), 100);
        fanOut.restOmitted();

        expectPartly(fanOut, first);
        assertThatThrownBy(fanOut::join).hasMessageContaining("the others were not sent");
    }

    @Test
    void end_allCarriedOut_isCarriedOut() {
        FanOut<Integer, List<Integer>> fanOut = writes();
        SerializationException first = unreadable();
        fanOut.add(CompletableFuture.completedFuture(1), 100);
        fanOut.add(failed(first), 100);
        fanOut.allAdded();

        assertThatThrownBy(fanOut::join).cause().isSameAs(first);
    }

    /** Guards against requests that are sent though the call has failed already. */
    @Test
    void awaitRoom_callHasFailed_isFalse_andTakesNone() {
        FanOut<Integer, List<Integer>> fanOut = writes();
        fanOut.add(first, 9 << 20);
        fanOut.fail(new IllegalStateException("no"));
        long began = System.nanoTime();
        assertThat(fanOut.awaitRoom(1)).isFalse();
        assertThat(System.nanoTime() - began).isLessThan(TimeUnit.SECONDS.toNanos(5));
        first.complete(1);
        fanOut.restOmitted();
    }

    @Test
    void interruptedWait_namesTheMethod() {
        FanOut<Integer, List<Integer>> fanOut = both();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Await.result(fanOut))
                .isInstanceOf(CallInterruptedException.class)
                .hasMessageContaining("Map.putAll on map 'm'");
        assertThat(Thread.interrupted()).isTrue();
    }
}
