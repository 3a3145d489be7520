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
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
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
        return new DataWriter(
                typeId, guess, true, new Forms(DEFAULTS, new Schemas(), schema -> {}, ClusterRelease.NEWEST));
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
    void write_rangeOutsideTheArray_isRefusedAndWritesNothing() {
        DataWriter out = writer(TypeId.BYTE_ARRAY, 0);
        byte[] bytes = {1, 2, 3};
        for (int[] range : new int[][] {{-1, 1}, {0, -1}, {1, 3}, {4, 0}, {Integer.MAX_VALUE, 2}}) {
            assertThatThrownBy(() -> out.write(bytes, range[0], range[1]))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
        assertThat(out.position()).isEqualTo(DataWriter.HEADER_SIZE);
        assertThat(out.byteOrder()).isEqualTo(ByteOrder.BIG_ENDIAN);
    }

    @Test
    void asStream_writesWhereTheCursorIs() throws IOException {
        DataWriter out = writer(TypeId.BYTE_ARRAY, 0);
        OutputStream stream = out.asStream();
        out.writeByte(1);
        stream.write(0x102);
        stream.write(new byte[] {0, 3, 4}, 1, 2);
        stream.write(new byte[] {5});
        stream.flush();
        stream.close();
        out.writeByte(6);

        assertThat(out.toByteArray()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThatThrownBy(() -> stream.write(new byte[2], 1, 2)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void reserve_isZeroUntilFilledInEvenInAUsedBuffer() {
        byte[] scratch = new byte[40];
        Arrays.fill(scratch, (byte) 0x55);
        DataWriter out = new DataWriter(
                scratch, 5, true, new Forms(DEFAULTS, new Schemas(), schema -> {}, ClusterRelease.NEWEST));
        int at = out.reserve(15);
        out.writeByteArray(new byte[100]);
        out.putIntAt(at, 0x01020304);
        out.putLongAt(at + 4, 0x05060708090A0B0CL);
        out.putShortAt(at + 12, (short) 0x0D0E);
        out.putByteAt(at + 14, (byte) 0x0F);

        assertThat(at).isEqualTo(8);
        assertThat(out.byteAt(at + 14)).isEqualTo((byte) 0x0F);
        assertThat(HexFormat.of().formatHex(out.copyToData().bytes()))
                .startsWith("00000000" + "00000005" + "0102030405060708090a0b0c0d0e0f" + "00000064" + "0000");
        assertThat(writer(5, 0).reserve(3)).isEqualTo(8);
    }

    @Test
    void partitionHash_isStoredHighByteFirst() {
        DataWriter out = new DataWriter(
                new byte[40], 5, false, new Forms(DEFAULTS, new Schemas(), schema -> {}, ClusterRelease.NEWEST));
        out.setPartitionHash(0x01020304);

        assertThat(out.copyToData().partitionHash()).isEqualTo(0x01020304);
        assertThat(out.copyToData().bytes()).startsWith(1, 2, 3, 4, 0, 0, 0, 5);
    }
}
