// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.filbert.HazelcastClient;
import io.filbert.error.HazelcastException;
import io.filbert.error.SerializationException;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.protocol.codec.MapFetchEntriesCodec;
import io.filbert.internal.protocol.codec.MapFetchKeysCodec;
import io.filbert.internal.protocol.codec.MapRemoveCodec;
import io.filbert.internal.protocol.codec.MapRemoveIfSameCodec;
import io.filbert.internal.protocol.codec.MapReplaceIfSameCodec;
import io.filbert.internal.protocol.codec.QueueIteratorCodec;
import io.filbert.internal.protocol.codec.QueueRemoveCodec;
import io.filbert.internal.protocol.member.MapFetchEntriesMemberCodec;
import io.filbert.internal.protocol.member.MapFetchKeysMemberCodec;
import io.filbert.internal.protocol.member.MapRemoveIfSameMemberCodec;
import io.filbert.internal.protocol.member.MapRemoveMemberCodec;
import io.filbert.internal.protocol.member.MapReplaceIfSameMemberCodec;
import io.filbert.internal.protocol.member.QueueIteratorMemberCodec;
import io.filbert.internal.protocol.member.QueueRemoveMemberCodec;
import io.filbert.internal.serialization.SerializationService;
import io.filbert.it.support.Clients;
import io.filbert.map.BlockingDistributedMap;
import io.filbert.testkit.Eventually;
import io.filbert.testkit.NoLeaks;
import io.filbert.testkit.Reply;
import io.filbert.testkit.ScriptedMember;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What the errors of changes of many entries say, which are one request for each. They once were the error of the last request: a {@code
 * replaceAll} that had changed half of the map said "no effect, try again", and one that had changed nothing said "carried out".
 */
@NoLeaks
final class PartlyChangedIT {

    private static final SerializationService SERIALIZATION = new SerializationService();

    /** Members answer so while a partition moves. */
    private static final int WRONG_TARGET = 62;

    private static final byte[] UNREADABLE = {0, 0, 0, 0, 0, 0, 0, 99, 1};

    private final ScriptedMember member = ScriptedMember.start();
    private final HazelcastClient client = Clients.connect(List.of(member.address()));
    private final BlockingDistributedMap<Integer, Integer> map = client.<Integer, Integer>getMap("m")
            .withDeadline(Duration.ofMillis(400))
            .blocking();
    private final AtomicInteger writes = new AtomicInteger();

    private static Data data(Object object) {
        return Objects.requireNonNull(SERIALIZATION.toData(object));
    }

    @AfterEach
    void close() {
        client.close();
        member.close();
    }

    private interface Change {
        void make() throws Exception;
    }

    /** Called when the user's code has been given an item. */
    private Runnable onItem = () -> {};

    private boolean item() {
        onItem.run();
        return true;
    }

    private <T> Collection<T> collection(List<T> items) {
        return new ArrayList<>(items) {
            @Override
            public boolean contains(Object item) {
                return item() && super.contains(item);
            }
        };
    }

    private Map<String, Change> changes() {
        return changes(map);
    }

    private Map<String, Change> changes(BlockingDistributedMap<Integer, Integer> map) {
        Map<String, Change> changes = new LinkedHashMap<>();
        changes.put("replaceAll", () -> map.replaceAll((key, value) -> item() ? value + 1 : value));
        changes.put(
                "replaceAll of the asynchronous map",
                () -> map.async()
                        .replaceAll((key, value) -> item() ? value + 1 : value)
                        .join());
        changes.put("removeIf of values()", () -> map.values().removeIf(value -> item()));
        changes.put("removeIf of entrySet()", () -> map.entrySet().removeIf(entry -> item()));
        changes.put("removeIf of keySet()", () -> map.keySet().removeIf(key -> item()));
        changes.put("retainAll of values()", () -> map.values().retainAll(collection(List.of())));
        changes.put("retainAll of entrySet()", () -> map.entrySet().retainAll(collection(List.of())));
        changes.put("retainAll of keySet()", () -> map.keySet().retainAll(collection(List.of())));
        changes.put("removeAll of values()", () -> map.values().removeAll(collection(List.of(1, 2, 3))));
        changes.put(
                "removeAll of entrySet()",
                () -> map.entrySet().removeAll(collection(List.of(Map.entry(1, 1), Map.entry(2, 2), Map.entry(3, 3)))));
        changes.put("removeAll of keySet()", () -> map.keySet().removeAll(collection(List.of(1, 2, 3))));
        return changes;
    }

    private Map<String, Change> withQueue(HazelcastClient client, Map<String, Change> changes) {
        changes.put(
                "removeIf of a queue",
                () -> client.<Integer>getQueue("m")
                        .withDeadline(Duration.ofMillis(400))
                        .blocking()
                        .removeIf(item -> item()));
        return changes;
    }

    private static final List<Data> NUMBERS = List.of(data(1), data(2), data(3));

    private void serve(List<Data> keysOfPartition0, int writesThatSucceed) {
        serve(member, keysOfPartition0, writesThatSucceed);
    }

    private void serve(ScriptedMember member, List<Data> keysOfPartition0, int writesThatSucceed) {
        List<Map.Entry<Data, Data>> entries = new ArrayList<>();
        keysOfPartition0.forEach(key -> entries.add(Map.entry(key, key)));
        member.on(
                MapFetchEntriesCodec.REQUEST,
                (request, reply) -> reply.send(MapFetchEntriesMemberCodec.encodeResponse(
                        List.of(), request.partitionId() == 0 ? entries : List.of())));
        member.on(
                MapFetchKeysCodec.REQUEST,
                (request, reply) -> reply.send(MapFetchKeysMemberCodec.encodeResponse(
                        List.of(), request.partitionId() == 0 ? keysOfPartition0 : List.of())));
        member.on(
                QueueIteratorCodec.REQUEST,
                (request, reply) -> reply.send(QueueIteratorMemberCodec.encodeResponse(keysOfPartition0)));
        member.on(
                MapReplaceIfSameCodec.REQUEST,
                (request, reply) -> write(writesThatSucceed, reply, MapReplaceIfSameMemberCodec.encodeResponse(true)));
        member.on(
                MapRemoveIfSameCodec.REQUEST,
                (request, reply) -> write(writesThatSucceed, reply, MapRemoveIfSameMemberCodec.encodeResponse(true)));
        member.on(
                MapRemoveCodec.REQUEST,
                (request, reply) -> write(writesThatSucceed, reply, MapRemoveMemberCodec.encodeResponse(data(1))));
        member.on(
                QueueRemoveCodec.REQUEST,
                (request, reply) -> write(writesThatSucceed, reply, QueueRemoveMemberCodec.encodeResponse(true)));
    }

    private void write(int thatSucceed, Reply reply, byte[] response) {
        if (writes.getAndIncrement() < thatSucceed) {
            reply.send(response);
        } else {
            reply.error(WRONG_TARGET, "com.hazelcast.spi.exception.WrongTargetException", "moving");
        }
    }

    private static HazelcastException failureOf(Change change) {
        Throwable failure = catchThrowable(change::make);
        Throwable real = failure instanceof CompletionException ? failure.getCause() : failure;
        assertThat(real).isInstanceOf(HazelcastException.class);
        return (HazelcastException) Objects.requireNonNull(real);
    }

    private Stream<DynamicTest> each(Consumer<Change> body) {
        return withQueue(client, changes()).entrySet().stream()
                .map(change -> DynamicTest.dynamicTest(change.getKey(), () -> {
                    writes.set(0);
                    body.accept(change.getValue());
                }));
    }

    @TestFactory
    Stream<DynamicTest> secondWriteIsRefused_isIndeterminate_andCounts() {
        return each(change -> {
            serve(NUMBERS, 1);
            HazelcastException failure = failureOf(change);
            assertThat(failure.isIndeterminate()).isTrue();
            assertThat(failure.isRetryable()).isFalse();
            assertThat(failure.wasCarriedOut()).isFalse();
        });
    }

    /** The second write is never sent: by itself it had no effect, and may be made again. */
    @TestFactory
    Stream<DynamicTest> connectionLostAfterTheFirstWrite_isIndeterminate_andNotRetryable() {
        return withQueue(client, changes()).keySet().stream()
                .map(what -> DynamicTest.dynamicTest(what, () -> {
                    try (ScriptedMember mortal = ScriptedMember.start();
                            HazelcastClient client = Clients.connect(List.of(mortal.address()))) {
                        serve(mortal, NUMBERS, 9);
                        writes.set(0);
                        AtomicInteger items = new AtomicInteger();
                        onItem = () -> {
                            if (items.incrementAndGet() == 2) {
                                mortal.die();
                                Eventually.passes(
                                        () -> assertThat(Clients.routes(client).hasLive())
                                                .isFalse());
                            }
                        };
                        BlockingDistributedMap<Integer, Integer> map = client.<Integer, Integer>getMap("m")
                                .withDeadline(Duration.ofMillis(400))
                                .blocking();
                        HazelcastException failure = failureOf(Objects.requireNonNull(
                                withQueue(client, changes(map)).get(what)));
                        assertThat(failure.isIndeterminate()).isTrue();
                        assertThat(failure.isRetryable()).isFalse();
                        assertThat(writes).hasPositiveValue();
                    } finally {
                        onItem = () -> {};
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> firstReadFails_nothingIsChanged() {
        return each(change -> {
            serve(NUMBERS, 9);
            member.hold(MapFetchEntriesCodec.REQUEST);
            member.hold(MapFetchKeysCodec.REQUEST);
            member.hold(QueueIteratorCodec.REQUEST);
            HazelcastException failure = failureOf(change);
            assertThat(failure.isIndeterminate()).isFalse();
            assertThat(failure.wasCarriedOut()).isFalse();
            assertThat(failure).hasMessageContaining("changed nothing");
            assertThat(writes).hasValue(0);
        });
    }

    @TestFactory
    Stream<DynamicTest> unreadableEntry_nothingIsChanged_andNotCarriedOut() {
        return each(change -> {
            serve(List.of(data(1), Data.of(UNREADABLE)), 9);
            HazelcastException failure = failureOf(change);
            assertThat(failure).isInstanceOf(SerializationException.class);
            assertThat(failure.wasCarriedOut()).isFalse();
            assertThat(failure.isIndeterminate()).isFalse();
            assertThat(failure).hasMessageContaining("changed nothing, because what is there cannot be read");
        });
    }

    @Test
    void unreadableEntryOfALaterBatch_isIndeterminate_andSaysHowManyWereChanged() {
        serve(NUMBERS, 9);
        member.on(MapFetchEntriesCodec.REQUEST, (request, reply) -> {
            Data data = request.partitionId() == 0 ? data(1) : Data.of(UNREADABLE);
            reply.send(MapFetchEntriesMemberCodec.encodeResponse(List.of(), List.of(Map.entry(data, data))));
        });
        for (String what : List.of("replaceAll", "replaceAll of the asynchronous map", "removeIf of values()")) {
            HazelcastException failure =
                    failureOf(Objects.requireNonNull(changes().get(what)));
            assertThat(failure.isIndeterminate()).as(what).isTrue();
            assertThat(failure.wasCarriedOut()).as(what).isFalse();
            assertThat(failure).hasMessageContaining(" of map 'm' stopped after 1 entries had been changed");
        }
    }

    /** What the user's code throws stays what it is, whatever was changed before. */
    @Test
    void errorOfTheFunction_afterSomeChanges_comesOutUnchanged() {
        serve(NUMBERS, 9);
        IllegalStateException mine = new IllegalStateException("mine", new SerializationException("of something else"));
        AtomicInteger calls = new AtomicInteger();
        for (Change change : List.<Change>of(
                () -> map.replaceAll((key, value) -> second(calls, mine)),
                () -> map.async()
                        .replaceAll((key, value) -> second(calls, mine))
                        .join(),
                () -> map.keySet().removeIf(key -> second(calls, mine) > 0),
                () -> map.values().removeIf(key -> second(calls, mine) > 0))) {
            calls.set(0);
            Throwable failure = catchThrowable(change::make);
            assertThat(failure instanceof CompletionException ? failure.getCause() : failure)
                    .isSameAs(mine);
        }
    }

    private static int second(AtomicInteger calls, RuntimeException error) {
        if (calls.incrementAndGet() == 2) {
            throw error;
        }
        return 5;
    }
}
