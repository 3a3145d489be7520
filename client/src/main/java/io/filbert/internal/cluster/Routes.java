// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.cluster;

import io.filbert.cluster.LoadBalancer;
import io.filbert.cluster.Member;
import io.filbert.internal.connection.Connection;
import io.filbert.internal.runtime.ClientLog;
import io.filbert.internal.runtime.ClientThreads;
import io.filbert.internal.runtime.RareLog;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The active connections, and which of them a call should take. What a call needs is precomputed in arrays that are replaced
 * when members, partitions or connections change, so a call costs one array access. Thread-safe.
 */
public final class Routes {

    /** Everything a call looks at, consistent in itself. */
    private record Plan(@Nullable Connection[] byPartition, Connection[] live, boolean backupAcks) {}

    private static final Plan NOTHING = new Plan(new Connection[0], new Connection[0], false);

    private final RareLog log;
    private final boolean allMembers;
    private final LoadBalancer loadBalancer;
    private final MemberList members;
    private final PartitionTable partitions;
    private final Map<UUID, Connection> byMember = new ConcurrentHashMap<>();
    private final Map<Integer, Connection> byNumber = new ConcurrentHashMap<>();
    private final ReentrantLock refreshing = new ReentrantLock();
    private final AckPause ackPause = new AckPause(System::nanoTime);
    private volatile Plan plan = NOTHING;

    Routes(
            ClientLog log,
            boolean allMembers,
            LoadBalancer loadBalancer,
            MemberList members,
            PartitionTable partitions) {
        this.log = new RareLog(log);
        this.allMembers = allMembers;
        this.loadBalancer = loadBalancer;
        this.members = members;
        this.partitions = partitions;
    }

    void add(Connection connection) {
        byNumber.put(connection.number(), connection);
        byMember.put(connection.memberUuid(), connection);
    }

    /** Whether the connection was one of the active ones. */
    boolean remove(Connection connection) {
        boolean active = byNumber.remove(connection.number()) != null;
        if (active) {
            byMember.remove(connection.memberUuid(), connection);
        }
        return active;
    }

    /** To be called after every change of connections, members or partitions. */
    void refresh() {
        // One at a time: else a slower thread could publish, last, what it had computed from older facts.
        refreshing.lock();
        try {
            Connection[] live = byMember.values().toArray(new Connection[0]);
            @Nullable Connection[] byPartition = new Connection[allMembers ? partitions.count() : 0];
            for (int partitionId = 0; partitionId < byPartition.length; partitionId++) {
                UUID owner = partitions.owner(partitionId);
                byPartition[partitionId] = owner == null ? null : byMember.get(owner);
            }
            plan = new Plan(byPartition, live, !ackPause.isOn() && acksReachUs());
        } finally {
            refreshing.unlock();
        }
    }

    /** Backups answer the client directly only if every member can: each is connected and has the ack listener. */
    private boolean acksReachUs() {
        List<Member> all = members.members();
        if (!allMembers || all.isEmpty()) {
            return false;
        }
        for (Member member : all) {
            Connection connection = byMember.get(member.uuid());
            if (connection == null || !connection.deliversBackupAcks()) {
                return false;
            }
        }
        return true;
    }

    /** The connection for a request on a partition, else any; null if there is none. */
    public @Nullable Connection forPartition(int partitionId) {
        @Nullable Connection[] byPartition = plan.byPartition;
        if (partitionId >= 0 && partitionId < byPartition.length) {
            Connection owner = byPartition[partitionId];
            if (owner != null && owner.isLive()) {
                return owner;
            }
        }
        return any();
    }

    /** The connection to that member; null if there is none. */
    public @Nullable Connection forMember(UUID member) {
        return byMember.get(member);
    }

    /** A connection chosen by the load balancer, else any live one; null if there is none. */
    public @Nullable Connection any() {
        Connection[] live = plan.live;
        if (live.length == 1) {
            return live[0].isLive() ? live[0] : null;
        }
        if (allMembers && live.length > 1) {
            List<Member> all = members.members();
            Member chosen = all.isEmpty() ? null : chooseAmong(all);
            Connection connection = chosen == null ? null : byMember.get(chosen.uuid());
            if (connection != null && connection.isLive()) {
                return connection;
            }
        }
        return firstLive();
    }

    /** Some connection that is live, without asking the load balancer; null if there is none. */
    @Nullable
    Connection firstLive() {
        for (Connection connection : plan.live) {
            if (connection.isLive()) {
                return connection;
            }
        }
        return null;
    }

    /** Whether there is a connection to send on. */
    public boolean hasLive() {
        return firstLive() != null;
    }

    private @Nullable Member chooseAmong(List<Member> all) {
        try {
            return loadBalancer.next(all);
        } catch (RuntimeException e) {
            log.error(
                    "load balancer",
                    "The configured load balancer failed; taking any connection. Mend it, or leave option"
                            + " loadBalancer out",
                    e);
            return null;
        } finally {
            ClientThreads.clearInterrupt();
        }
    }

    /** A write waited for the acks of its backups until their time was up: for a while no request asks for any. */
    public void backupAckMissed() {
        if (ackPause.missed()) {
            log.warning(
                    "backup acks",
                    "Not all backups confirmed a write within operationBackupTimeout. For the next "
                            + ackPause.length().toSeconds() + " s members wait for their backups themselves. If this is"
                            + " logged again and again, look for a member without an endpoint for clients, or one that is"
                            + " overloaded; backupAckToClientEnabled(false) leaves the waiting to the members for good");
            refresh();
        }
    }

    /** To be called regularly: requests ask for acks again when the pause is over. */
    void endAckPause() {
        if (ackPause.end()) {
            refresh();
        }
    }

    /** Whether requests should ask for backup acks. */
    public boolean backupAcks() {
        return plan.backupAcks;
    }

    /** All active connections, in no order. */
    public Collection<Connection> active() {
        return byMember.values();
    }

    /** The active connection with this number, or null. */
    @Nullable
    Connection byNumber(int number) {
        return byNumber.get(number);
    }

    boolean isEmpty() {
        return byMember.isEmpty();
    }
}
