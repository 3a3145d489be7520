// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.invocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.error.ClientClosedException;
import io.filbert.error.ClientOfflineException;
import io.filbert.error.OperationTimeoutException;
import io.filbert.error.OverloadException;
import io.filbert.error.SerializationException;
import io.filbert.internal.protocol.codec.MapSizeCodec;
import io.filbert.internal.runtime.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InvokerTest {

    private Offline offline = new Offline(config -> config);

    @AfterEach
    void close() {
        offline.close();
    }

    private CompletableFuture<Integer> call(Duration timeout) {
        Invoker invoker = offline.invoker();
        invoker.watchClosely(timeout);
        return invoker.invokeOnAny(
                MapSizeCodec.REQUEST,
                MapSizeCodec.encodeRequest("m"),
                MapSizeCodec::decodeResponse,
                invoker.options("map 'm'").withTimeout(timeout));
    }

    @Test
    void invoke_neverConnected_endsByItsDeadline() {
        CompletableFuture<Integer> size = call(Duration.ofMillis(30));

        assertThatThrownBy(size::join).cause().isInstanceOfSatisfying(OperationTimeoutException.class, timeout -> {
            assertThat(timeout).hasMessageContaining("never sent").hasMessageContaining("30 ms");
            assertThat(timeout.isIndeterminate()).isFalse();
        });
        Eventually.holds("nothing in flight", () -> offline.invoker().pending() == 0);
    }

    @Test
    void invoke_deadlineLongerThanTimeItself_waitsLikeAnyOther() {
        CompletableFuture<Integer> size = call(Duration.ofSeconds(Long.MAX_VALUE));

        assertThat(size).isNotDone();
        assertThat(offline.invoker().pending()).isEqualTo(1);
    }

    @Test
    void invoke_asynchronousStartAndNotConnected_failsAtOnce() {
        offline.close();
        offline = new Offline(config -> config.asyncStart(true));

        assertThatThrownBy(call(Duration.ofMinutes(1))::join).hasCauseInstanceOf(ClientOfflineException.class);
        assertThat(offline.invoker().pending()).isZero();
    }

    @Test
    void cancel_waitingCall_givesItsPlaceBack() {
        CompletableFuture<Integer> size = call(Duration.ofMinutes(1));
        assertThat(offline.invoker().pending()).isEqualTo(1);

        size.cancel(true);

        assertThat(offline.invoker().pending()).isZero();
    }

    @Test
    void withdraw_callThatWasNeverSent_endsIt() {
        Invocation<Integer> size = (Invocation<Integer>) call(Duration.ofMinutes(1));

        assertThat(size.withdraw()).isTrue();

        assertThat(size).isCancelled();
        assertThat(offline.invoker().pending()).isZero();
        assertThat(size.withdraw()).as("again").isFalse();
    }

    @Test
    void withdraw_endedCall_changesNothing() {
        Invocation<Integer> size = (Invocation<Integer>) call(Duration.ofMinutes(1));
        size.complete(1);

        assertThat(size.withdraw()).isFalse();
        assertThat(size).isCompletedWithValue(1);
    }

    @Test
    void invoke_noRoomUntilTheDeadline_isOverload() {
        offline.close();
        offline = new Offline(config -> config.maxInFlight(1));
        call(Duration.ofMinutes(1));

        assertThatThrownBy(call(Duration.ofMillis(20))::join)
                .cause()
                .isInstanceOf(OverloadException.class)
                .hasMessageContaining("1 of 1 calls");
        assertThat(offline.invoker().pending()).isEqualTo(1);
    }

    @Test
    void invokeAll_noRoom_partsShareOneDeadline() {
        offline.close();
        offline = new Offline(config -> config.maxInFlight(1));
        call(Duration.ofMinutes(1));
        Invoker invoker = offline.invoker();
        List<PartialCall<Integer>> parts = new ArrayList<>();
        for (int partition = 0; partition < 40; partition++) {
            parts.add(new PartialCall<>(
                    MapSizeCodec.REQUEST, MapSizeCodec.encodeRequest("m"), partition, MapSizeCodec::decodeResponse));
        }
        long begin = System.nanoTime();

        CompletableFuture<Integer> all = invoker.invokeAll(
                parts.iterator(),
                271,
                List::size,
                false,
                invoker.options("map 'm'").withTimeout(Duration.ofMillis(100)));

        assertThatThrownBy(all::join).hasCauseInstanceOf(OverloadException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .as("time of a call of 40 parts, none of which finds room for 100 ms")
                .isLessThan(Duration.ofSeconds(2));
        assertThat(invoker.pending()).isEqualTo(1);
    }

    private static PartialCall<Integer> part(int bytes) {
        byte[] request = MapSizeCodec.encodeRequest("m");
        return new PartialCall<>(
                MapSizeCodec.REQUEST,
                Arrays.copyOf(request, Math.max(bytes, request.length)),
                0,
                MapSizeCodec::decodeResponse);
    }

    private static Iterator<PartialCall<Integer>> partsThenFailure(int count, int bytes) {
        return new Iterator<>() {
            private int given;

            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public PartialCall<Integer> next() {
                if (given++ == count) {
                    throw new SerializationException("no serializer");
                }
                return part(bytes);
            }
        };
    }

    @Test
    void invokeAll_oneOfTheFirstPartsCannotBeEncoded_throws_andNothingIsUnderWay() {
        Invoker invoker = offline.invoker();

        assertThatThrownBy(() ->
                        invoker.invokeAll(partsThenFailure(5, 100), 271, List::size, false, invoker.options("map 'm'")))
                .isInstanceOf(SerializationException.class);
        assertThat(invoker.pending()).isZero();
    }

    @Test
    void invokeAll_aLaterPartCannotBeEncoded_failsWhenThoseUnderWayHaveEnded() {
        Invoker invoker = offline.invoker();
        CompletableFuture<Integer> all =
                invoker.invokeAll(partsThenFailure(2, 3 << 20), 271, List::size, false, invoker.options("map 'm'"));
        assertThat(invoker.pending()).isEqualTo(2);
        assertThat(all).isNotDone();

        invoker.close();

        assertThatThrownBy(all::join).cause().isInstanceOf(SerializationException.class);
    }

    @Test
    void invokeAll_noParts_isDoneAtOnce() {
        CompletableFuture<String> all = offline.invoker()
                .invokeAll(
                        Collections.<PartialCall<Integer>>emptyIterator(),
                        0,
                        results -> "empty",
                        false,
                        offline.invoker().options("map 'm'"));

        assertThat(all).isCompletedWithValue("empty");
    }

    @Test
    void invokeAll_cancelled_abandonsItsParts() {
        Invoker invoker = offline.invoker();
        PartialCall<Integer> part = new PartialCall<>(
                MapSizeCodec.REQUEST, MapSizeCodec.encodeRequest("m"), 0, MapSizeCodec::decodeResponse);
        CompletableFuture<Integer> all = invoker.invokeAll(
                List.of(part).iterator(),
                271,
                List::size,
                false,
                invoker.options("map 'm'").withTimeout(Duration.ofMinutes(1)));
        assertThat(invoker.pending()).isEqualTo(1);

        all.cancel(true);

        assertThat(invoker.pending()).isZero();
    }

    @Test
    void close_waitingCalls_endAndLaterOnesFailAtOnce() {
        CompletableFuture<Integer> waiting = call(Duration.ofMinutes(1));

        offline.invoker().close();

        assertThatThrownBy(waiting::join).hasCauseInstanceOf(ClientClosedException.class);
        assertThatThrownBy(call(Duration.ofMinutes(1))::join).hasCauseInstanceOf(ClientClosedException.class);
        assertThat(offline.invoker().pending()).isZero();
    }
}
