// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.internal.protocol.codec.ClientFetchSchemaCodec;
import io.filbert.internal.protocol.codec.MapKeySetCodec;
import io.filbert.internal.protocol.codec.SqlExecuteCodec;
import io.filbert.internal.protocol.member.ClientFetchSchemaMemberCodec;
import io.filbert.internal.protocol.member.MapKeySetMemberCodec;
import io.filbert.internal.protocol.member.SqlExecuteMemberCodec;
import io.filbert.internal.protocol.type.Schema;
import io.filbert.internal.protocol.type.SqlColumnType;
import io.filbert.internal.protocol.type.SqlPage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Members that lie about lengths and counts get an exception, and no memory they have not paid for in bytes. */
class HostileBytesTest {
    private static final int[] BAD_LENGTHS = {
        0, 5, -1, 6, 7, 13, 1000, Integer.MAX_VALUE, Integer.MAX_VALUE - 5, Integer.MIN_VALUE
    };
    /** What decoding may allocate per byte of input, and apart from that. */
    private static final int BYTES_PER_BYTE = 64;

    private static final int BYTES_ANYWAY = 40_000;

    private final long seed = System.nanoTime();
    private final RandomValues random = new RandomValues(seed, 3);
    private final Map<String, Integer> outcomes = new TreeMap<>();

    /** Decodes and counts the outcome; anything but success or a ProtocolException fails the test. */
    private void decode(CodecPair codec, byte[] bytes, String what) {
        try {
            long limit = BYTES_ANYWAY + (long) BYTES_PER_BYTE * bytes.length;
            boolean[] refused = new boolean[1];
            Runnable decoding = () -> refused[0] = !isDecoded(codec, bytes);
            long allocated = AllocationProbe.bytesOf(decoding);
            // the first time may include loading a class
            if (allocated >= limit) {
                allocated = AllocationProbe.bytesOf(decoding);
            }
            outcomes.merge(refused[0] ? "refused" : "decoded", 1, Integer::sum);
            assertThat(allocated)
                    .as("%s, %s, seed %d: bytes allocated for %d bytes", codec, what, seed, bytes.length)
                    .isLessThan(limit);
        } catch (RuntimeException e) {
            throw new AssertionError(codec + ", " + what + ", seed " + seed + ", bytes " + Arrays.toString(bytes), e);
        }
    }

    private static boolean isDecoded(CodecPair codec, byte[] bytes) {
        try {
            codec.decodeRaw(new MessageReader().reset(bytes, 0, bytes.length));
            return true;
        } catch (ProtocolException e) {
            assertThat(e.getMessage()).isNotBlank();
            return false;
        }
    }

    private byte[] message(CodecPair codec) {
        return codec.encode(random.parameters(codec.message().fields()));
    }

    @Test
    void decode_wrongFrameLengths_isRefused() {
        for (CodecPair codec : CodecPair.ALL.values()) {
            byte[] bytes = message(codec);
            int frame = 0;
            while (frame < bytes.length) {
                for (int length : BAD_LENGTHS) {
                    byte[] bad = bytes.clone();
                    Wire.putInt(bad, frame, length);
                    decode(codec, bad, "frame at " + frame + " says " + length);
                }
                frame += MessageHeader.frameLength(bytes, frame);
            }
        }
        System.out.println("wrong frame lengths: " + outcomes);
        assertThat(outcomes.get("refused")).isGreaterThan(10_000);
    }

    @Test
    void decode_truncated_isRefusedUnlessOptional() {
        for (CodecPair codec : CodecPair.ALL.values()) {
            byte[] bytes = message(codec);
            for (int length = 0; length < bytes.length; length++) {
                decode(codec, Arrays.copyOf(bytes, length), "cut to " + length);
            }
        }
        System.out.println("truncated messages: " + outcomes);
        assertThat(outcomes.get("refused")).isGreaterThan(10_000);
    }

    @Test
    void decode_wrongFrameFlags_neverFailsOtherwise() {
        for (CodecPair codec : CodecPair.ALL.values()) {
            byte[] bytes = message(codec);
            int frame = 0;
            while (frame < bytes.length) {
                for (int flags : new int[] {0, 0x1000, 0x0800, 0x0400, 0x1800, 0x1c00, 0xffff}) {
                    byte[] bad = bytes.clone();
                    Wire.putShort(bad, frame + 4, (short) flags);
                    decode(codec, bad, "frame at " + frame + " has flags " + Integer.toHexString(flags));
                }
                frame += MessageHeader.frameLength(bytes, frame);
            }
        }
        System.out.println("wrong frame flags: " + outcomes);
        assertThat(outcomes).containsOnlyKeys("decoded", "refused");
    }

    @Test
    void decode_flippedBytes_neverFailsOtherwise() {
        Random flips = random.random();
        for (int round = 0; round < 10; round++) {
            for (CodecPair codec : CodecPair.ALL.values()) {
                byte[] bytes = message(codec);
                for (int flip = 0; flip <= round; flip++) {
                    bytes[flips.nextInt(bytes.length)] ^= (byte) (1 << flips.nextInt(8));
                }
                decode(codec, bytes, "flipped bits");
            }
        }
        System.out.println("flipped bits: " + outcomes);
        assertThat(outcomes).containsOnlyKeys("decoded", "refused");
    }

    @Test
    void decode_structureWithoutEnd_isRefused() {
        byte[] whole = MapKeySetMemberCodec.encodeResponse(List.of(Data.of(new byte[8])));
        byte[] bytes = Arrays.copyOf(whole, whole.length - 6);
        assertThatThrownBy(() -> MapKeySetCodec.decodeResponse(new MessageReader().reset(bytes, 0, bytes.length)))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("Map.keySet response of 39 bytes, at byte 39: message ends where another frame is needed");
    }

    @Test
    void decode_deepNestingInUnknownFields_needsNoStack() {
        byte[] whole = ClientFetchSchemaMemberCodec.encodeResponse(new Schema("t", List.of()));
        int depth = 1_000_000;
        byte[] bytes = Arrays.copyOf(whole, whole.length + 6 * depth);
        for (int i = 0; i < depth; i++) {
            Wire.putBegin(bytes, whole.length - 6 + 6 * i);
        }
        Wire.putEnd(bytes, bytes.length - 6);
        MessageReader in = new MessageReader().reset(bytes, 0, bytes.length);
        assertThatThrownBy(() -> ClientFetchSchemaCodec.decodeResponse(in))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("message ends where another frame is needed");
    }

    @Test
    void decode_shortSerializedObject_isRefused() {
        byte[] bytes = MapKeySetMemberCodec.encodeResponse(List.of(Data.of(new byte[8])));
        byte[] bad = new byte[bytes.length - 1];
        System.arraycopy(bytes, 0, bad, 0, 38);
        System.arraycopy(bytes, 39, bad, 38, bytes.length - 39);
        Wire.putInt(bad, 25, 13);
        MessageReader in = new MessageReader().reset(bad, 0, bad.length);
        assertThatThrownBy(() -> MapKeySetCodec.decodeResponse(in))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("serialized object of only 7 bytes");
        assertThatThrownBy(() -> MapKeySetCodec.decodeResponse(in, (buffer, offset, length) -> length))
                .isInstanceOf(ProtocolException.class);
    }

    @Test
    void decode_wrongMessage_saysWhichIsWhich() {
        byte[] bytes = MapKeySetMemberCodec.encodeResponse(List.of());
        MessageReader in = new MessageReader().reset(bytes, 0, bytes.length);
        assertThatThrownBy(() -> SqlExecuteCodec.decodeResponse(in))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("expected Sql.execute response but got Map.keySet response");
    }

    @Test
    void sqlPage_billionsOfNulls_takeNoMemory() {
        List<@Nullable Object> nulls = Collections.nCopies(Integer.MAX_VALUE, null);
        for (int type = 0; type <= SqlColumnType.ROW; type++) {
            int columnType = type;
            boolean packed = type == SqlColumnType.NULL || (type >= 1 && type <= 12 && type != SqlColumnType.DECIMAL);
            if (!packed) {
                continue;
            }
            // what a page of one null says, with another row count
            SqlPage one = new SqlPage(true, List.of(columnType), List.of(Collections.singletonList(null)));
            byte[] bytes = SqlExecuteMemberCodec.encodeResponse(null, one, 0, null, false, 0);
            // the count ends the column's frame; the end of the page and the null for the error follow
            int count = bytes.length - 6 - 6 - 4;
            Wire.putInt(bytes, count, Integer.MAX_VALUE);
            List<@Nullable SqlPage> pages = new ArrayList<>();
            long allocated = AllocationProbe.bytesOf(
                    () -> pages.add(SqlExecuteCodec.decodeResponse(new MessageReader().reset(bytes, 0, bytes.length))
                            .rowPage()));
            assertThat(Objects.requireNonNull(pages.get(0)).rowCount()).isEqualTo(nulls.size());
            assertThat(allocated)
                    .as("bytes allocated for column type %d", columnType)
                    .isLessThan(BYTES_ANYWAY);
            for (int form = 2; form < 4 && columnType != SqlColumnType.NULL; form++) {
                byte[] bad = bytes.clone();
                bad[count - 1] = (byte) form;
                assertThatThrownBy(() -> SqlExecuteCodec.decodeResponse(new MessageReader().reset(bad, 0, bad.length)))
                        .isInstanceOf(ProtocolException.class)
                        .hasMessageContaining("cannot hold 2147483647 rows");
            }
        }
    }
}
