// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit;

import io.filbert.internal.protocol.MessageHeader;
import io.filbert.internal.protocol.member.ClientAddClusterViewListenerMemberCodec;
import io.filbert.internal.protocol.type.Address;
import io.filbert.internal.protocol.type.EndpointQualifier;
import io.filbert.internal.protocol.type.MemberInfo;
import io.filbert.internal.protocol.type.MemberVersion;
import io.filbert.internal.protocol.type.Version;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link ScriptedCluster} tells clients about itself: the member list and the partition table, each with its
 * version, and who wants to hear of changes. Thread-safe; changes reach a listener in the order they were made as long as
 * one thread makes them.
 */
final class ClusterView {

    private static final int MEMBER_ENDPOINT = 0;
    private static final int MEMBER_INFO_DEPTH = 2;
    /** Fixed-size fields, address, attributes, version. */
    private static final int MEMBER_INFO_ITEMS_4_0 = 4;

    private record Listener(ScriptedConnection connection, long correlationId) {}

    private final Release release;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    /** Guarded by {@link #lock}, as are the next three. */
    private List<ScriptedMember> members = List.of();

    /** Owner of each partition; null entries while partitions are not assigned. */
    private final @Nullable ScriptedMember[] owners;

    private int memberVersion;
    private int partitionVersion;

    ClusterView(Release release, int partitionCount) {
        this.release = release;
        owners = new ScriptedMember[partitionCount];
    }

    /** Replaces the member list and tells the listeners. */
    void members(List<ScriptedMember> newMembers) {
        byte[] event;
        lock.lock();
        try {
            members = List.copyOf(newMembers);
            memberVersion++;
            event = membersEvent();
        } finally {
            lock.unlock();
        }
        publish(event);
    }

    /** Gives each partition an owner and tells the listeners, if anything changed. */
    void assign(IntFunction<ScriptedMember> ownerOf) {
        byte[] event;
        lock.lock();
        try {
            for (int i = 0; i < owners.length; i++) {
                owners[i] = ownerOf.apply(i);
            }
            partitionVersion++;
            event = partitionsEvent();
        } finally {
            lock.unlock();
        }
        publish(event);
    }

    boolean isAssigned() {
        return owner(0) != null;
    }

    @Nullable
    ScriptedMember owner(int partitionId) {
        lock.lock();
        try {
            return owners[partitionId];
        } finally {
            lock.unlock();
        }
    }

    int partitionCount() {
        return owners.length;
    }

    /** Back to the beginning: no listeners, no owners, versions as in a new cluster. */
    void reset() {
        lock.lock();
        try {
            Arrays.fill(owners, null);
            memberVersion = 0;
            partitionVersion = 0;
            listeners.clear();
        } finally {
            lock.unlock();
        }
    }

    int memberVersion() {
        lock.lock();
        try {
            return memberVersion;
        } finally {
            lock.unlock();
        }
    }

    /** -1 while the partitions are not assigned. */
    int partitionVersion() {
        lock.lock();
        try {
            return isAssigned() ? partitionVersion : -1;
        } finally {
            lock.unlock();
        }
    }

    List<MemberInfo> memberInfos() {
        lock.lock();
        try {
            return members.stream().map(this::info).toList();
        } finally {
            lock.unlock();
        }
    }

    /** Which partitions each member owns; empty while they are not assigned. */
    List<Map.Entry<UUID, int[]>> partitions() {
        Map<UUID, List<Integer>> owned = new LinkedHashMap<>();
        lock.lock();
        try {
            for (int i = 0; i < owners.length; i++) {
                ScriptedMember owner = owners[i];
                if (owner == null) {
                    return List.of();
                }
                owned.computeIfAbsent(owner.uuid(), uuid -> new ArrayList<>()).add(i);
            }
        } finally {
            lock.unlock();
        }
        List<Map.Entry<UUID, int[]>> entries = new ArrayList<>();
        owned.forEach((uuid, ids) ->
                entries.add(Map.entry(uuid, ids.stream().mapToInt(id -> id).toArray())));
        return entries;
    }

    private MemberInfo info(ScriptedMember member) {
        Address address = new Address(member.host(), member.port());
        MemberVersion version =
                new MemberVersion((byte) release.major(), (byte) release.minor(), (byte) release.patch());
        return new MemberInfo(
                address,
                member.uuid(),
                Map.of(),
                false,
                version,
                Map.of(new EndpointQualifier(MEMBER_ENDPOINT, null), address));
    }

    /** Registers a listener and sends it the whole view, in the order members do: the response comes last. */
    void listen(ScriptedRequest request, Reply reply) {
        listeners.add(new Listener(request.connection(), request.correlationId()));
        reply.event(membersEvent());
        if (isAssigned()) {
            reply.event(partitionsEvent());
        }
        if (release.atLeast(5, 5)) {
            sendGroups(reply);
            reply.event(ClientAddClusterViewListenerMemberCodec.encodeClusterVersionEvent(
                    new Version((byte) release.major(), (byte) release.minor())));
        }
        reply.send(ClientAddClusterViewListenerMemberCodec.encodeResponse());
    }

    /** 5.5 forgets to say whom this event is for. */
    private void sendGroups(Reply reply) {
        byte[] event = ClientAddClusterViewListenerMemberCodec.encodeMemberGroupsViewEvent(1, List.of());
        if (release.atLeast(5, 6)) {
            reply.event(event);
        } else {
            MessageHeader.setPartitionId(event, -1);
            reply.raw(event);
        }
    }

    private byte[] membersEvent() {
        byte[] event = ClientAddClusterViewListenerMemberCodec.encodeMembersViewEvent(memberVersion(), memberInfos());
        boolean withoutAddressMap = release.equals(new Release(4, 0, 0));
        return withoutAddressMap ? MessageShape.keepItems(event, MEMBER_INFO_DEPTH, MEMBER_INFO_ITEMS_4_0) : event;
    }

    private byte[] partitionsEvent() {
        return ClientAddClusterViewListenerMemberCodec.encodePartitionsViewEvent(partitionVersion(), partitions());
    }

    private void publish(byte[] event) {
        listeners.removeIf(listener -> !listener.connection().isOpen());
        for (Listener listener : listeners) {
            byte[] message = event.clone();
            MessageHeader.setCorrelationId(message, listener.correlationId());
            MessageHeader.setPartitionId(message, -1);
            listener.connection().send(message);
        }
    }
}
