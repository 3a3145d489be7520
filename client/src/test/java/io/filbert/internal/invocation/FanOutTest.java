// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.invocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

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
        FanOut<Integer, List<Integer>> fanOut = new FanOut<>(2, ArrayList::new, options, System.nanoTime());
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
        FanOut<Integer, List<Integer>> fanOut = new FanOut<>(3, ArrayList::new, options, System.nanoTime());
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
                options,
                System.nanoTime());
        fanOut.add(CompletableFuture.completedFuture(1));

        assertThat(fanOut).isCompletedExceptionally();
        assertThatThrownBy(fanOut::join).cause().isSameAs(error);
    }

    @Test
    void constructor_noParts_isDone() {
        FanOut<Integer, List<Integer>> fanOut = new FanOut<>(0, ArrayList::new, options, System.nanoTime());

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
                options,
                System.nanoTime());
        fanOut.add(CompletableFuture.completedFuture(1));

        assertThatThrownBy(fanOut::join).hasCauseInstanceOf(IllegalStateException.class);
    }
}
