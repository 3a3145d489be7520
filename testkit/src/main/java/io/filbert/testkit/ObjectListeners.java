// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit;

import io.filbert.internal.protocol.codec.ClientAddDistributedObjectListenerCodec;
import io.filbert.internal.protocol.codec.ClientRemoveDistributedObjectListenerCodec;
import io.filbert.internal.protocol.member.ClientAddDistributedObjectListenerMemberCodec;
import io.filbert.internal.protocol.member.ClientRemoveDistributedObjectListenerMemberCodec;
import io.filbert.internal.protocol.type.DistributedObjectInfo;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The listeners for distributed objects of one cluster. Thread-safe. */
final class ObjectListeners {

    /** @param localOnly whether it wants what this member did, and nothing of the others */
    private record Listener(ScriptedMember member, boolean localOnly, Reply reply) {}

    private final Map<UUID, Listener> listeners = new ConcurrentHashMap<>();

    void answer(ScriptedMember member, BuiltInAnswers answers) {
        answers.answer(ClientAddDistributedObjectListenerCodec.REQUEST, (request, reply) -> {
            boolean localOnly = ClientAddDistributedObjectListenerMemberCodec.decodeRequest(request.reader())
                    .localOnly();
            UUID id = UUID.randomUUID();
            reply.send(ClientAddDistributedObjectListenerMemberCodec.encodeResponse(id));
            listeners.put(id, new Listener(member, localOnly, reply));
        });
        answers.answer(ClientRemoveDistributedObjectListenerCodec.REQUEST, (request, reply) -> {
            UUID id = ClientRemoveDistributedObjectListenerMemberCodec.decodeRequest(request.reader())
                    .registrationId();
            reply.send(ClientRemoveDistributedObjectListenerMemberCodec.encodeResponse(listeners.remove(id) != null));
        });
    }

    /** Sends what happened to an object, at one member and by one client, to all that listen. */
    void send(ScriptedMember member, DistributedObjectInfo object, String type, @Nullable UUID source) {
        byte[] event = ClientAddDistributedObjectListenerMemberCodec.encodeDistributedObjectEvent(
                object.name(), object.serviceName(), type, source == null ? member.uuid() : source);
        listeners.values().removeIf(listener -> !listener.reply.connection().isOpen());
        listeners.values().stream()
                .filter(listener -> !listener.localOnly || listener.member == member)
                .forEach(listener -> listener.reply.event(event.clone()));
    }
}
