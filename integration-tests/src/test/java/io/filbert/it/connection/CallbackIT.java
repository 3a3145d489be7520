// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.HazelcastClient;
import io.filbert.cluster.LifecycleState;
import io.filbert.cluster.Member;
import io.filbert.cluster.MembershipListener;
import io.filbert.config.ClientConfig;
import io.filbert.internal.protocol.codec.ClientCreateProxyCodec;
import io.filbert.internal.protocol.codec.MapGetCodec;
import io.filbert.it.support.Clients;
import io.filbert.map.DistributedMap;
import io.filbert.testkit.Eventually;
import io.filbert.testkit.HeldRequests;
import io.filbert.testkit.NoLeaks;
import io.filbert.testkit.ScriptedCluster;
import io.filbert.testkit.ScriptedMember;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where completions and listeners run, and what they may do there. */
@NoLeaks
final class CallbackIT {

    private final ScriptedCluster cluster = ScriptedCluster.builder().start();
    private final ScriptedMember member = cluster.member(0);

    @AfterEach
    void endCluster() {
        cluster.close();
    }

    private HazelcastClient connect(Consumer<ClientConfig.Builder> changes) {
        return Clients.connect(member.address(), changes);
    }

    /** The name of the thread that runs a stage which depends on an unanswered get. */
    private String threadOfCallback(HazelcastClient client) {
        DistributedMap<String, String> map = client.getMap("m");
        HeldRequests held = member.hold(MapGetCodec.REQUEST);
        CompletableFuture<String> name =
                map.get("k").thenApply(value -> Thread.currentThread().getName());
        held.release();
        member.asUsual(MapGetCodec.REQUEST);
        return name.orTimeout(10, TimeUnit.SECONDS).join();
    }

    @Test
    void byDefault_onTheCallbackThread() {
        try (HazelcastClient client = connect(config -> {})) {
            assertThat(threadOfCallback(client)).startsWith("filbert-" + client.name() + "-callback-");
        }
    }

    @Test
    void withAnExecutor_onItsThreads_andTheClientStartsNone() {
        ExecutorService mine = Executors.newSingleThreadExecutor(task -> new Thread(task, "mine"));
        try (HazelcastClient client = connect(config -> config.callbackExecutor(mine))) {
            assertThat(threadOfCallback(client)).isEqualTo("mine");
            assertThat(Clients.threadNames(client)).noneMatch(name -> name.startsWith("callback"));
        } finally {
            mine.shutdown();
        }
    }

    @Test
    void inline_onTheIoThread() {
        try (HazelcastClient client = connect(config -> config.callbackExecutor(Runnable::run))) {
            assertThat(threadOfCallback(client)).isEqualTo("filbert-" + client.name() + "-io-0");
        }
    }

    @Test
    void blockingCallsInCallbacks_work_nestedToo() {
        try (HazelcastClient client = connect(config -> {})) {
            DistributedMap<String, Integer> map = client.getMap("m");
            CompletableFuture<Integer> nested = map.put("a", 1).thenApply(ignored -> {
                map.blocking().put("b", 2);
                return map.get("b")
                        .thenApply(b -> b
                                + client.<String, Integer>getMap("other")
                                        .blocking()
                                        .size()
                                + map.blocking().getOrDefault("a", 0))
                        .join();
            });
            assertThat(nested.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo(3);
        }
    }

    @Test
    void tenThousandCallsJoinedInACallback_work() {
        try (HazelcastClient client = connect(config -> {})) {
            DistributedMap<Integer, Integer> map = client.getMap("m");
            CompletableFuture<Integer> sum = map.put(0, 0).thenApply(ignored -> {
                List<CompletableFuture<?>> puts = new ArrayList<>();
                for (int i = 0; i < 10_000; i++) {
                    // A stage of its own each, so that its completion needs the callback executor as well.
                    puts.add(map.put(i, i).thenApply(old -> i(old)));
                }
                CompletableFuture.allOf(puts.toArray(CompletableFuture<?>[]::new))
                        .join();
                return map.blocking().size();
            });
            assertThat(sum.orTimeout(30, TimeUnit.SECONDS).join()).isEqualTo(10_000);
        }
    }

    private static int i(@org.jspecify.annotations.Nullable Integer value) {
        return value == null ? 0 : value;
    }

    @Test
    void blockingInAnInlineCallback_isRefusedWithAClearError() {
        try (HazelcastClient client = connect(config -> config.callbackExecutor(Runnable::run))) {
            DistributedMap<String, String> map = client.getMap("m");
            HeldRequests held = member.hold(MapGetCodec.REQUEST);
            CompletableFuture<String> refused =
                    map.get("k").thenApply(value -> map.blocking().put("k", "v"));
            CompletableFuture<Void> refusedToo =
                    map.get("k").thenAccept(value -> map.put("k", "v").join());
            held.awaitCount(2).release();
            for (CompletableFuture<?> future : List.of(refused, refusedToo)) {
                assertThatThrownBy(() -> future.orTimeout(10, TimeUnit.SECONDS).join())
                        .hasCauseInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("callbackExecutor");
            }
        }
    }

    @Test
    void asyncCallInAnInlineCallback_works() {
        try (HazelcastClient client = connect(config -> config.callbackExecutor(Runnable::run))) {
            DistributedMap<String, String> map = client.getMap("m");
            CompletableFuture<String> chained =
                    map.put("k", "v").thenCompose(ignored -> map.put("k", "v2")).thenCompose(ignored -> map.get("k"));
            assertThat(chained.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo("v2");
        }
    }

    @Test
    void throwingCallback_hurtsNobodyElse() {
        for (boolean inline : new boolean[] {false, true}) {
            try (HazelcastClient client = connect(config -> {
                if (inline) {
                    config.callbackExecutor(Runnable::run);
                }
            })) {
                DistributedMap<String, String> map = client.getMap("m");
                for (Throwable thrown : new Throwable[] {new IllegalStateException("x"), new StackOverflowError("x")}) {
                    CompletableFuture<Void> failing = map.get("k").thenAccept(value -> {
                        throw sneaky(thrown);
                    });
                    assertThatThrownBy(() ->
                                    failing.orTimeout(10, TimeUnit.SECONDS).join())
                            .hasCause(thrown);
                    assertThat(map.get("k").join()).isNull();
                }
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> RuntimeException sneaky(Throwable thrown) throws T {
        throw (T) thrown;
    }

    @Test
    void executorThatRefuses_doesNotBreakTheClient() {
        ExecutorService ended = Executors.newSingleThreadExecutor();
        ended.shutdown();
        try (HazelcastClient client = connect(config -> config.callbackExecutor(ended))) {
            DistributedMap<String, String> map = client.getMap("m");
            map.put("k", "v").thenAccept(value -> {});
            assertThat(map.blocking().get("k")).isEqualTo("v");
            assertThat(map.get("k").orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo("v");
            member.resetConnections();
            assertThat(map.blocking().get("k")).isEqualTo("v");
        }
    }

    @Test
    void throwingListeners_areNoObstacle() {
        Queue<LifecycleState> seen = new ConcurrentLinkedQueue<>();
        try (HazelcastClient client = connect(config -> config.lifecycleListeners(
                        state -> {
                            throw new IllegalStateException("a listener that fails on " + state);
                        },
                        seen::add)
                .membershipListeners(new MembershipListener() {
                    @Override
                    public void memberAdded(Member added) {
                        throw new IllegalStateException("a listener that fails on " + added);
                    }
                }))) {
            assertThat(client.getMap("m").blocking().get("k")).isNull();
        }
        assertThat(seen)
                .containsExactly(
                        LifecycleState.STARTING,
                        LifecycleState.STARTED,
                        LifecycleState.CONNECTED,
                        LifecycleState.SHUTTING_DOWN,
                        LifecycleState.DISCONNECTED,
                        LifecycleState.SHUTDOWN);
    }

    /** The contract of {@code ClusterService} and {@code LifecycleService}: no call starts after removeListener. */
    @Test
    void removedListeners_areNotCalledAnyMore_evenIfEventsWait() {
        Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
        AtomicBoolean collect = new AtomicBoolean();
        try (HazelcastClient client = connect(config -> config.callbackExecutor(task -> {
            if (collect.get()) {
                waiting.add(task);
            } else {
                task.run();
            }
        }))) {
            Queue<Object> told = new ConcurrentLinkedQueue<>();
            UUID members = client.clusterService().addListener(new MembershipListener() {
                @Override
                public void memberAdded(Member added) {
                    told.add(added);
                }
            });
            UUID existing = client.clusterService()
                    .addListener(
                            new MembershipListener() {
                                @Override
                                public void memberAdded(Member added) {
                                    // told of the present member at once, which is well
                                }
                            },
                            true);
            UUID states = client.lifecycleService().addListener(told::add);
            collect.set(true);
            cluster.addMember();
            Eventually.passes(
                    () -> assertThat(client.clusterService().members()).hasSize(2));
            Eventually.passes(() -> assertThat(waiting).isNotEmpty());

            assertThat(client.clusterService().removeListener(members)).isTrue();
            assertThat(client.clusterService().removeListener(members)).isFalse();
            assertThat(client.clusterService().removeListener(existing)).isTrue();
            assertThat(client.lifecycleService().removeListener(states)).isTrue();
            assertThat(client.lifecycleService().removeListener(states)).isFalse();
            collect.set(false);
            for (Runnable task = waiting.poll(); task != null; task = waiting.poll()) {
                task.run();
            }
            assertThat(told).isEmpty();
        }
    }

    /** Who gives up waiting for a proxy that another thread makes must not spoil it for the others. */
    @Test
    void interruptedWhileAnotherThreadMakesTheProxy_leavesTheProxyUsable() throws InterruptedException {
        try (HazelcastClient client = connect(config -> {})) {
            HeldRequests creations = member.hold(ClientCreateProxyCodec.REQUEST);
            CompletableFuture<DistributedMap<String, String>> made = new CompletableFuture<>();
            Thread maker = new Thread(() -> made.complete(client.getMap("m")));
            maker.start();
            creations.awaitCount(1);
            Thread impatient = new Thread(() -> assertThatThrownBy(() -> client.getMap("m"))
                    .isInstanceOf(io.filbert.error.CallInterruptedException.class));
            impatient.start();
            Eventually.passes(
                    () -> assertThat(impatient.getState()).isIn(Thread.State.WAITING, Thread.State.TIMED_WAITING));
            impatient.interrupt();
            impatient.join(5_000);
            creations.release();
            maker.join(5_000);
            assertThat(client.<String, String>getMap("m")).isSameAs(made.join());
            assertThat(made.join().get("k").join()).isNull();
        }
    }
}
