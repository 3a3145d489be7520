// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.proxy;

import io.filbert.cluster.DistributedObjectEvent;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Notices what is destroyed, so that the client forgets it: one registration on each connection, made with the first object that is used.
 * What is destroyed while the client is disconnected is not noticed.
 *
 * <p>What this client destroys it forgets by itself, when the cluster has confirmed it: the event comes at another time, when the name may be
 * in use again. Only where no confirmation came, the event is the sign that the object is gone.
 *
 * <p>Thread-safe. Events are handled on I/O threads.
 */
final class DestroyedObjects {

    private static final long RETRY_NANOS = TimeUnit.MINUTES.toNanos(1);

    /**
     * Requests of this client to destroy one object.
     *
     * @param underWay how many have no outcome yet
     * @param unknown whether one ended with an unknown outcome, and no event has told it
     * @param seen whether an event came while requests were under way
     */
    private record Own(int underWay, boolean unknown, boolean seen) {

        boolean isOfUse() {
            return underWay > 0 || unknown;
        }
    }

    private final ObjectEvents events;
    private final UUID clientUuid;
    private final Consumer<ProxyRegistry.Key> byOthers;
    private final Consumer<ProxyRegistry.Key> afterAll;
    private final Map<ProxyRegistry.Key, Own> own = new ConcurrentHashMap<>();
    private final AtomicBoolean registered = new AtomicBoolean();
    private volatile long nextTry = System.nanoTime();

    /**
     * @param byOthers takes an object that others destroyed
     * @param afterAll takes an object that this client destroyed by a request whose outcome was unknown until now
     */
    DestroyedObjects(
            ObjectEvents events,
            UUID clientUuid,
            Consumer<ProxyRegistry.Key> byOthers,
            Consumer<ProxyRegistry.Key> afterAll) {
        this.events = events;
        this.clientUuid = clientUuid;
        this.byOthers = byOthers;
        this.afterAll = afterAll;
    }

    /** Registers the listener, unless it is there or was refused a moment ago, such as for want of a permission. Returns at once. */
    void watch() {
        if (System.nanoTime() - nextTry >= 0 && registered.compareAndSet(false, true)) {
            var ignored = events.addOwn(this::handle).whenComplete((id, failure) -> {
                if (failure != null) {
                    nextTry = System.nanoTime() + RETRY_NANOS;
                    registered.set(false);
                }
            });
        }
    }

    /** A request to destroy the object is about to be sent. Exactly one of the following three ends it. */
    void begin(ProxyRegistry.Key key) {
        own.merge(
                key,
                new Own(1, false, false),
                (before, one) -> new Own(before.underWay + 1, before.unknown, before.seen));
    }

    /** The object is gone: what was unknown before is of no interest any more. */
    void confirmed(ProxyRegistry.Key key) {
        own.computeIfPresent(key, (same, before) -> keep(new Own(before.underWay - 1, false, false)));
    }

    /** The request had no effect. */
    void refused(ProxyRegistry.Key key) {
        own.computeIfPresent(key, (same, before) -> keep(new Own(before.underWay - 1, before.unknown, before.seen)));
    }

    /** Nobody knows whether the request had its effect. The answer is true if an event has told by now that it had. */
    boolean unknown(ProxyRegistry.Key key) {
        AtomicBoolean gone = new AtomicBoolean();
        own.computeIfPresent(key, (same, before) -> {
            gone.set(before.seen);
            return keep(new Own(before.underWay - 1, !before.seen, false));
        });
        return gone.get();
    }

    private static @Nullable Own keep(Own now) {
        return now.isOfUse() ? now : null;
    }

    private void handle(DistributedObjectEvent event) {
        if (event.type() != DistributedObjectEvent.Type.DESTROYED) {
            return;
        }
        ProxyRegistry.Key key = new ProxyRegistry.Key(event.serviceName(), event.name());
        if (!event.source().equals(clientUuid)) {
            byOthers.accept(key);
            return;
        }
        AtomicBoolean gone = new AtomicBoolean();
        own.computeIfPresent(key, (same, before) -> {
            gone.set(before.unknown);
            return keep(new Own(before.underWay, false, !before.unknown));
        });
        if (gone.get()) {
            afterAll.accept(key);
        }
    }
}
