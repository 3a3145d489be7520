// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.proxy.map;

import io.filbert.internal.connection.ResponseDecoder;
import io.filbert.internal.listener.Subscription;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.protocol.DataDecoder;
import io.filbert.internal.protocol.MessageReader;
import io.filbert.internal.protocol.RequestType;
import io.filbert.internal.protocol.codec.MapAddEntryListenerCodec;
import io.filbert.internal.protocol.codec.MapAddEntryListenerToKeyCodec;
import io.filbert.internal.protocol.codec.MapAddEntryListenerToKeyWithPredicateCodec;
import io.filbert.internal.protocol.codec.MapAddEntryListenerWithPredicateCodec;
import io.filbert.internal.protocol.codec.MapRemoveEntryListenerCodec;
import io.filbert.internal.proxy.ObjectCalls;
import io.filbert.internal.runtime.Printable;
import io.filbert.map.EntryEvent;
import io.filbert.map.EntryListener;
import io.filbert.map.MapEvent;
import io.filbert.query.Predicate;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The entry listeners of a map: registers them in four forms and hands events out. Immutable. */
final class MapListeners<K, V> {

    private final String name;
    private final ObjectCalls calls;
    private final DataDecoder<K> key;
    private final DataDecoder<V> value;

    MapListeners(String name, ObjectCalls calls) {
        this.name = name;
        this.calls = calls;
        this.key = calls.decoder();
        this.value = calls.decoder();
    }

    CompletableFuture<UUID> add(EntryListener<? super K, ? super V> listener, boolean includeValue) {
        int flags = flags(listener);
        return subscribe(
                listener,
                MapAddEntryListenerCodec.REQUEST,
                () -> MapAddEntryListenerCodec.encodeRequest(name, includeValue, flags, calls.localEventsOnly()),
                MapAddEntryListenerCodec::decodeResponse,
                WireEvent::of);
    }

    CompletableFuture<UUID> add(EntryListener<? super K, ? super V> listener, K key, boolean includeValue) {
        int flags = flags(listener);
        Data keyData = calls.toData(key, "key");
        return subscribe(
                listener,
                MapAddEntryListenerToKeyCodec.REQUEST,
                () -> MapAddEntryListenerToKeyCodec.encodeRequest(
                        name, keyData, includeValue, flags, calls.localEventsOnly()),
                MapAddEntryListenerToKeyCodec::decodeResponse,
                WireEvent::ofKey);
    }

    CompletableFuture<UUID> add(
            EntryListener<? super K, ? super V> listener, Predicate predicate, boolean includeValue) {
        int flags = flags(listener);
        Data predicateData = calls.toDataForMembers(predicate, "predicate");
        return subscribe(
                listener,
                MapAddEntryListenerWithPredicateCodec.REQUEST,
                () -> MapAddEntryListenerWithPredicateCodec.encodeRequest(
                        name, predicateData, includeValue, flags, calls.localEventsOnly()),
                MapAddEntryListenerWithPredicateCodec::decodeResponse,
                WireEvent::ofPredicate);
    }

    CompletableFuture<UUID> add(
            EntryListener<? super K, ? super V> listener, K key, Predicate predicate, boolean includeValue) {
        int flags = flags(listener);
        Data keyData = calls.toData(key, "key");
        Data predicateData = calls.toDataForMembers(predicate, "predicate");
        return subscribe(
                listener,
                MapAddEntryListenerToKeyWithPredicateCodec.REQUEST,
                () -> MapAddEntryListenerToKeyWithPredicateCodec.encodeRequest(
                        name, keyData, predicateData, includeValue, flags, calls.localEventsOnly()),
                MapAddEntryListenerToKeyWithPredicateCodec::decodeResponse,
                WireEvent::ofKeyAndPredicate);
    }

    CompletableFuture<Boolean> remove(UUID registrationId) {
        return calls.unsubscribe(registrationId);
    }

    private static int flags(EntryListener<?, ?> listener) {
        return EntryKind.flags(Objects.requireNonNull(listener, "listener"));
    }

    @SuppressWarnings("unchecked") // an event can only be read, so whoever takes supertypes may have it
    private CompletableFuture<UUID> subscribe(
            EntryListener<? super K, ? super V> listener,
            RequestType addType,
            Supplier<byte[]> addRequest,
            ResponseDecoder<UUID> added,
            Function<MessageReader, @Nullable WireEvent> decoder) {
        EntryListener<K, V> target = (EntryListener<K, V>) listener;
        return calls.subscribe(new Subscription(
                "entry listener of map " + Printable.quoted(name),
                addType,
                addRequest,
                added,
                MapRemoveEntryListenerCodec.REQUEST,
                id -> MapRemoveEntryListenerCodec.encodeRequest(name, id),
                message -> {
                    WireEvent event = decoder.apply(message);
                    return event == null ? null : decode(event, target);
                },
                listener::onGap));
    }

    private @Nullable Runnable decode(WireEvent wire, EntryListener<K, V> listener) {
        EntryKind kind = EntryKind.of(wire.type());
        if (kind == null) {
            return null;
        }
        if (kind == EntryKind.MAP_EVICTED || kind == EntryKind.MAP_CLEARED) {
            MapEvent event = mapEvent(kind, wire);
            return kind == EntryKind.MAP_EVICTED ? () -> listener.mapEvicted(event) : () -> listener.mapCleared(event);
        }
        EntryEvent<K, V> event = entryEvent(kind, wire);
        return switch (kind) {
            case ADDED -> () -> listener.entryAdded(event);
            case REMOVED -> () -> listener.entryRemoved(event);
            case UPDATED -> () -> listener.entryUpdated(event);
            case EVICTED -> () -> listener.entryEvicted(event);
            case EXPIRED -> () -> listener.entryExpired(event);
            case MERGED -> () -> listener.entryMerged(event);
            case LOADED -> () -> listener.entryLoaded(event);
            case MAP_EVICTED, MAP_CLEARED -> null;
        };
    }

    private EntryEvent<K, V> entryEvent(EntryKind kind, WireEvent event) {
        Data keyData = Objects.requireNonNull(event.key(), "the key of an event");
        return new EntryEvent<>(
                name,
                kind.type(),
                ObjectCalls.read(key, keyData),
                value(event.value()),
                value(event.oldValue()),
                value(event.mergingValue()),
                event.member(),
                calls.member(event.member()));
    }

    private MapEvent mapEvent(EntryKind kind, WireEvent event) {
        return new MapEvent(name, kind.type(), event.affectedEntries(), event.member(), calls.member(event.member()));
    }

    private @Nullable V value(@Nullable Data data) {
        return data == null ? null : ObjectCalls.read(value, data);
    }
}
