// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.listener;

import io.filbert.internal.connection.Connection;
import io.filbert.internal.connection.ConnectionCall;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One listener and the connections it is registered on, or about to be. Thread-safe. */
final class Registered {

    /** The registration on one connection. */
    static final class OnConnection {

        /** The member's id of the registration. */
        final CompletableFuture<UUID> memberId = new CompletableFuture<>();

        /** Completes when {@link #memberId} is decided, or held back until members can understand the registration. */
        final CompletableFuture<Void> settled = new CompletableFuture<>();

        /** Null until it is sent. */
        volatile @Nullable ConnectionCall<UUID> call;

        private final AtomicBoolean begun = new AtomicBoolean();
        private final AtomicBoolean takenBack = new AtomicBoolean();

        OnConnection() {
            memberId.whenComplete((id, failure) -> settled.complete(null));
        }

        /** Whether the caller decides what becomes of it: sends it, or drops it unsent. */
        boolean begin() {
            return begun.compareAndSet(false, true);
        }

        /** Whether the caller takes it back: nobody else does. */
        boolean beginTakingBack() {
            return takenBack.compareAndSet(false, true);
        }
    }

    private final UUID id = UUID.randomUUID();
    private final Object owner;
    private final Subscription subscription;
    private final EventPipe pipe;
    private final long deadlineNanos;
    private final Map<Connection, OnConnection> places = new ConcurrentHashMap<>();
    private volatile boolean added;
    private final AtomicBoolean removed = new AtomicBoolean();

    /** @param deadlineNanos when the user's wait for the registration ends, by {@link System#nanoTime} */
    Registered(Object owner, Subscription subscription, EventPipe pipe, long deadlineNanos) {
        this.deadlineNanos = deadlineNanos;
        this.owner = owner;
        this.subscription = subscription;
        this.pipe = pipe;
    }

    UUID id() {
        return id;
    }

    Object owner() {
        return owner;
    }

    Subscription subscription() {
        return subscription;
    }

    long deadlineNanos() {
        return deadlineNanos;
    }

    EventPipe pipe() {
        return pipe;
    }

    Map<Connection, OnConnection> places() {
        return places;
    }

    /** Whether the user knows that the listener is registered. */
    boolean isAdded() {
        return added;
    }

    void markAdded() {
        added = true;
    }

    boolean isRemoved() {
        return removed.get();
    }

    /** No further call of the listener starts; false if it was removed before. */
    boolean markRemoved() {
        boolean first = removed.compareAndSet(false, true);
        pipe.close();
        return first;
    }
}
