// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.proxy.map;

import io.filbert.internal.connection.ResponseDecoder;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.protocol.codec.MapPutCodec;
import io.filbert.internal.protocol.codec.MapPutIfAbsentCodec;
import io.filbert.internal.protocol.codec.MapPutIfAbsentWithMaxIdleCodec;
import io.filbert.internal.protocol.codec.MapPutTransientCodec;
import io.filbert.internal.protocol.codec.MapPutTransientWithMaxIdleCodec;
import io.filbert.internal.protocol.codec.MapPutWithMaxIdleCodec;
import io.filbert.internal.protocol.codec.MapSetCodec;
import io.filbert.internal.protocol.codec.MapSetWithMaxIdleCodec;
import io.filbert.internal.proxy.ObjectCalls;
import io.filbert.map.Expiry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The writes of one key that say when the entry expires. There are two messages for each: one for a time to live, and one that has an idle
 * time besides, which is used only where an idle time is given. Immutable.
 */
final class MapWrites<V> {

    /** "As the map is configured on the members." */
    private static final long CONFIGURED = -1;

    private final String name;
    private final ObjectCalls calls;
    private final MapDecoders<?, V> decoders;

    MapWrites(String name, ObjectCalls calls, MapDecoders<?, V> decoders) {
        this.name = name;
        this.calls = calls;
        this.decoders = decoders;
    }

    /** The time to live as messages carry it. */
    static long ttl(Expiry expiry) {
        return millis(expiry.ttl(), "ttl");
    }

    /** The idle time as messages carry it. */
    static long maxIdle(Expiry expiry) {
        return millis(expiry.maxIdle(), "maxIdle");
    }

    private static long millis(@Nullable Duration time, String what) {
        return time == null ? CONFIGURED : ObjectCalls.millis(time, what);
    }

    private static boolean hasMaxIdle(Expiry expiry) {
        return expiry.maxIdle() != null;
    }

    CompletableFuture<@Nullable V> put(Data key, Data value, Expiry expiry, long owner) {
        return hasMaxIdle(expiry)
                ? calls.onKey(
                        key,
                        MapPutWithMaxIdleCodec.REQUEST,
                        MapPutWithMaxIdleCodec.encodeRequest(name, key, value, owner, ttl(expiry), maxIdle(expiry)),
                        decoders.putWithMaxIdle)
                : calls.onKey(
                        key,
                        MapPutCodec.REQUEST,
                        MapPutCodec.encodeRequest(name, key, value, owner, ttl(expiry)),
                        decoders.put);
    }

    CompletableFuture<Void> set(Data key, Data value, Expiry expiry, long owner) {
        return set(calls, name, key, value, expiry, owner, MapDecoders.SET, MapDecoders.SET_WITH_MAX_IDLE);
    }

    /** Answers true, without a stage, which would wait for the user's executor. */
    static CompletableFuture<Boolean> setAndConfirm(
            ObjectCalls calls, String name, Data key, Data value, Expiry expiry, long owner) {
        return set(
                calls,
                name,
                key,
                value,
                expiry,
                owner,
                confirmed(MapDecoders.SET),
                confirmed(MapDecoders.SET_WITH_MAX_IDLE));
    }

    private static ResponseDecoder<Boolean> confirmed(ResponseDecoder<@Nullable Void> decoder) {
        return response -> {
            decoder.decode(response);
            return true;
        };
    }

    private static <T extends @Nullable Object> CompletableFuture<T> set(
            ObjectCalls calls,
            String name,
            Data key,
            Data value,
            Expiry expiry,
            long owner,
            ResponseDecoder<T> plain,
            ResponseDecoder<T> withMaxIdle) {
        return hasMaxIdle(expiry)
                ? calls.onKey(
                        key,
                        MapSetWithMaxIdleCodec.REQUEST,
                        MapSetWithMaxIdleCodec.encodeRequest(name, key, value, owner, ttl(expiry), maxIdle(expiry)),
                        withMaxIdle)
                : calls.onKey(
                        key,
                        MapSetCodec.REQUEST,
                        MapSetCodec.encodeRequest(name, key, value, owner, ttl(expiry)),
                        plain);
    }

    CompletableFuture<@Nullable V> putIfAbsent(Data key, Data value, Expiry expiry, long owner) {
        return hasMaxIdle(expiry)
                ? calls.onKey(
                        key,
                        MapPutIfAbsentWithMaxIdleCodec.REQUEST,
                        MapPutIfAbsentWithMaxIdleCodec.encodeRequest(
                                name, key, value, owner, ttl(expiry), maxIdle(expiry)),
                        decoders.putIfAbsentWithMaxIdle)
                : calls.onKey(
                        key,
                        MapPutIfAbsentCodec.REQUEST,
                        MapPutIfAbsentCodec.encodeRequest(name, key, value, owner, ttl(expiry)),
                        decoders.putIfAbsent);
    }

    CompletableFuture<Void> putTransient(Data key, Data value, Expiry expiry, long owner) {
        return hasMaxIdle(expiry)
                ? calls.onKey(
                        key,
                        MapPutTransientWithMaxIdleCodec.REQUEST,
                        MapPutTransientWithMaxIdleCodec.encodeRequest(
                                name, key, value, owner, ttl(expiry), maxIdle(expiry)),
                        MapDecoders.PUT_TRANSIENT_WITH_MAX_IDLE)
                : calls.onKey(
                        key,
                        MapPutTransientCodec.REQUEST,
                        MapPutTransientCodec.encodeRequest(name, key, value, owner, ttl(expiry)),
                        MapDecoders.PUT_TRANSIENT);
    }
}
