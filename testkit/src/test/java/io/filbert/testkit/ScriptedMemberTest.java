// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.internal.protocol.Data;
import io.filbert.internal.protocol.FragmentAssembler;
import io.filbert.internal.protocol.MessageHeader;
import io.filbert.internal.protocol.codec.ClientAddClusterViewListenerCodec;
import io.filbert.internal.protocol.codec.ClientAuthenticationCodec;
import io.filbert.internal.protocol.codec.ClientAuthenticationCustomCodec;
import io.filbert.internal.protocol.codec.ClientLocalBackupListenerCodec;
import io.filbert.internal.protocol.codec.ClientPingCodec;
import io.filbert.internal.protocol.codec.ErrorsCodec;
import io.filbert.internal.protocol.codec.MapAddEntryListenerCodec;
import io.filbert.internal.protocol.codec.MapGetCodec;
import io.filbert.internal.protocol.codec.MapSetCodec;
import io.filbert.internal.protocol.codec.MapSizeCodec;
import io.filbert.internal.protocol.member.MapAddEntryListenerMemberCodec;
import io.filbert.internal.protocol.member.MapGetMemberCodec;
import io.filbert.internal.protocol.member.MapSizeMemberCodec;
import io.filbert.internal.protocol.type.AuthenticationStatus;
import io.filbert.internal.protocol.type.ErrorCode;
import io.filbert.internal.protocol.type.ErrorHolder;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@NoLeaks
@Timeout(30)
class ScriptedMemberTest {

    private static final Data KEY = TestData.string("key");
    private static final Data VALUE = TestData.string("value");

    @Test
    void map_remembersWhatClientsWrite() throws IOException {
        try (ScriptedMember member = ScriptedMember.start();
                RawClient client = new RawClient(member.port()).authenticated("dev")) {
            client.call(set());
            assertThat(MapGetCodec.decodeResponse(RawClient.reader(client.call(get()))))
                    .isEqualTo(VALUE);
            assertThat(member.cluster().map("m")).containsExactly(Map.entry(KEY, VALUE));
            ScriptedRequest request = member.requests(MapGetCodec.REQUEST).get(0);
            assertThat(request.partitionId()).isEqualTo(TestData.partition(KEY));
            assertThat(request.isBackupAware()).isFalse();
            assertThat(request.isFragmented()).isFalse();
            assertThat(MapGetMemberCodec.decodeRequest(request.reader()).key()).isEqualTo(KEY);
            assertThat(request.connection().clientName()).isEqualTo("raw");
            assertThat(member.connections()).hasSize(1);
        }
    }

    @Test
    void handler_errorWithCauses_reachesTheClient() throws IOException {
        try (ScriptedMember member = ScriptedMember.start();
                RawClient client = new RawClient(member.port()).authenticated("dev")) {
            member.on(
                    MapGetCodec.REQUEST,
                    (request, reply) -> reply.error(List.of(
                            Reply.errorHolder(ErrorCode.MEMBER_LEFT, "x.Outer", "gone"),
                            Reply.errorHolder(ErrorCode.UNDEFINED, "x.Inner", null))));
            List<ErrorHolder> errors = ErrorsCodec.decode(RawClient.reader(client.call(get())));
            assertThat(errors).extracting(ErrorHolder::className).containsExactly("x.Outer", "x.Inner");
            assertThat(errors.get(1).message()).isNull();

            member.on(MapGetCodec.REQUEST, (request, reply) -> {
                throw new IOException("scripted");
            });
            assertThat(ErrorsCodec.decode(RawClient.reader(client.call(get())))
                            .get(0)
                            .className())
                    .isEqualTo("java.io.IOException");

            member.asUsual(MapGetCodec.REQUEST);
            assertThat(MapGetCodec.decodeResponse(RawClient.reader(client.call(get()))))
                    .isNull();
        }
    }

    @Test
    void heldRequests_areAnsweredInAnyOrder() throws IOException {
        try (ScriptedMember member = ScriptedMember.start();
                RawClient client = new RawClient(member.port()).authenticated("dev")) {
            HeldRequests held = member.hold(MapSizeCodec.REQUEST);
            long first = client.send(MapSizeCodec.encodeRequest("m"));
            long second = client.send(MapSizeCodec.encodeRequest("m"));
            List<Reply> replies = held.awaitCount(2).takeAll();
            replies.get(1).send(MapSizeMemberCodec.encodeResponse(22));
            replies.get(0).proceed();
            assertThat(MessageHeader.correlationId(client.next(), 0)).isEqualTo(second);
            byte[] late = client.next();
            assertThat(MessageHeader.correlationId(late, 0)).isEqualTo(first);
            assertThat(MapSizeCodec.decodeResponse(RawClient.reader(late))).isZero();
            assertThat(held.count()).isZero();
        }
    }

    @Test
    void pieces_fragments_garbage_andSilence() throws IOException {
        try (ScriptedMember member = ScriptedMember.start();
                RawClient client = new RawClient(member.port()).authenticated("dev")) {
            byte[] response = MapGetMemberCodec.encodeResponse(VALUE);
            member.on(MapGetCodec.REQUEST, (request, reply) -> reply.sendInPieces(response, 1));
            assertThat(MapGetCodec.decodeResponse(RawClient.reader(client.call(get()))))
                    .isEqualTo(VALUE);

            member.on(MapGetCodec.REQUEST, (request, reply) -> reply.sendFragmented(response, 1));
            long id = client.send(get());
            FragmentAssembler assembler = new FragmentAssembler(10_000, 10);
            byte[] fragment = client.next();
            assertThat(MessageHeader.isFragment(MessageHeader.flags(fragment, 0)))
                    .isTrue();
            assertThat(assembler.accept(fragment, 0, fragment.length)).isNull();
            fragment = client.next();
            byte[] whole = requireNonNull(assembler.accept(fragment, 0, fragment.length));
            assertThat(MapGetCodec.decodeResponse(RawClient.reader(whole))).isEqualTo(VALUE);
            assertThat(MessageHeader.correlationId(whole, 0)).isEqualTo(id);

            member.on(MapGetCodec.REQUEST, (request, reply) -> {
                // Never answered.
            });
            client.send(get());
            byte[] garbage = {1, 2, 3, 4};
            member.on(MapSizeCodec.REQUEST, (request, reply) -> {
                reply.raw(garbage);
                reply.connection().close();
            });
            client.send(MapSizeCodec.encodeRequest("m"));
            assertThat(client.rest()).isEqualTo(garbage);
            assertThat(member.requests(MapGetCodec.REQUEST)).hasSize(3);
        }
    }

    @Test
    void fragmentsFromClients_areJoined() throws IOException {
        try (ScriptedMember member = ScriptedMember.start();
                RawClient client = new RawClient(member.port()).authenticated("dev")) {
            byte[] request = set();
            MessageHeader.setCorrelationId(request, 77);
            for (byte[] fragment : MessageShape.fragments(request, 1, 2)) {
                client.write(fragment);
            }
            assertThat(MessageHeader.messageType(client.response(77), 0)).isEqualTo(MapSetCodec.RESPONSE_TYPE);
            assertThat(member.requests(MapSetCodec.REQUEST).get(0).isFragmented())
                    .isTrue();
            assertThat(member.cluster().map("m")).containsEntry(KEY, VALUE);
        }
    }

    @Test
    void events_carryTheListenersIdAndTheOrderingKey() throws IOException {
        try (ScriptedMember member = ScriptedMember.start();
                RawClient client = new RawClient(member.port()).authenticated("dev")) {
            UUID registration = UUID.randomUUID();
            member.on(MapAddEntryListenerCodec.REQUEST, (request, reply) -> {
                reply.event(
                        MapAddEntryListenerMemberCodec.encodeEntryEvent(
                                KEY, VALUE, null, null, 1, UUID.randomUUID(), 1),
                        9);
                reply.send(MapAddEntryListenerMemberCodec.encodeResponse(registration));
            });
            long id = client.send(MapAddEntryListenerCodec.encodeRequest("m", true, 1, false));
            byte[] event = client.next();
            assertThat(MessageHeader.correlationId(event, 0)).isEqualTo(id);
            assertThat(MessageHeader.partitionId(event, 0)).isEqualTo(9);
            assertThat(MapAddEntryListenerCodec.decodeEntryEvent(RawClient.reader(event))
                            .key())
                    .isEqualTo(KEY);
            assertThat(MapAddEntryListenerCodec.decodeResponse(RawClient.reader(client.response(id))))
                    .isEqualTo(registration);
        }
    }

    @Test
    void authentication_credentialsTokenAndChosenAnswers() throws IOException {
        try (ScriptedCluster cluster =
                ScriptedCluster.builder().credentials("u", "p").start()) {
            assertThat(authenticate(cluster.member(0), "u", "p").status())
                    .isEqualTo(AuthenticationStatus.AUTHENTICATED);
            assertThat(authenticate(cluster.member(0), "u", "q").status())
                    .isEqualTo(AuthenticationStatus.CREDENTIALS_FAILED);
            assertThat(authenticate(cluster.member(0), null, null).status())
                    .isEqualTo(AuthenticationStatus.CREDENTIALS_FAILED);

            cluster.member(0)
                    .authenticationResponse(usual -> new ClientAuthenticationCodec.Response(
                            AuthenticationStatus.NOT_ALLOWED_IN_CLUSTER,
                            null,
                            null,
                            (byte) 1,
                            "9.9",
                            13,
                            null,
                            true,
                            new int[] {1},
                            null,
                            -1,
                            null,
                            -1,
                            null,
                            Map.of("cp.leaders", "[]")));
            ClientAuthenticationCodec.Response chosen = authenticate(cluster.member(0), "u", "p");
            assertThat(chosen.status()).isEqualTo(AuthenticationStatus.NOT_ALLOWED_IN_CLUSTER);
            assertThat(chosen.partitionCount()).isEqualTo(13);
            assertThat(chosen.failoverSupported()).isTrue();
            assertThat(chosen.keyValuePairs()).containsEntry("cp.leaders", "[]");
        }
        try (ScriptedCluster cluster =
                ScriptedCluster.builder().token(new byte[] {7}).start()) {
            assertThat(authenticateByToken(cluster.member(0), (byte) 7)).isEqualTo(AuthenticationStatus.AUTHENTICATED);
            assertThat(authenticateByToken(cluster.member(0), (byte) 8))
                    .isEqualTo(AuthenticationStatus.CREDENTIALS_FAILED);
            assertThat(authenticate(cluster.member(0), null, null).status())
                    .isEqualTo(AuthenticationStatus.CREDENTIALS_FAILED);
        }
    }

    @Test
    void clusterView_tellsOfMembersAndPartitions() throws IOException {
        try (ScriptedCluster cluster =
                        ScriptedCluster.builder().members(2).partitionCount(4).start();
                RawClient client = new RawClient(cluster.member(0).port()).authenticated("dev")) {
            ScriptedMember first = cluster.member(0);
            ScriptedMember second = cluster.member(1);
            long view = client.send(ClientAddClusterViewListenerCodec.encodeRequest());
            assertThat(members(client.event(view))).containsExactly(first.uuid(), second.uuid());
            assertThat(owner(client.event(view), 1)).isEqualTo(second.uuid());
            client.event(view); // groups
            client.event(view); // cluster version
            client.response(view);

            cluster.movePartition(1, first);
            assertThat(owner(client.event(view), 1)).isEqualTo(first.uuid());
            ScriptedMember third = cluster.addMember();
            assertThat(members(client.event(view))).containsExactly(first.uuid(), second.uuid(), third.uuid());
            cluster.removeMember(second);
            assertThat(members(client.event(view))).containsExactly(first.uuid(), third.uuid());
            assertThat(owner(client.event(view), 3)).isEqualTo(third.uuid());
            assertThat(second.isAlive()).isFalse();

            UUID clusterId = cluster.clusterId();
            UUID uuid = first.uuid();
            cluster.restart();
            assertThat(cluster.clusterId()).isNotEqualTo(clusterId);
            assertThat(first.uuid()).isNotEqualTo(uuid);
            assertThatThrownBy(client::next).isInstanceOf(IOException.class);
            try (RawClient again = new RawClient(first.port()).authenticated("dev")) {
                again.call(ClientPingCodec.encodeRequest());
            }
        }
    }

    @Test
    void backupAcks_comeFromOtherMembers_orAreWithheld() throws IOException {
        try (ScriptedCluster cluster =
                        ScriptedCluster.builder().members(3).backups(1).start();
                RawClient client = new RawClient(cluster.member(0).port());
                RawClient other = new RawClient(cluster.member(1).port())) {
            UUID uuid = UUID.randomUUID();
            client.authenticated("dev", uuid);
            other.authenticated("dev", uuid);
            long listener = other.send(ClientLocalBackupListenerCodec.encodeRequest());
            other.response(listener);

            byte[] request = set();
            MessageHeader.setBackupAware(request);
            long id = client.send(request);
            assertThat(RawClient.reader(client.response(id)).backupAcks()).isEqualTo(1);
            byte[] ack = other.event(listener);
            assertThat(RawClient.reader(ack).isBackupEvent()).isTrue();
            assertThat(ClientLocalBackupListenerCodec.decodeBackupEvent(RawClient.reader(ack))
                            .sourceInvocationCorrelationId())
                    .isEqualTo(id);
            assertThat(RawClient.reader(client.call(set())).backupAcks())
                    .as("without the flag")
                    .isZero();

            cluster.withholdBackupAcks(true);
            byte[] silent = set();
            MessageHeader.setBackupAware(silent);
            assertThat(RawClient.reader(client.call(silent)).backupAcks()).isEqualTo(1);
            // The next thing the other connection hears is not an ack.
            assertThat(MessageHeader.messageType(other.call(ClientPingCodec.encodeRequest()), 0))
                    .isEqualTo(ClientPingCodec.RESPONSE_TYPE);

            HeldRequests held = cluster.member(0).hold(MapGetCodec.REQUEST);
            client.send(get());
            Reply reply = held.take();
            assertThat(reply.backupAck(cluster.member(1))).isTrue();
            assertThat(reply.backupAck(cluster.member(2))).isFalse();
            assertThat(RawClient.reader(other.event(listener)).isBackupEvent()).isTrue();
        }
    }

    @Test
    void death_atEachStep_thenRevival() throws IOException {
        try (ScriptedMember member = ScriptedMember.start()) {
            for (Step step :
                    List.of(Step.accepted(), Step.greeted(), Step.received(ClientAuthenticationCodec.REQUEST))) {
                member.dieAt(step);
                assertThatThrownBy(() -> new RawClient(member.port()).authenticated("dev"))
                        .as("%s", step)
                        .isInstanceOfAny(SocketException.class, EOFException.class);
                Eventually.passes(() -> assertThat(member.isAlive()).isFalse());
                assertThatThrownBy(() -> new RawClient(member.port())).isInstanceOf(ConnectException.class);
                member.revive();
            }
            try (RawClient client = new RawClient(member.port()).authenticated("dev")) {
                member.dieAt(Step.halfAnswered(MapSetCodec.REQUEST));
                client.send(set());
                assertThatThrownBy(client::next)
                        .isInstanceOf(EOFException.class)
                        .hasMessageContaining("9 bytes into a message");
                assertThat(member.cluster().map("m"))
                        .as("the write took effect")
                        .hasSize(1);
                member.revive();
            }
            try (RawClient client = new RawClient(member.port()).authenticated("dev")) {
                member.dieAt(Step.answered(MapGetCodec.REQUEST));
                assertThat(MapGetCodec.decodeResponse(RawClient.reader(client.call(get()))))
                        .isEqualTo(VALUE);
                assertThatThrownBy(client::next).isInstanceOf(IOException.class);
                assertThat(member.isAlive()).isFalse();
            }
        }
    }

    @Test
    void awaitRequests_saysWhatCameInstead() throws IOException {
        try (ScriptedMember member = ScriptedMember.start();
                RawClient client = new RawClient(member.port()).authenticated("dev")) {
            client.call(get());
            assertThat(member.awaitRequests(MapGetCodec.REQUEST, 1)).hasSize(1);
            member.forgetRequests();
            assertThat(member.requests()).isEmpty();
        }
    }

    @Test
    void otherGreeting_closesTheConnection() throws IOException {
        try (ScriptedMember member = ScriptedMember.start();
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), member.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(new byte[] {'X', 'Y', 'Z'});
            assertThat(socket.getInputStream().readAllBytes()).isEmpty();
        }
    }

    private static byte[] get() {
        return TestData.to(KEY, MapGetCodec.encodeRequest("m", KEY, 1));
    }

    private static byte[] set() {
        return TestData.to(KEY, MapSetCodec.encodeRequest("m", KEY, VALUE, 1, -1));
    }

    private static ClientAuthenticationCodec.Response authenticate(
            ScriptedMember member, @Nullable String user, @Nullable String password) throws IOException {
        try (RawClient client = new RawClient(member.port())) {
            return ClientAuthenticationCodec.decodeResponse(
                    RawClient.reader(client.call(ClientAuthenticationCodec.encodeRequest(
                            "dev",
                            user,
                            password,
                            UUID.randomUUID(),
                            "RAW",
                            (byte) 1,
                            "0",
                            "n",
                            List.of(),
                            (byte) 0,
                            false))));
        }
    }

    private static byte authenticateByToken(ScriptedMember member, byte token) throws IOException {
        try (RawClient client = new RawClient(member.port())) {
            return ClientAuthenticationCustomCodec.decodeResponse(
                            RawClient.reader(client.call(ClientAuthenticationCustomCodec.encodeRequest(
                                    "dev",
                                    new byte[] {token},
                                    UUID.randomUUID(),
                                    "RAW",
                                    (byte) 1,
                                    "0",
                                    "n",
                                    List.of(),
                                    (byte) 0,
                                    false))))
                    .status();
        }
    }

    private static List<UUID> members(byte[] event) {
        return ClientAddClusterViewListenerCodec.decodeMembersViewEvent(RawClient.reader(event)).memberInfos().stream()
                .map(info -> info.uuid())
                .toList();
    }

    private static UUID owner(byte[] event, int partitionId) {
        return ClientAddClusterViewListenerCodec.decodePartitionsViewEvent(RawClient.reader(event))
                .partitions()
                .stream()
                .filter(entry -> Arrays.stream(entry.getValue()).anyMatch(id -> id == partitionId))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }
}
