// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.cluster;

import io.filbert.cluster.Member;
import io.filbert.internal.connection.Connection;
import io.filbert.internal.runtime.ClientLog;
import io.filbert.internal.runtime.RareLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Connects to the members that have no connection, with one attempt for each at a time. Thread-safe. */
final class MemberDials {

    private final RareLog rareLog;
    private final Routes routes;
    private final MemberList members;
    private final Function<Member, CompletableFuture<Connection>> connect;
    private final Map<UUID, CompletableFuture<?>> underWay = new ConcurrentHashMap<>();

    /** @param connect makes an admitted connection to the member */
    MemberDials(
            ClientLog log, Routes routes, MemberList members, Function<Member, CompletableFuture<Connection>> connect) {
        this.rareLog = new RareLog(log);
        this.routes = routes;
        this.members = members;
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
        connect.apply(member).whenComplete((connection, failure) -> {
            underWay.remove(member.uuid(), mine);
            if (failure != null && isListed(member)) {
                Throwable cause = failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
                rareLog.warning(
                        member.uuid(),
                        "Cannot connect to " + member + ", trying again every second; until then other members pass its"
                                + " requests on. If it is reached at another address from here, set usePublicIp or"
                                + " addressTranslator: " + cause.getMessage());
            }
            mine.complete(null);
        });
        return mine;
    }

    /** A member that left meanwhile is missed by nobody. */
    private boolean isListed(Member member) {
        return members.members().contains(member) && !routes.isEmpty();
    }
}
