// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.HazelcastClient;
import io.filbert.collection.BlockingDistributedQueue;
import io.filbert.collection.DistributedQueue;
import io.filbert.config.ClientConfig;
import io.filbert.error.HazelcastException;
import io.filbert.error.OperationTimeoutException;
import io.filbert.error.OverloadException;
import io.filbert.error.TargetDisconnectedException;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.protocol.codec.QueueOfferCodec;
import io.filbert.internal.protocol.codec.QueuePollCodec;
import io.filbert.internal.protocol.codec.QueueSizeCodec;
import io.filbert.internal.protocol.codec.QueueTakeCodec;
import io.filbert.internal.protocol.member.QueueOfferMemberCodec;
import io.filbert.internal.protocol.member.QueuePollMemberCodec;
import io.filbert.internal.protocol.member.QueueSizeMemberCodec;
import io.filbert.internal.protocol.member.QueueTakeMemberCodec;
import io.filbert.internal.serialization.SerializationService;
import io.filbert.it.support.Clients;
import io.filbert.testkit.Eventually;
import io.filbert.testkit.HeldRequests;
import io.filbert.testkit.NoLeaks;
import io.filbert.testkit.Reply;
import io.filbert.testkit.ScriptedMember;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a waiting call of a queue asks the member, and how it ends: by an item, its deadline, or an interruption. */
@NoLeaks
final class QueueQuestionsIT {

    private static final Data ITEM = Objects.requireNonNull(new SerializationService().toData("item"));

    private final ScriptedMember member = ScriptedMember.start();

    @AfterEach
    void endMember() {
        member.close();
    }

    /** A call on a thread of its own. Tells afterwards whether the thread was interrupted. */
    private static final class Caller {

        private final Thread thread;
        private final FutureTask<Object> outcome;
        private volatile boolean interrupted;

        Caller(Callable<Object> call) {
            outcome = new FutureTask<>(() -> {
                try {
                    return call.call();
                } finally {
                    interrupted = Thread.currentThread().isInterrupted();
                }
            });
            thread = new Thread(outcome, "caller");
            thread.setDaemon(true);
            thread.start();
        }

        Caller awaitWaiting() {
            Eventually.passes(
                    () -> assertThat(thread.getState()).isIn(Thread.State.WAITING, Thread.State.TIMED_WAITING));
            return this;
        }

        /** Interrupts the thread and waits until it has noticed. */
        void interrupt() {
            thread.interrupt();
            Eventually.passes(() -> assertThat(thread.isInterrupted()).isFalse());
        }

        Object result() throws Exception {
            return outcome.get(20, TimeUnit.SECONDS);
        }

        Throwable failure() {
            try {
                return new AssertionError("no failure, but " + result());
            } catch (ExecutionException e) {
                return Objects.requireNonNull(e.getCause());
            } catch (Exception e) {
                return e;
            }
        }

        boolean wasInterrupted() {
            return interrupted;
        }
    }

    private HazelcastClient connect(Consumer<ClientConfig.Builder> changes) {
        return Clients.connect(member.address(), config -> {
            config.retryInitialBackoff(Duration.ofMillis(20)).clusterConnectTimeout(Duration.ofMinutes(2));
            changes.accept(config);
        });
    }

    private static BlockingDistributedQueue<String> queue(HazelcastClient client) {
        return client.<String>getQueue("q").blocking();
    }

    private List<Long> waits() {
        return member.requests(QueuePollCodec.REQUEST).stream()
                .map(request ->
                        QueuePollMemberCodec.decodeRequest(request.reader()).timeoutMillis())
                .toList();
    }

    private static boolean isIndeterminate(Throwable failure) {
        return ((HazelcastException) failure).isIndeterminate();
    }

    /** Has the member wait as it is told, for an item that never comes. */
    private void waitInVain() {
        member.on(QueuePollCodec.REQUEST, (request, reply) -> {
            long wait = QueuePollMemberCodec.decodeRequest(request.reader()).timeoutMillis();
            Executor then = CompletableFuture.delayedExecutor(wait, TimeUnit.MILLISECONDS);
            then.execute(() -> reply.send(QueuePollMemberCodec.encodeResponse(null)));
        });
    }

    // ---- the shortest and the longest times

    static Stream<Arguments> noTime() {
        return Stream.of(TimeUnit.values())
                .flatMap(unit ->
                        Stream.of(0L, -1L, Long.MIN_VALUE, Long.MIN_VALUE + 1).map(time -> Arguments.of(time, unit)));
    }

    /** Guards against arithmetic that overflows: the smallest time waited for ever. */
    @ParameterizedTest
    @MethodSource("noTime")
    void pollAndOffer_noTime_endAtOnce(long time, TimeUnit unit) throws Exception {
        waitInVain();
        member.on(QueueOfferCodec.REQUEST, (request, reply) -> reply.send(QueueOfferMemberCodec.encodeResponse(false)));
        try (HazelcastClient client = connect(config -> {})) {
            assertThat(new Caller(() -> "" + queue(client).poll(time, unit)).result())
                    .isEqualTo("null");
            assertThat(new Caller(() -> queue(client).offer("a", time, unit)).result())
                    .isEqualTo(false);
            assertThat(waits()).containsExactly(0L);
        }
    }

    @ParameterizedTest
    @EnumSource
    void poll_longestTime_waits(TimeUnit unit) throws Exception {
        member.on(QueuePollCodec.REQUEST, (request, reply) -> reply.send(QueuePollMemberCodec.encodeResponse(ITEM)));
        try (HazelcastClient client = connect(config -> {})) {
            assertThat(new Caller(() -> queue(client).poll(Long.MAX_VALUE, unit)).result())
                    .isEqualTo("item");
            assertThat(queue(client)
                            .async()
                            .poll(Duration.ofSeconds(Long.MAX_VALUE))
                            .get(10, TimeUnit.SECONDS))
                    .isEqualTo("item");
        }
    }

    @Test
    void asyncPollAndOffer_negativeTimes_areRefused() {
        try (HazelcastClient client = connect(config -> {})) {
            DistributedQueue<String> queue = queue(client).async();
            for (Duration time : List.of(Duration.ofNanos(-1), Duration.ofSeconds(Long.MIN_VALUE))) {
                assertThatThrownBy(() -> queue.poll(time)).isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> queue.offer("a", time)).isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> queue.withDeadline(time)).isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    // ---- deadlines

    /** Guards against members that wait for longer than the call, and hand an item to nobody. */
    @Test
    void asyncCalls_withDeadline_askTheMemberToWaitForLess() {
        waitInVain();
        member.on(QueueOfferCodec.REQUEST, (request, reply) -> reply.send(QueueOfferMemberCodec.encodeResponse(false)));
        try (HazelcastClient client = connect(config -> {})) {
            DistributedQueue<String> hasty = queue(client).async().withDeadline(Duration.ofMillis(400));
            List<CompletableFuture<?>> calls = List.of(
                    hasty.take(),
                    hasty.poll(Duration.ofHours(1)),
                    hasty.put("a"),
                    hasty.offer("a", Duration.ofHours(1)));
            for (CompletableFuture<?> call : calls) {
                assertThatThrownBy(() -> call.get(10, TimeUnit.SECONDS))
                        .cause()
                        .isInstanceOf(OperationTimeoutException.class)
                        .hasMessageContaining("400 ms")
                        .hasMessageContaining("nothing was added or taken")
                        .matches(failure -> !isIndeterminate(failure));
            }
            assertThat(waits()).containsExactly(300L, 300L);
            assertThat(member.requests(QueueTakeCodec.REQUEST)).isEmpty();
            assertThat(member.requests(QueueOfferCodec.REQUEST))
                    .extracting(request -> QueueOfferMemberCodec.decodeRequest(request.reader())
                            .timeoutMillis())
                    .containsExactly(300L, 300L);
        }
    }

    @Test
    void asyncPoll_shorterThanTheDeadline_isNullWhenNothingCame() throws Exception {
        waitInVain();
        try (HazelcastClient client = connect(config -> {})) {
            DistributedQueue<String> patient = queue(client).async().withDeadline(Duration.ofMinutes(1));

            assertThat(patient.poll(Duration.ofMillis(50)).get(10, TimeUnit.SECONDS))
                    .isNull();
            assertThat(waits()).containsExactly(50L);
        }
    }

    @Test
    void asyncTake_withDeadline_givesTheItem() throws Exception {
        member.on(QueuePollCodec.REQUEST, (request, reply) -> reply.send(QueuePollMemberCodec.encodeResponse(ITEM)));
        try (HazelcastClient client = connect(config -> {})) {
            DistributedQueue<String> hasty = queue(client).async().withDeadline(Duration.ofSeconds(5));

            assertThat(hasty.take().get(10, TimeUnit.SECONDS)).isEqualTo("item");
        }
    }

    @Test
    void take_withDeadline_neverAsksForMoreThanIsLeft() {
        waitInVain();
        try (HazelcastClient client = connect(config -> {})) {
            BlockingDistributedQueue<String> hasty = queue(client).withDeadline(Duration.ofMillis(2_500));

            assertThat(new Caller(hasty::take).failure())
                    .isInstanceOf(OperationTimeoutException.class)
                    .hasMessageContaining("2500 ms");
            assertThat(waits()).hasSizeGreaterThan(1).allMatch(wait -> wait <= 1_000);
            assertThat(waits().stream().mapToLong(wait -> wait).sum())
                    .as("all that the member was asked to wait, with time for the last answer")
                    .isBetween(1L, 2_250L);
        }
    }

    @Test
    void poll_withDeadline_endsWithTheOneThatComesFirst() throws Exception {
        waitInVain();
        try (HazelcastClient client = connect(config -> {})) {
            BlockingDistributedQueue<String> queue = queue(client);
            Caller impatient = new Caller(
                    () -> List.of("" + queue.withDeadline(Duration.ofMinutes(1)).poll(100, TimeUnit.MILLISECONDS)));
            assertThat(impatient.result()).isEqualTo(List.of("null"));

            assertThat(new Caller(() ->
                                    queue.withDeadline(Duration.ofMillis(400)).poll(1, TimeUnit.HOURS))
                            .failure())
                    .isInstanceOf(OperationTimeoutException.class);
        }
    }

    @Test
    void silentMember_callEndsByItsDeadline_afterTheMemberHasStoppedWaiting() {
        HeldRequests held = member.hold(QueuePollCodec.REQUEST);
        try (HazelcastClient client = connect(config -> {})) {
            BlockingDistributedQueue<String> hasty = queue(client).withDeadline(Duration.ofMillis(600));
            long begin = System.nanoTime();

            assertThat(new Caller(hasty::take).failure())
                    .isInstanceOfSatisfying(
                            OperationTimeoutException.class,
                            failure -> assertThat(failure.isIndeterminate()).isTrue());

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(550));
            assertThat(waits())
                    .singleElement()
                    .satisfies(wait -> assertThat(wait).isBetween(1L, 450L));
            held.awaitCount(1);
        }
    }

    @Test
    void put_withDeadline_silentMember_isIndeterminate() {
        member.hold(QueueOfferCodec.REQUEST);
        try (HazelcastClient client = connect(config -> {})) {
            BlockingDistributedQueue<String> hasty = queue(client).withDeadline(Duration.ofMillis(400));

            Throwable failure = new Caller(() -> {
                        hasty.put("item");
                        return "done";
                    })
                    .failure();

            assertThat(failure).isInstanceOf(OperationTimeoutException.class);
            assertThat(isIndeterminate(failure)).isTrue();
            assertThat(QueueOfferMemberCodec.decodeRequest(member.requests(QueueOfferCodec.REQUEST)
                                    .get(0)
                                    .reader())
                            .timeoutMillis())
                    .isBetween(1L, 300L);
        }
    }

    @Test
    void withDeadline_noConnection_nothingWasTaken() {
        try (HazelcastClient client = connect(config -> {})) {
            BlockingDistributedQueue<String> hasty = queue(client).withDeadline(Duration.ofMillis(400));
            disconnect(client);

            Throwable failure = new Caller(hasty::take).failure();

            assertThat(failure).isInstanceOf(OperationTimeoutException.class).hasMessageContaining("never sent");
            assertThat(isIndeterminate(failure)).isFalse();
        }
    }

    /** The connection is lost, and none can be made. */
    private void disconnect(HazelcastClient client) {
        member.die();
        DistributedQueue<String> impatient = client.<String>getQueue("q").withDeadline(Duration.ofMillis(20));
        Eventually.passes(
                () -> assertThatThrownBy(() -> impatient.size().join()).hasMessageContaining("never sent"));
    }

    @Test
    void withoutDeadline_noConnection_takeWaitsForEver() throws Exception {
        member.on(QueuePollCodec.REQUEST, (request, reply) -> reply.send(QueuePollMemberCodec.encodeResponse(ITEM)));
        try (HazelcastClient client = connect(config -> config.invocationTimeout(Duration.ofMillis(300)))) {
            BlockingDistributedQueue<String> queue = queue(client);
            disconnect(client);
            long timedOut = client.metrics().calls().timedOut();
            Caller taker = new Caller(queue::take);
            Eventually.passes(
                    () -> assertThat(client.metrics().calls().timedOut()).isGreaterThan(timedOut));
            member.revive();
            member.cluster().announceMembers();

            assertThat(taker.result()).isEqualTo("item");
        }
    }

    // ---- interruptions

    @Test
    void interrupted_itemThatComesWithTheAnswer_isReturned() throws Exception {
        HeldRequests held = member.hold(QueuePollCodec.REQUEST);
        try (HazelcastClient client = connect(config -> {})) {
            Caller taker = new Caller(queue(client)::take);
            Reply question = held.take();
            taker.awaitWaiting().interrupt();
            question.send(QueuePollMemberCodec.encodeResponse(ITEM));

            assertThat(taker.result()).isEqualTo("item");
            assertThat(taker.wasInterrupted()).isTrue();
        }
    }

    @Test
    void interrupted_noItemComesWithTheAnswer_isAnInterruption() {
        HeldRequests held = member.hold(QueuePollCodec.REQUEST);
        try (HazelcastClient client = connect(config -> {})) {
            Caller taker = new Caller(queue(client)::take);
            Reply question = held.take();
            taker.awaitWaiting().interrupt();
            question.send(QueuePollMemberCodec.encodeResponse(null));

            assertThat(taker.failure()).isInstanceOf(InterruptedException.class);
            assertThat(taker.wasInterrupted()).isFalse();
            assertThat(member.requests(QueuePollCodec.REQUEST)).hasSize(1);
        }
    }

    @Test
    void interrupted_silentMember_endsWithTheQuestion_outcomeUnknown() {
        HeldRequests held = member.hold(QueuePollCodec.REQUEST);
        try (HazelcastClient client = connect(config -> config.invocationTimeout(Duration.ofMillis(300)))) {
            Caller taker = new Caller(queue(client)::take);
            held.awaitCount(1);
            taker.awaitWaiting().interrupt();

            Throwable failure = taker.failure();
            assertThat(failure).isInstanceOf(OperationTimeoutException.class);
            assertThat(isIndeterminate(failure)).isTrue();
            assertThat(taker.wasInterrupted()).isTrue();
        }
    }

    @Test
    void interrupted_connectionLostBeforeTheAnswer_outcomeUnknown() {
        HeldRequests held = member.hold(QueuePollCodec.REQUEST);
        try (HazelcastClient client = connect(config -> {})) {
            Caller taker = new Caller(queue(client)::take);
            held.awaitCount(1);
            taker.awaitWaiting().interrupt();
            member.resetConnections();

            Throwable failure = taker.failure();
            assertThat(failure).isInstanceOf(TargetDisconnectedException.class);
            assertThat(isIndeterminate(failure)).isTrue();
            assertThat(taker.wasInterrupted()).isTrue();
        }
    }

    @Test
    void interrupted_noConnection_endsAtOnce() {
        try (HazelcastClient client = connect(config -> {})) {
            BlockingDistributedQueue<String> queue = queue(client);
            disconnect(client);
            Caller taker = new Caller(queue::take).awaitWaiting();
            Caller putter = new Caller(() -> {
                        queue.put("item");
                        return "done";
                    })
                    .awaitWaiting();
            Eventually.passes(() -> assertThat(Clients.callsInFlight(client)).isEqualTo(2));
            taker.interrupt();
            putter.interrupt();

            assertThat(taker.failure()).isInstanceOf(InterruptedException.class);
            assertThat(putter.failure()).isInstanceOf(InterruptedException.class);
            assertThat(Clients.callsInFlight(client)).isZero();
            assertThat(member.requests(QueuePollCodec.REQUEST)).isEmpty();
        }
    }

    // ---- places in flight

    @Test
    void waitingCalls_holdTheirPlaces_untilTheirItemsCome() throws Exception {
        HeldRequests held = member.hold(QueueTakeCodec.REQUEST);
        member.on(QueueSizeCodec.REQUEST, (request, reply) -> reply.send(QueueSizeMemberCodec.encodeResponse(7)));
        try (HazelcastClient client = connect(config -> config.maxInFlight(2))) {
            DistributedQueue<String> queue = client.getQueue("q");
            CompletableFuture<String> first = queue.take();
            CompletableFuture<String> second = queue.take();
            List<Reply> takes = held.awaitCount(2).takeAll();
            assertThatThrownBy(() ->
                            queue.withDeadline(Duration.ofMillis(100)).size().join())
                    .hasCauseInstanceOf(OverloadException.class);
            takes.get(0).send(QueueTakeMemberCodec.encodeResponse(ITEM));

            assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo("item");
            assertThat(queue.size().get(20, TimeUnit.SECONDS)).isEqualTo(7);
            assertThat(second).isNotDone();
            takes.get(1).send(QueueTakeMemberCodec.encodeResponse(ITEM));
            assertThat(second.get(20, TimeUnit.SECONDS)).isEqualTo("item");
        }
    }

    @Test
    void interrupted_waitingForAPlace_isAnInterruption_andNothingWasSent() throws Exception {
        HeldRequests held = member.hold(QueueTakeCodec.REQUEST);
        try (HazelcastClient client = connect(config -> config.maxInFlight(1))) {
            DistributedQueue<String> queue = client.getQueue("q");
            CompletableFuture<@Nullable String> first = queue.take().thenApply(item -> item);
            Reply take = held.take();
            Caller taker = new Caller(queue.blocking()::take);
            Eventually.passes(
                    () -> assertThat(client.metrics().calls().waitingForRoom()).isEqualTo(1));
            taker.interrupt();

            assertThat(taker.failure()).isInstanceOf(InterruptedException.class);
            assertThat(taker.wasInterrupted()).isFalse();
            assertThat(member.requests(QueuePollCodec.REQUEST)).isEmpty();
            take.send(QueueTakeMemberCodec.encodeResponse(ITEM));
            assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo("item");
        }
    }
}
