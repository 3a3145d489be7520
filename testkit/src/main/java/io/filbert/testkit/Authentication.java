// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit;

import static java.util.Objects.requireNonNullElse;

import io.filbert.internal.protocol.codec.ClientAuthenticationCodec;
import io.filbert.internal.protocol.codec.ClientAuthenticationCustomCodec;
import io.filbert.internal.protocol.member.ClientAuthenticationCustomMemberCodec;
import io.filbert.internal.protocol.member.ClientAuthenticationMemberCodec;
import io.filbert.internal.protocol.type.Address;
import io.filbert.internal.protocol.type.AuthenticationStatus;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How a {@link ScriptedMember} lets clients in, and in which form its release says so. Stateless. */
final class Authentication {

    private static final byte SERIALIZATION_VERSION = 1;
    private static final int FIXED_BYTES_BEFORE_5_4 = 54;
    private static final int ITEMS_BEFORE_5_4 = 2;
    private static final int ITEMS_BEFORE_5_5 = 7;

    private final ScriptedMember member;
    private final ScriptedCluster cluster;

    Authentication(ScriptedMember member) {
        this.member = member;
        cluster = member.cluster();
    }

    void byName(ScriptedRequest request, Reply reply) {
        var asked = ClientAuthenticationMemberCodec.decodeRequest(request.reader());
        boolean credible = Objects.equals(asked.username(), cluster.username())
                && Objects.equals(asked.password(), cluster.password())
                && cluster.token() == null;
        ClientAuthenticationCodec.Response response =
                response(asked.clusterName(), credible, asked.serializationVersion());
        finish(request, reply, response, asked.uuid(), asked.clientName());
    }

    void byToken(ScriptedRequest request, Reply reply) {
        var asked = ClientAuthenticationCustomMemberCodec.decodeRequest(request.reader());
        boolean credible = cluster.token() != null && Arrays.equals(asked.credentials(), cluster.token());
        ClientAuthenticationCodec.Response response =
                response(asked.clusterName(), credible, asked.serializationVersion());
        finish(request, reply, response, asked.uuid(), asked.clientName());
    }

    private ClientAuthenticationCodec.Response response(
            String clusterName, boolean credible, byte serializationVersion) {
        byte status = AuthenticationStatus.AUTHENTICATED;
        if (serializationVersion != SERIALIZATION_VERSION) {
            status = AuthenticationStatus.SERIALIZATION_VERSION_MISMATCH;
        } else if (!credible || !clusterName.equals(cluster.name())) {
            status = AuthenticationStatus.CREDENTIALS_FAILED;
        }
        return member.authentication()
                .apply(status == AuthenticationStatus.AUTHENTICATED ? success() : failure(status));
    }

    private ClientAuthenticationCodec.Response success() {
        ClusterView view = cluster.view();
        return new ClientAuthenticationCodec.Response(
                AuthenticationStatus.AUTHENTICATED,
                new Address(member.host(), member.port()),
                member.uuid(),
                SERIALIZATION_VERSION,
                cluster.version(),
                view.partitionCount(),
                cluster.clusterId(),
                false,
                new int[0],
                null,
                view.memberVersion(),
                view.memberInfos(),
                view.partitionVersion(),
                view.partitions(),
                Map.of(
                        "clusterVersion",
                        cluster.release().major() + "." + cluster.release().minor()));
    }

    /** Since 5.2 a refusal says nothing about the cluster. */
    private ClientAuthenticationCodec.Response failure(byte status) {
        boolean silent = cluster.release().atLeast(5, 2);
        return new ClientAuthenticationCodec.Response(
                status,
                null,
                null,
                silent ? -1 : SERIALIZATION_VERSION,
                silent ? "" : cluster.version(),
                silent ? -1 : cluster.view().partitionCount(),
                silent ? null : cluster.clusterId(),
                false,
                null,
                null,
                -1,
                List.of(),
                -1,
                List.of(),
                Map.of());
    }

    private void finish(
            ScriptedRequest request,
            Reply reply,
            ClientAuthenticationCodec.Response response,
            @Nullable UUID clientUuid,
            String clientName) {
        if (response.status() == AuthenticationStatus.AUTHENTICATED && clientUuid != null) {
            request.connection().authenticated(clientUuid, clientName);
        }
        reply.send(inFormOfRelease(encode(response, request.is(ClientAuthenticationCustomCodec.REQUEST))));
    }

    private static byte[] encode(ClientAuthenticationCodec.Response response, boolean custom) {
        return custom
                ? ClientAuthenticationCustomMemberCodec.encodeResponse(
                        response.status(),
                        response.address(),
                        response.memberUuid(),
                        response.serializationVersion(),
                        response.serverHazelcastVersion(),
                        response.partitionCount(),
                        response.clusterId(),
                        response.failoverSupported(),
                        response.tpcPorts(),
                        response.tpcToken(),
                        response.memberListVersion(),
                        requireNonNullElse(response.memberInfos(), List.of()),
                        response.partitionListVersion(),
                        requireNonNullElse(response.partitions(), List.of()),
                        response.keyValuePairs())
                : ClientAuthenticationMemberCodec.encodeResponse(
                        response.status(),
                        response.address(),
                        response.memberUuid(),
                        response.serializationVersion(),
                        response.serverHazelcastVersion(),
                        response.partitionCount(),
                        response.clusterId(),
                        response.failoverSupported(),
                        response.tpcPorts(),
                        response.tpcToken(),
                        response.memberListVersion(),
                        requireNonNullElse(response.memberInfos(), List.of()),
                        response.partitionListVersion(),
                        requireNonNullElse(response.partitions(), List.of()),
                        response.keyValuePairs());
    }

    private byte[] inFormOfRelease(byte[] newest) {
        if (!cluster.release().atLeast(5, 4)) {
            return MessageShape.keepFixed(MessageShape.keepItems(newest, 0, ITEMS_BEFORE_5_4), FIXED_BYTES_BEFORE_5_4);
        }
        return cluster.release().atLeast(5, 5) ? newest : MessageShape.keepItems(newest, 0, ITEMS_BEFORE_5_5);
    }
}
