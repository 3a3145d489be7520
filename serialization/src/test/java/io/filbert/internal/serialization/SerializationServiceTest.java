// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.error.SerializationException;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.serialization.stream.TypeId;
import io.filbert.serialization.HazelcastJsonValue;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SerializationServiceTest {
    private final SerializationService service = new SerializationService();

    static List<Kind> kinds() {
        return Kind.all();
    }

    static Stream<Arguments> unsupported() {
        return Stream.of(Arguments.of(new Thread()), Arguments.of(InputStream.nullInputStream()));
    }

    @Test
    void null_staysNull() {
        Object read = service.toObject(null);

        assertThat(service.toData(null)).isNull();
        assertThat(read).isNull();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void toObject_sliceOfBuffer_readsOnlyTheSliceAndKeepsNothingOfIt(Kind kind) {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Object value = kind.random().apply(random);
        byte[] bytes = requireNonNull(service.toData(value)).bytes();
        byte[] buffer = new byte[bytes.length + 20];
        Arrays.fill(buffer, (byte) 0x55);
        System.arraycopy(bytes, 0, buffer, 7, bytes.length);

        Object read = service.toObject(buffer, 7, bytes.length);
        Arrays.fill(buffer, (byte) 0);

        assertThat(Contents.of(read)).as("seed %d", seed).isEqualTo(Contents.of(value));
    }

    /** From some length on texts are encoded in another way. */
    @ParameterizedTest
    @ValueSource(strings = {"a", "\u00e9", "\u20ac", "\uD83D\uDE00", "personnel-"})
    void toData_textOfAnyLength_isUtf8WhereverItIs(String piece) {
        for (int length : new int[] {1, 127, 128, 129, 1000, 100_000}) {
            String text = piece.repeat(length).substring(0, piece.length() == 2 ? length + length % 2 : length);
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            String expected = new String(utf8, StandardCharsets.UTF_8);
            List<Object> inside = new ArrayList<>(List.of(text));

            byte[] bytes = requireNonNull(service.toData(text)).bytes();
            assertThat(ByteBuffer.wrap(bytes).getInt(8)).isEqualTo(utf8.length);
            assertThat(Arrays.copyOfRange(bytes, 12, bytes.length)).isEqualTo(utf8);
            assertThat(service.<String>toObject(service.toData(text))).isEqualTo(expected);
            assertThat(service.<List<String>>toObject(service.toData(inside))).containsExactly(expected);
            assertThat(service.<String[]>toObject(service.toData(new String[] {text, null, "short"})))
                    .containsExactly(expected, null, "short");
            assertThat(service.<Object>toObject(service.toData(new HazelcastJsonValue(text))))
                    .isEqualTo(new HazelcastJsonValue(expected));
        }
    }

    @Test
    void toObject_bytesBehindTheObject_areIgnored() {
        byte[] bytes = requireNonNull(service.toData("abc")).bytes();

        String read = service.toObject(Data.of(Arrays.copyOf(bytes, bytes.length + 3)));

        assertThat(read).isEqualTo("abc");
    }

    @Test
    void toObject_storedPartitionHash_isNoPartOfTheObject() {
        byte[] bytes = requireNonNull(service.toData("abc")).bytes();
        bytes[0] = 1;

        String read = service.toObject(Data.of(bytes));

        assertThat(read).isEqualTo("abc");
    }

    @Test
    void toObject_anyByteButZero_isTrue() {
        Boolean read = service.toObject(Data.of(HexFormat.of().parseHex("00000000fffffffc02")));

        assertThat(read).isTrue();
    }

    @Test
    void toObject_nullForms_areNull() {
        for (int typeId = TypeId.STRING; typeId >= TypeId.STRING_ARRAY; typeId--) {
            Object read = service.toObject(Data.of(header(typeId, "ffffffff")));
            assertThat(read).as(TypeId.nameOf(typeId)).isNull();
        }
        Object typeNull = service.toObject(Data.of(new byte[8]));
        Object empty = service.toObject(new byte[4], 2, 0);
        assertThat(typeNull).isNull();
        assertThat(empty).isNull();
    }

    @ParameterizedTest
    @MethodSource("unsupported")
    void toData_unsupportedClass_saysWhichAndWhatToDo(Object value) {
        assertThatThrownBy(() -> service.toData(value))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining(value.getClass().getName())
                .hasMessageContaining("no form fits that class")
                .hasMessageContaining("customSerializers");
        assertThatThrownBy(() -> service.toData(new Object[] {"a", value}))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining(value.getClass().getName());
    }

    @ParameterizedTest
    @CsvSource({
        "-56, Compact with its schema inside",
        "-57, an unknown type",
        "-110, .NET",
        "-120, pickle",
        "-140, gob",
        "-200, Hibernate",
        "-206, Hibernate",
        "-207, an unknown type",
        "-300, Jet",
        "-399, Jet",
        "-2147483648, an unknown type",
    })
    void toObject_typeWithoutReader_isNamed(int typeId, String name) {
        assertThatThrownBy(() -> service.toObject(Data.of(header(typeId, "00000000"))))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("type id " + typeId + " (")
                .hasMessageContaining(name)
                .hasMessageContaining("at offset 8")
                .hasMessageContaining("no reader for it");
        byte[] nested = header(TypeId.OBJECT_ARRAY, "00000001" + HexFormat.of().toHexDigits(typeId));
        assertThatThrownBy(() -> service.toObject(Data.of(nested)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("type id " + typeId + " (")
                .hasMessageContaining("at offset 16");
    }

    @Test
    void toObject_rangeOutsideTheBuffer_isRefused() {
        assertThatThrownBy(() -> service.toObject(new byte[10], 5, 8)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> service.toObject(new byte[10], -1, 8)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    static byte[] header(int typeId, String payload) {
        return HexFormat.of().parseHex("00000000" + HexFormat.of().toHexDigits(typeId) + payload);
    }
}
