// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.internal.protocol.codec.ClientCreateProxyCodec;
import io.filbert.internal.protocol.member.ClientCreateProxyMemberCodec;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StringsTest {
    private static byte[] withName(byte[] utf8) {
        byte[] message = ClientCreateProxyCodec.encodeRequest("x".repeat(utf8.length), "service");
        System.arraycopy(utf8, 0, message, 28, utf8.length);
        return message;
    }

    private static String decodedName(byte[] message) {
        return ClientCreateProxyMemberCodec.decodeRequest(new MessageReader().reset(message, 0, message.length))
                .name();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "ÿ latin", "\u0800", "\uffff", "\uFFFD itself", "😀", "a😀b\u0000"})
    void string_anyUnicode_comesBack(String name) {
        byte[] message = ClientCreateProxyCodec.encodeRequest(name, "");
        assertThat(message).hasSize(22 + 6 + name.getBytes(StandardCharsets.UTF_8).length + 6);
        assertThat(decodedName(message)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uD83D", "a\uDE00", "\uDE00\uD83D", "é\uD83Dx"})
    void encode_halfASurrogatePair_isRefused(String name) {
        assertThatThrownBy(() -> ClientCreateProxyCodec.encodeRequest(name, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("surrogate");
    }

    @Test
    void decode_badUtf8_isRefused() {
        byte[][] bad = {
            {(byte) 0x80},
            {(byte) 0xc0, (byte) 0x80},
            {'a', (byte) 0xe2, (byte) 0x82},
            {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
            {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
            {(byte) 0xff, (byte) 0xff}
        };
        for (byte[] utf8 : bad) {
            assertThatThrownBy(() -> decodedName(withName(utf8)))
                    .as("%x...", utf8[0])
                    .isInstanceOf(ProtocolException.class)
                    .hasMessageContaining("Client.createProxy request")
                    .hasMessageContaining("not UTF-8");
        }
    }
}
