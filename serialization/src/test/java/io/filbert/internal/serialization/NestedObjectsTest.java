// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.error.SerializationException;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.serialization.stream.DataReader;
import io.filbert.internal.serialization.stream.TypeId;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NestedObjectsTest {
    private static final int USUAL_STACK = 1024 * 1024;

    private final SerializationService service = new SerializationService();

    @Test
    void objectArray_nestedIdsFollowTheByteOrder() {
        Object value = new Object[] {1, "a", null};

        assertThat(hex(ByteOrder.BIG_ENDIAN, value))
                .isEqualTo("00000000ffffffe400000003fffffff900000001fffffff5000000016100000000");
        assertThat(hex(ByteOrder.LITTLE_ENDIAN, value))
                .isEqualTo("00000000ffffffe403000000f9ffffff01000000f5ffffff010000006100000000");
    }

    @Test
    void objectArray_ofEverything_survives() {
        Object[] value = {
            null,
            new Object[0],
            new Object[] {null, new Object[] {"é€😀", new String[] {"a", null}}, 'c'},
            new int[] {1, -1},
            new double[0],
            UUID.randomUUID(),
            new BigDecimal("-12.50"),
            LocalDate.EPOCH
        };

        for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
            SerializationService either = new SerializationService(order);
            Object read = either.toObject(either.toData(value));
            assertThat(read).isInstanceOf(Object[].class).isEqualTo(value);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 100, DataReader.MAX_DEPTH})
    void depthUpToTheBound_survivesOnTheUsualStack(int depth) throws InterruptedException {
        Object value = nested(depth);
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Thread thread = new Thread(
                null,
                () -> {
                    try {
                        Object read = service.toObject(service.toData(value));
                        assertThat(depthOf(read)).isEqualTo(depth);
                    } catch (Throwable e) {
                        failure.set(e);
                    }
                },
                "usual-stack",
                USUAL_STACK);
        thread.start();
        thread.join();

        assertThat(failure.get()).isNull();
    }

    @Test
    void manyObjectsSideBySide_areNotDeep() {
        Object[] value = new Object[DataReader.MAX_DEPTH * 4];
        Arrays.setAll(value, i -> i % 2 == 0 ? i : new Object[] {i});

        Object read = service.toObject(service.toData(value));

        assertThat(read).isEqualTo(value);
    }

    @Test
    void depthBeyondTheBound_isRefusedWhenWriting() {
        assertThatThrownBy(() -> service.toData(nested(DataReader.MAX_DEPTH + 1)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("deeper than 500 levels");
    }

    @Test
    void arrayThatContainsItself_isRefused() {
        Object[] value = new Object[1];
        value[0] = value;

        assertThatThrownBy(() -> service.toData(value))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("no object contains itself");
    }

    @Test
    void arrayThatHoldsAnotherTwiceManyTimes_isRefusedBySize() {
        Object[] value = {"leaf"};
        for (int i = 0; i < 40; i++) {
            value = new Object[] {value, value};
        }
        Object[] doubled = value;

        assertThatThrownBy(() -> service.toData(doubled))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("Split the value");
    }

    @ParameterizedTest
    @ValueSource(ints = {DataReader.MAX_DEPTH + 1, 100_000})
    void depthBeyondTheBound_isRefusedWhenReading(int depth) {
        ByteBuffer bytes = ByteBuffer.allocate(8 + 8 * depth).putInt(0).putInt(TypeId.OBJECT_ARRAY);
        for (int i = 1; i < depth; i++) {
            bytes.putInt(1).putInt(TypeId.OBJECT_ARRAY);
        }
        bytes.putInt(1).putInt(TypeId.NULL);

        assertThatThrownBy(() -> service.toObject(Data.of(bytes.array())))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("at offset " + (8 + 8 * DataReader.MAX_DEPTH + 4))
                .hasMessageContaining("deeper than 500 levels");
    }

    /** An array in which an object lies so many levels deep. */
    private static Object nested(int depth) {
        Object value = "leaf";
        for (int i = 0; i < depth; i++) {
            value = new Object[] {value};
        }
        return value;
    }

    private static int depthOf(@Nullable Object value) {
        int depth = 0;
        @Nullable Object inner = value;
        while (inner instanceof Object[] array) {
            inner = array[0];
            depth++;
        }
        assertThat(inner).isEqualTo("leaf");
        return depth;
    }

    private static String hex(ByteOrder order, Object value) {
        return HexFormat.of()
                .formatHex(requireNonNull(new SerializationService(order).toData(value))
                        .bytes());
    }
}
