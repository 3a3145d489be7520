// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.filbert.HazelcastClient;
import io.filbert.error.CallInterruptedException;
import io.filbert.error.ClientClosedException;
import io.filbert.error.HazelcastException;
import io.filbert.error.OperationTimeoutException;
import io.filbert.error.SerializationException;
import io.filbert.error.TargetDisconnectedException;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.protocol.codec.MapGetCodec;
import io.filbert.internal.protocol.codec.MapGetEntryViewCodec;
import io.filbert.internal.protocol.codec.MapPutIfAbsentCodec;
import io.filbert.internal.protocol.codec.MapPutIfAbsentWithMaxIdleCodec;
import io.filbert.internal.protocol.codec.MapRemoveIfSameCodec;
import io.filbert.internal.protocol.codec.MapReplaceIfSameCodec;
import io.filbert.internal.protocol.codec.MapTryLockCodec;
import io.filbert.internal.protocol.codec.MapUnlockCodec;
import io.filbert.internal.protocol.member.MapGetEntryViewMemberCodec;
import io.filbert.internal.protocol.member.MapGetMemberCodec;
import io.filbert.internal.protocol.member.MapPutIfAbsentMemberCodec;
import io.filbert.internal.protocol.member.MapRemoveIfSameMemberCodec;
import io.filbert.internal.protocol.member.MapReplaceIfSameMemberCodec;
import io.filbert.internal.protocol.member.MapTryLockMemberCodec;
import io.filbert.internal.protocol.member.MapUnlockMemberCodec;
import io.filbert.internal.serialization.SerializationService;
import io.filbert.it.support.Clients;
import io.filbert.map.BlockingDistributedMap;
import io.filbert.map.DistributedMap;
import io.filbert.testkit.Eventually;
import io.filbert.testkit.HeldRequests;
import io.filbert.testkit.NoLeaks;
import io.filbert.testkit.RequestHandler;
import io.filbert.testkit.ScriptedMember;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What read-modify-write asks the member: two requests if nobody interferes, and comparing with the very bytes that it sent. */
@NoLeaks
final class UpdateRequestsIT {

    private static final SerializationService SERIALIZATION = new SerializationService();

    private final ScriptedMember member = ScriptedMember.start();
    private final HazelcastClient client = Clients.connect(List.of(member.address()));
    private final BlockingDistributedMap<String, Object> map =
            client.<String, Object>getMap("m").blocking();

    /** What the member holds for any key. */
    private final AtomicReference<@Nullable Data> held = new AtomicReference<>();

    /** What others put there between the next reads and writes, one each. */
    private final List<Data> interferences = new ArrayList<>();

    private static Data data(Object object) {
        return Objects.requireNonNull(SERIALIZATION.toData(object));
    }

    @BeforeEach
    void serveOneEntry() {
        member.on(MapGetCodec.REQUEST, (request, reply) -> {
            reply.send(MapGetMemberCodec.encodeResponse(held.get()));
            if (!interferences.isEmpty()) {
                held.set(interferences.remove(0));
            }
        });
        member.on(MapReplaceIfSameCodec.REQUEST, (request, reply) -> {
            var asked = MapReplaceIfSameMemberCodec.decodeRequest(request.reader());
            boolean same = asked.testValue().equals(held.get());
            if (same) {
                held.set(asked.value());
            }
            reply.send(MapReplaceIfSameMemberCodec.encodeResponse(same));
        });
        member.on(MapRemoveIfSameCodec.REQUEST, (request, reply) -> {
            var asked = MapRemoveIfSameMemberCodec.decodeRequest(request.reader());
            boolean same = asked.value().equals(held.get());
            if (same) {
                held.set(null);
            }
            reply.send(MapRemoveIfSameMemberCodec.encodeResponse(same));
        });
        member.on(MapPutIfAbsentCodec.REQUEST, (request, reply) -> {
            Data present = held.get();
            if (present == null) {
                held.set(MapPutIfAbsentMemberCodec.decodeRequest(request.reader())
                        .value());
            }
            reply.send(MapPutIfAbsentMemberCodec.encodeResponse(present));
        });
    }

    @AfterEach
    void close() {
        client.close();
        member.close();
    }

    private int requests() {
        return member.requests(MapGetCodec.REQUEST).size()
                + member.requests(MapReplaceIfSameCodec.REQUEST).size()
                + member.requests(MapRemoveIfSameCodec.REQUEST).size()
                + member.requests(MapPutIfAbsentCodec.REQUEST).size();
    }

    private @Nullable Object heldNow() {
        Data data = held.get();
        return data == null ? null : SERIALIZATION.toObject(data.bytes(), 0, data.size());
    }

    @Test
    void nobodyInterferes_twoRequests() {
        held.set(data(1));
        assertThat(map.compute("k", (key, value) -> 2)).isEqualTo(2);
        assertThat(requests()).isEqualTo(2);
        assertThat(map.computeIfPresent("k", (key, value) -> null)).isNull();
        assertThat(requests()).isEqualTo(4);
        assertThat(map.async().merge("k", 3, (old, given) -> -1).join()).isEqualTo(3);
        assertThat(requests()).isEqualTo(6);
        assertThat(map.computeIfAbsent("k", key -> 4)).isEqualTo(3);
        assertThat(requests()).as("of a value that is there").isEqualTo(7);
    }

    @Test
    void changedBetweenReadAndWrite_functionSeesTheNewValue() {
        held.set(data("a"));
        interferences.add(data("b"));
        List<Object> seen = new ArrayList<>();
        assertThat(map.compute("k", (key, value) -> {
                    seen.add(Objects.requireNonNull(value));
                    return value + "!";
                }))
                .isEqualTo("b!");
        assertThat(seen).containsExactly("a", "b");
        interferences.addAll(List.of(data("c"), data("d"), data("e"), data("f"), data("g")));
        assertThat(map.async().compute("k", (key, value) -> value + "?").join()).isEqualTo("g?");
        assertThat(heldNow()).isEqualTo("g?");
    }

    @Test
    void changedBetweenReadAndRemoval_functionDecidesAnew() {
        held.set(data(0));
        interferences.add(data(100));
        assertThat(map.computeIfPresent("k", (key, value) -> value.equals(0) ? null : value))
                .isEqualTo(100);
        assertThat(heldNow()).isEqualTo(100);
    }

    @Test
    void putBetweenReadAndPutIfAbsent_theOthersValueStands() {
        interferences.add(data("theirs"));
        assertThat(map.computeIfAbsent("k", key -> "mine")).isEqualTo("theirs");
        assertThat(heldNow()).isEqualTo("theirs");
        held.set(null);
        interferences.add(data("theirs"));
        assertThat(map.async().computeIfAbsent("k", key -> "mine").join()).isEqualTo("theirs");
    }

    /** A member that finds its own bytes different: what OBJECT maps do whose classes have no {@code equals}. */
    @Test
    void memberNeverRecognizesTheValue_endsByTheDeadline() {
        held.set(data("a"));
        member.on(
                MapReplaceIfSameCodec.REQUEST,
                (request, reply) -> reply.send(MapReplaceIfSameMemberCodec.encodeResponse(false)));
        BlockingDistributedMap<String, Object> hasty = map.withDeadline(Duration.ofMillis(250));
        assertThatThrownBy(() -> hasty.compute("k", (key, value) -> "b"))
                .isInstanceOf(OperationTimeoutException.class)
                .hasMessageStartingWith("compute of map 'm' did not end within 250 ms")
                .hasMessageContaining("in-memory format OBJECT")
                .hasMessageContaining("java.lang.String");
        assertThatThrownBy(() -> hasty.async().compute("k", (key, value) -> "b").join())
                .hasCauseInstanceOf(OperationTimeoutException.class);
        int asked = requests();
        assertThat(asked).as("with growing pauses").isLessThan(200);
    }

    @Test
    void silentMember_endsByTheDeadline() {
        held.set(data("a"));
        member.hold(MapReplaceIfSameCodec.REQUEST);
        assertThatThrownBy(() -> map.withDeadline(Duration.ofMillis(300)).compute("k", (key, value) -> "b"))
                .isInstanceOfSatisfying(
                        OperationTimeoutException.class,
                        e -> assertThat(e.isIndeterminate()).isTrue());
    }

    @Test
    void unreadableValue_changesNothing_andSaysSo() {
        held.set(Data.of(new byte[] {0, 0, 0, 0, 0, 0, 0, 99, 1}));
        assertThatThrownBy(() -> map.compute("k", (key, value) -> "b"))
                .isInstanceOfSatisfying(
                        SerializationException.class,
                        e -> assertThat(e.wasCarriedOut())
                                .as("the reading was, but not the call")
                                .isFalse())
                .hasMessageContaining("compute of map 'm' changed nothing, because the present value cannot be read");
        assertThatThrownBy(() -> map.async().compute("k", (key, value) -> "b").join())
                .hasCauseInstanceOf(SerializationException.class)
                .hasMessageContaining("changed nothing");
        assertThat(member.requests(MapReplaceIfSameCodec.REQUEST)).isEmpty();
    }

    @Test
    void unwritableResult_changesNothing() {
        held.set(data("a"));
        assertThatThrownBy(() -> map.compute("k", (key, value) -> new Object()))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("The value for map 'm'");
        assertThat(member.requests(MapReplaceIfSameCodec.REQUEST)).isEmpty();
    }

    /** The pause between two attempts ends with the client: a caller would otherwise wait for ever. */
    @Test
    void closingTheClient_endsTheRepetition() throws Exception {
        held.set(data("a"));
        member.on(
                MapReplaceIfSameCodec.REQUEST,
                (request, reply) -> reply.send(MapReplaceIfSameMemberCodec.encodeResponse(false)));
        var future = map.async().compute("k", (key, value) -> "b");
        member.awaitRequests(MapReplaceIfSameCodec.REQUEST, 6);
        client.close();
        assertThatThrownBy(() -> future.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(ClientClosedException.class);
    }

    // ---- what ends before anything is written has changed nothing, whatever became of the request that ended it

    private static void expectNothingChanged(Throwable failure, Class<? extends HazelcastException> kind, String call) {
        Throwable real = failure instanceof CompletionException ? failure.getCause() : failure;
        assertThat(real)
                .isInstanceOfSatisfying(kind, error -> {
                    assertThat(error.isIndeterminate()).isFalse();
                    assertThat(error.wasCarriedOut()).isFalse();
                })
                .hasMessageStartingWith(call + " of map 'm'");
    }

    private Map<String, ThrowingCallable> updates(BlockingDistributedMap<String, Object> of) {
        return Map.of(
                "compute", () -> of.compute("k", (key, value) -> "b"),
                "merge", () -> of.async().merge("k", "b", (old, given) -> "b").join(),
                "computeKeepingExpiry", () -> of.computeKeepingExpiry("k", (key, value) -> "b"),
                "setKeepingExpiry", () -> of.async().setKeepingExpiry("k", "b").join());
    }

    private void serveLocks() {
        member.on(MapTryLockCodec.REQUEST, (request, reply) -> reply.send(MapTryLockMemberCodec.encodeResponse(true)));
        member.on(MapUnlockCodec.REQUEST, (request, reply) -> reply.send(MapUnlockMemberCodec.encodeResponse()));
    }

    @Test
    void silentMember_whileReading_changedNothing() {
        serveLocks();
        member.hold(MapGetCodec.REQUEST);
        member.hold(MapGetEntryViewCodec.REQUEST);
        updates(map.withDeadline(Duration.ofMillis(300)))
                .forEach((call, update) ->
                        expectNothingChanged(catchThrowable(update), OperationTimeoutException.class, call));
    }

    @Test
    void silentMember_whileLocking_changedNothing() {
        member.hold(MapTryLockCodec.REQUEST);
        Map<String, ThrowingCallable> updates = updates(map.withDeadline(Duration.ofMillis(300)));
        for (String call : List.of("computeKeepingExpiry", "setKeepingExpiry")) {
            expectNothingChanged(
                    catchThrowable(Objects.requireNonNull(updates.get(call))), OperationTimeoutException.class, call);
        }
    }

    @Test
    void clientClosed_whileReading_changedNothing() throws Exception {
        serveLocks();
        HeldRequests reads = member.hold(MapGetCodec.REQUEST);
        HeldRequests views = member.hold(MapGetEntryViewCodec.REQUEST);
        Map<String, Throwable> failures = new ConcurrentHashMap<>();
        List<Thread> callers = new ArrayList<>();
        updates(map).forEach((call, update) -> {
            Thread caller = new Thread(() -> failures.put(call, catchThrowable(update)));
            caller.start();
            callers.add(caller);
        });
        reads.awaitCount(2);
        views.awaitCount(2);
        client.close();
        for (Thread caller : callers) {
            caller.join(20_000);
        }
        assertThat(failures).hasSize(4);
        failures.forEach((call, failure) -> expectNothingChanged(failure, ClientClosedException.class, call));
    }

    private Throwable interruptedOutcome(ThrowingCallable call, Runnable whenToInterrupt) throws Exception {
        AtomicReference<Throwable> outcome = new AtomicReference<>();
        Thread caller = new Thread(() -> outcome.set(catchThrowable(call)));
        caller.start();
        whenToInterrupt.run();
        caller.interrupt();
        caller.join(20_000);
        return Objects.requireNonNull(outcome.get());
    }

    @Test
    void interrupted_whileReadingOrLocking_changedNothing() throws Exception {
        HeldRequests reads = member.hold(MapGetCodec.REQUEST);
        expectNothingChanged(
                interruptedOutcome(() -> map.compute("k", (key, value) -> "b"), () -> reads.awaitCount(1)),
                CallInterruptedException.class,
                "compute");
        HeldRequests locks = member.hold(MapTryLockCodec.REQUEST);
        expectNothingChanged(
                interruptedOutcome(() -> map.computeKeepingExpiry("k", (key, value) -> "b"), () -> locks.awaitCount(1)),
                CallInterruptedException.class,
                "computeKeepingExpiry");
        // The lock is granted when nobody waits for it any more.
        HeldRequests unlocks = member.hold(MapUnlockCodec.REQUEST);
        assertThat(member.requests(MapUnlockCodec.REQUEST)).isEmpty();
        locks.takeAll().forEach(reply -> reply.send(MapTryLockMemberCodec.encodeResponse(true)));
        unlocks.take().send(MapUnlockMemberCodec.encodeResponse());
    }

    /** Pauses come from the third repetition on, and are most of the time that a contended update takes. */
    @Test
    void interruptedInAPause_changedNothing() throws Exception {
        held.set(data("a"));
        member.on(
                MapReplaceIfSameCodec.REQUEST,
                (request, reply) -> reply.send(MapReplaceIfSameMemberCodec.encodeResponse(false)));
        AtomicReference<Throwable> outcome = new AtomicReference<>();
        Thread caller = new Thread(() -> outcome.set(catchThrowable(() -> map.compute("k", (key, value) -> "b"))));
        caller.start();
        member.awaitRequests(MapReplaceIfSameCodec.REQUEST, 8);
        Eventually.passes(() -> assertThat(Arrays.stream(caller.getStackTrace()))
                .anyMatch(frame -> frame.getMethodName().equals("changingNothing")));
        caller.interrupt();
        caller.join(20_000);
        expectNothingChanged(Objects.requireNonNull(outcome.get()), CallInterruptedException.class, "compute");
        assertThat(outcome.get()).hasMessage("compute of map 'm' was interrupted before it had changed anything");
    }

    // ---- redoOperation

    /** Guards against the function being applied to its own result: the write, sent again, finds that the entry has changed. */
    @Test
    void redo_lostAnswerOfTheWrite_functionIsNotAppliedTwice() {
        serveLocks();
        member.on(
                MapGetEntryViewCodec.REQUEST,
                (request, reply) -> reply.send(MapGetEntryViewMemberCodec.encodeResponse(null, 0)));
        AtomicInteger written = new AtomicInteger();
        RequestHandler carriedOutAndLost = (request, reply) -> {
            if (written.getAndIncrement() == 0) {
                held.set(data(2));
                reply.connection().reset();
            } else {
                reply.send(MapReplaceIfSameMemberCodec.encodeResponse(false));
            }
        };
        member.on(MapReplaceIfSameCodec.REQUEST, carriedOutAndLost);
        member.on(MapRemoveIfSameCodec.REQUEST, carriedOutAndLost);
        member.on(MapPutIfAbsentCodec.REQUEST, carriedOutAndLost);
        member.on(MapPutIfAbsentWithMaxIdleCodec.REQUEST, carriedOutAndLost);
        try (HazelcastClient redoing = Clients.connect(member.address(), config -> config.redoOperation(true))) {
            DistributedMap<String, Object> map = redoing.getMap("m");
            AtomicInteger calls = new AtomicInteger();
            Map<String, ThrowingCallable> updates = new LinkedHashMap<>();
            updates.put("replaced", () -> map.blocking().compute("k", (key, old) -> 1 + calls.incrementAndGet()));
            updates.put(
                    "asynchronously",
                    () -> map.compute("k", (key, old) -> 1 + calls.incrementAndGet())
                            .join());
            updates.put(
                    "removed",
                    () -> map.blocking().computeIfPresent("k", (key, old) -> {
                        calls.incrementAndGet();
                        return null;
                    }));
            updates.put(
                    "locked",
                    () -> map.blocking().computeKeepingExpiry("k", (key, old) -> 1 + calls.incrementAndGet()));
            updates.forEach((what, update) -> {
                held.set(data(1));
                written.set(0);
                calls.set(0);
                Throwable failure = catchThrowable(update);
                assertThat(failure instanceof CompletionException ? failure.getCause() : failure)
                        .as(what)
                        .isInstanceOf(TargetDisconnectedException.class);
                assertThat(calls).as(what).hasValue(1);
                assertThat(written).as(what).hasValue(1);
            });
        }
    }
}
