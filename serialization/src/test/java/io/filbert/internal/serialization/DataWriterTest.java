// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.config.ClientConfig;
import io.filbert.config.SerializationConfig;
import io.filbert.error.SerializationException;
import io.filbert.internal.serialization.builtin.BuiltInTypes;
import io.filbert.internal.serialization.builtin.NestedTypes;
import io.filbert.internal.serialization.schema.Schemas;
import io.filbert.internal.serialization.stream.DataWriter;
import io.filbert.internal.serialization.stream.TypeId;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataWriterTest {
    private static final SerializationConfig DEFAULTS =
            ClientConfig.builder().build().serialization();

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
            int typeId = BuiltInTypes.idOf(value.getClass());
            long size = NestedTypes.size(typeId, value);
            if (size >= 0) {
                DataWriter out = writer(typeId, 0);
                NestedTypes.write(typeId, out, value);

                assertThat(size)
                        .as("number %d with seed %d", i, seed)
                        .isEqualTo(out.toData().size() - DataWriter.HEADER_SIZE);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void wrongGuessOfTheSize_givesTheSameBytes(Kind kind) {
        long seed = new Random().nextLong();
        Object value = kind.random().apply(new Random(seed));
        int typeId = BuiltInTypes.idOf(value.getClass());
        byte[] expected =
                requireNonNull(new SerializationService().toData(value)).bytes();
        for (int guess : new int[] {0, 1, 3, 50, 1000}) {
            DataWriter out = writer(typeId, guess);
            NestedTypes.write(typeId, out, value);
            assertThat(out.toData().bytes())
                    .as("guess %d, seed %d", guess, seed)
                    .isEqualTo(expected);
        }
    }

    private static DataWriter writer(int typeId, long guess) {
        return new DataWriter(typeId, guess, true, new Forms(DEFAULTS, new Schemas(), schema -> {}));
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
}
