// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.internal.protocol.codec.MapGetAllCodec;
import io.filbert.internal.protocol.codec.MapGetCodec;
import io.filbert.internal.protocol.codec.MapKeySetCodec;
import io.filbert.internal.protocol.codec.MapPutCodec;
import io.filbert.internal.protocol.codec.MapValuesWithPredicateCodec;
import io.filbert.internal.protocol.member.MapGetAllMemberCodec;
import io.filbert.internal.protocol.member.MapGetMemberCodec;
import io.filbert.internal.protocol.member.MapKeySetMemberCodec;
import io.filbert.internal.protocol.member.MapValuesWithPredicateMemberCodec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Calls a client makes all day: what they allocate, and decoding in place. */
class AllocationTest {
    private static final int CALLS = 10_000;

    private static double bytesPerCall(Runnable call) {
        Runnable calls = () -> {
            for (int i = 0; i < CALLS; i++) {
                call.run();
            }
        };
        calls.run();
        return AllocationProbe.bytesOf(calls) / (double) CALLS;
    }

    private static int arraySize(int length) {
        return (16 + length + 7) / 8 * 8;
    }

    @Test
    void encode_put_allocatesTheMessageOnly() {
        Data key = Data.of(new byte[20]);
        Data value = Data.of(new byte[100]);
        int length = MapPutCodec.encodeRequest("my-map", key, value, 1, -1).length;
        assertThat(bytesPerCall(() -> MapPutCodec.encodeRequest("my-map", key, value, 1, -1)))
                .isLessThanOrEqualTo(arraySize(length) + 1);
    }

    @Test
    void decode_get_allocatesNothing() {
        byte[] response = MapGetMemberCodec.encodeResponse(Data.of(new byte[100]));
        MessageReader in = new MessageReader();
        DataDecoder<String> decoder = (buffer, offset, length) -> length == 100 ? "right" : "wrong";
        assertThat(MapGetCodec.decodeResponse(in.reset(response, 0, response.length), decoder))
                .isEqualTo("right");
        assertThat(bytesPerCall(() -> MapGetCodec.decodeResponse(in.reset(response, 0, response.length), decoder)))
                .isLessThanOrEqualTo(1);
    }

    @Test
    void decode_nullInPlaceOfData_givesNull() {
        byte[] response = MapGetMemberCodec.encodeResponse(null);
        MessageReader in = new MessageReader().reset(response, 0, response.length);
        DataDecoder<String> never = (buffer, offset, length) -> "wrong";
        assertThat(MapGetCodec.decodeResponse(in, never)).isNull();
        assertThat(MapGetCodec.decodeResponse(in)).isNull();
    }

    @Test
    void decode_lists_inPlace() {
        byte[] keys = MapKeySetMemberCodec.encodeResponse(List.of(Data.of(new byte[9]), Data.of(new byte[8])));
        MessageReader in = new MessageReader().reset(keys, 0, keys.length);
        assertThat(MapKeySetCodec.decodeResponse(in, (buffer, offset, length) -> length))
                .containsExactly(9, 8);
        byte[] values = MapValuesWithPredicateMemberCodec.encodeResponse(List.of(Data.of(new byte[10])));
        assertThat(MapValuesWithPredicateCodec.decodeResponse(
                        in.reset(values, 0, values.length), (buffer, offset, length) -> length))
                .containsExactly(10);
        byte[] entries =
                MapGetAllMemberCodec.encodeResponse(List.of(Map.entry(Data.of(new byte[8]), Data.of(new byte[12]))));
        assertThat(MapGetAllCodec.decodeResponse(
                        in.reset(entries, 0, entries.length),
                        (buffer, offset, length) -> length,
                        (buffer, offset, length) -> -length))
                .containsExactly(Map.entry(8, -12));
    }
}
