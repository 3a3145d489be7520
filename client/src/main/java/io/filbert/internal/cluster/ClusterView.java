// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.cluster;

import io.filbert.internal.connection.Connection;
import io.filbert.internal.protocol.MessageReader;
import io.filbert.internal.protocol.codec.ClientAddClusterViewListenerCodec;
import io.filbert.internal.protocol.type.MemberInfo;
import io.filbert.internal.runtime.ClientLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the member list and the partition table current: registered on one connection at a time, moved to another when that
 * one is lost. Thread-safe.
 */
final class ClusterView {

    /** Told of each view. Called on the I/O thread. */
    interface Listener {
        void onMembers(int version, List<MemberInfo> members);

        void onPartitions(Connection source, int version, List<Map.Entry<UUID, int[]>> partitions);
    }

    private final ClientLog log;
    private final Routes routes;
    private final MemberList members;
    private final Duration timeout;
    private final Listener listener;
    private final AtomicReference<@Nullable Connection> source = new AtomicReference<>();

    ClusterView(ClientLog log, Routes routes, MemberList members, Duration timeout, Listener listener) {
        this.log = log;
        this.routes = routes;
        this.members = members;
        this.timeout = timeout;
        this.listener = listener;
    }

    /** Makes sure that some connection delivers views, if there is one. */
    void ensureRegistered() {
        if (source.get() != null) {
            return;
        }
        // Not by the load balancer of the user, which is asked once for each attempt of a call.
        Connection candidate = routes.firstLive();
        if (candidate == null || !source.compareAndSet(null, candidate)) {
            return;
        }
        members.expectOtherSource();
        candidate
                .call(
                        ClientAddClusterViewListenerCodec.REQUEST,
                        ClientAddClusterViewListenerCodec.encodeRequest(),
                        response -> {
                            ClientAddClusterViewListenerCodec.decodeResponse(response);
                            return response;
                        },
                        timeout,
                        event -> onEvent(candidate, event))
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        log.debug(() -> "Registering for cluster views on " + candidate + " failed: " + failure);
                        // A member that cannot tell the view is of no use; closing leads to the next candidate.
                        candidate.close("It does not deliver cluster views: " + failure.getMessage(), failure);
                        lost(candidate);
                    }
                });
        if (!candidate.isLive()) {
            lost(candidate);
        }
    }

    /** The connection is gone: if it delivered the views, another one must. */
    void lost(Connection connection) {
        if (source.compareAndSet(connection, null)) {
            ensureRegistered();
        }
    }

    private void onEvent(Connection connection, MessageReader event) {
        if (!connection.equals(source.get())) {
            return; // it is lost already, and what it knew may be of a cluster that was left
        }
        int type = event.messageType();
        if (type == ClientAddClusterViewListenerCodec.MEMBERS_VIEW_EVENT_TYPE) {
            ClientAddClusterViewListenerCodec.MembersViewEvent view =
                    ClientAddClusterViewListenerCodec.decodeMembersViewEvent(event);
            listener.onMembers(view.version(), view.memberInfos());
        } else if (type == ClientAddClusterViewListenerCodec.PARTITIONS_VIEW_EVENT_TYPE) {
            ClientAddClusterViewListenerCodec.PartitionsViewEvent view =
                    ClientAddClusterViewListenerCodec.decodePartitionsViewEvent(event);
            listener.onPartitions(connection, view.version(), view.partitions());
        }
        // Member groups and the cluster version (5.5 and later) do not concern this client yet.
    }
}
