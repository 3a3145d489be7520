// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.filbert.config.ClientConfig;
import io.filbert.config.SerializationConfig;
import io.filbert.error.SerializationException;
import io.filbert.internal.serialization.schema.Schemas;
import io.filbert.internal.serialization.stream.DataReader;
import io.filbert.internal.serialization.stream.DataWriter;
import io.filbert.serialization.ObjectDataInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the cursor refuses, and its uncommon methods; {@link OfficialStreamsTest} has the values. */
class DataReaderTest {
    private static final int TYPE_ID = 7;
    private static final int START = 3;

    private static final SerializationConfig DEFAULTS =
            ClientConfig.builder().build().serialization();

    /** A cursor over these bytes and nothing else, in the middle of a buffer full of others. */
    private static DataReader reader(byte... payload) {
        byte[] buffer = new byte[START + DataWriter.HEADER_SIZE + payload.length + 20];
        Arrays.fill(buffer, (byte) 0x11);
        System.arraycopy(payload, 0, buffer, START + DataWriter.HEADER_SIZE, payload.length);
        int limit = START + DataWriter.HEADER_SIZE + payload.length;
        return new DataReader(
                buffer,
                START,
                limit,
                TYPE_ID,
                true,
                new Forms(DEFAULTS, new Schemas(), schema -> {}, ClusterRelease.NEWEST));
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static byte[] ints(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Integer.BYTES);
        for (int value : values) {
            bytes.putInt(value);
        }
        return bytes.array();
    }

    static Stream<Arguments> fixedSize() {
        return Stream.of(
                fixed("readBoolean", 1, ObjectDataInput::readBoolean),
                fixed("readByte", 1, ObjectDataInput::readByte),
                fixed("readUnsignedByte", 1, ObjectDataInput::readUnsignedByte),
                fixed("readShort", 2, ObjectDataInput::readShort),
                fixed("readUnsignedShort", 2, ObjectDataInput::readUnsignedShort),
                fixed("readChar", 2, ObjectDataInput::readChar),
                fixed("readInt", 4, ObjectDataInput::readInt),
                fixed("readLong", 8, ObjectDataInput::readLong),
                fixed("readFloat", 4, ObjectDataInput::readFloat),
                fixed("readDouble", 8, ObjectDataInput::readDouble),
                fixed("readString", 4, ObjectDataInput::readString),
                fixed("readUtf", 4, ObjectDataInput::readUtf),
                fixed("readByteArray", 4, ObjectDataInput::readByteArray),
                fixed("readBooleanArray", 4, ObjectDataInput::readBooleanArray),
                fixed("readCharArray", 4, ObjectDataInput::readCharArray),
                fixed("readShortArray", 4, ObjectDataInput::readShortArray),
                fixed("readIntArray", 4, ObjectDataInput::readIntArray),
                fixed("readLongArray", 4, ObjectDataInput::readLongArray),
                fixed("readFloatArray", 4, ObjectDataInput::readFloatArray),
                fixed("readDoubleArray", 4, ObjectDataInput::readDoubleArray),
                fixed("readStringArray", 4, ObjectDataInput::readStringArray),
                fixed("readObject", 4, in -> in.<Object>readObject()),
                fixed("readInto", 5, in -> in.readInto(new byte[5])),
                fixed("readInto range", 2, in -> in.readInto(new byte[5], 3, 2)));
    }

    private static Arguments fixed(String name, int size, Consumer<ObjectDataInput> read) {
        return arguments(name, size, read);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fixedSize")
    void read_tooFewBytesLeft_saysHowManyAndWhere(String name, int size, Consumer<ObjectDataInput> read) {
        for (int left = 0; left < size; left++) {
            DataReader in = reader(new byte[1 + left]);
            in.readByte();
            assertThatThrownBy(() -> read.accept(in))
                    .as("%s with %d bytes left", name, left)
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining(
                            "type id 7 (an object of a custom serializer) at offset 9: " + size + " bytes")
                    .hasMessageContaining(
                            left == 0 ? "none are left" : left == 1 ? "only 1 is left" : "only " + left + " are left");
            assertThat(in.position()).as("the cursor stays").isEqualTo(9);
        }
        DataReader enough = reader(new byte[size]);
        read.accept(enough);
        assertThat(enough.position()).isEqualTo(8 + size);
    }

    static Stream<Arguments> arrays() {
        return Stream.of(
                fixed("readString", 1, ObjectDataInput::readString),
                fixed("readByteArray", 1, ObjectDataInput::readByteArray),
                fixed("readBooleanArray", 1, ObjectDataInput::readBooleanArray),
                fixed("readCharArray", 2, ObjectDataInput::readCharArray),
                fixed("readShortArray", 2, ObjectDataInput::readShortArray),
                fixed("readIntArray", 4, ObjectDataInput::readIntArray),
                fixed("readLongArray", 8, ObjectDataInput::readLongArray),
                fixed("readFloatArray", 4, ObjectDataInput::readFloatArray),
                fixed("readDoubleArray", 8, ObjectDataInput::readDoubleArray),
                fixed("readStringArray", 4, ObjectDataInput::readStringArray));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("arrays")
    void readArray_lengthThatCannotBe_isRefused(String name, int elementSize, Consumer<ObjectDataInput> read) {
        for (int length : new int[] {-2, Integer.MIN_VALUE}) {
            assertThatThrownBy(() -> read.accept(reader(ints(length, 0, 0))))
                    .as(name)
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("at offset 8: the length " + length + " is negative");
        }
        for (int length : new int[] {8 / elementSize + 1, 0x2000_0001, Integer.MAX_VALUE}) {
            long needed = (long) length * elementSize;
            assertThatThrownBy(() -> read.accept(reader(ints(length, 0, 0))))
                    .as(name)
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("at offset 8: " + needed + " bytes should follow but only 8 are left");
        }
    }

    @Test
    void readInto_rangeOutsideTheArray_isRefusedAndReadsNothing() {
        DataReader in = reader(bytes(1, 2, 3, 4));
        byte[] target = new byte[3];
        for (int[] range : new int[][] {{-1, 1}, {0, -1}, {1, 3}, {4, 0}, {Integer.MAX_VALUE, 2}}) {
            assertThatThrownBy(() -> in.readInto(target, range[0], range[1]))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
        assertThat(in.position()).isEqualTo(8);
        in.readInto(target, 1, 2);
        assertThat(target).containsExactly(0, 1, 2);
        in.readInto(target, 3, 0);
        assertThat(in.readByte()).isEqualTo((byte) 3);
    }

    @Test
    void skipBytes_stopsAtTheEndAndNeverGoesBack() {
        DataReader in = reader(bytes(1, 2, 3));

        assertThat(in.skipBytes(-1)).isZero();
        assertThat(in.skipBytes(0)).isZero();
        assertThat(in.skipBytes(2)).isEqualTo(2);
        assertThat(in.position()).isEqualTo(10);
        assertThat(in.readByte()).isEqualTo((byte) 3);
        assertThat(in.skipBytes(Integer.MAX_VALUE)).isZero();
        assertThat(reader(bytes(1, 2)).skipBytes(Integer.MAX_VALUE)).isEqualTo(2);
        assertThat(reader(bytes(1, 2)).skipBytes(Integer.MIN_VALUE)).isZero();
    }

    @Test
    void positionAndSize_countTheHeaderAndNotTheBuffer() {
        DataReader in = reader(ints(5, 6));

        assertThat(in.size()).isEqualTo(16);
        assertThat(in.position()).isEqualTo(8);
        in.readInt();
        assertThat(in.position()).isEqualTo(12);
        assertThat(in.size()).isEqualTo(16);
        assertThat(in.byteOrder()).isEqualTo(ByteOrder.BIG_ENDIAN);
    }

    @Test
    void seek_goesAnywhereInThePayloadAndNowhereElse() {
        DataReader in = reader(ints(5, 6));
        in.seek(12);
        assertThat(in.readInt()).isEqualTo(6);
        in.seek(8);
        assertThat(in.readInt()).isEqualTo(5);
        in.seek(16);
        assertThat(in.skipBytes(1)).isZero();
        for (int outside : new int[] {7, 0, -1, Integer.MIN_VALUE, 17, Integer.MAX_VALUE}) {
            assertThatThrownBy(() -> in.seek(outside))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining(outside + " is outside the 16 bytes");
        }
        assertThat(in.position()).isEqualTo(16);
    }

    @Test
    void readElsewhere_leavesTheCursor() {
        DataReader in = reader(ints(0x01020304, 0x05060708));

        assertThat(in.intAt(10)).isEqualTo(0x03040506);
        assertThat(in.longAt(8)).isEqualTo(0x0102030405060708L);
        assertThat(in.shortAt(14)).isEqualTo((short) 0x0708);
        assertThat(in.byteAt(15)).isEqualTo((byte) 8);
        assertThat(in.position()).isEqualTo(8);
        for (int outside : new int[] {-1, Integer.MIN_VALUE, 16, Integer.MAX_VALUE}) {
            assertThatThrownBy(() -> in.intAt(outside)).isInstanceOf(SerializationException.class);
            assertThatThrownBy(() -> in.longAt(outside)).isInstanceOf(SerializationException.class);
            assertThatThrownBy(() -> in.shortAt(outside)).isInstanceOf(SerializationException.class);
            assertThatThrownBy(() -> in.byteAt(outside))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("at offset " + outside + ": 1 bytes should follow");
        }
        assertThatThrownBy(() -> in.intAt(13)).hasMessageContaining("4 bytes should follow but only 3 are left");
    }

    @Test
    void asStream_readsToTheEndOfTheObject() throws IOException {
        DataReader in = reader(bytes(1, -2, 3, 4, 5, 6, 7));
        InputStream stream = in.asStream();

        assertThat(stream.available()).isEqualTo(7);
        assertThat(stream.read()).isEqualTo(1);
        assertThat(stream.read()).isEqualTo(0xFE);
        byte[] target = new byte[3];
        assertThat(stream.read(target, 1, 2)).isEqualTo(2);
        assertThat(target).containsExactly(0, 3, 4);
        assertThat(stream.skip(1)).isEqualTo(1);
        assertThat(stream.skip(-1)).isZero();
        assertThat(in.readByte()).as("stream and cursor are one").isEqualTo((byte) 6);
        stream.close();
        assertThat(stream.read(target, 0, 3)).isEqualTo(1);
        assertThat(stream.read(target, 0, 0)).isZero();
        assertThat(stream.read(target, 0, 3)).isEqualTo(-1);
        assertThat(stream.read()).isEqualTo(-1);
        assertThat(stream.available()).isZero();
        assertThat(stream.skip(Long.MAX_VALUE)).isZero();
        assertThatThrownBy(() -> stream.read(target, 2, 2)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void asStream_inOneGo_hasEverything() throws IOException {
        ByteArrayOutputStream copy = new ByteArrayOutputStream();

        assertThat(reader(ints(1, 2, 3)).asStream().transferTo(copy)).isEqualTo(12);

        assertThat(copy.toByteArray()).isEqualTo(ints(1, 2, 3));
        assertThat(reader().asStream().readAllBytes()).isEmpty();
        assertThat(reader().asStream().skip(Long.MIN_VALUE)).isZero();
    }
}
