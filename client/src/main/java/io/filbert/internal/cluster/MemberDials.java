// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.cluster;

import io.filbert.cluster.Address;
import io.filbert.cluster.Member;
import io.filbert.internal.connection.Connection;
import io.filbert.internal.runtime.ClientLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Connects to the members that have no connection, with one attempt for each at a time. Thread-safe. */
final class MemberDials {

    private final ClientLog log;
    private final Routes routes;
    private final MemberList members;
    private final boolean usePublicIp;
    private final Function<Address, CompletableFuture<Connection>> connect;
    private final Map<UUID, CompletableFuture<?>> underWay = new ConcurrentHashMap<>();

    /** @param connect makes an admitted connection to the address */
    MemberDials(
            ClientLog log,
            Routes routes,
            MemberList members,
            boolean usePublicIp,
            Function<Address, CompletableFuture<Connection>> connect) {
        this.log = log;
        this.routes = routes;
        this.members = members;
        this.usePublicIp = usePublicIp;
        this.connect = connect;
    }

    /**
     * Dials every member that has no connection. Completes when all attempts, those that were under way too, have ended, however they
     * ended.
     */
    CompletableFuture<Void> dialMissing() {
        List<CompletableFuture<?>> attempts = new ArrayList<>();
        for (Member member : members.members()) {
            if (routes.forMember(member.uuid()) == null) {
                attempts.add(dial(member));
            }
        }
        return CompletableFuture.allOf(attempts.toArray(new CompletableFuture<?>[0]));
    }

    private CompletableFuture<?> dial(Member member) {
        CompletableFuture<@Nullable Void> mine = new CompletableFuture<>();
        CompletableFuture<?> other = underWay.putIfAbsent(member.uuid(), mine);
        if (other != null) {
            return other;
        }
        connect.apply(WireMembers.dialAddress(member, usePublicIp)).whenComplete((connection, failure) -> {
            underWay.remove(member.uuid(), mine);
            if (failure != null) {
                log.debug(() -> "Connecting to " + member + " failed: " + failure);
            }
            mine.complete(null);
        });
        return mine;
    }
}
