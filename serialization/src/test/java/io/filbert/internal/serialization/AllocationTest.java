// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Hot calls make their result and nothing else that matters. Where a cursor is involved the bounds leave room for one, because only
 * compiled code can do without, but not for a copy. The frequent types have none, compiled or not.
 */
class AllocationTest {
    private static final int DATA = 16;
    private static final int ARRAY_HEADER = 16;
    private static final int STRING = 24;
    private static final int CURSOR = 56;

    private final SerializationService service = new SerializationService();

    @Nullable
    Object sink;

    @Test
    void toData_frequentType_makesOneArray() {
        Integer number = 42_000;
        Long longNumber = 42_000L;
        UUID uuid = UUID.randomUUID();
        byte[] bytes = new byte[100];
        String text = "x".repeat(100);
        assertThat(perCall(() -> service.toData("12-char-key!"))).isLessThanOrEqualTo(DATA + ARRAY_HEADER + 24 + 8);
        assertThat(perCall(() -> service.toData(number))).isLessThanOrEqualTo(DATA + ARRAY_HEADER + 16);
        assertThat(perCall(() -> service.toData(longNumber))).isLessThanOrEqualTo(DATA + ARRAY_HEADER + 16);
        assertThat(perCall(() -> service.toData(uuid))).isLessThanOrEqualTo(DATA + ARRAY_HEADER + 24);
        assertThat(perCall(() -> service.toData(bytes))).isLessThanOrEqualTo(DATA + ARRAY_HEADER + 112 + 8);
        assertThat(perCall(() -> service.toData(text))).isLessThanOrEqualTo(DATA + ARRAY_HEADER + 112 + 8);
    }

    @Test
    void toData_array_makesOneArray() {
        int[] numbers = new int[25];
        assertThat(perCall(() -> service.toData(numbers))).isLessThanOrEqualTo(DATA + ARRAY_HEADER + 112 + 8 + CURSOR);
    }

    @Test
    void toObject_frequentType_makesOnlyTheValue() {
        assertThat(perRead(new byte[100])).isLessThanOrEqualTo(ARRAY_HEADER + 104);
        assertThat(perRead("x".repeat(100))).isLessThanOrEqualTo(STRING + ARRAY_HEADER + 104);
        assertThat(perRead(42_000)).isLessThanOrEqualTo(16);
        assertThat(perRead(42_000L)).isLessThanOrEqualTo(24);
        assertThat(perRead(1.5)).isLessThanOrEqualTo(24);
        assertThat(perRead(true)).isZero();
        assertThat(perRead(UUID.randomUUID())).isLessThanOrEqualTo(32);
    }

    @Test
    void toObject_array_makesTheValueAndACursor() {
        assertThat(perRead(new int[25])).isLessThanOrEqualTo(ARRAY_HEADER + 104 + CURSOR);
    }

    private long perRead(Object value) {
        byte[] bytes = requireNonNull(service.toData(value)).bytes();
        return perCall(() -> service.toObject(bytes, 0, bytes.length));
    }

    private long perCall(Supplier<@Nullable Object> call) {
        int calls = 20_000;
        for (int i = 0; i < calls; i++) {
            sink = call.get();
        }
        long before = Allocations.ofThisThread();
        for (int i = 0; i < calls; i++) {
            sink = call.get();
        }
        return (Allocations.ofThisThread() - before) / calls;
    }
}
