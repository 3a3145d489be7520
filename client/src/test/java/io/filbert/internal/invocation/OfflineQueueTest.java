// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.invocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.internal.protocol.codec.MapSizeCodec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OfflineQueueTest {

    private final Offline offline = new Offline(config -> config);
    private final AtomicBoolean connected = new AtomicBoolean();
    private final List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    private final List<Invocation<?>> sent = Collections.synchronizedList(new ArrayList<>());
    private final OfflineQueue queue = new OfflineQueue(connected::get, sent::add, failures::add);

    @AfterEach
    void close() {
        offline.close();
    }

    private Invocation<?> call(long beganNanos) {
        return new Invocation<>(
                MapSizeCodec.REQUEST,
                MapSizeCodec.encodeRequest("m"),
                MapSizeCodec::decodeResponse,
                offline.invoker().options("map 'm'"),
                Invocation.byPartition(0),
                beganNanos);
    }

    @Test
    void add_notConnected_waitsUntilItIs() {
        Invocation<?> call = call(1);
        queue.add(call);
        queue.goOn();

        assertThat(sent).isEmpty();
        assertThat(queue.isUsed()).isTrue();

        connected.set(true);
        queue.goOn();

        assertThat(sent).containsExactly(call);
        assertThat(queue.isUsed()).isFalse();
    }

    @Test
    void add_connectedMeanwhile_goesOnAtOnce() {
        connected.set(true);
        Invocation<?> call = call(1);

        queue.add(call);

        assertThat(sent).containsExactly(call);
        assertThat(queue.isUsed()).isFalse();
    }

    @Test
    void goOn_calls_leaveInTheOrderInWhichTheyWereMade() {
        List<Invocation<?>> calls = new ArrayList<>();
        // Across the overflow of the clock, and several at the same time.
        for (long moment = Long.MAX_VALUE - 50; calls.size() < 300; moment++) {
            calls.add(call(moment));
        }
        List<Invocation<?>> added = new ArrayList<>(calls);
        Collections.shuffle(added, new Random(7));
        added.forEach(queue::add);

        connected.set(true);
        queue.goOn();

        assertThat(sent).containsExactlyElementsOf(calls);
    }

    @Test
    void goOn_callsOfOneMoment_leaveInTheOrderInWhichTheyCame() {
        List<Invocation<?>> calls = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            calls.add(call(5));
        }
        calls.forEach(queue::add);

        connected.set(true);
        queue.goOn();

        assertThat(sent).containsExactlyElementsOf(calls);
    }

    @Test
    void goOn_connectionLostInTheMidst_othersStayWhereTheyAre() {
        List<Invocation<?>> left = new ArrayList<>();
        OfflineQueue losing = new OfflineQueue(
                connected::get,
                call -> {
                    left.add(call);
                    connected.set(false);
                },
                failures::add);
        Invocation<?> first = call(1);
        Invocation<?> second = call(2);
        losing.add(first);
        losing.add(second);

        connected.set(true);
        losing.goOn();

        assertThat(left).containsExactly(first);
        assertThat(losing.isUsed()).isTrue();
        losing.add(first);
        connected.set(true);
        losing.goOn();
        connected.set(true);
        losing.goOn();
        assertThat(left).as("the first is first again").containsExactly(first, first, second);
    }

    /** One call that throws used to leave the queue as it was, so that every later call waited until its deadline. */
    @Test
    void goOn_oneCallThrows_theOthersAndLaterOnesGoOn() {
        List<Invocation<?>> left = new ArrayList<>();
        Invocation<?> first = call(1);
        Invocation<?> second = call(2);
        Invocation<?> later = call(3);
        OfflineQueue throwing = new OfflineQueue(
                connected::get,
                call -> {
                    if (call == first) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    left.add(call);
                },
                failures::add);
        throwing.add(first);
        throwing.add(second);

        connected.set(true);
        throwing.goOn();
        throwing.add(later);

        assertThat(left).containsExactly(second, later);
        assertThat(failures).singleElement().isInstanceOf(OutOfMemoryError.class);
        assertThat(throwing.isUsed()).isFalse();
    }

    @Test
    void remove_waitingCall_neverGoesOn() {
        Invocation<?> stays = call(1);
        Invocation<?> ends = call(2);
        queue.add(stays);
        queue.add(ends);

        queue.remove(ends);
        queue.remove(ends);
        connected.set(true);
        queue.goOn();

        assertThat(sent).containsExactly(stays);
    }

    @Test
    void add_whileCallsGoOn_waitsForItsTurn() {
        List<Invocation<?>> left = new ArrayList<>();
        List<OfflineQueue> itself = new ArrayList<>();
        Invocation<?> first = call(1);
        Invocation<?> second = call(2);
        Invocation<?> later = call(3);
        OfflineQueue nesting = new OfflineQueue(
                connected::get,
                call -> {
                    if (call == first) {
                        // As a callback does that runs inline.
                        itself.get(0).add(later);
                        assertThat(left).as("those that overtook").isEmpty();
                    }
                    left.add(call);
                },
                failures::add);
        itself.add(nesting);
        nesting.add(first);
        nesting.add(second);

        connected.set(true);
        nesting.goOn();

        assertThat(left).containsExactly(first, second, later);
    }

    @Test
    void add_twice_isThereOnce() {
        Invocation<?> call = call(1);
        queue.add(call);
        queue.add(call);
        assertThat(queue.size()).isEqualTo(1);

        assertThat(queue.remove(call)).isTrue();
        assertThat(queue.remove(call)).isFalse();
        assertThat(queue.size()).isZero();
    }

    @Test
    void removeExpired_callsWhoseTimeIsOver_doNotGoOn() {
        Invocation<?> late = call(0);
        Invocation<?> inTime = call(1_000);
        queue.add(late);
        queue.add(inTime);

        assertThat(queue.removeExpired(inTime.expiryNanos() - 1))
                .hasSize(1)
                .first()
                .isSameAs(late);

        connected.set(true);
        queue.goOn();
        assertThat(sent).hasSize(1).first().isSameAs(inTime);
        assertThat(queue.removeExpired(Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void race_addAgainstConnecting_eachCallLeavesOnce() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(3);
        try {
            for (int round = 0; round < 200; round++) {
                sent.clear();
                connected.set(false);
                List<Future<List<Invocation<?>>>> adders = new ArrayList<>();
                for (int t = 0; t < 2; t++) {
                    adders.add(pool.submit(() -> {
                        List<Invocation<?>> added = new ArrayList<>();
                        for (int i = 0; i < 20; i++) {
                            Invocation<?> call = call(i);
                            added.add(call);
                            queue.add(call);
                        }
                        return added;
                    }));
                }
                Future<?> connecting = pool.submit(() -> {
                    connected.set(true);
                    queue.goOn();
                });
                List<Invocation<?>> all = new ArrayList<>();
                for (Future<List<Invocation<?>>> adder : adders) {
                    all.addAll(adder.get(10, TimeUnit.SECONDS));
                }
                connecting.get(10, TimeUnit.SECONDS);

                assertThat(sent).as("round %s", round).containsExactlyInAnyOrderElementsOf(all);
                assertThat(queue.isUsed()).as("round %s", round).isFalse();
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
