// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit;

import io.filbert.internal.protocol.Data;
import io.filbert.internal.protocol.MessageHeader;
import io.filbert.internal.protocol.RequestType;
import io.filbert.internal.protocol.codec.ClientAddClusterViewListenerCodec;
import io.filbert.internal.protocol.codec.ClientAuthenticationCodec;
import io.filbert.internal.protocol.codec.ClientAuthenticationCustomCodec;
import io.filbert.internal.protocol.codec.ClientCreateProxiesCodec;
import io.filbert.internal.protocol.codec.ClientCreateProxyCodec;
import io.filbert.internal.protocol.codec.ClientDestroyProxyCodec;
import io.filbert.internal.protocol.codec.ClientFetchSchemaCodec;
import io.filbert.internal.protocol.codec.ClientGetDistributedObjectsCodec;
import io.filbert.internal.protocol.codec.ClientLocalBackupListenerCodec;
import io.filbert.internal.protocol.codec.ClientPingCodec;
import io.filbert.internal.protocol.codec.ClientSendAllSchemasCodec;
import io.filbert.internal.protocol.codec.ClientSendSchemaCodec;
import io.filbert.internal.protocol.codec.ClientStatisticsCodec;
import io.filbert.internal.protocol.codec.ClientTriggerPartitionAssignmentCodec;
import io.filbert.internal.protocol.codec.MapClearCodec;
import io.filbert.internal.protocol.codec.MapContainsKeyCodec;
import io.filbert.internal.protocol.codec.MapDeleteCodec;
import io.filbert.internal.protocol.codec.MapGetCodec;
import io.filbert.internal.protocol.codec.MapIsEmptyCodec;
import io.filbert.internal.protocol.codec.MapPutCodec;
import io.filbert.internal.protocol.codec.MapRemoveCodec;
import io.filbert.internal.protocol.codec.MapSetCodec;
import io.filbert.internal.protocol.codec.MapSizeCodec;
import io.filbert.internal.protocol.member.ClientCreateProxiesMemberCodec;
import io.filbert.internal.protocol.member.ClientCreateProxyMemberCodec;
import io.filbert.internal.protocol.member.ClientDestroyProxyMemberCodec;
import io.filbert.internal.protocol.member.ClientFetchSchemaMemberCodec;
import io.filbert.internal.protocol.member.ClientGetDistributedObjectsMemberCodec;
import io.filbert.internal.protocol.member.ClientLocalBackupListenerMemberCodec;
import io.filbert.internal.protocol.member.ClientPingMemberCodec;
import io.filbert.internal.protocol.member.ClientSendAllSchemasMemberCodec;
import io.filbert.internal.protocol.member.ClientSendSchemaMemberCodec;
import io.filbert.internal.protocol.member.ClientStatisticsMemberCodec;
import io.filbert.internal.protocol.member.ClientTriggerPartitionAssignmentMemberCodec;
import io.filbert.internal.protocol.member.MapClearMemberCodec;
import io.filbert.internal.protocol.member.MapContainsKeyMemberCodec;
import io.filbert.internal.protocol.member.MapDeleteMemberCodec;
import io.filbert.internal.protocol.member.MapGetMemberCodec;
import io.filbert.internal.protocol.member.MapIsEmptyMemberCodec;
import io.filbert.internal.protocol.member.MapPutMemberCodec;
import io.filbert.internal.protocol.member.MapRemoveMemberCodec;
import io.filbert.internal.protocol.member.MapSetMemberCodec;
import io.filbert.internal.protocol.member.MapSizeMemberCodec;
import io.filbert.internal.protocol.type.DistributedObjectInfo;
import io.filbert.internal.protocol.type.ErrorCode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a {@link ScriptedMember} does when its test says nothing: as an open-source member would. Stateless. */
final class BuiltInAnswers implements RequestHandler {

    private static final int DELETE_RESPONSE_BYTES_BEFORE_5_4 = 13;

    private final ScriptedMember member;
    private final ScriptedCluster cluster;
    private final Map<Integer, RequestHandler> answers = new HashMap<>();

    BuiltInAnswers(ScriptedMember member) {
        this.member = member;
        cluster = member.cluster();
        Authentication authentication = new Authentication(member);
        answer(ClientAuthenticationCodec.REQUEST, authentication::byName);
        answer(ClientAuthenticationCustomCodec.REQUEST, authentication::byToken);
        answer(
                ClientAddClusterViewListenerCodec.REQUEST,
                (request, reply) -> cluster.view().listen(request, reply));
        answer(ClientPingCodec.REQUEST, (request, reply) -> reply.send(ClientPingMemberCodec.encodeResponse()));
        answer(
                ClientStatisticsCodec.REQUEST,
                (request, reply) -> reply.send(ClientStatisticsMemberCodec.encodeResponse()));
        answer(ClientLocalBackupListenerCodec.REQUEST, BuiltInAnswers::listenToBackups);
        answer(ClientTriggerPartitionAssignmentCodec.REQUEST, this::assignPartitions);
        answerProxies();
        if (cluster.release().atLeast(5, 2)) {
            answerSchemas();
        }
        answerMap();
    }

    void answer(RequestType type, RequestHandler handler) {
        answers.put(type.id(), handler);
    }

    @Override
    public void handle(ScriptedRequest request, Reply reply) throws Exception {
        RequestHandler known = answers.get(request.type());
        if (known == null) {
            reply.error(
                    ErrorCode.UNSUPPORTED_OPERATION,
                    "java.lang.UnsupportedOperationException",
                    "Unrecognized client message received with type: 0x%x".formatted(request.type()));
        } else if (!request.connection().isAuthenticated() && !isAuthentication(request)) {
            refuse(reply);
        } else {
            known.handle(request, reply);
        }
    }

    private static boolean isAuthentication(ScriptedRequest request) {
        return request.is(ClientAuthenticationCodec.REQUEST) || request.is(ClientAuthenticationCustomCodec.REQUEST);
    }

    private static void refuse(Reply reply) {
        String cause = "com.hazelcast.client.AuthenticationException";
        String message = "Client must authenticate before any operation.";
        reply.error(List.of(
                Reply.errorHolder(
                        ErrorCode.RETRYABLE_HAZELCAST,
                        "com.hazelcast.spi.exception.RetryableHazelcastException",
                        cause + ": " + message),
                Reply.errorHolder(ErrorCode.AUTHENTICATION, cause, message)));
        reply.connection().close();
    }

    private static void listenToBackups(ScriptedRequest request, Reply reply) {
        request.connection().listenToBackups(request.correlationId());
        reply.send(ClientLocalBackupListenerMemberCodec.encodeResponse(UUID.randomUUID()));
    }

    static byte[] backupAck(long listenerId, long correlationId) {
        byte[] event = ClientLocalBackupListenerMemberCodec.encodeBackupEvent(correlationId);
        MessageHeader.setCorrelationId(event, listenerId);
        MessageHeader.setPartitionId(event, -1);
        MessageHeader.setBackupEvent(event);
        return event;
    }

    private void assignPartitions(ScriptedRequest request, Reply reply) {
        if (cluster.release().atLeast(5, 4)) {
            reply.send(ClientTriggerPartitionAssignmentMemberCodec.encodeResponse());
        } else {
            // Older members answer with the form, and the message type, of a request.
            byte[] likeRequest = ClientTriggerPartitionAssignmentCodec.encodeRequest();
            MessageHeader.setPartitionId(likeRequest, 0);
            reply.send(likeRequest);
        }
        cluster.assignPartitionsIfNeeded();
    }

    private void answerProxies() {
        cluster.objectListeners().answer(member, this);
        answer(ClientCreateProxyCodec.REQUEST, (request, reply) -> {
            var proxy = ClientCreateProxyMemberCodec.decodeRequest(request.reader());
            create(request, new DistributedObjectInfo(proxy.serviceName(), proxy.name()));
            reply.send(ClientCreateProxyMemberCodec.encodeResponse());
        });
        answer(ClientCreateProxiesCodec.REQUEST, (request, reply) -> {
            for (Map.Entry<String, String> proxy : ClientCreateProxiesMemberCodec.decodeRequest(request.reader())
                    .proxies()) {
                create(request, new DistributedObjectInfo(proxy.getValue(), proxy.getKey()));
            }
            reply.send(ClientCreateProxiesMemberCodec.encodeResponse());
        });
        answer(ClientDestroyProxyCodec.REQUEST, (request, reply) -> {
            var proxy = ClientDestroyProxyMemberCodec.decodeRequest(request.reader());
            DistributedObjectInfo object = new DistributedObjectInfo(proxy.serviceName(), proxy.name());
            cluster.map(proxy.name()).clear();
            if (cluster.proxies().remove(object)) {
                cluster.objectListeners()
                        .send(member, object, "DESTROYED", request.connection().clientUuid());
            }
            reply.send(ClientDestroyProxyMemberCodec.encodeResponse());
        });
        answer(
                ClientGetDistributedObjectsCodec.REQUEST,
                (request, reply) -> reply.send(
                        ClientGetDistributedObjectsMemberCodec.encodeResponse(List.copyOf(cluster.proxies()))));
    }

    private void create(ScriptedRequest request, DistributedObjectInfo object) {
        if (cluster.proxies().add(object)) {
            cluster.objectListeners()
                    .send(member, object, "CREATED", request.connection().clientUuid());
        }
    }

    /** Every member has each schema at once. Which one has a certain id is for tests to answer: members compute ids, this one does not. */
    private void answerSchemas() {
        answer(ClientSendSchemaCodec.REQUEST, (request, reply) -> {
            cluster.schemas()
                    .add(ClientSendSchemaMemberCodec.decodeRequest(request.reader())
                            .schema());
            reply.send(ClientSendSchemaMemberCodec.encodeResponse(
                    cluster.members().stream().map(ScriptedMember::uuid).collect(Collectors.toSet())));
        });
        answer(ClientSendAllSchemasCodec.REQUEST, (request, reply) -> {
            cluster.schemas()
                    .addAll(ClientSendAllSchemasMemberCodec.decodeRequest(request.reader())
                            .schemas());
            reply.send(ClientSendAllSchemasMemberCodec.encodeResponse());
        });
        answer(
                ClientFetchSchemaCodec.REQUEST,
                (request, reply) -> reply.send(ClientFetchSchemaMemberCodec.encodeResponse(null)));
    }

    private void answerMap() {
        onPartition(MapGetCodec.REQUEST, (request, reply) -> {
            var get = MapGetMemberCodec.decodeRequest(request.reader());
            reply.send(MapGetMemberCodec.encodeResponse(cluster.map(get.name()).get(get.key())));
        });
        onPartition(MapContainsKeyCodec.REQUEST, (request, reply) -> {
            var contains = MapContainsKeyMemberCodec.decodeRequest(request.reader());
            reply.send(MapContainsKeyMemberCodec.encodeResponse(
                    cluster.map(contains.name()).containsKey(contains.key())));
        });
        onPartition(MapPutCodec.REQUEST, (request, reply) -> {
            var put = MapPutMemberCodec.decodeRequest(request.reader());
            Data previous = cluster.map(put.name()).put(put.key(), put.value());
            written(reply, MapPutMemberCodec.encodeResponse(previous));
        });
        onPartition(MapSetCodec.REQUEST, (request, reply) -> {
            var set = MapSetMemberCodec.decodeRequest(request.reader());
            cluster.map(set.name()).put(set.key(), set.value());
            written(reply, MapSetMemberCodec.encodeResponse());
        });
        onPartition(MapRemoveCodec.REQUEST, (request, reply) -> {
            var remove = MapRemoveMemberCodec.decodeRequest(request.reader());
            written(
                    reply,
                    MapRemoveMemberCodec.encodeResponse(
                            cluster.map(remove.name()).remove(remove.key())));
        });
        onPartition(MapDeleteCodec.REQUEST, (request, reply) -> {
            var delete = MapDeleteMemberCodec.decodeRequest(request.reader());
            Data previous = cluster.map(delete.name()).remove(delete.key());
            byte[] response = MapDeleteMemberCodec.encodeResponse(previous != null);
            boolean answersBoolean = cluster.release().atLeast(5, 4);
            written(
                    reply,
                    answersBoolean ? response : MessageShape.keepFixed(response, DELETE_RESPONSE_BYTES_BEFORE_5_4));
        });
        answer(MapSizeCodec.REQUEST, (request, reply) -> {
            var size = MapSizeMemberCodec.decodeRequest(request.reader());
            reply.send(
                    MapSizeMemberCodec.encodeResponse(cluster.map(size.name()).size()));
        });
        answer(MapIsEmptyCodec.REQUEST, (request, reply) -> {
            var isEmpty = MapIsEmptyMemberCodec.decodeRequest(request.reader());
            reply.send(MapIsEmptyMemberCodec.encodeResponse(
                    cluster.map(isEmpty.name()).isEmpty()));
        });
        answer(MapClearCodec.REQUEST, (request, reply) -> {
            var clear = MapClearMemberCodec.decodeRequest(request.reader());
            cluster.map(clear.name()).clear();
            reply.send(MapClearMemberCodec.encodeResponse());
        });
    }

    /** A partition operation makes a cluster assign its partitions, and needs to say which one it is for. */
    private void onPartition(RequestType type, RequestHandler handler) {
        answer(type, (request, reply) -> {
            if (request.partitionId() < 0) {
                reply.error(
                        ErrorCode.ILLEGAL_ARGUMENT,
                        "java.lang.IllegalArgumentException",
                        "Partition ID cannot be negative!");
                return;
            }
            cluster.assignPartitionsIfNeeded();
            handler.handle(request, reply);
        });
    }

    /** Answers a write: with backups, if the client waits for them itself and some member can tell it about them. */
    private void written(Reply reply, byte[] response) {
        @Nullable UUID client = reply.connection().clientUuid();
        if (!reply.request().isBackupAware()) {
            reply.send(response);
            return;
        }
        List<ScriptedMember> backups = cluster.backupsFor(member);
        reply.send(response, backups.size());
        if (client != null && !cluster.withholdsBackupAcks()) {
            backups.forEach(
                    backup -> backup.sendBackupAck(client, reply.request().correlationId()));
        }
    }
}
