// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/**
 * A cluster of real members, each in a process of its own and all on 127.0.0.1.
 *
 * <pre>{@code
 * try (HazelcastCluster cluster = HazelcastCluster.builder().members(3).start()) {
 *     connect(cluster.addresses());
 *     cluster.member(0).terminate();
 * }
 * }</pre>
 *
 * <p>The first member starts first and becomes the master; the others join it side by side, which is safe because the
 * question who is master is settled by then. Multicast, auto-detection and phone-home are off. Thread-safe, except that
 * calls which change the cluster must not overlap.
 */
public final class HazelcastCluster implements AutoCloseable {

    /** Times a start is tried again on other ports when somebody else took a port that was free a moment ago. */
    private static final int PORT_RETRIES = 3;

    /** How the log of a member that could not bind its port says so, in every release. */
    static final String PORT_TAKEN = "java.net.BindException";

    private final MemberSettings settings;
    private final int firstPort;
    private final List<HazelcastMember> members = new CopyOnWriteArrayList<>();

    private HazelcastCluster(MemberSettings settings, int firstPort) {
        this.settings = settings;
        this.firstPort = firstPort;
    }

    /** Options for a cluster; one member of the default release unless told otherwise. */
    public static Builder builder() {
        return new Builder();
    }

    static HazelcastCluster start(MemberSettings settings, int size, int firstPort) {
        for (int attempt = 1; ; attempt++) {
            HazelcastCluster cluster = new HazelcastCluster(settings, firstPort);
            try {
                cluster.startMembers(size);
                return cluster;
            } catch (RuntimeException | Error e) {
                boolean portTaken = cluster.lostPort();
                cluster.close();
                if (firstPort != 0 || !portTaken || attempt > PORT_RETRIES) {
                    throw e;
                }
            }
        }
    }

    private void startMembers(int size) {
        for (int i = 0; i < size; i++) {
            members.add(newMember());
        }
        List<Integer> ports = ports();
        members.get(0).launch(ports);
        members.get(0).awaitReady();
        List<HazelcastMember> joining = members.subList(1, size);
        joining.forEach(member -> member.launch(ports));
        joining.forEach(HazelcastMember::awaitReady);
        awaitFormed();
    }

    private HazelcastMember newMember() {
        int port = firstPort == 0 ? LoopbackPorts.next() : firstPort + members.size();
        return new HazelcastMember(this, settings, port);
    }

    private boolean lostPort() {
        return members.stream()
                .anyMatch(member -> !member.isAlive() && member.log().contains(PORT_TAKEN));
    }

    /** The members in the order they were added, ended ones included. */
    public List<HazelcastMember> members() {
        return List.copyOf(members);
    }

    /** The member at the given position, counted from 0 in the order they were added. */
    public HazelcastMember member(int index) {
        return members.get(index);
    }

    /** The addresses of all members, ended ones included, as client configurations want them. */
    public List<String> addresses() {
        return members.stream().map(HazelcastMember::address).toList();
    }

    /** The cluster's name. */
    public String name() {
        return settings.clusterName();
    }

    /** Starts one more member; returns when all members see it. */
    public HazelcastMember addMember() {
        HazelcastMember member = newMember();
        members.add(member);
        member.launch(ports());
        member.awaitReady();
        awaitFormed();
        return member;
    }

    /**
     * Waits until every member that is alive and not suspended sees exactly the members that are alive; a suspended
     * member may be seen or not.
     *
     * @throws IllegalStateException if that is not so within the start timeout
     */
    public void awaitFormed() {
        await("see each other", () -> {
            Set<UUID> alive =
                    uuids(members.stream().filter(HazelcastMember::isAlive).toList());
            Set<UUID> responsive = uuids(responsiveMembers());
            return responsiveMembers().stream()
                    .map(HazelcastMember::memberUuids)
                    .allMatch(seen -> seen.containsAll(responsive) && alive.containsAll(seen));
        });
    }

    /**
     * Waits until the members have backed up all partitions as configured, so that the next one may be lost.
     *
     * @throws IllegalStateException if that is not so within the start timeout
     */
    public void awaitSafe() {
        await("be safe", () -> responsiveMembers().stream().allMatch(HazelcastMember::isClusterSafe));
    }

    private void await(String what, java.util.function.BooleanSupplier condition) {
        Duration timeout = settings.startTimeout();
        if (!Deadline.after(timeout).poll(condition)) {
            throw new IllegalStateException("The members did not " + what + " within " + timeout.toMillis() + " ms: "
                    + members.stream().map(this::describe).collect(Collectors.joining("; ")));
        }
    }

    private String describe(HazelcastMember member) {
        return member + (member.isResponsive() ? " with uuid " + member.uuid() + " sees " + member.memberUuids() : "");
    }

    private List<HazelcastMember> responsiveMembers() {
        return members.stream().filter(HazelcastMember::isResponsive).toList();
    }

    private static Set<UUID> uuids(List<HazelcastMember> members) {
        Set<UUID> uuids = new HashSet<>();
        members.forEach(member -> uuids.add(member.uuid()));
        return uuids;
    }

    List<Integer> ports() {
        return members.stream().map(HazelcastMember::port).toList();
    }

    /** Kills all members and deletes what they wrote. */
    @Override
    public void close() {
        List<RuntimeException> failures = new ArrayList<>();
        for (HazelcastMember member : members) {
            try {
                member.terminate();
                member.deleteDirectory();
            } catch (RuntimeException e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            RuntimeException first = failures.get(0);
            failures.stream().skip(1).forEach(first::addSuppressed);
            throw first;
        }
    }

    @Override
    public String toString() {
        return "HazelcastCluster{" + name() + ", " + members + "}";
    }

    /** Options for a cluster. Not thread-safe. */
    public static final class Builder extends MemberOptions<Builder> {

        private int size = 1;
        private int firstPort;

        Builder() {}

        /** How many members to start. Default 1. */
        public Builder members(int count) {
            if (count < 1) {
                throw new IllegalArgumentException("A cluster has at least one member, not " + count);
            }
            size = count;
            return this;
        }

        /** The port of the first member; the others get the ports after it. Default: ports that are free. */
        public Builder firstPort(int port) {
            firstPort = port;
            return this;
        }

        /** Starts the members and returns when each sees all of them. */
        public HazelcastCluster start() {
            return HazelcastCluster.start(settings(), size, firstPort);
        }

        @Override
        Builder self() {
            return this;
        }
    }
}
