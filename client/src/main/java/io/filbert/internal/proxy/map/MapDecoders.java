// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.proxy.map;

import io.filbert.internal.connection.ResponseDecoder;
import io.filbert.internal.protocol.DataDecoder;
import io.filbert.internal.protocol.codec.*;
import io.filbert.internal.protocol.type.SimpleEntryView;
import io.filbert.internal.proxy.ObjectCalls;
import io.filbert.map.EntryView;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The decoders of the map's responses, made once for each proxy so that a call allocates none. Immutable. */
final class MapDecoders<K, V> {

    static final ResponseDecoder<@Nullable Void> SET = response -> {
        MapSetCodec.decodeResponse(response);
        return null;
    };
    /** The member answers with a previous value that the contract does not offer. */
    static final ResponseDecoder<@Nullable Void> SET_WITH_MAX_IDLE = response -> {
        MapSetWithMaxIdleCodec.decodeResponse(response, (buffer, offset, length) -> true);
        return null;
    };

    static final ResponseDecoder<@Nullable Void> PUT_TRANSIENT = response -> {
        MapPutTransientCodec.decodeResponse(response);
        return null;
    };
    static final ResponseDecoder<@Nullable Void> PUT_TRANSIENT_WITH_MAX_IDLE = response -> {
        MapPutTransientWithMaxIdleCodec.decodeResponse(response, (buffer, offset, length) -> true);
        return null;
    };
    static final ResponseDecoder<@Nullable Void> PUT_ALL = response -> {
        MapPutAllCodec.decodeResponse(response);
        return null;
    };
    static final ResponseDecoder<@Nullable Void> DELETE = response -> {
        MapDeleteCodec.decodeResponse(response);
        return null;
    };
    static final ResponseDecoder<@Nullable Void> CLEAR = response -> {
        MapClearCodec.decodeResponse(response);
        return null;
    };
    static final ResponseDecoder<@Nullable Void> EVICT_ALL = response -> {
        MapEvictAllCodec.decodeResponse(response);
        return null;
    };
    static final ResponseDecoder<@Nullable Void> FLUSH = response -> {
        MapFlushCodec.decodeResponse(response);
        return null;
    };
    static final ResponseDecoder<@Nullable Void> LOAD_ALL = response -> {
        MapLoadAllCodec.decodeResponse(response);
        return null;
    };
    static final ResponseDecoder<@Nullable Void> LOAD_GIVEN_KEYS = response -> {
        MapLoadGivenKeysCodec.decodeResponse(response);
        return null;
    };

    final ResponseDecoder<@Nullable V> get;
    final ResponseDecoder<@Nullable V> put;
    final ResponseDecoder<@Nullable V> putWithMaxIdle;
    final ResponseDecoder<@Nullable V> putIfAbsent;
    final ResponseDecoder<@Nullable V> putIfAbsentWithMaxIdle;
    final ResponseDecoder<@Nullable V> replace;
    final ResponseDecoder<@Nullable V> remove;
    final ResponseDecoder<@Nullable EntryView<K, V>> entryView;
    final ResponseDecoder<Set<K>> keySet;
    final ResponseDecoder<List<V>> values;
    final ResponseDecoder<Set<Map.Entry<K, V>>> entrySet;
    final ResponseDecoder<Set<K>> keySetWithPredicate;
    final ResponseDecoder<List<V>> valuesWithPredicate;
    final ResponseDecoder<Set<Map.Entry<K, V>>> entrySetWithPredicate;

    MapDecoders(ObjectCalls calls) {
        DataDecoder<K> key = calls.decoder();
        DataDecoder<V> value = calls.decoder();
        get = response -> MapGetCodec.decodeResponse(response, value);
        put = response -> MapPutCodec.decodeResponse(response, value);
        putWithMaxIdle = response -> MapPutWithMaxIdleCodec.decodeResponse(response, value);
        putIfAbsent = response -> MapPutIfAbsentCodec.decodeResponse(response, value);
        putIfAbsentWithMaxIdle = response -> MapPutIfAbsentWithMaxIdleCodec.decodeResponse(response, value);
        replace = response -> MapReplaceCodec.decodeResponse(response, value);
        remove = response -> MapRemoveCodec.decodeResponse(response, value);
        entryView = response -> {
            SimpleEntryView view = MapGetEntryViewCodec.decodeResponse(response).response();
            return view == null ? null : toEntryView(view, key, value);
        };
        keySet = response -> new LinkedHashSet<>(MapKeySetCodec.decodeResponse(response, key));
        values = response -> MapValuesCodec.decodeResponse(response, value);
        entrySet = response -> new LinkedHashSet<>(MapEntrySetCodec.decodeResponse(response, key, value));
        keySetWithPredicate =
                response -> new LinkedHashSet<>(MapKeySetWithPredicateCodec.decodeResponse(response, key));
        valuesWithPredicate = response -> MapValuesWithPredicateCodec.decodeResponse(response, value);
        entrySetWithPredicate =
                response -> new LinkedHashSet<>(MapEntriesWithPredicateCodec.decodeResponse(response, key, value));
    }

    private static <K, V> EntryView<K, V> toEntryView(SimpleEntryView view, DataDecoder<K> key, DataDecoder<V> value) {
        return new EntryView<>(
                ObjectCalls.read(key, view.key()),
                ObjectCalls.read(value, view.value()),
                view.cost(),
                view.hits(),
                view.version(),
                instant(view.creationTime()),
                instant(view.lastAccessTime()),
                instant(view.lastUpdateTime()),
                instant(view.lastStoredTime()),
                instant(view.expirationTime()),
                limit(view.ttl()),
                limit(view.maxIdle()));
    }

    /** Members write moments that never were, or never will be, as 0, a negative number or the largest one. */
    private static @Nullable Instant instant(long millis) {
        return millis <= 0 || millis == Long.MAX_VALUE ? null : Instant.ofEpochMilli(millis);
    }

    static Duration limit(long millis) {
        return millis <= 0 || millis == Long.MAX_VALUE ? Duration.ZERO : Duration.ofMillis(millis);
    }
}
