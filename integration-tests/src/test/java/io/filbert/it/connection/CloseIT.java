// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.HazelcastClient;
import io.filbert.config.ClientConfig;
import io.filbert.error.ClientClosedException;
import io.filbert.error.HazelcastException;
import io.filbert.internal.protocol.codec.ClientAuthenticationCodec;
import io.filbert.internal.protocol.codec.ClientCreateProxyCodec;
import io.filbert.internal.protocol.codec.MapGetCodec;
import io.filbert.internal.protocol.codec.MapPutCodec;
import io.filbert.it.support.Clients;
import io.filbert.map.DistributedMap;
import io.filbert.testkit.Eventually;
import io.filbert.testkit.HeldRequests;
import io.filbert.testkit.NoLeaks;
import io.filbert.testkit.ScriptedMember;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Closing, in every state: bounded, and nothing stays behind. */
@NoLeaks
final class CloseIT {

    private static final Duration BOUND = Duration.ofSeconds(5);

    private final ScriptedMember member = ScriptedMember.start();

    @AfterEach
    void endMember() {
        member.close();
    }

    private HazelcastClient connect(Consumer<ClientConfig.Builder> changes) {
        return Clients.connect(member.address(), changes);
    }

    private static void closesInTime(HazelcastClient client) {
        long begin = System.nanoTime();
        client.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(BOUND);
        assertThat(client.lifecycleService().isRunning()).isFalse();
        Eventually.passesWithin(BOUND, () -> assertThat(Clients.threads(client)).isEmpty());
    }

    @Test
    void useAfterClose_fails() {
        HazelcastClient client = connect(config -> {});
        DistributedMap<String, String> map = client.getMap("m");
        client.close();
        assertThatThrownBy(() -> map.get("k").join()).hasCauseInstanceOf(ClientClosedException.class);
        assertThatThrownBy(() -> map.blocking().put("k", "v")).isInstanceOf(ClientClosedException.class);
        assertThatThrownBy(() -> map.putAll(java.util.Map.of("k", "v")).join())
                .hasCauseInstanceOf(ClientClosedException.class);
        assertThatThrownBy(() -> client.getMap("other")).isInstanceOf(ClientClosedException.class);
        assertThatThrownBy(() -> map.forEachKey(key -> {}).join()).hasCauseInstanceOf(ClientClosedException.class);
        assertThatThrownBy(() -> map.blocking().keySet().iterator().hasNext())
                .isInstanceOf(ClientClosedException.class);
    }

    /** The contract of {@code HazelcastClient}: after close, everything fails. */
    @Test
    void getMapAfterClose_fails_evenForAKnownMap() {
        HazelcastClient client = connect(config -> {});
        client.getMap("m");
        client.close();
        assertThatThrownBy(() -> client.getMap("m")).isInstanceOf(ClientClosedException.class);
    }

    @Test
    void callsInFlight_failWithUnknownOutcome() {
        HazelcastClient client = connect(config -> {});
        DistributedMap<Integer, Integer> map = client.getMap("m");
        HeldRequests held = member.hold(MapPutCodec.REQUEST);
        List<CompletableFuture<Integer>> puts = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            puts.add(map.put(i, i));
        }
        held.awaitCount(puts.size());
        closesInTime(client);
        for (CompletableFuture<Integer> put : puts) {
            assertThatThrownBy(put::join)
                    .cause()
                    .isInstanceOfSatisfying(
                            ClientClosedException.class,
                            e -> assertThat(e.isIndeterminate()).isTrue());
        }
    }

    @Test
    void blockedCallers_areReleased() throws InterruptedException {
        HazelcastClient client = connect(config -> {});
        DistributedMap<String, String> map = client.getMap("m");
        HeldRequests held = member.hold(MapGetCodec.REQUEST);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread caller = new Thread(() -> {
            try {
                map.blocking().get("k");
            } catch (RuntimeException e) {
                failure.set(e);
            }
        });
        caller.start();
        held.awaitCount(1);
        closesInTime(client);
        caller.join(BOUND.toMillis());
        assertThat(failure.get()).isInstanceOf(ClientClosedException.class);
    }

    @Test
    void callersBlockedByTheInFlightBound_areReleased() throws InterruptedException {
        HazelcastClient client = connect(config -> config.maxInFlight(1));
        DistributedMap<String, String> map = client.getMap("m");
        member.hold(MapGetCodec.REQUEST);
        CompletableFuture<String> first = map.get("k");
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread caller = new Thread(() -> {
            try {
                map.blocking().get("k");
            } catch (RuntimeException e) {
                failure.set(e);
            }
        });
        caller.start();
        Eventually.passes(() -> assertThat(caller.getState()).isIn(Thread.State.WAITING, Thread.State.TIMED_WAITING));
        closesInTime(client);
        caller.join(BOUND.toMillis());
        assertThat(caller.isAlive()).isFalse();
        assertThat(failure.get()).isInstanceOf(ClientClosedException.class);
        assertThatThrownBy(first::join).hasCauseInstanceOf(ClientClosedException.class);
    }

    @Test
    void whileConnectingAsynchronously() {
        HeldRequests authentications = member.hold(ClientAuthenticationCodec.REQUEST);
        HazelcastClient client = connect(config -> config.asyncStart(true).connectionTimeout(Duration.ofMinutes(5)));
        authentications.awaitCount(1);
        closesInTime(client);
        Eventually.passes(() -> assertThat(member.connections()).isEmpty());
    }

    @Test
    void duringTheBackOff() {
        member.die();
        HazelcastClient client = connect(config -> config.asyncStart(true)
                .retryInitialBackoff(Duration.ofMinutes(10))
                .retryMaxBackoff(Duration.ofMinutes(10))
                .clusterConnectTimeout(ClientConfig.INFINITE));
        Eventually.passes(() -> assertThat(Clients.threads(client))
                .anyMatch(
                        thread -> thread.getName().endsWith("connect") && thread.getState() != Thread.State.RUNNABLE));
        closesInTime(client);
    }

    @Test
    void whileReconnecting_waitingCallsFail() {
        HazelcastClient client = connect(config -> config.retryInitialBackoff(Duration.ofMinutes(10))
                .retryMaxBackoff(Duration.ofMinutes(10))
                .clusterConnectTimeout(ClientConfig.INFINITE));
        DistributedMap<String, String> map = client.getMap("m");
        HeldRequests gets = member.hold(MapGetCodec.REQUEST);
        CompletableFuture<String> get = map.get("k");
        gets.awaitCount(1);
        member.die();
        CompletableFuture<String> later = map.get("k2");
        Eventually.passes(() -> assertThat(Clients.threadNames(client)).contains("connect"));
        closesInTime(client);
        assertThatThrownBy(get::join).hasCauseInstanceOf(ClientClosedException.class);
        assertThatThrownBy(later::join).hasCauseInstanceOf(HazelcastException.class);
    }

    @Test
    void whileReconnecting_handshakeUnderWay() {
        HazelcastClient client = connect(
                config -> config.retryInitialBackoff(Duration.ofMillis(10)).connectionTimeout(Duration.ofMinutes(5)));
        HeldRequests authentications = member.hold(ClientAuthenticationCodec.REQUEST);
        member.resetConnections();
        authentications.awaitCount(1);
        closesInTime(client);
        Eventually.passes(() -> assertThat(member.connections()).isEmpty());
    }

    @Test
    void fromACallback() {
        HazelcastClient client = connect(config -> {});
        DistributedMap<String, String> map = client.getMap("m");
        CompletableFuture<Void> closed = map.put("k", "v").thenRun(client::close);
        closed.orTimeout(BOUND.toSeconds(), TimeUnit.SECONDS).join();
        closesInTime(client);
    }

    @Test
    void fromALifecycleListener() {
        CompletableFuture<HazelcastClient> connected = new CompletableFuture<>();
        HazelcastClient client = connect(config -> config.lifecycleListeners(state -> {
            if (state == io.filbert.cluster.LifecycleState.DISCONNECTED) {
                connected.join().close();
            }
        }));
        connected.complete(client);
        member.die();
        Eventually.passesWithin(
                BOUND, () -> assertThat(client.lifecycleService().isRunning()).isFalse());
        closesInTime(client);
    }

    @Test
    void fromAnInlineCallback_onTheIoThread() {
        HazelcastClient client = connect(config -> config.callbackExecutor(Runnable::run));
        DistributedMap<String, String> map = client.getMap("m");
        HeldRequests held = member.hold(MapPutCodec.REQUEST);
        CompletableFuture<Void> closed = map.put("k", "v").thenRun(client::close);
        held.release();
        closed.orTimeout(BOUND.toSeconds(), TimeUnit.SECONDS).join();
        closesInTime(client);
    }

    @Test
    void whileACallbackBlocksForEver_isBounded() {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch blocked = new CountDownLatch(1);
        HazelcastClient client = connect(config -> config.lifecycleListeners(state -> {
            if (state == io.filbert.cluster.LifecycleState.CONNECTED) {
                blocked.countDown();
                try {
                    release.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }));
        try {
            Eventually.passes(() -> assertThat(blocked.getCount()).isZero());
            long begin = System.nanoTime();
            client.close();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(BOUND);
        } finally {
            release.countDown();
        }
    }

    @Test
    void twice_andConcurrently() throws InterruptedException {
        HazelcastClient client = connect(config -> {});
        client.getMap("m");
        List<Thread> closers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Thread closer = new Thread(client::close);
            closers.add(closer);
            closer.start();
        }
        for (Thread closer : closers) {
            closer.join(BOUND.toMillis());
            assertThat(closer.isAlive()).isFalse();
        }
        closesInTime(client);
        closesInTime(client);
    }

    @Test
    void whileAProxyIsBeingMade() throws InterruptedException {
        HazelcastClient client = connect(config -> {});
        HeldRequests creations = member.hold(ClientCreateProxyCodec.REQUEST);
        List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Thread caller = new Thread(() -> {
                try {
                    client.getMap("m");
                } catch (RuntimeException e) {
                    failures.add(e);
                }
            });
            callers.add(caller);
            caller.start();
        }
        creations.awaitCount(1);
        closesInTime(client);
        for (Thread caller : callers) {
            caller.join(BOUND.toMillis());
        }
        assertThat(failures).hasSize(3).allMatch(e -> e instanceof ClientClosedException);
    }

    @Test
    void racingWithCalls_everyCallEnds() {
        for (int round = 0; round < 20; round++) {
            HazelcastClient client = connect(config -> {});
            DistributedMap<Integer, Integer> map = client.getMap("m");
            List<CompletableFuture<Integer>> puts = new ArrayList<>();
            Thread closer = new Thread(client::close);
            for (int i = 0; i < 300; i++) {
                puts.add(map.put(i, i));
                if (i == 150) {
                    closer.start();
                }
            }
            for (CompletableFuture<Integer> put : puts) {
                put.handle((value, failure) -> {
                            if (failure != null) {
                                assertThat(failure).isInstanceOf(ClientClosedException.class);
                            }
                            return value;
                        })
                        .orTimeout(BOUND.toSeconds(), TimeUnit.SECONDS)
                        .join();
            }
            closesInTime(client);
        }
    }

    @Test
    void interruptedCloser_stillCloses() throws InterruptedException {
        HazelcastClient client = connect(config -> {});
        Thread closer = new Thread(() -> {
            Thread.currentThread().interrupt();
            client.close();
        });
        closer.start();
        closer.join(BOUND.toMillis());
        assertThat(closer.isAlive()).isFalse();
        Eventually.passesWithin(BOUND, () -> assertThat(Clients.threads(client)).isEmpty());
    }

    @Test
    void walkUnderWay_fails() {
        HazelcastClient client = connect(config -> {});
        DistributedMap<String, String> map = client.getMap("m");
        member.on(io.filbert.internal.protocol.codec.MapFetchKeysCodec.REQUEST, (request, reply) -> {});
        CompletableFuture<Void> walk = map.forEachKey(key -> {});
        member.awaitRequests(io.filbert.internal.protocol.codec.MapFetchKeysCodec.REQUEST, 1);
        closesInTime(client);
        assertThatThrownBy(() ->
                        walk.orTimeout(BOUND.toSeconds(), TimeUnit.SECONDS).join())
                .hasCauseInstanceOf(ClientClosedException.class);
    }
}
