// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final Dataset dataset = new Dataset(100, 10);

    /** Answers at once, on another thread where that is asked for. */
    private static class Echo implements Contender {

        final AtomicInteger calls = new AtomicInteger();
        private final int bytes;

        Echo(int bytes) {
            this.bytes = bytes;
        }

        @Override
        public void use(Dataset dataset) {}

        @Override
        public int call(Operation operation, int key, int caller) {
            calls.incrementAndGet();
            return bytes;
        }

        @Override
        public void start(Operation operation, int key, Slot slot) {
            calls.incrementAndGet();
            CompletableFuture.supplyAsync(() -> new byte[bytes]).whenComplete(slot);
        }

        @Override
        public void close() {}
    }

    @ParameterizedTest
    @ValueSource(strings = {"get-100-blocking-1", "get-100-blocking-4", "get-100-async-1", "get-100-async-16"})
    void run_bounded_countsEveryCall(String row) throws InterruptedException {
        Echo echo = new Echo(100);
        Measurement measured = new Load(echo, dataset, Workload.parse(row)).run(LONG, 1000);
        assertThat(measured.operations()).isEqualTo(1000).isEqualTo(echo.calls.get());
        assertThat(measured.nanos()).isPositive().isLessThan(LONG.toNanos());
        assertThat(measured.p50Nanos()).isLessThanOrEqualTo(measured.p99Nanos());
        assertThat(measured.p99Nanos()).isLessThanOrEqualTo(measured.p999Nanos());
    }

    @ParameterizedTest
    @ValueSource(strings = {"get-100-blocking-2", "get-100-async-2"})
    void run_shortTime_endsInTime(String row) throws InterruptedException {
        Measurement measured =
                new Load(new Echo(100), dataset, Workload.parse(row)).run(Duration.ofMillis(50), Long.MAX_VALUE);
        assertThat(measured.operations()).isPositive();
        assertThat(Duration.ofNanos(measured.nanos())).isLessThan(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"get-100-blocking-1", "get-100-async-4"})
    void run_wrongResult_fails(String row) {
        assertThatThrownBy(() -> new Load(new Echo(99), dataset, Workload.parse(row)).run(LONG, 100))
                .isInstanceOf(IllegalStateException.class)
                .hasStackTraceContaining("99 bytes instead of 100");
    }

    @Test
    void run_failingCall_fails() {
        Contender failing = new Echo(100) {
            @Override
            public void start(Operation operation, int key, Slot slot) {
                slot.accept(null, new IllegalArgumentException("out of order"));
            }
        };
        assertThatThrownBy(() -> new Load(failing, dataset, Workload.parse("get-100-async-4")).run(LONG, 100))
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("out of order");
    }

    @Test
    void run_knownAllocation_isMeasured() throws InterruptedException {
        byte[][] kept = new byte[2][];
        Contender allocating = new Echo(100) {
            @Override
            public int call(Operation operation, int key, int caller) {
                kept[caller] = new byte[10_000];
                return super.call(operation, key, caller);
            }
        };
        Measurement measured = new Load(allocating, dataset, Workload.parse("get-100-blocking-2")).run(LONG, 2000);
        assertThat(measured.bytesPerOperation()).isBetween(10_000.0, 12_000.0);
    }
}
