// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.filbert.cluster.DistributedObject;
import io.filbert.error.CallInterruptedException;
import io.filbert.error.OperationTimeoutException;
import io.filbert.internal.invocation.Offline;
import io.filbert.internal.listener.Subscriptions;
import io.filbert.internal.runtime.ClientLog;
import io.filbert.internal.runtime.Eventually;
import io.filbert.internal.schema.ClusterSchemas;
import io.filbert.internal.schema.PendingSchemas;
import io.filbert.internal.serialization.SerializationService;
import io.filbert.internal.serialization.schema.Schemas;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProxyRegistryTest {

    private final Offline offline = new Offline(config -> config.invocationTimeout(Duration.ofMillis(700)));
    private final ProxyKind kind = new ProxyKind("map", "service", (name, calls) -> {
        throw new AssertionError("made without an answer of the cluster");
    });
    private final Subscriptions subscriptions = new Subscriptions(
            new ClientLog("test", ProxyRegistryTest.class),
            offline.cluster(),
            new PendingSchemas(true),
            offline.timer(),
            Runnable::run,
            Duration.ofSeconds(1),
            Duration.ofMillis(10));
    private final ProxyRegistry registry = new ProxyRegistry(
            List.of(kind),
            new SerializationService(),
            new ClusterSchemas(
                    new Schemas(),
                    new PendingSchemas(true),
                    offline.invoker(),
                    offline.members(),
                    offline.timer(),
                    Duration.ofMillis(10)),
            subscriptions,
            offline.cluster(),
            offline.invoker(),
            offline.state(),
            new ObjectEvents(subscriptions, offline.cluster(), Duration.ofSeconds(1)),
            UUID.randomUUID());

    @AfterEach
    void close() {
        offline.close();
    }

    private DistributedObject get() {
        return registry.get(kind, "m");
    }

    /** A thread that asks for the object; what it gets instead. */
    private final class Asking {
        private final FutureTask<@Nullable Throwable> task =
                new FutureTask<>(() -> catchThrowable(ProxyRegistryTest.this::get));
        private final Thread thread = new Thread(task);

        Asking() {
            thread.start();
            Eventually.holds(
                    "a thread that waits",
                    () -> thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING);
        }

        @Nullable
        Throwable failure() throws Exception {
            return task.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void get_clusterDoesNotAnswer_failsByTheDeadline() {
        assertThatThrownBy(this::get)
                .isInstanceOf(OperationTimeoutException.class)
                .hasMessageContaining("Client.createProxy")
                .hasMessageContaining("map 'm'");
    }

    @Test
    void get_oneOfSeveralWaitersIsInterrupted_theOthersWaitOn() throws Exception {
        Asking first = new Asking();
        Asking second = new Asking();
        second.thread.interrupt();
        assertThat(second.failure())
                .isInstanceOf(CallInterruptedException.class)
                .hasMessageContaining("the creation of map 'm'");

        assertThatThrownBy(this::get)
                .as("what a third one hears, who waits for the first")
                .isInstanceOf(OperationTimeoutException.class);
        assertThat(first.failure()).isInstanceOf(OperationTimeoutException.class);
    }

    /** The one whose request it was used to fail all others who waited for the same answer. */
    @Test
    void get_theFirstIsInterrupted_theOthersWaitOn() throws Exception {
        Asking first = new Asking();
        Asking second = new Asking();
        first.thread.interrupt();
        assertThat(first.failure()).isInstanceOf(CallInterruptedException.class);

        assertThat(second.failure()).as("what the other one gets").isInstanceOf(OperationTimeoutException.class);
    }

    /** The deadline of the one who asked first used to be that of all. */
    @Test
    void get_theFirstIsOverTime_theOtherHasItsOwnDeadline() throws Exception {
        long firstBegan = System.nanoTime();
        Asking first = new Asking();
        Eventually.holds("a difference of the two deadlines", () -> System.nanoTime() - firstBegan > 250_000_000);
        long began = System.nanoTime();
        Asking second = new Asking();
        assertThat(first.failure()).isInstanceOf(OperationTimeoutException.class);

        assertThat(second.failure()).isInstanceOf(OperationTimeoutException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofMillis(690));
    }

    @Test
    void get_afterAFailure_asksAgain() {
        assertThatThrownBy(this::get).isInstanceOf(OperationTimeoutException.class);

        assertThatThrownBy(this::get).isInstanceOf(OperationTimeoutException.class);
    }
}
