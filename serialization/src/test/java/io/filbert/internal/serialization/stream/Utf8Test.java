// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.error.SerializationException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8Test {
    @Test
    void encode_anyCharacters_agreesWithTheJdk() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int[] bounds = {0x80, 0x100, 0x800, 0x10000};
        for (int i = 0; i < 100_000; i++) {
            char[] chars = new char[random.nextInt(12)];
            int bound = bounds[random.nextInt(bounds.length)];
            for (int j = 0; j < chars.length; j++) {
                // Surrogates are as frequent as everything else together, paired and alone.
                chars[j] = (char)
                        (bound == 0x10000 && random.nextBoolean()
                                ? 0xD800 + random.nextInt(0x800)
                                : random.nextInt(bound));
            }
            String text = new String(chars);
            if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
                assertThatThrownBy(() -> encoded(text)).isInstanceOf(SerializationException.class);
                assertThatThrownBy(() -> Utf8.encodeLong(text)).isInstanceOf(SerializationException.class);
                continue;
            }
            byte[] expected = text.getBytes(StandardCharsets.UTF_8);
            assertThat(encoded(text)).as("number %d with seed %d", i, seed).isEqualTo(expected);
            assertThat(Utf8.encodeLong(text)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 0x7F, 0x80, 0xFF, 0x100, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFD, 0xFFFF, 0x10000, 0x10FFFF})
    void codePointsAtTheEdges_survive(int codePoint) {
        String text = "a" + Character.toString(codePoint) + "b";
        byte[] bytes = encoded(text);

        assertThat(bytes).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
        assertThat(Utf8.decode(bytes, 0, bytes.length, TypeId.STRING, 0)).isEqualTo(text);
    }

    @Test
    void everyCodePoint_survives() {
        StringBuilder all = new StringBuilder();
        for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
            if (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE) {
                all.appendCodePoint(codePoint);
            }
        }
        String text = all.toString();
        byte[] bytes = encoded(text);

        assertThat(Utf8.decode(bytes, 0, bytes.length, TypeId.STRING, 0).equals(text))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "80, 12", // a continuation byte alone
        "6180, 13",
        "c3, 12", // cut in the middle of two, three, four bytes
        "61e282, 13",
        "f09f98, 12",
        "c080, 12", // longer than necessary
        "e08080, 12",
        "f0808080, 12",
        "eda080, 12", // a surrogate
        "f4908080, 12", // beyond the last code point
        "ff, 12",
        "c3a9ff, 14",
        "efbfbdff, 15", // a real replacement character before the damage
        "c361, 12",
    })
    void decode_notUtf8_saysWhere(String hex, int offset) {
        byte[] bytes = HexFormat.of().parseHex("0000" + hex + "00");

        assertThatThrownBy(() -> Utf8.decode(bytes, 2, bytes.length - 3, TypeId.STRING, 12))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("type id -11 (java.lang.String) at offset " + offset + ": ")
                .hasMessageContaining("not UTF-8");
    }

    @Test
    void decode_damageBehindTheFirstChunk_isFound() {
        byte[] bytes = ("\uFFFD" + "é".repeat(5000) + "x").getBytes(StandardCharsets.UTF_8);
        assertThat(Utf8.decode(bytes, 0, bytes.length, TypeId.STRING, 12)).endsWith("éx");
        bytes[bytes.length - 1] = (byte) 0xC3;

        assertThatThrownBy(() -> Utf8.decode(bytes, 0, bytes.length, TypeId.STRING, 12))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("at offset " + (12 + bytes.length - 1) + ": ");
    }

    private static byte[] encoded(String text) {
        int asciiPrefix = Utf8.asciiPrefix(text);
        byte[] bytes = new byte[(int) Utf8.size(text, asciiPrefix)];
        Utf8.encode(text, asciiPrefix, bytes, 0);
        return bytes;
    }
}
