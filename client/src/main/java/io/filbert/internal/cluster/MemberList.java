// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.cluster;

import io.filbert.cluster.ClusterService;
import io.filbert.cluster.Member;
import io.filbert.cluster.MembershipListener;
import io.filbert.internal.runtime.ClientLog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The members of the cluster, oldest first, and who wants to hear of changes.
 *
 * <p>Thread-safe. A lock makes a change and the queueing of its events one step, so that a listener added with {@code
 * fireForExisting} hears of each member exactly once. Listeners run on the given serial executor.
 */
public final class MemberList implements ClusterService {

    /** Below every version a member sends: the next list is taken whatever its version. */
    private static final int NONE = -1;

    private final ClientLog log;
    private final Executor events;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<UUID, MembershipListener> listeners = new LinkedHashMap<>();
    private final CompletableFuture<Void> firstList = new CompletableFuture<>();
    private volatile List<Member> members = List.of();
    private int version = NONE;

    /** @param events a serial executor */
    public MemberList(ClientLog log, List<MembershipListener> listeners, Executor events) {
        this.log = log;
        this.events = events;
        listeners.forEach(listener -> this.listeners.put(UUID.randomUUID(), listener));
    }

    /** Completes when the first list has arrived. */
    CompletableFuture<Void> firstList() {
        return firstList;
    }

    /**
     * Takes a newer list.
     *
     * @return the members that left
     */
    List<Member> apply(int newVersion, List<Member> newMembers) {
        List<Member> removed = new ArrayList<>();
        lock.lock();
        try {
            if (newVersion <= version && version != NONE) {
                return List.of();
            }
            version = newVersion;
            replace(newMembers, removed);
        } finally {
            lock.unlock();
        }
        firstList.complete(null);
        return removed;
    }

    private void replace(List<Member> newMembers, List<Member> removed) {
        List<Member> before = members;
        List<Member> added = new ArrayList<>(newMembers);
        added.removeAll(before);
        removed.addAll(before);
        removed.removeAll(newMembers);
        members = List.copyOf(newMembers);
        if (added.isEmpty() && removed.isEmpty()) {
            return;
        }
        if (!newMembers.isEmpty()) {
            log.info(describe(newMembers));
        }
        if (!listeners.isEmpty()) {
            List<MembershipListener> told = List.copyOf(listeners.values());
            List<Member> gone = List.copyOf(removed);
            events.execute(() -> {
                gone.forEach(member -> told.forEach(listener -> tell(() -> listener.memberRemoved(member))));
                added.forEach(member -> told.forEach(listener -> tell(() -> listener.memberAdded(member))));
            });
        }
    }

    /** The next list comes from another connection, whose versions may have started again. */
    void expectOtherSource() {
        lock.lock();
        try {
            version = NONE;
        } finally {
            lock.unlock();
        }
    }

    /** The cluster was replaced: all members are gone. */
    void clear() {
        lock.lock();
        try {
            version = NONE;
            replace(List.of(), new ArrayList<>());
        } finally {
            lock.unlock();
        }
    }

    private static String describe(List<Member> members) {
        StringBuilder text =
                new StringBuilder("\n\nMembers [").append(members.size()).append("] {\n");
        members.forEach(member -> text.append('\t').append(member).append('\n'));
        return text.append("}\n").toString();
    }

    private void tell(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            log.error("A membership listener failed", e);
        }
    }

    @Override
    public List<Member> members() {
        return members;
    }

    @Override
    public UUID addListener(MembershipListener listener, boolean fireForExisting) {
        Objects.requireNonNull(listener, "listener");
        UUID id = UUID.randomUUID();
        lock.lock();
        try {
            listeners.put(id, listener);
            if (fireForExisting) {
                List<Member> existing = members;
                events.execute(() -> existing.forEach(member -> tell(() -> listener.memberAdded(member))));
            }
        } finally {
            lock.unlock();
        }
        return id;
    }

    @Override
    public boolean removeListener(UUID registrationId) {
        Objects.requireNonNull(registrationId, "registrationId");
        lock.lock();
        try {
            return listeners.remove(registrationId) != null;
        } finally {
            lock.unlock();
        }
    }
}
