// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.blocking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A result that must be decoded: by whom, how often, and what happens when it cannot be yet. */
class UndecodedResultTest {

    private final Queue<Runnable> handedOver = new ArrayDeque<>();
    private final TestFuture<String> future = new TestFuture<>(handedOver::add);
    private final AtomicInteger decodings = new AtomicInteger();

    private String decode() {
        decodings.incrementAndGet();
        return Thread.currentThread().getName();
    }

    private void runHandedOver() {
        while (!handedOver.isEmpty()) {
            handedOver.remove().run();
        }
    }

    @Test
    void deliverUndecoded_nobodyWaits_isDecodedByTheExecutor() {
        assertThat(future.deliverUndecoded(this::decode)).isTrue();

        assertThat(decodings).hasValue(0);
        assertThat(future.isDone()).isFalse();
        assertThat(handedOver).hasSize(1);
        runHandedOver();
        assertThat(future).isCompletedWithValue(Thread.currentThread().getName());
        assertThat(decodings).hasValue(1);
    }

    @Test
    void deliverUndecoded_oneThreadWaits_decodesItselfAndNothingIsHandedOver() throws Exception {
        Background<String> waiter = Background.waiting(future::join);
        future.deliverUndecoded(this::decode);

        assertThat(waiter.result()).isEqualTo("background of a test");
        assertThat(handedOver).isEmpty();
        assertThat(decodings).hasValue(1);
        assertThat(future.isDone()).isTrue();
    }

    @Test
    void deliverUndecoded_severalWait_isDecodedOnceForAll() throws Exception {
        Background<String> one = Background.waiting(future::join);
        Background<String> other = Background.waiting(future::join);
        future.deliverUndecoded(this::decode);

        // Before anything the executor does, all threads of which may be among those that wait.
        assertThat(one.result()).isEqualTo(other.result());
        assertThat(decodings).hasValue(1);
        runHandedOver();
        assertThat(future).isCompletedWithValue("background of a test");
        assertThat(decodings).hasValue(1);
    }

    @Test
    void join_afterArrival_decodesOnThisThread() {
        future.deliverUndecoded(this::decode);

        assertThat(future.join()).isEqualTo(Thread.currentThread().getName());
        runHandedOver();
        assertThat(decodings).hasValue(1);
    }

    @Test
    void decodingFails_isTheOutcome() {
        future.deliverUndecoded(() -> {
            throw new StackOverflowError("of the user");
        });
        runHandedOver();

        assertThatThrownBy(future::join).hasCauseInstanceOf(StackOverflowError.class);
        assertThat(future).isCompletedExceptionally();
    }

    @Test
    void notYet_isDecodedAgainWhenItHasArrived() {
        CompletableFuture<Void> missing = new CompletableFuture<>();
        future.deliverUndecoded(() -> {
            if (!missing.isDone()) {
                throw new NotYet(() -> missing, new byte[0]);
            }
            return decode();
        });
        runHandedOver();
        assertThat(future.isDone()).isFalse();
        missing.complete(null);
        assertThat(decodings)
                .as("nothing is decoded where the missing thing arrives")
                .hasValue(0);
        runHandedOver();

        assertThat(future.join()).isNotNull();
        assertThat(decodings).hasValue(1);
    }

    @Test
    void notYet_arrivalFails_isTheOutcome() {
        CompletableFuture<Void> missing = new CompletableFuture<>();
        future.deliverUndecoded(() -> {
            throw new NotYet(() -> missing, new byte[0]);
        });
        runHandedOver();
        missing.completeExceptionally(new IllegalStateException("lost"));

        assertThatThrownBy(future::join).hasRootCauseMessage("lost");
    }

    /** Decodes only what never waits, but makes something of it. */
    private static ClientFuture.LateDecoding<String> waitingFor(CompletableFuture<Void> missing) {
        return new ClientFuture.LateDecoding<>() {
            @Override
            public String get() {
                throw new NotYet(() -> missing, new byte[0]);
            }

            @Override
            public String without(Throwable reason) {
                return "without: " + reason.getMessage();
            }
        };
    }

    /** Guards against items that were taken from a queue and are lost, because their schema cannot be fetched. */
    @Test
    void notYet_arrivalFails_isDecodedWithout() {
        CompletableFuture<Void> missing = new CompletableFuture<>();
        future.deliverUndecoded(waitingFor(missing));
        runHandedOver();
        missing.completeExceptionally(new IllegalStateException("lost"));
        assertThat(future.isDone()).isFalse();
        runHandedOver();

        assertThat(future.join()).isEqualTo("without: lost");
    }

    @Test
    void decodeWithout_whileItWaits_isDecodedByTheExecutor() {
        CompletableFuture<Void> missing = new CompletableFuture<>();
        assertThat(future.decodeWithout(new IllegalStateException("too late"))).isFalse();
        future.deliverUndecoded(waitingFor(missing));
        runHandedOver();

        assertThat(future.decodeWithout(new IllegalStateException("too late"))).isTrue();
        assertThat(future.isDone()).isFalse();
        missing.complete(null);
        runHandedOver();

        assertThat(future.join()).isEqualTo("without: too late");
    }

    @Test
    void decodeWithout_whileAThreadWaits_itDecodes() throws Exception {
        CompletableFuture<Void> missing = new CompletableFuture<>();
        Background<String> waiter = Background.waiting(future::join);
        future.deliverUndecoded(waitingFor(missing));
        Background.eventually("it waits", waiter::isWaiting);
        future.decodeWithout(new IllegalStateException("too late"));

        assertThat(waiter.result()).isEqualTo("without: too late");
    }

    @Test
    void notYet_waiterIsWokenToDecode() throws Exception {
        CompletableFuture<Void> missing = new CompletableFuture<>();
        AtomicInteger tries = new AtomicInteger();
        Background<String> waiter = Background.waiting(future::join);
        future.deliverUndecoded(() -> {
            if (tries.incrementAndGet() == 1) {
                throw new NotYet(() -> missing, new byte[0]);
            }
            return decode();
        });
        Background.eventually("the first try", () -> tries.get() == 1 && waiter.isWaiting());
        missing.complete(null);

        assertThat(waiter.result()).isEqualTo("background of a test");
    }

    @Test
    void waiterLeavesBeforeDecoding_executorDecodes() throws Exception {
        CompletableFuture<Void> missing = new CompletableFuture<>();
        AtomicInteger tries = new AtomicInteger();
        future.deliverUndecoded(() -> {
            if (tries.incrementAndGet() == 1) {
                throw new NotYet(() -> missing, new byte[0]);
            }
            return decode();
        });
        handedOver.clear(); // as if the executor had not come to it
        assertThatThrownBy(() -> future.get(1, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        missing.complete(null);
        assertThat(future.isDone()).isFalse();

        assertThat(future.join()).isEqualTo(Thread.currentThread().getName());
    }

    @Test
    void cancel_beforeDecoding_wins() {
        future.deliverUndecoded(this::decode);

        assertThat(future.cancel(false)).isTrue();
        runHandedOver();
        assertThat(future).isCancelled();
        assertThat(decodings).hasValue(0);
        assertThat(future.abandonments()).isEqualTo(1);
    }

    @Test
    void deliver_afterUndecodedArrival_isTheOutcome() {
        future.deliverUndecoded(this::decode);

        assertThat(future.deliverUndecoded(this::decode)).isFalse();
        assertThat(future.deliverFailure(new IllegalStateException("too late"))).isTrue();
        runHandedOver();
        assertThat(future).isCompletedExceptionally();
        assertThat(decodings).hasValue(0);
    }

    @Test
    void dependents_runOnTheExecutorOnce() {
        AtomicInteger runs = new AtomicInteger();
        future.thenAccept(value -> runs.incrementAndGet());
        future.deliverUndecoded(this::decode);
        assertThat(runs).hasValue(0);
        runHandedOver();

        assertThat(runs).hasValue(1);
    }
}
