// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.internal.protocol.Data;
import io.filbert.internal.protocol.MessageHeader;
import io.filbert.internal.protocol.MessageNames;
import io.filbert.internal.protocol.MessageReader;
import io.filbert.internal.protocol.codec.ClientAddClusterViewListenerCodec;
import io.filbert.internal.protocol.codec.ClientAuthenticationCodec;
import io.filbert.internal.protocol.codec.ClientAuthenticationCustomCodec;
import io.filbert.internal.protocol.codec.ClientCreateProxiesCodec;
import io.filbert.internal.protocol.codec.ClientCreateProxyCodec;
import io.filbert.internal.protocol.codec.ClientDestroyProxyCodec;
import io.filbert.internal.protocol.codec.ClientGetDistributedObjectsCodec;
import io.filbert.internal.protocol.codec.ClientLocalBackupListenerCodec;
import io.filbert.internal.protocol.codec.ClientPingCodec;
import io.filbert.internal.protocol.codec.ClientStatisticsCodec;
import io.filbert.internal.protocol.codec.ClientTriggerPartitionAssignmentCodec;
import io.filbert.internal.protocol.codec.ErrorsCodec;
import io.filbert.internal.protocol.codec.MapClearCodec;
import io.filbert.internal.protocol.codec.MapContainsKeyCodec;
import io.filbert.internal.protocol.codec.MapDeleteCodec;
import io.filbert.internal.protocol.codec.MapGetCodec;
import io.filbert.internal.protocol.codec.MapIsEmptyCodec;
import io.filbert.internal.protocol.codec.MapPutCodec;
import io.filbert.internal.protocol.codec.MapRemoveCodec;
import io.filbert.internal.protocol.codec.MapSetCodec;
import io.filbert.internal.protocol.codec.MapSizeCodec;
import io.filbert.internal.protocol.type.ErrorHolder;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the same conversations with a real member and a scripted one and compares what they say, frame by frame. */
@NoLeaks
class ScriptedAndRealMemberTest {

    private static final String MAP = "m";
    private static final String MAP_SERVICE = "hz:impl:mapService";

    static Stream<String> versions() {
        return Arrays.stream(System.getProperty("filbert.smoke.versions", MemberOptions.DEFAULT_VERSION)
                .split(","));
    }

    @ParameterizedTest
    @MethodSource("versions")
    void sameConversation_sameShapes(String version) throws IOException {
        List<String> real;
        List<String> scripted;
        try (HazelcastMember member = HazelcastMember.builder().version(version).start()) {
            real = new Conversation(member.port()).hold();
        }
        try (ScriptedCluster cluster = ScriptedCluster.builder()
                .version(version)
                .partitionsAssigned(false)
                .start()) {
            scripted = new Conversation(cluster.member(0).port()).hold();
        }
        assertThat(real).as("lines of the real member's transcript").hasSizeGreaterThan(40);
        assertThat(scripted).containsExactlyElementsOf(real);
    }

    /** Talks to one member and writes down what it answers, without what may differ: values and stack traces. */
    private static final class Conversation {

        private final int port;
        private final List<String> transcript = new ArrayList<>();

        Conversation(int port) {
            this.port = port;
        }

        List<String> hold() throws IOException {
            try (RawClient client = new RawClient(port)) {
                note("accepted", client.call(RawClient.authentication("dev", UUID.randomUUID())));
                long view = noteView(client);
                talkAboutMap(client);
                note("partitions assigned", client.event(view));
                talkAboutProxies(client);
                talkNonsense(client);
                try (RawClient second = new RawClient(port)) {
                    note("accepted later", second.call(RawClient.authentication("dev", UUID.randomUUID())));
                    noteView(second);
                }
            }
            beRefused();
            return transcript;
        }

        /** Everything up to the response, in its order. */
        private long noteView(RawClient client) throws IOException {
            long id = client.send(ClientAddClusterViewListenerCodec.encodeRequest());
            byte[] message;
            do {
                message = client.next();
                note("view", message);
                transcript.add("for the listener: " + (MessageHeader.correlationId(message, 0) == id));
            } while (MessageHeader.isEvent(MessageHeader.flags(message, 0)));
            return id;
        }

        private void talkAboutMap(RawClient client) throws IOException {
            Data key = TestData.string("key");
            Data value = TestData.string("value");
            byte[] aware = TestData.to(key, MapSetCodec.encodeRequest(MAP, key, value, 1, -1));
            MessageHeader.setBackupAware(aware);
            for (byte[] request : List.of(
                    TestData.to(key, MapGetCodec.encodeRequest(MAP, key, 1)),
                    TestData.to(key, MapPutCodec.encodeRequest(MAP, key, value, 1, -1)),
                    TestData.to(key, MapPutCodec.encodeRequest(MAP, key, value, 1, -1)),
                    TestData.to(key, MapGetCodec.encodeRequest(MAP, key, 1)),
                    TestData.to(key, MapContainsKeyCodec.encodeRequest(MAP, key, 1)),
                    MapSizeCodec.encodeRequest(MAP),
                    MapIsEmptyCodec.encodeRequest(MAP),
                    TestData.to(key, MapRemoveCodec.encodeRequest(MAP, key, 1)),
                    aware,
                    TestData.to(key, MapDeleteCodec.encodeRequest(MAP, key, 1)),
                    MapClearCodec.encodeRequest(MAP))) {
                note("map", client.call(request));
            }
            note("no partition", client.call(MapGetCodec.encodeRequest(MAP, key, 1)));
        }

        private void talkAboutProxies(RawClient client) throws IOException {
            noteProxies(client.call(ClientCreateProxyCodec.encodeRequest(MAP, MAP_SERVICE)));
            noteProxies(client.call(ClientCreateProxiesCodec.encodeRequest(List.of(Map.entry("n", MAP_SERVICE)))));
            noteProxies(listOfObjects(client, 2));
            noteProxies(client.call(ClientDestroyProxyCodec.encodeRequest("n", MAP_SERVICE)));
            noteProxies(listOfObjects(client, 1));
            for (byte[] request : List.of(
                    ClientPingCodec.encodeRequest(),
                    ClientStatisticsCodec.encodeRequest(1, "a=b", new byte[0]),
                    ClientLocalBackupListenerCodec.encodeRequest(),
                    ClientTriggerPartitionAssignmentCodec.encodeRequest())) {
                noteProxies(client.call(request));
            }
        }

        private void noteProxies(byte[] answer) {
            note("proxies and the rest", answer);
        }

        /** Asked for until it is as long as expected: a member may list an object only some time after it has confirmed its creation. */
        private byte[] listOfObjects(RawClient client, int length) {
            AtomicReference<byte[]> list = new AtomicReference<>(new byte[0]);
            Eventually.passes(() -> {
                byte[] answer = client.call(ClientGetDistributedObjectsCodec.encodeRequest());
                list.set(answer);
                assertThat(ClientGetDistributedObjectsCodec.decodeResponse(
                                new MessageReader().reset(answer, 0, answer.length)))
                        .hasSize(length);
            });
            return Objects.requireNonNull(list.get());
        }

        private void talkNonsense(RawClient client) throws IOException {
            note("unknown message", client.call(unknownMessage()));
            note("still there", client.call(ClientPingCodec.encodeRequest()));
        }

        private void beRefused() throws IOException {
            ask("wrong name", RawClient.authentication("other", UUID.randomUUID()));
            ask("wrong password", authentication("user", "password", (byte) 1));
            ask("wrong serialization", authentication(null, null, (byte) 2));
            ask(
                    "token",
                    ClientAuthenticationCustomCodec.encodeRequest(
                            "dev",
                            new byte[] {1},
                            UUID.randomUUID(),
                            "RAW",
                            (byte) 1,
                            "0",
                            "n",
                            List.of(),
                            (byte) 0,
                            false));
            ask("unknown before authentication", unknownMessage());
            try (RawClient client = new RawClient(port)) {
                noteRefusal(client);
            }
            try (RawClient client = new RawClient(port)) {
                client.send(RawClient.authentication("x".repeat(5_000), UUID.randomUUID()));
                transcript.add("too long: " + client.rest().length + " bytes and the end");
            }
        }

        /** Members close right after the error; up to 5.0 that often overtakes it. */
        private void noteRefusal(RawClient client) throws IOException {
            long id = client.send(ClientPingCodec.encodeRequest());
            try {
                assertThat(errors(client.response(id)))
                        .contains("46 com.hazelcast.spi.exception.RetryableHazelcastException")
                        .contains("3 com.hazelcast.client.AuthenticationException");
            } catch (EOFException e) {
                transcript.add("not authenticated: the end");
                return;
            }
            assertThat(client.rest()).isEmpty();
            transcript.add("not authenticated: the end");
        }

        private void ask(String what, byte[] request) throws IOException {
            try (RawClient client = new RawClient(port)) {
                note(what, client.call(request));
                // The connection stays open: another try gets another answer.
                note(what + ", then right", client.call(RawClient.authentication("dev", UUID.randomUUID())));
            }
        }

        private static byte[] authentication(
                @Nullable String user, @Nullable String password, byte serializationVersion) {
            return ClientAuthenticationCodec.encodeRequest(
                    "dev",
                    user,
                    password,
                    UUID.randomUUID(),
                    "RAW",
                    serializationVersion,
                    "0",
                    "n",
                    List.of(),
                    (byte) 0,
                    false);
        }

        private static byte[] unknownMessage() {
            byte[] request = ClientPingCodec.encodeRequest();
            request[MessageHeader.FRAME_HEADER_BYTES + 1] = 0x7f;
            request[MessageHeader.FRAME_HEADER_BYTES + 2] = 0x7f;
            return request;
        }

        private void note(String what, byte[] message) {
            int type = MessageHeader.messageType(message, 0);
            transcript.add(what + ": " + MessageNames.of(type) + " "
                    + (type == MessageHeader.ERROR_TYPE ? errors(message) : shape(message)));
        }

        /** Codes, classes and whether there is a message, of the exception and its causes. */
        private static String errors(byte[] message) {
            List<String> errors = new ArrayList<>();
            for (ErrorHolder error : ErrorsCodec.decode(RawClient.reader(message))) {
                errors.add(error.errorCode() + " " + error.className() + " " + (error.message() != null));
            }
            return errors.toString();
        }

        /** Length and flags of each frame; of an event the ordering key, of a response the number of backup acks. */
        private static String shape(byte[] message) {
            StringBuilder shape = new StringBuilder();
            boolean event = MessageHeader.isEvent(MessageHeader.flags(message, 0));
            shape.append(event ? MessageHeader.partitionId(message, 0) : MessageHeader.backupAcks(message, 0));
            for (int at = 0; at < message.length; at += MessageHeader.frameLength(message, at)) {
                shape.append(
                        " %d/%04x".formatted(MessageHeader.frameLength(message, at), MessageHeader.flags(message, at)));
            }
            return shape.toString();
        }
    }
}
