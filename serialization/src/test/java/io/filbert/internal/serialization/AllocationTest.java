// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Hot calls make their result and nothing else that matters. The bounds leave room for one cursor, which only compiled
 * code can do without, but not for a copy.
 */
class AllocationTest {
    private static final int DATA = 16;
    private static final int ARRAY_HEADER = 16;
    private static final int CURSOR = 40;

    private final SerializationService service = new SerializationService();

    @Nullable
    Object sink;

    @Test
    void toData_key_makesOneArray() {
        assertThat(perCall(() -> service.toData("12-char-key!"))).isLessThanOrEqualTo(DATA + ARRAY_HEADER + 24 + 8);
        Integer number = 42_000;
        Long longNumber = 42_000L;
        assertThat(perCall(() -> service.toData(number))).isLessThanOrEqualTo(DATA + ARRAY_HEADER + 16);
        assertThat(perCall(() -> service.toData(longNumber))).isLessThanOrEqualTo(DATA + ARRAY_HEADER + 16);
    }

    @Test
    void toData_value_makesOneArray() {
        byte[] bytes = new byte[100];
        String text = "x".repeat(100);
        int[] numbers = new int[25];
        assertThat(perCall(() -> service.toData(bytes))).isLessThanOrEqualTo(DATA + ARRAY_HEADER + 112 + 8);
        assertThat(perCall(() -> service.toData(text))).isLessThanOrEqualTo(DATA + ARRAY_HEADER + 112 + 8);
        assertThat(perCall(() -> service.toData(numbers))).isLessThanOrEqualTo(DATA + ARRAY_HEADER + 112 + 8 + CURSOR);
    }

    @Test
    void toObject_value_makesOnlyTheValue() {
        byte[] bytes = requireNonNull(service.toData(new byte[100])).bytes();
        byte[] text = requireNonNull(service.toData("x".repeat(100))).bytes();
        byte[] number = requireNonNull(service.toData(7)).bytes();
        int string = 24;
        assertThat(perCall(() -> service.toObject(bytes, 0, bytes.length)))
                .isLessThanOrEqualTo(ARRAY_HEADER + 104 + CURSOR);
        assertThat(perCall(() -> service.toObject(text, 0, text.length)))
                .isLessThanOrEqualTo(string + ARRAY_HEADER + 104 + CURSOR);
        assertThat(perCall(() -> service.toObject(number, 0, number.length))).isLessThanOrEqualTo(CURSOR);
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
