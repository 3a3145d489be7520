// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.proxy.map;

import io.filbert.internal.connection.ResponseDecoder;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.protocol.DataDecoder;
import io.filbert.internal.protocol.codec.MapGetEntryViewCodec;
import io.filbert.internal.protocol.codec.MapPutIfAbsentWithMaxIdleCodec;
import io.filbert.internal.protocol.codec.MapTryLockCodec;
import io.filbert.internal.protocol.codec.MapUnlockCodec;
import io.filbert.internal.protocol.type.SimpleEntryView;
import io.filbert.internal.proxy.ObjectCalls;
import io.filbert.map.Expiry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The access to one entry that says when the entry expires, or keeps what it has. No message compares, writes and sets the expiry in one, so
 * the key is locked from the reading to the writing: nobody else writes it meanwhile, except through {@code putAll} and its like, which
 * ignore locks. The lock has a lease a little longer than the call may take, in case it cannot be unlocked. For one update.
 */
final class LockedEntry<V> implements EntryAccess<V> {

    /** How much longer than the call the lock may last. */
    private static final long EXTRA_LEASE_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** The part of the time limit, and the most of it, in which no member waits for the lock any more: its answer needs time to arrive. */
    private static final int PARTS_OF_LIMIT = 4;

    private static final long LONGEST_WAY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /** Numbers of lock and unlock requests, by which members recognize one that is sent again. */
    private static final AtomicLong REFERENCES = new AtomicLong();

    /** Owners of locks that are no threads: negative, as ids of threads are not. */
    private static final AtomicLong OWNERS = new AtomicLong();

    private static final ResponseDecoder<@Nullable Void> UNLOCK = response -> {
        MapUnlockCodec.decodeResponse(response);
        return null;
    };

    private final String name;
    private final ObjectCalls calls;

    /** For conditional writes: repeated after they took effect, they would find that somebody has changed the entry. */
    private final ObjectCalls conditional;

    private final MapEntries<V> entries;
    private final DataDecoder<Fetched<V>> value;
    private final @Nullable Expiry given;
    private final State state;

    /** What the update has so far, whatever time it has left. */
    private static final class State {
        private final AtomicReference<@Nullable CompletableFuture<Boolean>> lock = new AtomicReference<>();
        private volatile Expiry kept = Expiry.asConfigured();
    }

    /** @param given what the entry is to have; null to keep what it has */
    LockedEntry(String name, ObjectCalls calls, DataDecoder<V> value, @Nullable Expiry given) {
        this(name, calls, new MapEntries<>(name, calls.withoutRedo()), Fetched.decoder(value), given, new State());
    }

    private LockedEntry(
            String name,
            ObjectCalls calls,
            MapEntries<V> entries,
            DataDecoder<Fetched<V>> value,
            @Nullable Expiry given,
            State state) {
        this.name = name;
        this.calls = calls;
        this.conditional = entries.calls();
        this.entries = entries;
        this.value = value;
        this.given = given;
        this.state = state;
    }

    /** An owner of locks that is no thread, for a call that may be carried on by several. */
    static long newOwner() {
        return OWNERS.decrementAndGet();
    }

    @Override
    public ObjectCalls calls() {
        return calls;
    }

    @Override
    public LockedEntry<V> endingIn(Duration left) {
        return new LockedEntry<>(name, calls.endingIn(left), entries.endingIn(left), value, given, state);
    }

    private Expiry expiry() {
        Expiry asked = given;
        return asked == null ? state.kept : asked;
    }

    @Override
    public CompletableFuture<Boolean> lock(Data key, long owner) {
        CompletableFuture<Boolean> lock = lock(key, owner, calls.timeoutNanos());
        state.lock.set(lock);
        return lock;
    }

    private CompletableFuture<Boolean> lock(Data key, long owner, long limit) {
        long wait = limit - Math.min(limit / PARTS_OF_LIMIT, LONGEST_WAY_NANOS);
        long lease = limit > Long.MAX_VALUE - EXTRA_LEASE_NANOS ? limit : limit + EXTRA_LEASE_NANOS;
        return calls.clientOwn()
                .onKey(
                        key,
                        MapTryLockCodec.REQUEST,
                        MapTryLockCodec.encodeRequest(
                                name,
                                key,
                                owner,
                                TimeUnit.NANOSECONDS.toMillis(lease),
                                Math.max(1, TimeUnit.NANOSECONDS.toMillis(wait)),
                                REFERENCES.incrementAndGet()),
                        MapTryLockCodec::decodeResponse);
    }

    @Override
    public CompletableFuture<@Nullable Fetched<V>> fetch(Data key, long owner) {
        return calls.onKey(
                key, MapGetEntryViewCodec.REQUEST, MapGetEntryViewCodec.encodeRequest(name, key, owner), response -> {
                    SimpleEntryView view =
                            MapGetEntryViewCodec.decodeResponse(response).response();
                    if (view == null) {
                        state.kept = Expiry.asConfigured();
                        return null;
                    }
                    state.kept =
                            Expiry.ofTtl(MapDecoders.limit(view.ttl())).withMaxIdle(MapDecoders.limit(view.maxIdle()));
                    return value.decode(view.value().bytes(), 0, view.value().size());
                });
    }

    @Override
    public CompletableFuture<Boolean> putIfAbsent(Data key, Data newValue, long owner) {
        return conditional.onKey(
                key,
                MapPutIfAbsentWithMaxIdleCodec.REQUEST,
                MapPutIfAbsentWithMaxIdleCodec.encodeRequest(
                        name, key, newValue, owner, MapWrites.ttl(expiry()), MapWrites.maxIdle(expiry())),
                response -> MapPutIfAbsentWithMaxIdleCodec.decodeResponse(response, (buffer, offset, length) -> true)
                        == null);
    }

    @Override
    public CompletableFuture<Boolean> replaceIfSame(Data key, Data oldValue, Data newValue, long owner) {
        // The lock has kept it the same.
        return MapWrites.setAndConfirm(calls, name, key, newValue, expiry(), owner);
    }

    @Override
    public CompletableFuture<Boolean> removeIfSame(Data key, Data oldValue, long owner) {
        return entries.removeIfSame(key, oldValue, owner);
    }

    @Override
    public CompletableFuture<?> release(Data key, long owner) {
        CompletableFuture<Boolean> lock = state.lock.getAndSet(null);
        if (lock == null) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Boolean> mayBeLocked = lock.isDone()
                ? lock.handle((locked, failure) -> failure != null || locked)
                // Not on the I/O thread, which must not wait for room in flight.
                : lock.handleAsync((locked, failure) -> failure != null || locked, calls.completions());
        return mayBeLocked
                .thenCompose(may -> may ? unlock(key, owner) : CompletableFuture.completedFuture(null))
                // The lease ends a lock that could not be unlocked.
                .exceptionally(failure -> null);
    }

    private CompletableFuture<Void> unlock(Data key, long owner) {
        return calls.clientOwn()
                .onKey(
                        key,
                        MapUnlockCodec.REQUEST,
                        MapUnlockCodec.encodeRequest(name, key, owner, REFERENCES.incrementAndGet()),
                        UNLOCK);
    }
}
