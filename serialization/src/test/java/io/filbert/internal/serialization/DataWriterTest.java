// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.error.SerializationException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataWriterTest {
    static List<Kind> kinds() {
        return Kind.all();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void size_isExactlyWhatIsWritten(Kind kind) {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 1000; i++) {
            Object value = kind.random().apply(random);
            int typeId = BuiltInTypes.idOf(value);
            DataWriter out = new DataWriter(typeId, 0, true);
            NestedTypes.write(typeId, out, value);

            assertThat(NestedTypes.size(typeId, value, 0))
                    .as("number %d with seed %d", i, seed)
                    .isEqualTo(out.toData().size() - DataWriter.HEADER_SIZE);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void wrongGuessOfTheSize_givesTheSameBytes(Kind kind) {
        long seed = new Random().nextLong();
        Object value = kind.random().apply(new Random(seed));
        int typeId = BuiltInTypes.idOf(value);
        byte[] expected =
                requireNonNull(new SerializationService().toData(value)).bytes();
        for (int guess : new int[] {0, 1, 3, 50, 1000}) {
            DataWriter out = new DataWriter(typeId, guess, true);
            NestedTypes.write(typeId, out, value);
            assertThat(out.toData().bytes())
                    .as("guess %d, seed %d", guess, seed)
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {DataWriter.MAX_SIZE - 7L, Integer.MAX_VALUE, Long.MAX_VALUE / 2})
    void sizeBeyondAnArray_isRefused(long payloadSize) {
        assertThatThrownBy(() -> DataWriter.newBuffer(TypeId.LONG_ARRAY, payloadSize))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("long[]")
                .hasMessageContaining("it would take " + (payloadSize + 8) + " bytes")
                .hasMessageContaining("Split");
    }

    @Test
    void size_ofLargeArrays_doesNotOverflow() {
        assertThat(NestedTypes.size(TypeId.OBJECT_ARRAY, new Object[] {new long[1 << 20], new long[1 << 20]}, 0))
                .isEqualTo(4 + 2L * (4 + 4 + (8L << 20)));
    }
}
