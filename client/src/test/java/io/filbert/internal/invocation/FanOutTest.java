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
import io.filbert.error.TargetDisconnectedException;
import io.filbert.internal.protocol.codec.MapPutAllCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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
        FanOut<Integer, List<Integer>> fanOut = new FanOut<>(2, ArrayList::new, null, options, System.nanoTime());
        fanOut.add(first);
        fanOut.add(second);
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
    void skip_afterAFailure_endsWithIt() {
        FanOut<Integer, List<Integer>> fanOut = new FanOut<>(3, ArrayList::new, null, options, System.nanoTime());
        IllegalStateException failure = new IllegalStateException("no");
        fanOut.add(CompletableFuture.failedFuture(failure));
        fanOut.skip();
        assertThat(fanOut).isNotDone();
        fanOut.skip();

        assertThatThrownBy(fanOut::join).cause().isSameAs(failure);
    }

    @Test
    void add_combiningEndsWithAnError_isTheOutcome() {
        StackOverflowError error = new StackOverflowError("of a test");
        FanOut<Integer, Integer> fanOut = new FanOut<>(
                1,
                results -> {
                    throw error;
                },
                null,
                options,
                System.nanoTime());
        fanOut.add(CompletableFuture.completedFuture(1));

        assertThat(fanOut).isCompletedExceptionally();
        assertThatThrownBy(fanOut::join).cause().isSameAs(error);
    }

    @Test
    void constructor_noParts_isDone() {
        FanOut<Integer, List<Integer>> fanOut = new FanOut<>(0, ArrayList::new, null, options, System.nanoTime());

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
                1,
                results -> {
                    throw new IllegalStateException("no");
                },
                null,
                options,
                System.nanoTime());
        fanOut.add(CompletableFuture.completedFuture(1));

        assertThatThrownBy(fanOut::join).hasCauseInstanceOf(IllegalStateException.class);
    }

    // ---- calls that change data

    private FanOut<Integer, List<Integer>> writes(int parts) {
        return new FanOut<>(parts, ArrayList::new, MapPutAllCodec.REQUEST, options, System.nanoTime());
    }

    private static <T> CompletableFuture<T> failed(Throwable failure) {
        return CompletableFuture.failedFuture(failure);
    }

    /** Guards against putAll that fails with "no effect" though it has written most entries. */
    @Test
    void end_someWritten_isIndeterminateAndCounts() {
        FanOut<Integer, List<Integer>> fanOut = writes(4);
        fanOut.add(CompletableFuture.completedFuture(1));
        ConnectionException failure = new ConnectionException("no connection");
        fanOut.add(failed(failure));
        fanOut.add(failed(new TargetDisconnectedException("lost")));
        fanOut.skip();

        assertThatThrownBy(fanOut::join)
                .cause()
                .isInstanceOf(IndeterminateOperationException.class)
                .hasMessage("Map.putAll on map 'm' was carried out in part: of 4 partitions 1 were written, 2 were not,"
                        + " and of 1 it is unknown. First failure: no connection")
                .hasCause(failure);
    }

    @Test
    void end_nothingWasSent_isTheFirstErrorAndRetryable() {
        FanOut<Integer, List<Integer>> fanOut = writes(3);
        ConnectionException failure = new ConnectionException("no connection");
        fanOut.add(failed(failure));
        fanOut.add(failed(new OperationTimeoutException("never sent", null, false)));
        fanOut.skip();

        assertThatThrownBy(fanOut::join).cause().isSameAs(failure);
        assertThat(failure.isRetryable()).isTrue();
    }

    @Test
    void end_allRefusedByMembers_isTheFirstError() {
        IllegalStateException refusal = new IllegalStateException(
                "no", new MemberErrorException(27, "java.lang.IllegalStateException", "no", List.of(), null));
        FanOut<Integer, List<Integer>> fanOut = writes(2);
        fanOut.add(failed(refusal));
        fanOut.skip();

        assertThatThrownBy(fanOut::join).cause().isSameAs(refusal);
    }

    @Test
    void end_allUnknown_isTheFirstError() {
        TargetDisconnectedException lost = new TargetDisconnectedException("lost");
        FanOut<Integer, List<Integer>> fanOut = writes(1);
        fanOut.add(failed(lost));

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
        FanOut<Integer, List<Integer>> fanOut = writes(2);
        fanOut.add(CompletableFuture.completedFuture(1));
        fanOut.add(failed(failure));

        assertThatThrownBy(fanOut::join)
                .cause()
                .hasSameClassAs(failure)
                .asInstanceOf(InstanceOfAssertFactories.type(HazelcastException.class))
                .matches(HazelcastException::isIndeterminate)
                .matches(error -> !error.isRetryable());
    }

    @Test
    void end_accidentInOnePart_isIndeterminate() {
        FanOut<Integer, List<Integer>> fanOut = writes(2);
        fanOut.add(failed(new StackOverflowError()));
        fanOut.skip();

        assertThatThrownBy(fanOut::join).hasCauseInstanceOf(IndeterminateOperationException.class);
    }
}
