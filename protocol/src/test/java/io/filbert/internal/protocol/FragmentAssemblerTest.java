// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.internal.protocol.member.MapGetMemberCodec;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FragmentAssemblerTest {
    private static final int BEGIN = 0x8000;
    private static final int END = 0x4000;

    private final FragmentAssembler assembler = new FragmentAssembler(1 << 16, 3);

    /** A fragment: the frame with the id, then some frames of the message, the last one marked final. */
    private static byte[] fragment(int flags, long id, byte[] frames, int lastFrame) {
        byte[] bytes = new byte[14 + frames.length];
        Wire.putInt(bytes, 0, 14);
        Wire.putShort(bytes, 4, (short) (frames.length == 0 ? flags | 0x2000 : flags));
        Wire.putLong(bytes, 6, id);
        System.arraycopy(frames, 0, bytes, 14, frames.length);
        if (frames.length > 0) {
            Wire.addFlags(bytes, 14 + lastFrame, 0x2000);
        }
        return bytes;
    }

    private static byte @Nullable [] accept(FragmentAssembler assembler, byte[] fragment) {
        assertThat(new MessageCutter(1 << 20).findEnd(fragment, 0, fragment.length))
                .isEqualTo(fragment.length);
        return assembler.accept(fragment, 0, fragment.length);
    }

    @Test
    void accept_everyMessageCutAnywhere_comesBackWhole() {
        long seed = System.nanoTime();
        RandomValues random = new RandomValues(seed, 3);
        Random order = random.random();
        for (CodecPair codec : CodecPair.ALL.values()) {
            List<@Nullable Object> values = random.parameters(codec.message().fields());
            byte[] message = codec.encode(values);
            byte @Nullable [] whole = null;
            int from = 0;
            int frame = 0;
            int part = 0;
            while (frame < message.length) {
                int next = frame + MessageHeader.frameLength(message, frame);
                boolean last = next == message.length;
                if (last || order.nextBoolean()) {
                    int flags = (part == 0 ? BEGIN : 0) | (last ? END : 0);
                    if (flags != (BEGIN | END)) {
                        byte[] frames = Arrays.copyOfRange(message, from, next);
                        whole = accept(assembler, fragment(flags, 77, frames, frame - from));
                        part++;
                        from = next;
                    } else {
                        whole = message;
                    }
                }
                frame = next;
            }
            byte[] result = java.util.Objects.requireNonNull(whole, codec.toString());
            assertThat(Plain.of(codec.decode(result)))
                    .as("%s, seed %d", codec, seed)
                    .isEqualTo(Plain.of(values));
        }
    }

    @Test
    void accept_interleavedFragments_keepsThemApart() {
        byte[] message = MapGetMemberCodec.encodeResponse(Data.of(new byte[30]));
        byte[] head = Arrays.copyOf(message, 19);
        byte[] tail = Arrays.copyOfRange(message, 19, message.length);
        assertThat(accept(assembler, fragment(BEGIN, 1, head, 0))).isNull();
        assertThat(accept(assembler, fragment(BEGIN, 2, head, 0))).isNull();
        assertThat(accept(assembler, fragment(0, 2, new byte[0], 0))).isNull();
        byte[] expected = message.clone();
        Wire.addFlags(expected, 0, 0x2000);
        assertThat(accept(assembler, fragment(END, 2, tail, 0))).isEqualTo(expected);
        assertThat(accept(assembler, fragment(END, 1, tail, 0))).isEqualTo(expected);
    }

    @Test
    void accept_withoutBeginning_isRefused() {
        assertThatThrownBy(() -> accept(assembler, fragment(END, 5, new byte[0], 0)))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("without having begun");
    }

    @Test
    void accept_sameIdTwice_isRefused() {
        accept(assembler, fragment(BEGIN, 5, new byte[0], 0));
        assertThatThrownBy(() -> accept(assembler, fragment(BEGIN, 5, new byte[0], 0)))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("begins twice");
    }

    @Test
    void accept_tooManyUnfinished_isRefused() {
        for (int id = 0; id < 3; id++) {
            accept(assembler, fragment(BEGIN, id, new byte[0], 0));
        }
        assertThatThrownBy(() -> accept(assembler, fragment(BEGIN, 3, new byte[0], 0)))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("more than 3");
    }

    @Test
    void accept_tooManyBytes_isRefused() {
        byte[] frame = new byte[30_000];
        Wire.putInt(frame, 0, frame.length);
        accept(assembler, fragment(BEGIN, 1, frame, 0));
        accept(assembler, fragment(BEGIN, 2, frame, 0));
        assertThatThrownBy(() -> accept(assembler, fragment(0, 1, frame, 0)))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining(
                        "at least 60000 bytes and 30000 bytes of other unfinished messages are together more than");
    }

    @Test
    void accept_noFragment_isRefused() {
        byte[] message = MapGetMemberCodec.encodeResponse(null);
        assertThatThrownBy(() -> assembler.accept(message, 0, message.length)).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> assembler.accept(new byte[8], 0, 8)).isInstanceOf(ProtocolException.class);
    }
}
