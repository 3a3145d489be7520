// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.map;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.HazelcastClient;
import io.filbert.internal.blocking.ClientFuture;
import io.filbert.internal.protocol.codec.MapGetEntryViewCodec;
import io.filbert.internal.protocol.codec.MapPutIfAbsentWithMaxIdleCodec;
import io.filbert.internal.protocol.codec.MapSetCodec;
import io.filbert.internal.protocol.codec.MapTryLockCodec;
import io.filbert.internal.protocol.codec.MapUnlockCodec;
import io.filbert.internal.protocol.member.MapGetEntryViewMemberCodec;
import io.filbert.internal.protocol.member.MapTryLockMemberCodec;
import io.filbert.it.support.Clients;
import io.filbert.it.support.OfficialClient;
import io.filbert.it.support.OnSharedCluster;
import io.filbert.it.support.SharedCluster;
import io.filbert.map.DistributedMap;
import io.filbert.map.Expiry;
import io.filbert.testkit.Eventually;
import io.filbert.testkit.HeldRequests;
import io.filbert.testkit.ScriptedMember;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * What becomes of an update whose future the user ends before it has an outcome. Cancelling it once unlocked the key while the function still
 * ran, and then wrote without the lock over what others had written meanwhile; ending it in another way left the key locked.
 */
@Timeout(60)
final class UpdatesEndedEarlyIT extends OnSharedCluster {

    private interface Update {
        CompletableFuture<?> begin(
                DistributedMap<String, Integer> map, BiFunction<String, @Nullable Integer, @Nullable Integer> function);
    }

    private static final Map<String, Update> WITH_FUNCTION = Map.of(
            "compute with an expiry",
                    (map, function) -> map.compute("k", function, Expiry.ofTtl(Duration.ofMinutes(5))),
            "computeKeepingExpiry", (map, function) -> map.computeKeepingExpiry("k", function));

    private static Map<String, Update> locking() {
        Map<String, Update> all = new LinkedHashMap<>(WITH_FUNCTION);
        all.put("setKeepingExpiry", (map, function) -> map.setKeepingExpiry("k", 7));
        return all;
    }

    private static final Map<String, Consumer<CompletableFuture<?>>> ENDINGS = Map.of(
            "cancel", future -> future.cancel(true),
            "orTimeout", future -> future.orTimeout(1, TimeUnit.MILLISECONDS),
            "complete", future -> future.complete(null),
            "completeOnTimeout", future -> future.completeOnTimeout(null, 1, TimeUnit.MILLISECONDS));

    private interface Body {
        void run(Update update, Consumer<CompletableFuture<?>> ending) throws Exception;
    }

    private static Stream<DynamicTest> each(Map<String, Update> updates, Body body) {
        return updates.entrySet().stream()
                .flatMap(update -> ENDINGS.entrySet().stream()
                        .map(ending -> DynamicTest.dynamicTest(
                                update.getKey() + ", " + ending.getKey(),
                                () -> body.run(update.getValue(), ending.getValue()))));
    }

    private static void awaitDone(CompletableFuture<?> future) {
        Eventually.passes(() -> assertThat(future.isDone()).isTrue());
    }

    @TestFactory
    Stream<DynamicTest> whileTheFunctionRuns_nothingIsWritten_andTheKeyIsUnlocked() {
        return each(WITH_FUNCTION, (update, ending) -> {
            DistributedMap<String, Integer> map = newMap();
            try (OfficialClient official = OfficialClient.connect(SharedCluster.get())) {
                var others = official.<String, Integer>map(map.name());
                others.set("k", 1);
                CountDownLatch inFunction = new CountDownLatch(1);
                CountDownLatch over = new CountDownLatch(1);
                CompletableFuture<?> future = update.begin(map, (key, value) -> {
                    inFunction.countDown();
                    awaitUninterruptibly(over);
                    return 7;
                });
                awaitUninterruptibly(inFunction);
                ending.accept(future);
                awaitDone(future);
                others.putAll(Map.of("k", 100)); // it ignores locks
                over.countDown();

                Eventually.passes(() -> assertThat(others.isLocked("k")).isFalse());
                // On the thread that ran the function, and so after what that did.
                map.containsKey("other").thenApply(present -> present).join();
                Eventually.passes(
                        () -> assertThat(Clients.callsInFlight(client())).isZero());
                assertThat(others.get("k")).isEqualTo(100);
            }
        });
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @TestFactory
    Stream<DynamicTest> whileItWaitsForTheLock_nothingIsWritten_andTheKeyIsUnlocked() {
        return each(locking(), (update, ending) -> {
            DistributedMap<String, Integer> map = newMap();
            try (OfficialClient official = OfficialClient.connect(SharedCluster.get())) {
                var others = official.<String, Integer>map(map.name());
                others.set("k", 1);
                others.lock("k");
                CompletableFuture<?> future = update.begin(map, (key, value) -> 7);
                Eventually.passes(
                        () -> assertThat(Clients.callsInFlight(client())).isEqualTo(1));
                ending.accept(future);
                awaitDone(future);
                others.unlock("k");

                Eventually.passes(
                        () -> assertThat(Clients.callsInFlight(client())).isZero());
                Eventually.passes(() -> assertThat(others.isLocked("k")).isFalse());
                assertThat(others.get("k")).isEqualTo(1);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> whileItWrites_theKeyIsUnlocked() {
        return each(locking(), (update, ending) -> {
            try (ScriptedMember member = ScriptedMember.start();
                    HazelcastClient client = Clients.connect(List.of(member.address()))) {
                member.on(
                        MapTryLockCodec.REQUEST,
                        (request, reply) -> reply.send(MapTryLockMemberCodec.encodeResponse(true)));
                member.on(
                        MapGetEntryViewCodec.REQUEST,
                        (request, reply) -> reply.send(MapGetEntryViewMemberCodec.encodeResponse(null, 0)));
                HeldRequests writes = member.hold(MapPutIfAbsentWithMaxIdleCodec.REQUEST);
                CompletableFuture<?> future = update.begin(client.getMap("m"), (key, value) -> 7);
                writes.awaitCount(1);
                assertThat(member.requests(MapUnlockCodec.REQUEST)).isEmpty();
                ending.accept(future);
                awaitDone(future);

                member.awaitRequests(MapUnlockCodec.REQUEST, 1);
                Eventually.passes(
                        () -> assertThat(Clients.callsInFlight(client)).isZero());
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> whileItReads_theKeyIsUnlocked_andNothingIsWritten() {
        return each(locking(), (update, ending) -> {
            try (ScriptedMember member = ScriptedMember.start();
                    HazelcastClient client = Clients.connect(List.of(member.address()))) {
                member.on(
                        MapTryLockCodec.REQUEST,
                        (request, reply) -> reply.send(MapTryLockMemberCodec.encodeResponse(true)));
                HeldRequests reads = member.hold(MapGetEntryViewCodec.REQUEST);
                CompletableFuture<?> future = update.begin(client.getMap("m"), (key, value) -> 7);
                reads.awaitCount(1);
                ending.accept(future);
                awaitDone(future);

                member.awaitRequests(MapUnlockCodec.REQUEST, 1);
                assertThat(member.requests(MapPutIfAbsentWithMaxIdleCodec.REQUEST))
                        .isEmpty();
                assertThat(member.requests(MapSetCodec.REQUEST)).isEmpty();
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> withoutLock_theRepetitionEnds() {
        return each(Map.of("compute", (map, function) -> map.compute("k", function)), (update, ending) -> {
            DistributedMap<String, Integer> map = newMap();
            map.set("k", 0).join();
            AtomicInteger calls = new AtomicInteger();
            CompletableFuture<?> future = update.begin(map, (key, value) -> {
                map.set("k", calls.incrementAndGet()).join();
                return -1;
            });
            Eventually.passes(() -> assertThat(calls).hasValueGreaterThan(3));
            ending.accept(future);
            awaitDone(future);
            Eventually.passes(() -> assertThat(Clients.callsInFlight(client())).isZero());
            // Behind the function on the thread that runs it.
            map.containsKey("k").thenApply(present -> present).join();
            int then = calls.get();
            map.containsKey("k").thenApply(present -> present).join();
            assertThat(calls.get()).isBetween(then, then + 1);
            assertThat(map.get("k").join()).isNotEqualTo(-1);
        });
    }

    @TestFactory
    Stream<DynamicTest> walks_endedEarly_fetchNothingMore() {
        return each(
                Map.of(
                        "forEachEntry",
                                (map, function) -> map.forEachEntry((key, value) -> {
                                    Integer ignored = function.apply(key, value);
                                }),
                        "replaceAll", (map, function) -> map.replaceAll(function)),
                (update, ending) -> {
                    DistributedMap<String, Integer> map = newMap();
                    for (int i = 0; i < 50; i++) {
                        map.set("key " + i, i).join();
                    }
                    CountDownLatch inFunction = new CountDownLatch(1);
                    CountDownLatch over = new CountDownLatch(1);
                    AtomicInteger calls = new AtomicInteger();
                    CompletableFuture<?> future = update.begin(map, (key, value) -> {
                        inFunction.countDown();
                        awaitUninterruptibly(over);
                        calls.incrementAndGet();
                        return -1;
                    });
                    assertThat(future).isInstanceOf(ClientFuture.class);
                    awaitUninterruptibly(inFunction);
                    ending.accept(future);
                    awaitDone(future);
                    over.countDown();
                    map.containsKey("k").thenApply(present -> present).join();
                    Eventually.passes(
                            () -> assertThat(Clients.callsInFlight(client())).isZero());
                    assertThat(calls.get()).isLessThan(25);
                    assertThat(map.values().join()).doesNotContain(-1);
                });
    }

    /** Guards against futures that, unlike all others, run stages on an I/O thread or let it wait for itself. */
    @TestFactory
    Stream<DynamicTest> futures_areLikeThoseOfAllCalls() {
        return locking().entrySet().stream()
                .map(update -> DynamicTest.dynamicTest(
                        update.getKey(),
                        () -> assertThat(update.getValue().begin(newMap(), (key, value) -> 1))
                                .isInstanceOf(ClientFuture.class)));
    }
}
