// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.protocol;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.filbert.internal.protocol.codec.ErrorsCodec;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a socket delivers: it is cut into messages and decoded, and nothing but a {@link ProtocolException} comes
 * out. The build fuzzes for a while with the coverage as its guide; without that it only runs the seeds.
 */
class CodecFuzzTest {
    private static final int MAX_MESSAGE_BYTES = 1 << 20;
    private static final List<CodecPair> CODECS = List.copyOf(CodecPair.ALL.values());

    /** Each seed also runs as a test of its own, so several messages share one. */
    private static final int MESSAGES_PER_SEED = 5;

    /** Some valid messages, each behind two bytes that pick its codec. */
    static Stream<byte[]> seeds() {
        RandomValues random = new RandomValues(1, 2);
        return IntStream.range(0, CODECS.size() / MESSAGES_PER_SEED).mapToObj(seed -> {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            for (int i = seed * MESSAGES_PER_SEED; i < (seed + 1) * MESSAGES_PER_SEED; i++) {
                out.write(i);
                out.write(i >>> 8);
                CodecPair codec = CODECS.get(i);
                out.writeBytes(codec.encode(random.parameters(codec.message().fields())));
            }
            return out.toByteArray();
        });
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "20s")
    void cutAndDecode(byte[] input) {
        MessageCutter cutter = new MessageCutter(MAX_MESSAGE_BYTES);
        FragmentAssembler assembler = new FragmentAssembler(MAX_MESSAGE_BYTES, 4);
        int start = 2;
        while (start <= input.length) {
            CodecPair codec = CODECS.get((Wire.getShort(input, start - 2) & 0xffff) % CODECS.size());
            int end;
            try {
                end = cutter.findEnd(input, start, input.length);
            } catch (ProtocolException expected) {
                return;
            }
            if (end < 0) {
                return;
            }
            try {
                message(codec, assembler, input, start, end);
            } catch (ProtocolException expected) {
                // the only one that may come out
            }
            start = end + 2;
        }
    }

    private static void message(CodecPair codec, FragmentAssembler assembler, byte[] input, int start, int end) {
        if (!MessageHeader.isFragment(MessageHeader.flags(input, start))) {
            decode(codec, input, start, end);
            return;
        }
        byte[] whole = assembler.accept(input, start, end);
        if (whole != null) {
            decode(codec, whole, 0, whole.length);
        }
    }

    private static void decode(CodecPair codec, byte[] buffer, int start, int end) {
        MessageReader in = new MessageReader().reset(buffer, start, end);
        if (in.messageType() == MessageHeader.ERROR_TYPE) {
            ErrorsCodec.decode(in);
            return;
        }
        // any four bytes are as good as the right message type
        byte[] message = Arrays.copyOfRange(buffer, start, end);
        Wire.putInt(message, MessageHeader.FRAME_HEADER_BYTES, codec.message().messageType());
        codec.decodeRaw(in.reset(message, 0, message.length));
    }
}
