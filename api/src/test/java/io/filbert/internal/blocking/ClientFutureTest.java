// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.blocking;

import static io.filbert.internal.blocking.Background.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientFutureTest {

    private final TaskQueue completions = new TaskQueue();
    private final TestFuture<@Nullable Object> future = new TestFuture<>(completions);

    // ---- the outcome

    @Test
    void join_afterDelivery_returnsTheValue() {
        assertThat(future.deliver("a")).isTrue();

        assertThat(future.join()).isEqualTo("a");
    }

    @Test
    void join_afterDeliveryOfNull_returnsNull() {
        assertThat(future.deliver(null)).isTrue();

        assertThat(future.join()).isNull();
    }

    @Test
    void join_valueIsAThread_isNotTakenForAWaiter() {
        Thread value = new Thread(() -> {});

        assertThat(future.deliver(value)).isTrue();

        assertThat(future.isDelivered()).isTrue();
        assertThat(future.join()).isSameAs(value);
    }

    @Test
    void join_failure_isTheCauseOfACompletionException() {
        IllegalStateException failure = new IllegalStateException("no");
        future.deliverFailure(failure);

        assertThatThrownBy(future::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isSameAs(failure);
    }

    @Test
    void get_failure_isTheCauseOfAnExecutionException() {
        IllegalStateException failure = new IllegalStateException("no");
        future.deliverFailure(failure);

        assertThatThrownBy(future::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isSameAs(failure);
    }

    @Test
    void get_failureWrappedInCompletionException_isUnwrappedAsByTheJdk() {
        IllegalStateException failure = new IllegalStateException("no");
        future.deliverFailure(new CompletionException(failure));

        assertThatThrownBy(future::get).cause().isSameAs(failure);
    }

    @Test
    void deliver_secondOutcome_changesNothing() {
        future.deliver("first");

        assertThat(future.deliver("second")).isFalse();
        assertThat(future.deliverFailure(new IllegalStateException())).isFalse();
        completions.runAll();
        assertThat(future.join()).isEqualTo("first");
        assertThat(future.getNow("absent")).isEqualTo("first");
    }

    @Test
    void isDone_deliveredButNotYetCompleted_isTrueForAllWhoAsk() {
        future.deliver("a");

        assertThat(completions.size()).isEqualTo(1);
        assertThat(future.isDone()).isTrue();
        assertThat(future.getNow("absent")).isEqualTo("a");
        assertThat(future.isCompletedExceptionally()).isFalse();
        assertThat(future.isCancelled()).isFalse();
    }

    @Test
    void isCompletedExceptionally_failureDeliveredButNotYetCompleted_isTrue() {
        future.deliverFailure(new IllegalStateException());

        assertThat(future.isDone()).isTrue();
        assertThat(future.isCompletedExceptionally()).isTrue();
        assertThatThrownBy(() -> future.getNow("absent")).isInstanceOf(CompletionException.class);
    }

    @Test
    void isDone_nothingDelivered_isFalse() {
        assertThat(future.isDone()).isFalse();
        assertThat(future.isDelivered()).isFalse();
        assertThat(future.getNow("absent")).isEqualTo("absent");
    }

    // ---- dependent stages

    @Test
    void deliver_dependentStages_runOnTheExecutorOnly() {
        List<String> ran = new ArrayList<>();
        future.thenAccept(value -> ran.add("then " + value));
        future.whenComplete((value, error) -> ran.add("when " + value));

        future.deliver("a");

        assertThat(ran).as("stages that ran on the delivering thread").isEmpty();
        completions.runAll();
        assertThat(ran).containsExactlyInAnyOrder("then a", "when a");
    }

    @Test
    void deliverFailure_dependentStages_seeTheFailureItself() {
        IllegalStateException failure = new IllegalStateException("no");
        AtomicReference<@Nullable Throwable> seen = new AtomicReference<>();
        future.whenComplete((value, error) -> seen.set(error));

        future.deliverFailure(failure);
        completions.runAll();

        assertThat(seen.get()).isSameAs(failure);
    }

    @Test
    void allOf_overClientFutures_runsItsStagesOnTheExecutorOnly() {
        TestFuture<String> other = new TestFuture<>(completions);
        List<String> ran = new ArrayList<>();
        CompletableFuture.allOf(future, other).thenRun(() -> ran.add("all"));

        future.deliver("a");
        other.deliver("b");

        assertThat(ran).isEmpty();
        completions.runAll();
        assertThat(ran).containsExactly("all");
    }

    @Test
    void thenApply_result_isAFutureOfTheJdk() {
        CompletableFuture<Integer> length = future.thenApply(value -> 7);
        future.deliver("a");
        completions.runAll();

        assertThat(length).isNotInstanceOf(ClientFuture.class);
        assertThat(length.join()).isEqualTo(7);
    }

    @Test
    void join_insideACallbackOfTheOnlyThread_isWokenByTheDeliverer() throws Exception {
        ExecutorService oneThread = Executors.newSingleThreadExecutor();
        try {
            TestFuture<String> first = new TestFuture<>(oneThread);
            TestFuture<String> second = new TestFuture<>(oneThread);
            CompletableFuture<String> both = first.thenApply(a -> a + second.join());

            first.deliver("a");
            second.deliver("b");

            assertThat(both.get(10, TimeUnit.SECONDS)).isEqualTo("ab");
        } finally {
            oneThread.shutdown();
        }
    }

    // ---- waiting

    @Test
    void join_oneWaiter_completesItselfWithoutTheExecutor() throws Exception {
        Background<@Nullable Object> waiter = Background.waiting(future::join);

        future.deliver("a");

        assertThat(waiter.result()).isEqualTo("a");
        assertThat(completions.size()).as("tasks handed to the executor").isZero();
        assertThat(future.toString()).as("of the JDK's own state").contains("Completed normally");
    }

    @Test
    void join_oneWaiterAndDependents_leavesThemToTheExecutor() throws Exception {
        List<String> ran = new ArrayList<>();
        future.thenAccept(value -> ran.add("then"));
        Background<@Nullable Object> waiter = Background.waiting(future::join);

        future.deliver("a");

        assertThat(waiter.result()).isEqualTo("a");
        assertThat(ran).isEmpty();
        completions.runAll();
        assertThat(ran).containsExactly("then");
    }

    @Test
    void join_severalWaiters_allAreWoken() throws Exception {
        Background<@Nullable Object> first = Background.waiting(future::join);
        Background<@Nullable Object> second = Background.waiting(future::get);
        Background<@Nullable Object> third = Background.waiting(() -> Await.result(future));

        future.deliver("a");

        assertThat(first.result()).isEqualTo("a");
        assertThat(second.result()).isEqualTo("a");
        assertThat(third.result()).isEqualTo("a");
        completions.runAll();
        assertThat(future.toString()).contains("Completed normally");
    }

    @Test
    void join_severalWaitersAndDependents_isHandedOverOnce() throws Exception {
        // Its link is in the future itself: twice in a queue would destroy the queue.
        for (int round = 0; round < 50; round++) {
            TestFuture<String> asked = new TestFuture<>(completions);
            asked.thenAccept(value -> {});
            Background<String> first = Background.waiting(asked::join);
            Background<String> second = Background.waiting(asked::join);

            asked.deliver("a");

            first.result();
            second.result();
            assertThat(completions.size()).as("times handed to the executor").isEqualTo(1);
            completions.runAll();
        }
    }

    @Test
    void get_timeIsUp_throwsAndLeavesTheFutureUsable() throws Exception {
        List<String> ran = new ArrayList<>();
        future.thenAccept(value -> ran.add("then"));
        assertThatThrownBy(() -> future.get(1, TimeUnit.NANOSECONDS)).isInstanceOf(TimeoutException.class);

        future.deliver("a");

        completions.runAll();
        assertThat(ran).containsExactly("then");
        assertThat(future.get(0, TimeUnit.SECONDS)).isEqualTo("a");
    }

    /** Guards against a deadline that overflows, so that the shortest wait never ends. */
    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE, Long.MIN_VALUE + 1})
    void get_noTime_throwsAtOnce(long time) throws Exception {
        for (TimeUnit unit : TimeUnit.values()) {
            Background<Throwable> waiter = Background.started(() -> catchThrowable(() -> future.get(time, unit)));
            assertThat(waiter.result()).isInstanceOf(TimeoutException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void get_longestTime_waits(TimeUnit unit) throws Exception {
        Background<Object> waiter = Background.waiting(() -> future.get(Long.MAX_VALUE, unit));
        future.deliver("a");

        assertThat(waiter.result()).isEqualTo("a");
    }

    // ---- what JDK 19 added

    /** As a program compiled for a newest JDK would see it, or what JDK 17 would have said. */
    private static String stateOf(CompletableFuture<?> future) throws ReflectiveOperationException {
        if (Runtime.version().feature() < 19) {
            return "";
        }
        return Future.class.getMethod("state").invoke(future).toString();
    }

    private static String expectedState(String state) {
        return Runtime.version().feature() < 19 ? "" : state;
    }

    /** Guards against futures that contradict themselves: done, but in state RUNNING, and resultNow refused. */
    @Test
    void state_afterIsDone_isSuccess() throws Exception {
        future.deliver("a");

        assertThat(future.isDone()).isTrue();
        assertThat(stateOf(future)).isEqualTo(expectedState("SUCCESS"));
        assertThat(future.resultNow()).isEqualTo("a");
        assertThatThrownBy(future::exceptionNow).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void state_afterJoin_isSuccess() throws Exception {
        future.deliver(null);

        assertThat(future.join()).isNull();
        assertThat(stateOf(future)).isEqualTo(expectedState("SUCCESS"));
        assertThat(future.resultNow()).isNull();
    }

    @Test
    void state_afterAllOfSeveralWaitersWereWoken_isSuccess() throws Exception {
        Background<Object> one = Background.waiting(() -> {
            future.join();
            return stateOf(future);
        });
        Background<Object> other = Background.waiting(() -> {
            future.get();
            return stateOf(future);
        });
        future.deliver("a");

        assertThat(one.result()).isEqualTo(expectedState("SUCCESS"));
        assertThat(other.result()).isEqualTo(expectedState("SUCCESS"));
    }

    @Test
    void state_afterFailure_isFailed() throws Exception {
        IllegalStateException failure = new IllegalStateException("no");
        future.deliverFailure(failure);

        assertThat(future.isCompletedExceptionally()).isTrue();
        assertThat(stateOf(future)).isEqualTo(expectedState("FAILED"));
        assertThat(future.exceptionNow()).isSameAs(failure);
        assertThatThrownBy(future::resultNow)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no");
    }

    @Test
    void state_afterCancel_isCancelled() throws Exception {
        future.cancel(true);

        assertThat(future.isCancelled()).isTrue();
        assertThat(stateOf(future)).isEqualTo(expectedState("CANCELLED"));
        assertThatThrownBy(future::resultNow).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(future::exceptionNow).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void resultNow_noOutcomeYet_isRefused() {
        assertThatThrownBy(future::resultNow).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(future::exceptionNow).isInstanceOf(IllegalStateException.class);
    }

    /** Dependent stages stay with the executor, whoever looks; only {@code state()} has to wait for it. */
    @Test
    void resultNow_stagesHaveNotRunYet_isTheResultAndRunsNone() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        future.thenAccept(value -> runs.incrementAndGet());
        future.deliver("a");

        assertThat(future.isDone()).isTrue();
        assertThat(future.resultNow()).isEqualTo("a");
        assertThat(runs).hasValue(0);
        completions.runAll();
        assertThat(runs).hasValue(1);
        assertThat(stateOf(future)).isEqualTo(expectedState("SUCCESS"));
    }

    @Test
    void get_timeIsUpBesideAnotherWaiter_theOtherIsWoken() throws Exception {
        Background<@Nullable Object> patient = Background.waiting(future::join);
        assertThatThrownBy(() -> future.get(1, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);

        future.deliver("a");

        assertThat(patient.result()).isEqualTo("a");
    }

    @Test
    void get_firstWaiterGivesUp_theSecondIsWokenAndDependentsRun() throws Exception {
        Background<@Nullable Object> first = Background.waiting(future::get);
        Background<@Nullable Object> second = Background.waiting(future::get);
        first.interrupt();
        assertThatThrownBy(first::result).hasCauseInstanceOf(InterruptedException.class);
        List<String> ran = new ArrayList<>();
        future.thenAccept(value -> ran.add("then"));

        future.deliver("a");

        assertThat(second.result()).isEqualTo("a");
        completions.runAll();
        assertThat(ran).containsExactly("then");
    }

    @Test
    void get_interrupted_throwsAndClearsTheFlag() throws Exception {
        Background<Boolean> waiter = Background.waiting(() -> {
            try {
                future.get();
                throw new AssertionError("get() returned");
            } catch (InterruptedException e) {
                return Thread.currentThread().isInterrupted();
            }
        });

        waiter.interrupt();

        assertThat(waiter.result()).as("interrupt flag").isFalse();
        assertThat(future.isDone()).isFalse();
    }

    @Test
    void join_interrupted_waitsOnAndRestoresTheFlag() throws Exception {
        Background<String> waiter = Background.waiting(() -> {
            Object value = future.join();
            return value + ", interrupted: " + Thread.currentThread().isInterrupted();
        });
        waiter.interrupt();
        eventually("a thread that waits again", waiter::isWaiting);

        future.deliver("a");

        assertThat(waiter.result()).isEqualTo("a, interrupted: true");
    }

    // ---- ended by the caller

    @Test
    void cancel_nothingDelivered_abandonsOnceAndWakesWaiters() throws Exception {
        Background<@Nullable Object> waiter = Background.waiting(future::join);

        assertThat(future.cancel(true)).isTrue();

        assertThatThrownBy(waiter::result).hasCauseInstanceOf(CancellationException.class);
        assertThat(future.isCancelled()).isTrue();
        assertThat(future.abandonments()).isEqualTo(1);
        assertThat(future.deliver("late")).isFalse();
        assertThatThrownBy(future::join).isInstanceOf(CancellationException.class);
    }

    @Test
    void cancel_again_isTrueButAbandonsNothing() {
        future.cancel(true);

        assertThat(future.cancel(true)).isTrue();
        assertThat(future.abandonments()).isEqualTo(1);
    }

    @Test
    void cancel_afterDelivery_isFalseForWaitersAndDependentsAlike() {
        AtomicReference<@Nullable Object> seen = new AtomicReference<>();
        future.thenAccept(seen::set);
        future.deliver("a");

        assertThat(future.cancel(true)).isFalse();

        completions.runAll();
        assertThat(future.abandonments()).isZero();
        assertThat(future.isCancelled()).isFalse();
        assertThat(seen.get()).isEqualTo("a");
        assertThat(future.join()).isEqualTo("a");
    }

    @Test
    void complete_byTheCaller_decidesAndAbandons() {
        assertThat(future.complete("mine")).isTrue();

        assertThat(future.join()).isEqualTo("mine");
        assertThat(future.abandonments()).isEqualTo(1);
        assertThat(future.complete("again")).isFalse();
    }

    @Test
    void completeExceptionally_byTheCaller_decidesAndAbandons() {
        IllegalStateException failure = new IllegalStateException("mine");

        assertThat(future.completeExceptionally(failure)).isTrue();

        assertThatThrownBy(future::join).cause().isSameAs(failure);
        assertThat(future.abandonments()).isEqualTo(1);
        assertThat(future.deliver("late")).isFalse();
    }

    @Test
    void orTimeout_timeIsUp_abandonsTheCall() {
        future.orTimeout(1, TimeUnit.MILLISECONDS);

        assertThatThrownBy(future::join).hasCauseInstanceOf(TimeoutException.class);
        eventually("an abandoned call", () -> future.abandonments() == 1);
    }

    @Test
    void completeOnTimeout_timeIsUp_returnsTheSubstitute() {
        future.completeOnTimeout("substitute", 1, TimeUnit.MILLISECONDS);

        assertThat(future.join()).isEqualTo("substitute");
        eventually("an abandoned call", () -> future.abandonments() == 1);
    }

    @Test
    void completeAsync_supplier_decidesAndAbandons() {
        future.completeAsync(() -> "mine", Runnable::run);

        assertThat(future.join()).isEqualTo("mine");
        assertThat(future.abandonments()).isEqualTo(1);
    }

    @Test
    void completeAsync_supplierFails_isAFailure() {
        IllegalStateException failure = new IllegalStateException("no");
        future.completeAsync(
                () -> {
                    throw failure;
                },
                Runnable::run);

        assertThatThrownBy(future::join).cause().isSameAs(failure);
    }

    @Test
    void obtrudeValue_anyTime_isRefused() {
        assertThatThrownBy(() -> future.obtrudeValue("b")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> future.obtrudeException(new IllegalStateException()))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void get_manyTimesTooShortBesideAnotherWaiter_leavesNothingBehind() throws Exception {
        Background<@Nullable Object> patient = Background.waiting(future::join);
        for (int i = 0; i < 1_000; i++) {
            assertThatThrownBy(() -> future.get(1, TimeUnit.NANOSECONDS)).isInstanceOf(TimeoutException.class);
        }
        Background<@Nullable Object> second = Background.waiting(future::join);

        assertThat(registered()).as("waiters that are registered").containsOnlyOnce("Waiters[");
        future.deliver("a");
        assertThat(patient.result()).isEqualTo("a");
        assertThat(second.result()).isEqualTo("a");
    }

    /** What the future keeps about its waiters. */
    private String registered() throws ReflectiveOperationException {
        Field state = ClientFuture.class.getDeclaredField("state");
        state.setAccessible(true);
        return String.valueOf(state.get(future));
    }

    @Test
    void cancel_ofADependentStage_doesNotEndTheCall() {
        CompletableFuture<Void> stage = future.thenAccept(value -> {});

        stage.cancel(true);

        assertThat(future.abandonments()).isZero();
        assertThat(future.isDone()).isFalse();
    }
}
