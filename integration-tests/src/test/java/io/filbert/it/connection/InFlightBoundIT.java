// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.HazelcastClient;
import io.filbert.config.ClientConfig;
import io.filbert.error.CallInterruptedException;
import io.filbert.error.OverloadException;
import io.filbert.internal.protocol.codec.MapPutCodec;
import io.filbert.it.support.Clients;
import io.filbert.map.DistributedMap;
import io.filbert.testkit.Eventually;
import io.filbert.testkit.HeldRequests;
import io.filbert.testkit.NoLeaks;
import io.filbert.testkit.Reply;
import io.filbert.testkit.ScriptedMember;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Only so many calls, and so many bytes, are in flight at a time; further callers wait, at most until their deadline. */
@NoLeaks
final class InFlightBoundIT {

    private final ScriptedMember member = ScriptedMember.start();

    @AfterEach
    void endMember() {
        member.close();
    }

    private HazelcastClient connect(Consumer<ClientConfig.Builder> changes) {
        return Clients.connect(member.address(), changes);
    }

    private static Thread started(Runnable work) {
        Thread thread = new Thread(work);
        thread.start();
        return thread;
    }

    private static void awaitWaiting(Thread thread) {
        Eventually.passes(() -> assertThat(thread.getState()).isIn(Thread.State.WAITING, Thread.State.TIMED_WAITING));
    }

    @Test
    void furtherCaller_waitsForRoom() throws InterruptedException {
        try (HazelcastClient client = connect(config -> config.maxInFlight(2))) {
            DistributedMap<String, String> map = client.getMap("m");
            HeldRequests held = member.hold(MapPutCodec.REQUEST);
            map.put("a", "1");
            map.put("b", "2");
            AtomicReference<CompletableFuture<String>> third = new AtomicReference<>();
            Thread caller = started(() -> third.set(map.put("c", "3")));
            awaitWaiting(caller);
            held.awaitCount(2);
            assertThat(third.get()).isNull();

            held.take().proceed();
            caller.join(5_000);
            assertThat(caller.isAlive()).isFalse();
            held.awaitCount(2);
            assertThat(Clients.callsInFlight(client)).isEqualTo(2);
            held.release();
            Objects.requireNonNull(third.get()).join();
        }
    }

    @Test
    void noRoomUntilTheDeadline_isAnOverload_andNothingWasSent() {
        try (HazelcastClient client = connect(config -> config.maxInFlight(1))) {
            DistributedMap<String, String> map = client.getMap("m");
            HeldRequests held = member.hold(MapPutCodec.REQUEST);
            map.put("a", "1");
            held.awaitCount(1);
            long begin = System.nanoTime();
            CompletableFuture<String> refused =
                    map.withDeadline(Duration.ofMillis(200)).put("b", "2");
            assertThatThrownBy(refused::join)
                    .hasCauseInstanceOf(OverloadException.class)
                    .hasMessageContaining("maxInFlight");
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isBetween(Duration.ofMillis(200), Duration.ofSeconds(1));
            assertThat(member.requests(MapPutCodec.REQUEST)).hasSize(1);
            held.release();
            Eventually.passes(() -> assertThat(Clients.callsInFlight(client)).isZero());
        }
    }

    @Test
    void byteBound_countsRequestSizes() throws InterruptedException {
        try (HazelcastClient client = connect(config -> config.maxInFlightBytes(100_000))) {
            DistributedMap<String, byte[]> map = client.getMap("m");
            HeldRequests held = member.hold(MapPutCodec.REQUEST);
            map.put("a", new byte[60_000]);
            Thread caller = started(() -> map.put("b", new byte[60_000]));
            awaitWaiting(caller);
            // A small one still fits.
            assertThat(map.get("c").join()).isNull();
            held.awaitCount(1).take().proceed();
            caller.join(5_000);
            assertThat(caller.isAlive()).isFalse();
            held.release();
            Eventually.passes(() -> assertThat(Clients.callsInFlight(client)).isZero());
        }
    }

    @Test
    void requestLargerThanTheByteBound_goesAlone() {
        try (HazelcastClient client = connect(config -> config.maxInFlightBytes(10_000))) {
            DistributedMap<String, byte[]> map = client.getMap("m");
            map.put("a", new byte[500_000]).join();
            assertThat(map.get("a").join()).hasSize(500_000);
        }
    }

    @Test
    void everyEnd_givesTheRoomBack() {
        try (HazelcastClient client =
                connect(config -> config.maxInFlight(4).retryInitialBackoff(Duration.ofMillis(10)))) {
            DistributedMap<String, String> map = client.getMap("m");
            for (int round = 0; round < 10; round++) {
                HeldRequests held = member.hold(MapPutCodec.REQUEST);
                CompletableFuture<String> answered = map.put("a", "1");
                CompletableFuture<String> cancelled = map.put("b", "2");
                CompletableFuture<String> expired =
                        map.withDeadline(Duration.ofMillis(20)).put("c", "3");
                CompletableFuture<String> lost = map.put("d", "4");
                held.awaitCount(4);
                Reply first = held.take();
                cancelled.cancel(false);
                assertThatThrownBy(expired::join).hasMessageContaining("did not end within");
                first.proceed();
                answered.join();
                member.resetConnections();
                assertThatThrownBy(lost::join).hasMessageContaining("lost");
                member.asUsual(MapPutCodec.REQUEST);
                map.get("a").join();
                Eventually.passes(
                        () -> assertThat(Clients.callsInFlight(client)).isZero());
            }
        }
    }

    @Test
    void bulkCallOverTheBound_stillEnds() {
        try (HazelcastClient client = connect(config -> config.maxInFlight(3))) {
            member.on(
                    io.filbert.internal.protocol.codec.MapPutAllCodec.REQUEST,
                    (request, reply) ->
                            reply.send(io.filbert.internal.protocol.member.MapPutAllMemberCodec.encodeResponse()));
            DistributedMap<Integer, Integer> map = client.getMap("m");
            Map<Integer, Integer> many = new HashMap<>();
            for (int i = 0; i < 5_000; i++) {
                many.put(i, i);
            }
            map.putAll(many).join();
            assertThat(member.requests(io.filbert.internal.protocol.codec.MapPutAllCodec.REQUEST))
                    .hasSize(271);
        }
    }

    @Test
    void interruptedWhileWaitingForRoom_failsWithoutSending() throws InterruptedException {
        try (HazelcastClient client = connect(config -> config.maxInFlight(1))) {
            DistributedMap<String, String> map = client.getMap("m");
            HeldRequests held = member.hold(MapPutCodec.REQUEST);
            map.put("a", "1");
            AtomicReference<CompletableFuture<String>> second = new AtomicReference<>();
            Thread caller = started(() -> second.set(map.put("b", "2")));
            awaitWaiting(caller);
            caller.interrupt();
            caller.join(5_000);
            assertThatThrownBy(() -> Objects.requireNonNull(second.get()).join())
                    .hasCauseInstanceOf(CallInterruptedException.class);
            held.release();
            Eventually.passes(() -> assertThat(Clients.callsInFlight(client)).isZero());
            assertThat(member.requests(MapPutCodec.REQUEST)).hasSize(1);
        }
    }

    @Test
    void manyThreadsOverASmallBound_allGetTheirTurn() throws InterruptedException {
        try (HazelcastClient client = connect(config -> config.maxInFlight(2))) {
            DistributedMap<Integer, Integer> map = client.getMap("m");
            Thread[] threads = new Thread[16];
            for (int t = 0; t < threads.length; t++) {
                int base = t * 1_000;
                threads[t] = started(() -> {
                    for (int i = 0; i < 50; i++) {
                        map.blocking().put(base + i, i);
                    }
                });
            }
            for (Thread thread : threads) {
                thread.join(20_000);
                assertThat(thread.isAlive()).isFalse();
            }
            assertThat(map.size().join()).isEqualTo(16 * 50);
        }
    }
}
