// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.internal.protocol.codec.MapPutAllCodec;
import java.nio.ByteBuffer;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MessageCutterTest {
    private static final int LIMIT = 1 << 16;

    private final MessageCutter cutter = new MessageCutter(LIMIT);

    private static byte[] message(int entries) {
        List<Map.Entry<Data, Data>> list = new ArrayList<>();
        for (int i = 0; i < entries; i++) {
            list.add(new SimpleImmutableEntry<>(Data.of(new byte[8 + i]), Data.of(new byte[20])));
        }
        return MapPutAllCodec.encodeRequest("some map", list, true);
    }

    @Test
    void findEnd_everyPrefix_waitsForTheWholeMessage() {
        byte[] bytes = message(5);
        for (int limit = 0; limit < bytes.length; limit++) {
            assertThat(cutter.findEnd(bytes, 0, limit))
                    .as("after %d bytes", limit)
                    .isEqualTo(-1);
            assertThat(cutter.announcedBytes())
                    .as("announced after %d bytes", limit)
                    .isGreaterThan(limit)
                    .isLessThanOrEqualTo(bytes.length);
        }
        assertThat(cutter.findEnd(bytes, 0, bytes.length)).isEqualTo(bytes.length);
    }

    @Test
    void findEnd_messageMovedInBetween_goesOnWhereItWas() {
        byte[] bytes = message(3);
        byte[] moved = new byte[bytes.length + 50];
        assertThat(cutter.findEnd(bytes, 0, bytes.length - 1)).isEqualTo(-1);
        System.arraycopy(bytes, 0, moved, 50, bytes.length);
        assertThat(cutter.findEnd(moved, 50, moved.length)).isEqualTo(moved.length);
    }

    @Test
    void findEnd_severalMessages_findsEach() {
        byte[] first = message(1);
        byte[] second = message(2);
        byte[] both = ByteBuffer.allocate(first.length + second.length + 3)
                .put(first)
                .put(second)
                .array();
        assertThat(cutter.findEnd(both, 0, both.length)).isEqualTo(first.length);
        assertThat(cutter.findEnd(both, first.length, both.length)).isEqualTo(first.length + second.length);
        assertThat(cutter.findEnd(both, first.length + second.length, both.length))
                .isEqualTo(-1);
    }

    @Test
    void findEnd_longFrame_tellsHowMuchToExpect() {
        byte[] bytes = new byte[6];
        Wire.putInt(bytes, 0, 12_345);
        assertThat(cutter.findEnd(bytes, 0, bytes.length)).isEqualTo(-1);
        assertThat(cutter.announcedBytes()).isEqualTo(12_345);
    }

    @Test
    void findEnd_impossibleLength_isRefused() {
        for (int length : new int[] {5, 0, -1, Integer.MIN_VALUE}) {
            byte[] bytes = new byte[6];
            Wire.putInt(bytes, 0, length);
            assertThatThrownBy(() -> new MessageCutter(LIMIT).findEnd(bytes, 0, bytes.length))
                    .isInstanceOf(ProtocolException.class)
                    .hasMessageContaining("frame of " + length + " bytes");
        }
    }

    @Test
    void findEnd_announcedTooLong_isRefusedBeforeItArrives() {
        byte[] bytes = new byte[6];
        Wire.putInt(bytes, 0, LIMIT + 1);
        assertThatThrownBy(() -> cutter.findEnd(bytes, 0, bytes.length))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("limit of " + LIMIT);
    }

    @Test
    void findEnd_endlessFrames_isRefusedAtTheLimit() {
        byte[] bytes = new byte[LIMIT + 6];
        for (int at = 0; at + 6 <= bytes.length; at += 6) {
            Wire.putInt(bytes, at, 6);
        }
        assertThat(cutter.findEnd(bytes, 0, LIMIT - 10)).isEqualTo(-1);
        assertThatThrownBy(() -> cutter.findEnd(bytes, 0, bytes.length)).isInstanceOf(ProtocolException.class);
    }
}
