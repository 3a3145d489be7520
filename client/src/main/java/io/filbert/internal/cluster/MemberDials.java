// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.cluster;

import io.filbert.cluster.Member;
import io.filbert.internal.connection.Connection;
import io.filbert.internal.runtime.ClientLog;
import io.filbert.internal.runtime.Failures;
import io.filbert.internal.runtime.RareLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Connects to members, with one attempt for each at a time, whoever wants the connection. A member that came back at another address
 * counts as another one: an attempt at the old address is of no use to it. Thread-safe.
 */
final class MemberDials {

    private final RareLog rareLog;
    private final Routes routes;
    private final MemberList members;
    private final Function<Member, CompletableFuture<Connection>> connect;
    private final Map<Member, CompletableFuture<Connection>> underWay = new ConcurrentHashMap<>();

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
                attempts.add(dial(member).handle((connection, failure) -> member));
            }
        }
        return CompletableFuture.allOf(attempts.toArray(new CompletableFuture<?>[0]));
    }

    /** The connection to the member: the one there is, else what comes of the attempt that is under way, else of a new one. */
    CompletableFuture<Connection> dial(Member member) {
        CompletableFuture<Connection> mine = new CompletableFuture<>();
        CompletableFuture<Connection> other = underWay.putIfAbsent(member, mine);
        if (other != null) {
            return other.copy();
        }
        // Looked for only now: an attempt that succeeds adds its connection before it stops being under way.
        Connection existing = routes.forMember(member.uuid());
        if (existing != null && existing.isLive()) {
            underWay.remove(member, mine);
            mine.complete(existing);
            return mine;
        }
        connected(member).whenComplete((connection, failure) -> {
            underWay.remove(member, mine);
            if (failure == null) {
                mine.complete(connection);
                return;
            }
            Throwable cause = Failures.unwrapped(failure);
            mine.completeExceptionally(cause);
            if (isListed(member)) {
                rareLog.warning(
                        member.uuid(),
                        "Cannot connect to " + member + ", trying again every second; until then other members pass its"
                                + " requests on. If it is reached at another address from here, set usePublicIp or"
                                + " addressTranslator: " + cause.getMessage());
            }
        });
        return mine.copy();
    }

    /** The future fails whatever goes wrong: an exception here would leave the attempt under way for ever. */
    private CompletableFuture<Connection> connected(Member member) {
        try {
            return connect.apply(member);
        } catch (Throwable e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** A member that left meanwhile is missed by nobody. */
    private boolean isListed(Member member) {
        return members.members().contains(member) && !routes.isEmpty();
    }
}
