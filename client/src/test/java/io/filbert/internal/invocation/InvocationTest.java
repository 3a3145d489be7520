// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.invocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.error.CallInterruptedException;
import io.filbert.error.ClientClosedException;
import io.filbert.error.ConnectionException;
import io.filbert.error.IndeterminateOperationException;
import io.filbert.error.MemberErrorCode;
import io.filbert.error.MemberErrorException;
import io.filbert.error.OperationTimeoutException;
import io.filbert.error.SerializationException;
import io.filbert.error.TargetDisconnectedException;
import io.filbert.internal.blocking.LinkedTask;
import io.filbert.internal.connection.FakeConnections;
import io.filbert.internal.connection.ResponseDecoder;
import io.filbert.internal.protocol.MessageHeader;
import io.filbert.internal.protocol.MessageReader;
import io.filbert.internal.protocol.MessageTooLongException;
import io.filbert.internal.protocol.PartitionHash;
import io.filbert.internal.protocol.ProtocolException;
import io.filbert.internal.protocol.RequestType;
import io.filbert.internal.protocol.codec.ErrorsCodec;
import io.filbert.internal.protocol.codec.MapClearCodec;
import io.filbert.internal.protocol.codec.MapSizeCodec;
import io.filbert.internal.protocol.type.ErrorHolder;
import io.filbert.internal.runtime.Eventually;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InvocationTest {

    private static final RequestType READ = MapSizeCodec.REQUEST;
    private static final RequestType WRITE = MapClearCodec.REQUEST;

    private Offline offline = new Offline(config -> config);
    private int placesTaken;

    @AfterEach
    void close() {
        offline.close();
    }

    private Invocation<String> invocation(RequestType type, ResponseDecoder<String> decoder, Executor completions) {
        Invocation<String> invocation = new Invocation<>(
                type,
                MapSizeCodec.encodeRequest("m"),
                decoder,
                new CallOptions(
                        "map 'm'", Duration.ofMinutes(1).toNanos(), null, completions, false, true, offline.invoker()),
                Invocation.byPartition(0),
                System.nanoTime());
        assertThat(offline.invoker().admit(invocation)).isTrue();
        placesTaken++;
        return invocation;
    }

    private Invocation<String> invocation(RequestType type) {
        return invocation(type, response -> "value", Runnable::run);
    }

    /** How many calls have given their place in the in-flight bound back. */
    private int placesGivenBack() {
        return placesTaken - offline.invoker().pending();
    }

    private static MessageReader reply(RequestType type, int backupAcks) {
        byte[] message = ByteBuffer.allocate(MessageHeader.FRAME_HEADER_BYTES + 13)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(MessageHeader.FRAME_HEADER_BYTES + 13)
                .putShort((short) (MessageHeader.UNFRAGMENTED | MessageHeader.FINAL))
                .putInt(type.id() + 1)
                .putLong(1)
                .put((byte) backupAcks)
                .array();
        return new MessageReader().reset(message, 0, message.length);
    }

    private static MessageReader error(MemberErrorCode code) {
        byte[] message = ErrorsCodec.encode(List.of(new ErrorHolder(code.code(), "a.B", "no", List.of())));
        return new MessageReader().reset(message, 0, message.length);
    }

    // ---- replies and acks

    @Test
    void onReply_response_isTheResult() {
        Invocation<String> call = invocation(READ);

        assertThat(call.onReply(reply(READ, 0))).as("ends the registration").isTrue();

        assertThat(call).isCompletedWithValue("value");
        assertThat(placesGivenBack()).isEqualTo(1);
    }

    @Test
    void onReply_acksAnnounced_resultWaitsForThem() {
        Invocation<String> call = invocation(WRITE);

        assertThat(call.onReply(reply(WRITE, 2))).isFalse();
        assertThat(call.onBackupAck()).isFalse();
        assertThat(call).isNotDone();

        assertThat(call.onBackupAck()).isTrue();
        assertThat(call).isCompletedWithValue("value");
        assertThat(placesGivenBack()).isEqualTo(1);
    }

    @Test
    void onReply_acksCameBefore_isTheResultAtOnce() {
        Invocation<String> call = invocation(WRITE);
        assertThat(call.onBackupAck()).isFalse();
        assertThat(call.onBackupAck()).isFalse();

        assertThat(call.onReply(reply(WRITE, 2))).isTrue();
        assertThat(call).isCompletedWithValue("value");
    }

    @Test
    void onReply_oneAckBeforeOneAfter_resultComesWithTheLast() {
        Invocation<String> call = invocation(WRITE);
        call.onBackupAck();
        assertThat(call.onReply(reply(WRITE, 2))).isFalse();
        assertThat(call).isNotDone();

        assertThat(call.onBackupAck()).isTrue();
        assertThat(call).isCompletedWithValue("value");
    }

    @Test
    void onReply_nullResultHeldForAcks_isNull() {
        Invocation<String> call = invocation(WRITE, response -> null, Runnable::run);
        call.onReply(reply(WRITE, 1));
        call.onBackupAck();

        assertThat(call.join()).isNull();
    }

    @Test
    void onExpired_acksMissing_isAResultAllTheSame() {
        Invocation<String> call = invocation(WRITE);
        call.onReply(reply(WRITE, 1));

        call.onExpired();

        assertThat(call).isCompletedWithValue("value");
        assertThat(placesGivenBack()).isEqualTo(1);
    }

    /** The connection was lost while the answer was handled: the call returned the loss as if it were its value. */
    @Test
    void rememberFailure_resultWaitsForAcks_keepsTheResult() {
        for (String value : Arrays.asList("value", null)) {
            Invocation<String> call = invocation(WRITE, response -> value, Runnable::run);
            call.onReply(reply(WRITE, 1));

            call.rememberFailure(new TargetDisconnectedException("lost", null));
            call.onBackupAck();

            assertThat((Object) call.join()).isEqualTo(value);
        }
    }

    @Test
    void onDisconnected_acksMissing_isAResultAllTheSame() {
        Invocation<String> call = invocation(WRITE);
        call.onReply(reply(WRITE, 1));

        lose(call);

        assertThat(call).isCompletedWithValue("value");
    }

    @Test
    void onExpired_acksMissingAndErrorWanted_isIndeterminate() {
        offline.close();
        offline = new Offline(config -> config.failOnIndeterminateOperationState(true));
        Invocation<String> call = invocation(WRITE);
        call.onReply(reply(WRITE, 1));

        call.onExpired();

        assertThatThrownBy(call::join)
                .cause()
                .isInstanceOf(IndeterminateOperationException.class)
                .hasMessageContaining("map 'm'")
                .hasMessageContaining("operationBackupTimeout");
    }

    @Test
    void onReply_acksAnnounced_expiryIsThatOfTheAcks() {
        Invocation<String> call = invocation(WRITE);
        long before = call.expiryNanos();

        call.onReply(reply(WRITE, 1));

        assertThat(call.expiryNanos() - before).isNegative();
    }

    @Test
    void onReply_endedByTheCallerAndQueued_leavesTheLinkAlone() {
        // The reply was on its way when the caller gave up; the future waits in the callback queue already.
        List<Runnable> queue = new ArrayList<>();
        Invocation<String> call = invocation(WRITE, response -> "value", queue::add);
        Invocation<String> neighbour = invocation(WRITE);
        call.cancel(true);
        call.link(neighbour);

        call.onReply(reply(WRITE, 1));

        assertThat(queue).containsExactly(call);
        LinkedTask link = call.link();
        assertThat(link).isSameAs(neighbour);
        call.onBackupAck();
        assertThatThrownBy(call::join).isInstanceOf(CancellationException.class);
        assertThat(call.link()).isSameAs(neighbour);
    }

    // ---- what goes wrong

    @Test
    void onReply_otherType_endsTheConnection() {
        Invocation<String> call = invocation(READ);

        assertThatThrownBy(() -> call.onReply(reply(WRITE, 0)))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining(READ.name());
        assertThat(call).isNotDone();
    }

    @Test
    void onReply_decoderThrowsError_endsTheCallOnly() {
        StackOverflowError error = new StackOverflowError();
        Invocation<String> call = invocation(
                READ,
                response -> {
                    throw error;
                },
                Runnable::run);

        assertThat(call.onReply(reply(READ, 0))).isTrue();

        assertThatThrownBy(call::join).cause().isSameAs(error);
        assertThat(placesGivenBack()).isEqualTo(1);
    }

    /** Guards against one answer that cannot be decoded costing the connection, and being asked for again. */
    @Test
    void onReply_decoderFindsNonsense_endsTheCallOnly_withoutAnotherAttempt() {
        Invocation<String> call = invocation(
                READ,
                response -> {
                    throw new ProtocolException("nonsense at byte 7");
                },
                Runnable::run);

        assertThat(call.onReply(reply(READ, 0))).isTrue();

        assertThatThrownBy(call::join)
                .cause()
                .isInstanceOfSatisfying(SerializationException.class, InvocationTest::isFinal)
                .hasMessageContaining("Map.size")
                .hasMessageContaining("map 'm'")
                .hasMessageContaining("carried the call out")
                .hasMessageContaining("nonsense at byte 7");
        assertThat(placesGivenBack()).isEqualTo(1);
    }

    @Test
    void onReply_noMemoryForTheResult_endsTheCallOnly_withItsSizeAndTheRemedy() {
        Invocation<String> call = invocation(
                READ,
                response -> {
                    throw new OutOfMemoryError("Java heap space");
                },
                Runnable::run);

        assertThat(call.onReply(reply(READ, 0))).isTrue();

        assertThatThrownBy(call::join)
                .cause()
                .isInstanceOfSatisfying(SerializationException.class, InvocationTest::isFinal)
                .hasCauseInstanceOf(OutOfMemoryError.class)
                .hasMessageContaining("Map.size on map 'm'")
                .hasMessageContaining("-Xmx");
    }

    /** Guards against an answer over the limit, or larger than the heap, closing the connection and being asked for again. */
    @Test
    void onTooLong_endsTheCall_withItsSizeAndTheOption() {
        Invocation<String> call = invocation(READ);

        call.onTooLong(MessageTooLongException.overLimit(header(READ.id() + 1), 0, 22, 1_000_000, 65_536));

        assertThatThrownBy(call::join)
                .cause()
                .isInstanceOfSatisfying(SerializationException.class, InvocationTest::isFinal)
                .hasMessageContaining("Map.size on map 'm'")
                .hasMessageContaining("1000000 bytes")
                .hasMessageContaining("maxMessageBytes");
        assertThat(placesGivenBack()).isEqualTo(1);
    }

    /** Whether a member that answers with an error has done anything, only that error says. */
    @Test
    void onTooLong_errorOfTheMember_isIndeterminate() {
        Invocation<String> call = invocation(WRITE);

        call.onTooLong(MessageTooLongException.overLimit(header(0), 0, 22, 1_000_000, 65_536));

        assertThatThrownBy(call::join).cause().isInstanceOf(IndeterminateOperationException.class);
    }

    @Test
    void onReply_errorThatCannotBeRead_isIndeterminate() {
        Invocation<String> call = invocation(WRITE);
        byte[] empty = header(0);

        assertThat(call.onReply(new MessageReader().reset(empty, 0, empty.length)))
                .isTrue();

        assertThatThrownBy(call::join).cause().isInstanceOf(IndeterminateOperationException.class);
    }

    private static byte[] header(int type) {
        return ByteBuffer.allocate(22)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(22)
                .putShort((short) (MessageHeader.UNFRAGMENTED | MessageHeader.FINAL))
                .putInt(type)
                .array();
    }

    private static void isFinal(SerializationException error) {
        assertThat(error.isRetryable()).isFalse();
        assertThat(error.isIndeterminate()).isFalse();
    }

    @Test
    void onReply_finalErrorOfTheJdk_isThatException() {
        Invocation<String> call = invocation(READ);

        call.onReply(error(MemberErrorCode.ILLEGAL_STATE));

        assertThatThrownBy(call::join).cause().isExactlyInstanceOf(IllegalStateException.class);
    }

    @Test
    void onReply_errorThatPasses_isTriedAgain() {
        Invocation<String> call = invocation(WRITE);

        assertThat(call.onReply(error(MemberErrorCode.PARTITION_MIGRATING))).isTrue();

        assertThat(call).isNotDone();
    }

    @Test
    void onExpired_noReply_isATimeoutThatSaysWhat() {
        Invocation<String> call = invocation(READ);

        call.onExpired();

        assertThatThrownBy(call::join)
                .cause()
                .isInstanceOf(OperationTimeoutException.class)
                .hasMessageContaining("Map.size")
                .hasMessageContaining("map 'm'")
                .hasMessageContaining("60000 ms");
        assertThat(placesGivenBack()).isEqualTo(1);
    }

    @Test
    void onDisconnected_write_isIndeterminate() {
        Invocation<String> call = invocation(WRITE);

        lose(call);

        assertThatThrownBy(call::join).cause().isInstanceOf(TargetDisconnectedException.class);
    }

    @Test
    void onDisconnected_read_isTriedAgain() {
        Invocation<String> call = invocation(READ);

        lose(call);

        assertThat(call).isNotDone();
    }

    @Test
    void onDisconnected_writeWithRedo_isTriedAgain() {
        offline.close();
        offline = new Offline(config -> config.redoOperation(true));
        Invocation<String> call = invocation(WRITE);

        lose(call);

        assertThat(call).isNotDone();
    }

    @Test
    void onDisconnected_writeThatWasNotSent_isTriedAgain_andHadNoEffect() {
        Invocation<String> call = invocation(WRITE);
        call.attemptOn(FakeConnections.unconnected(1));

        call.onDisconnected(FakeConnections.unconnected(1), new ConnectionException("lost before it was sent"));

        assertThat(call).isNotDone();
        call.timeOut();
        assertThatThrownBy(call::join).cause().isInstanceOfSatisfying(OperationTimeoutException.class, timeout -> {
            assertThat(timeout).hasMessageContaining("never sent");
            assertThat(timeout.isIndeterminate()).isFalse();
        });
        assertThat(placesGivenBack()).isEqualTo(1);
    }

    @Test
    void onDisconnected_notSentAfterAnAttemptThatWas_mayHaveHadAnEffect() {
        Invocation<String> call = invocation(READ);
        call.attemptOn(FakeConnections.unconnected(1));
        lose(call);
        call.attemptOn(FakeConnections.unconnected(2));
        call.onDisconnected(FakeConnections.unconnected(2), new ConnectionException("lost before it was sent"));

        call.timeOut();

        assertThatThrownBy(call::join)
                .cause()
                .isInstanceOfSatisfying(
                        OperationTimeoutException.class,
                        timeout -> assertThat(timeout.isIndeterminate()).isTrue());
    }

    @Test
    void onDisconnected_shutDownBeforeItWasSent_hadNoEffect() {
        Invocation<String> call = invocation(WRITE);
        call.attemptOn(FakeConnections.unconnected(1));
        offline.invoker().close();

        call.onDisconnected(FakeConnections.unconnected(1), new ClientClosedException("shut down", null, false));

        assertThatThrownBy(call::join)
                .cause()
                .isInstanceOfSatisfying(
                        ClientClosedException.class,
                        end -> assertThat(end.isIndeterminate()).isFalse());
    }

    @Test
    void withdraw_onItsWay_goesOn() {
        Invocation<String> call = invocation(WRITE);
        call.attemptOn(FakeConnections.unconnected(1));

        assertThat(call.withdraw()).isFalse();
        assertThat(call).isNotDone();
    }

    @Test
    void withdraw_memberHasRefusedIt_endsTheCall() {
        Invocation<String> call = invocation(WRITE);
        call.attemptOn(FakeConnections.unconnected(1));
        call.onReply(error(MemberErrorCode.PARTITION_MIGRATING));

        Eventually.holds("the call is withdrawn", call::withdraw);
        assertThat(call).isCancelled();
        assertThat(placesGivenBack()).isEqualTo(1);
    }

    @Test
    void withdraw_earlierAttemptMayHaveHadAnEffect_endsTheCallAndSaysSo() {
        offline.close();
        offline = new Offline(config -> config.redoOperation(true));
        Invocation<String> call = invocation(WRITE);
        call.attemptOn(FakeConnections.unconnected(1));
        lose(call);

        Eventually.holds("the call is ended", () -> !call.withdraw() && call.isDone());
        assertThatThrownBy(call::join)
                .cause()
                .isInstanceOf(CallInterruptedException.class)
                .hasMessageContaining("Map.clear");
    }

    /** As the connection does, which is not needed for it. */
    private void lose(Invocation<String> call) {
        TargetDisconnectedException loss = new TargetDisconnectedException("lost", null);
        call.onDisconnected(FakeConnections.unconnected(1), loss);
    }

    // ---- retry rules

    @ParameterizedTest
    @EnumSource(MemberErrorCode.class)
    void mayRetryAfter_memberError_followsTheTable(MemberErrorCode code) {
        MemberErrorException error = new MemberErrorException(code.code(), "a.B", "no", List.of(), null);
        boolean always = code.retryRule() != MemberErrorCode.RetryRule.NEVER
                && code.retryRule() != MemberErrorCode.RetryRule.IF_IDEMPOTENT;
        boolean maybe = code.retryRule() == MemberErrorCode.RetryRule.IF_IDEMPOTENT;

        assertThat(invocation(WRITE).mayRetryAfter(error, false)).as("write").isEqualTo(always);
        assertThat(invocation(WRITE).mayRetryAfter(error, true))
                .as("write with redo")
                .isEqualTo(always || maybe);
        assertThat(invocation(READ).mayRetryAfter(error, false)).as("read").isEqualTo(always || maybe);
    }

    @Test
    void mayRetryAfter_memberIsGoneThatWasTheTarget_isFinal() {
        MemberErrorException gone =
                new MemberErrorException(MemberErrorCode.TARGET_NOT_MEMBER.code(), "a.B", "no", List.of(), null);
        Invocation<String> aimed = new Invocation<>(
                READ,
                MapSizeCodec.encodeRequest("m"),
                response -> "value",
                new CallOptions("map 'm'", 1, UUID.randomUUID(), Runnable::run, false, true, offline.invoker()),
                Invocation.byPartition(0),
                0);

        assertThat(aimed.mayRetryAfter(gone, true)).isFalse();
        assertThat(invocation(WRITE).mayRetryAfter(gone, false)).isTrue();
    }

    @Test
    void place_callOnAKey_followsTheNumberOfPartitions() {
        for (int hash : new int[] {0, 1, 1234, -1234, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            Invocation<String> call = placed(Invocation.byKey(hash), -1);

            assertThat(call.place(271)).isTrue();
            assertThat(call.partitionId()).isEqualTo(PartitionHash.toPartitionId(hash, 271));
            assertThat(call.place(17)).isTrue();
            assertThat(call.partitionId()).isEqualTo(PartitionHash.toPartitionId(hash, 17));
        }
    }

    @Test
    void place_callOnAPartition_fitsItsOwnNumberOfPartitionsOnly() {
        Invocation<String> call = placed(Invocation.byPartition(271), 16);

        assertThat(call.place(271)).isTrue();
        assertThat(call.place(17)).isFalse();
        assertThat(call.partitionId()).isEqualTo(16);
    }

    @Test
    void place_callOnAnyMember_alwaysFits() {
        Invocation<String> call = placed(Invocation.byPartition(271), -1);

        assertThat(call.place(17)).isTrue();
        assertThat(call.partitionId()).isEqualTo(-1);
    }

    private Invocation<String> placed(int placement, int partitionId) {
        byte[] message = MapSizeCodec.encodeRequest("m");
        MessageHeader.setPartitionId(message, partitionId);
        CallOptions options = new CallOptions("map 'm'", 1, null, Runnable::run, false, true, offline.invoker());
        return new Invocation<>(READ, message, response -> "value", options, placement, 0);
    }

    @Test
    void mayRetryAfter_neverSent_isAlwaysTriedAgain() {
        assertThat(invocation(WRITE).mayRetryAfter(new ConnectionException("closed"), false))
                .isTrue();
    }

    // ---- races

    @Test
    @Timeout(60)
    void race_replyAcksLossExpiryAndCancel_oneOutcomeAndOnePlaceGivenBack() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int rounds = 3_000;
        ExecutorService pool = Executors.newFixedThreadPool(4);
        CyclicBarrier together = new CyclicBarrier(4);
        try {
            for (int round = 0; round < rounds; round++) {
                String where = "round " + round + " of seed " + seed;
                Invocation<String> call = invocation(WRITE);
                int[] completions = new int[1];
                call.whenComplete((value, error) -> {
                    synchronized (completions) {
                        completions[0]++;
                    }
                });
                int acks = random.nextInt(3);
                int other = random.nextInt(4);
                List<Runnable> actions = List.of(
                        () -> call.onReply(reply(WRITE, acks)),
                        () -> acknowledge(call, acks),
                        () -> end(call, other),
                        () -> end(call, (other + 1) % 4));
                List<Future<?>> running = new ArrayList<>();
                for (Runnable action : actions) {
                    int spins = random.nextInt(300);
                    running.add(pool.submit(() -> {
                        together.await();
                        for (int i = 0; i < spins; i++) {
                            Thread.onSpinWait();
                        }
                        action.run();
                        return null;
                    }));
                }
                for (Future<?> action : running) {
                    action.get(10, TimeUnit.SECONDS);
                }
                assertThat(call.isDone()).as("an outcome in " + where).isTrue();
                assertThat(placesGivenBack())
                        .as("places given back after " + where)
                        .isEqualTo(round + 1);
                synchronized (completions) {
                    assertThat(completions[0]).as("completions in " + where).isEqualTo(1);
                }
                @Nullable Throwable failure = failureOf(call);
                if (failure == null) {
                    // Of its type: a loss beside the answer once took the place of the result.
                    assertThat((Object) call.join())
                            .as("the result in " + where)
                            .isEqualTo("value");
                }
                assertThat(failure == null
                                || failure instanceof CancellationException
                                || failure instanceof OperationTimeoutException
                                || failure instanceof TargetDisconnectedException)
                        .as("a possible outcome in %s: %s", where, failure)
                        .isTrue();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static void acknowledge(Invocation<String> call, int acks) {
        for (int i = 0; i < acks; i++) {
            call.onBackupAck();
        }
    }

    private void end(Invocation<String> call, int way) {
        switch (way) {
            case 0 -> call.cancel(true);
            case 1 -> call.onExpired();
            case 2 -> lose(call);
            default -> {}
        }
    }

    private static @Nullable Throwable failureOf(Invocation<String> call) {
        try {
            call.join();
            return null;
        } catch (CompletionException e) {
            return e.getCause();
        } catch (CancellationException e) {
            return e;
        }
    }
}
