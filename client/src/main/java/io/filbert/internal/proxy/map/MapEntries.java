// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.proxy.map;

import io.filbert.internal.connection.ResponseDecoder;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.protocol.codec.MapDeleteCodec;
import io.filbert.internal.protocol.codec.MapGetCodec;
import io.filbert.internal.protocol.codec.MapPutIfAbsentCodec;
import io.filbert.internal.protocol.codec.MapRemoveCodec;
import io.filbert.internal.protocol.codec.MapRemoveIfSameCodec;
import io.filbert.internal.protocol.codec.MapReplaceIfSameCodec;
import io.filbert.internal.proxy.ObjectCalls;
import io.filbert.map.Expiry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The calls on one entry that take serialized keys and values: what views and read-modify-write are made of. Each takes the owner of locks
 * it is made for, which need not be the current thread. Immutable.
 */
final class MapEntries<V> implements EntryAccess<V> {

    private static final ResponseDecoder<Boolean> WAS_ABSENT =
            response -> MapPutIfAbsentCodec.decodeResponse(response, (buffer, offset, length) -> true) == null;

    private static final ResponseDecoder<Boolean> WAS_PRESENT =
            response -> MapRemoveCodec.decodeResponse(response, (buffer, offset, length) -> true) != null;

    private final String name;
    private final ObjectCalls calls;
    private final ResponseDecoder<@Nullable Fetched<V>> fetch;

    MapEntries(String name, ObjectCalls calls) {
        this.name = name;
        this.calls = calls;
        var value = Fetched.decoder(calls.<V>decoder());
        this.fetch = response -> MapGetCodec.decodeResponse(response, value);
    }

    private MapEntries(String name, ObjectCalls calls, ResponseDecoder<@Nullable Fetched<V>> fetch) {
        this.name = name;
        this.calls = calls;
        this.fetch = fetch;
    }

    @Override
    public MapEntries<V> endingIn(Duration left) {
        return new MapEntries<>(name, calls.endingIn(left), fetch);
    }

    @Override
    public ObjectCalls calls() {
        return calls;
    }

    @Override
    public CompletableFuture<@Nullable Fetched<V>> fetch(Data key, long owner) {
        return calls.onKey(key, MapGetCodec.REQUEST, MapGetCodec.encodeRequest(name, key, owner), fetch);
    }

    @Override
    public CompletableFuture<Boolean> putIfAbsent(Data key, Data value, long owner) {
        return calls.onKey(
                key,
                MapPutIfAbsentCodec.REQUEST,
                MapPutIfAbsentCodec.encodeRequest(
                        name, key, value, owner, MapWrites.ttl(Expiry.asConfigured())),
                WAS_ABSENT);
    }

    @Override
    public CompletableFuture<Boolean> replaceIfSame(Data key, Data oldValue, Data newValue, long owner) {
        return calls.onKey(
                key,
                MapReplaceIfSameCodec.REQUEST,
                MapReplaceIfSameCodec.encodeRequest(name, key, oldValue, newValue, owner),
                MapReplaceIfSameCodec::decodeResponse);
    }

    @Override
    public CompletableFuture<Boolean> removeIfSame(Data key, Data value, long owner) {
        return calls.onKey(
                key,
                MapRemoveIfSameCodec.REQUEST,
                MapRemoveIfSameCodec.encodeRequest(name, key, value, owner),
                MapRemoveIfSameCodec::decodeResponse);
    }

    /** Whether there was a value, which is not decoded. */
    CompletableFuture<Boolean> remove(Data key, long owner) {
        return calls.onKey(key, MapRemoveCodec.REQUEST, MapRemoveCodec.encodeRequest(name, key, owner), WAS_PRESENT);
    }

    CompletableFuture<Void> delete(Data key, long owner) {
        return calls.onKey(
                key, MapDeleteCodec.REQUEST, MapDeleteCodec.encodeRequest(name, key, owner), MapDecoders.DELETE);
    }
}
