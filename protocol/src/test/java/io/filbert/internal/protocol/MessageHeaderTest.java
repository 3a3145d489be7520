// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.internal.protocol.codec.ClientPingCodec;
import io.filbert.internal.protocol.codec.MapPutCodec;
import io.filbert.internal.protocol.member.ClientLocalBackupListenerMemberCodec;
import io.filbert.internal.protocol.member.MapPutMemberCodec;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class MessageHeaderTest {
    @Test
    void ping_withCorrelationId_isTheKnownBytes() {
        byte[] ping = ClientPingCodec.encodeRequest();
        MessageHeader.setCorrelationId(ping, 0x0102030405060708L);
        assertThat(HexFormat.of().formatHex(ping)).isEqualTo("1600000000e0000b00000807060504030201ffffffff");
    }

    @Test
    void request_patched_readsBack() {
        byte[] request = MapPutCodec.encodeRequest("m", Data.of(new byte[9]), Data.of(new byte[8]), 1, -1);
        MessageHeader.setCorrelationId(request, Long.MAX_VALUE - 1);
        MessageHeader.setPartitionId(request, 270);
        MessageHeader.setBackupAware(request);
        MessageReader in = new MessageReader().reset(request, 0, request.length);
        assertThat(in.correlationId()).isEqualTo(Long.MAX_VALUE - 1);
        assertThat(in.partitionId()).isEqualTo(270);
        assertThat(in.flags()).isEqualTo(0xc100);
        assertThat(in.isEvent()).isFalse();
        assertThat(MapPutMemberCodec.decodeRequest(in).ttl()).isEqualTo(-1);
    }

    @Test
    void response_withManyBackups_countsThemUnsigned() {
        byte[] response = MapPutMemberCodec.encodeResponse(null);
        MessageHeader.setBackupAcks(response, 200);
        assertThat(new MessageReader().reset(response, 0, response.length).backupAcks())
                .isEqualTo(200);
    }

    @Test
    void backupEvent_namesTheInvocation() {
        byte[] event = ClientLocalBackupListenerMemberCodec.encodeBackupEvent(4711);
        MessageHeader.setBackupEvent(event);
        MessageReader in = new MessageReader().reset(event, 0, event.length);
        assertThat(in.isEvent()).isTrue();
        assertThat(in.isBackupEvent()).isTrue();
        assertThat(MessageHeader.backupCorrelationId(event, 0)).isEqualTo(4711);
    }

    @Test
    void requestTypes_comeFromTheSchema() {
        assertThat(MapPutCodec.REQUEST)
                .isEqualTo(new RequestType(0x010100, "Map.put", false, true, PartitionRule.KEY, "2.0"));
        assertThat(ClientPingCodec.REQUEST)
                .isEqualTo(new RequestType(0x000b00, "Client.ping", true, false, PartitionRule.NONE, "2.0"));
    }

    @Test
    void names_ofAllKinds_areReadable() {
        assertThat(MessageNames.of(0x010100)).isEqualTo("Map.put request");
        assertThat(MessageNames.of(0x010101)).isEqualTo("Map.put response");
        assertThat(MessageNames.of(0x000302)).isEqualTo("Client.addClusterViewListener event 2");
        assertThat(MessageNames.of(0)).isEqualTo("error response");
        assertThat(MessageNames.of(-1)).isEqualTo("message 0xffffffff");
    }
}
