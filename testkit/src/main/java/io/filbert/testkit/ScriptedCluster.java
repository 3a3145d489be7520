// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit;

import static java.util.Objects.requireNonNull;

import io.filbert.internal.protocol.Data;
import io.filbert.internal.protocol.RequestType;
import io.filbert.internal.protocol.type.DistributedObjectInfo;
import io.filbert.internal.protocol.type.Schema;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What {@link ScriptedMember}s of one cluster share: its name and id, the member list, the partition table, the proxies
 * made, and the content of maps, which all members read and write without regard to who owns a partition.
 *
 * <p>Thread-safe, except that calls which change members or partitions must not overlap.
 */
public final class ScriptedCluster implements AutoCloseable {

    private final String name;
    private final String version;
    private final Release release;
    private final int backups;
    private final @Nullable String username;
    private final @Nullable String password;
    private final byte @Nullable [] token;
    private final boolean assignedAtStart;
    private final ClusterView view;
    private final List<ScriptedMember> members = new CopyOnWriteArrayList<>();
    private final List<ScriptedMember> leftBehind = new CopyOnWriteArrayList<>();
    private final Map<String, Map<Data, Data>> maps = new ConcurrentHashMap<>();
    private final Set<DistributedObjectInfo> proxies = ConcurrentHashMap.newKeySet();
    private final ObjectListeners objectListeners = new ObjectListeners();
    private final Set<Schema> schemas = ConcurrentHashMap.newKeySet();
    private volatile UUID clusterId = UUID.randomUUID();
    private volatile boolean withholdsBackupAcks;

    private ScriptedCluster(Builder builder) {
        name = builder.name;
        version = builder.version;
        release = Release.parse(builder.version);
        backups = builder.backups;
        username = builder.username;
        password = builder.password;
        token = builder.token;
        assignedAtStart = builder.assigned;
        view = new ClusterView(release, builder.partitionCount);
        for (int i = 0; i < builder.size; i++) {
            members.add(new ScriptedMember(this, UUID.randomUUID()));
        }
        begin();
    }

    private void begin() {
        view.members(members);
        if (assignedAtStart) {
            assignPartitionsIfNeeded();
        }
        members.forEach(ScriptedMember::open);
    }

    /** Options for a cluster; one member of release 5.7.0 unless told otherwise. */
    public static Builder builder() {
        return new Builder();
    }

    /** The members in the order they were added, dead ones included, removed ones not. */
    public List<ScriptedMember> members() {
        return List.copyOf(members);
    }

    /** The member at the given position, counted from 0. */
    public ScriptedMember member(int index) {
        return members.get(index);
    }

    /** The addresses of all members, as client configurations want them. */
    public List<String> addresses() {
        return members.stream().map(ScriptedMember::address).toList();
    }

    /** The cluster's name. */
    public String name() {
        return name;
    }

    /** The release its members claim to be. */
    public String version() {
        return version;
    }

    /** The cluster's id; a restart makes a new one. */
    public UUID clusterId() {
        return clusterId;
    }

    /** How many partitions there are. */
    public int partitionCount() {
        return view.partitionCount();
    }

    /** The owner of a partition; null while partitions are not assigned. */
    public @Nullable ScriptedMember owner(int partitionId) {
        return view.owner(partitionId);
    }

    /** The content of a map, for tests to look at and to change. Thread-safe. */
    public Map<Data, Data> map(String mapName) {
        return maps.computeIfAbsent(mapName, ignored -> new ConcurrentHashMap<>());
    }

    /** The distributed objects clients have made. Thread-safe. */
    public Set<DistributedObjectInfo> proxies() {
        return proxies;
    }

    /** The schemas that clients have sent. Thread-safe. */
    public Set<Schema> schemas() {
        return schemas;
    }

    /** Answers requests of a type with a handler on all members there are now; see {@link ScriptedMember#on}. */
    public ScriptedCluster on(RequestType type, RequestHandler handler) {
        members.forEach(member -> member.on(type, handler));
        return this;
    }

    /** Adds a member and tells the clients. It owns no partition until one is moved to it. */
    public ScriptedMember addMember() {
        ScriptedMember member = new ScriptedMember(this, UUID.randomUUID());
        members.add(member);
        member.open();
        view.members(members);
        return member;
    }

    /** Lets a member die, gives its partitions to the others in turn, and tells the clients. */
    public void removeMember(ScriptedMember leaving) {
        if (members.size() == 1 || !members.remove(leaving)) {
            throw new IllegalArgumentException(leaving + " cannot leave " + this);
        }
        leaving.end();
        view.members(members);
        if (view.isAssigned()) {
            movePartitions(id -> {
                ScriptedMember owner = requireNonNull(view.owner(id));
                return owner == leaving ? members.get(id % members.size()) : owner;
            });
        }
    }

    /**
     * Has a member come back at another address under the uuid it had, as one does that restarts from disk on another machine,
     * and tells the clients. It owns the partitions it had and has no handlers. The one at the old address stays as it is, its
     * connections included, like a machine that has lost its network; let it die first where that matters.
     *
     * @return the member at the new address
     */
    public ScriptedMember moveMember(ScriptedMember moving) {
        int index = members.indexOf(moving);
        if (index < 0) {
            throw new IllegalArgumentException(moving + " is not in " + this);
        }
        ScriptedMember moved = new ScriptedMember(this, moving.uuid());
        leftBehind.add(moving);
        members.set(index, moved);
        moved.open();
        view.members(members);
        if (view.isAssigned()) {
            movePartitions(id -> {
                ScriptedMember owner = requireNonNull(view.owner(id));
                return owner == moving ? moved : owner;
            });
        }
        return moved;
    }

    /** Tells the clients the member list anew, with the uuids members have now. */
    public void announceMembers() {
        view.members(members);
    }

    /** Gives one partition to a member and tells the clients. */
    public void movePartition(int partitionId, ScriptedMember to) {
        movePartitions(id -> id == partitionId ? to : requireNonNull(view.owner(id), "partitions are not assigned"));
    }

    /** Gives every partition an owner and tells the clients, in one event. */
    public void movePartitions(IntFunction<ScriptedMember> owner) {
        view.assign(owner);
    }

    /** As a cluster does at the first operation on a partition. */
    void assignPartitionsIfNeeded() {
        if (!view.isAssigned()) {
            List<ScriptedMember> current = members();
            view.assign(id -> current.get(id % current.size()));
        }
    }

    /** Whether members stay silent about backups they have announced. Default {@code false}. */
    public void withholdBackupAcks(boolean withhold) {
        withholdsBackupAcks = withhold;
    }

    /**
     * Restarts the whole cluster on the same ports: all connections are reset; cluster id and member uuids are new; maps,
     * proxies, schemas and listeners are gone; versions start again. Handlers stay.
     */
    public void restart() {
        members.forEach(ScriptedMember::die);
        clusterId = UUID.randomUUID();
        maps.clear();
        proxies.clear();
        schemas.clear();
        view.reset();
        members.forEach(ScriptedMember::renew);
        begin();
    }

    /** Ends all members; no thread and no socket is left. */
    @Override
    public void close() {
        members.forEach(ScriptedMember::end);
        leftBehind.forEach(ScriptedMember::end);
    }

    ObjectListeners objectListeners() {
        return objectListeners;
    }

    ClusterView view() {
        return view;
    }

    Release release() {
        return release;
    }

    @Nullable
    String username() {
        return username;
    }

    @Nullable
    String password() {
        return password;
    }

    byte @Nullable [] token() {
        return token;
    }

    boolean withholdsBackupAcks() {
        return withholdsBackupAcks;
    }

    /** The members that keep backups of what an owner writes. */
    List<ScriptedMember> backupsFor(ScriptedMember owner) {
        return members.stream().filter(member -> member != owner).limit(backups).toList();
    }

    @Override
    public String toString() {
        return "ScriptedCluster{" + name + ", " + version + ", " + members + "}";
    }

    /** Options for a cluster. Not thread-safe. */
    public static final class Builder {

        private String name = "dev";
        private String version = MemberOptions.DEFAULT_VERSION;
        private int size = 1;
        private int partitionCount = 271;
        private int backups;
        private boolean assigned = true;
        private @Nullable String username;
        private @Nullable String password;
        private byte @Nullable [] token;

        Builder() {}

        /** Name of the cluster. Default {@code dev}. */
        public Builder clusterName(String clusterName) {
            name = requireNonNull(clusterName, "clusterName");
            return this;
        }

        /**
         * The release the members claim to be; it decides about the form of responses, events and limits where releases
         * differ. Default 5.7.0.
         */
        public Builder version(String hazelcastRelease) {
            version = requireNonNull(hazelcastRelease, "hazelcastRelease");
            return this;
        }

        /** How many members. Default 1. */
        public Builder members(int count) {
            if (count < 1) {
                throw new IllegalArgumentException("A cluster has at least one member, not " + count);
            }
            size = count;
            return this;
        }

        /** How many partitions. Default 271. */
        public Builder partitionCount(int count) {
            partitionCount = count;
            return this;
        }

        /**
         * How many backups writes have; clients that ask for it are told to wait for as many acks, sent by other members.
         * Default 0.
         */
        public Builder backups(int count) {
            backups = count;
            return this;
        }

        /** Whether partitions have owners from the start, or only after the first operation. Default {@code true}. */
        public Builder partitionsAssigned(boolean atStart) {
            assigned = atStart;
            return this;
        }

        /** The name and password clients must send. Default: neither, and clients that send one are refused. */
        public Builder credentials(String user, String secret) {
            username = requireNonNull(user, "user");
            password = requireNonNull(secret, "secret");
            return this;
        }

        /** The token clients must send. Default: none, and clients that send one are refused. */
        public Builder token(byte[] bytes) {
            token = bytes.clone();
            return this;
        }

        /** Starts the members. */
        public ScriptedCluster start() {
            return new ScriptedCluster(this);
        }
    }
}
