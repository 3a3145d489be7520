// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.cluster;

import io.filbert.cluster.ClusterService;
import io.filbert.cluster.Member;
import io.filbert.cluster.MemberVersion;
import io.filbert.cluster.MembershipListener;
import io.filbert.internal.runtime.ClientLog;
import io.filbert.internal.runtime.RareLog;
import io.filbert.internal.runtime.SerialExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The members of the cluster, oldest first, and who wants to hear of changes.
 *
 * <p>Thread-safe. A lock makes a change and the queueing of its events one step, so that a listener added with {@code
 * fireForExisting} hears of each member exactly once. Listeners run on the given executor, never under the lock.
 */
public final class MemberList implements ClusterService {

    /** Below every version a member sends: the next list is taken whatever its version. */
    private static final int NONE = -1;

    /** How long a listener may take for the members that are there before others stop waiting for it. */
    private static final Duration LISTENER_PATIENCE = Duration.ofSeconds(2);

    private final ClientLog log;
    private final RareLog rareLog;
    private final SerialExecutor events;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Registration<MembershipListener>> listeners = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> firstList = new CompletableFuture<>();
    private volatile List<Member> members = List.of();
    private int version = NONE;

    public MemberList(ClientLog log, List<MembershipListener> listeners, SerialExecutor events) {
        this.log = log;
        this.rareLog = new RareLog(log);
        this.events = events;
        listeners.forEach(listener -> this.listeners.add(new Registration<>(listener)));
    }

    /** Whether all members have this release or a newer one; true if none is known. */
    public boolean allAtLeast(int major, int minor) {
        for (Member member : members) {
            MemberVersion release = member.version();
            if (release.major() < major || (release.major() == major && release.minor() < minor)) {
                return false;
            }
        }
        return true;
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
        events.start();
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
            log.infoLines(
                    "\n\nMembers [" + newMembers.size() + "] {",
                    newMembers.stream().map(Member::toString).toList(),
                    "}\n");
        }
        List<Registration<MembershipListener>> told = List.copyOf(listeners);
        if (!told.isEmpty()) {
            List<Member> gone = List.copyOf(removed);
            events.enqueue(() -> {
                gone.forEach(member -> told.forEach(each -> call(each, listener -> listener.memberRemoved(member))));
                added.forEach(member -> told.forEach(each -> call(each, listener -> listener.memberAdded(member))));
            });
        }
    }

    private void call(Registration<MembershipListener> registration, Consumer<MembershipListener> call) {
        registration.call(rareLog, "membership listener", call);
    }

    /** No list will come any more: whoever waits for the first one hears why. */
    void abandonFirstList(RuntimeException reason) {
        firstList.completeExceptionally(reason);
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

    /** Returns when listeners have seen all changes up to now, unless they take very long. */
    void awaitListeners() {
        events.runAndWait(() -> {}, LISTENER_PATIENCE);
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
        events.start();
    }

    @Override
    public List<Member> members() {
        return members;
    }

    @Override
    public UUID addListener(MembershipListener listener, boolean fireForExisting) {
        Registration<MembershipListener> registration =
                new Registration<>(Objects.requireNonNull(listener, "listener"));
        Runnable existing;
        lock.lock();
        try {
            listeners.add(registration);
            List<Member> now = members;
            existing = () -> now.forEach(member -> call(registration, told -> told.memberAdded(member)));
            if (fireForExisting && !events.isRunningHere()) {
                // In one step with the registration: before whatever changes next.
                events.enqueue(existing);
            }
        } finally {
            lock.unlock();
        }
        if (fireForExisting) {
            // Inside of a listener nothing else runs until that returns, so the members can be seen at once.
            events.runAndWait(events.isRunningHere() ? existing : () -> {}, LISTENER_PATIENCE);
        }
        return registration.id();
    }

    @Override
    public boolean removeListener(UUID registrationId) {
        return Registration.remove(listeners, registrationId);
    }
}
