// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.proxy.map;

import io.filbert.map.EntryEvent;
import io.filbert.map.EntryEventType;
import io.filbert.map.EntryListener;
import io.filbert.map.MapEvent;
import org.jspecify.annotations.Nullable;

/** The kinds of events of a map, each with its number on the wire and the method of a listener that hears of it. */
enum EntryKind {
    ADDED(1, EntryEventType.ADDED, "entryAdded", EntryEvent.class),
    REMOVED(2, EntryEventType.REMOVED, "entryRemoved", EntryEvent.class),
    UPDATED(4, EntryEventType.UPDATED, "entryUpdated", EntryEvent.class),
    EVICTED(8, EntryEventType.EVICTED, "entryEvicted", EntryEvent.class),
    EXPIRED(16, EntryEventType.EXPIRED, "entryExpired", EntryEvent.class),
    MAP_EVICTED(32, EntryEventType.MAP_EVICTED, "mapEvicted", MapEvent.class),
    MAP_CLEARED(64, EntryEventType.MAP_CLEARED, "mapCleared", MapEvent.class),
    MERGED(128, EntryEventType.MERGED, "entryMerged", EntryEvent.class),
    LOADED(512, EntryEventType.LOADED, "entryLoaded", EntryEvent.class);

    private static final EntryKind[] ALL = values();

    private final int flag;
    private final EntryEventType type;
    private final String method;
    private final Class<?> event;

    EntryKind(int flag, EntryEventType type, String method, Class<?> event) {
        this.flag = flag;
        this.type = type;
        this.method = method;
        this.event = event;
    }

    EntryEventType type() {
        return type;
    }

    /** Null for a kind of event that this client does not know. */
    static @Nullable EntryKind of(int flag) {
        for (EntryKind kind : ALL) {
            if (kind.flag == flag) {
                return kind;
            }
        }
        return null;
    }

    /** What members are asked to report: the kinds whose methods the listener overrides. */
    static int flags(EntryListener<?, ?> listener) {
        int flags = 0;
        for (EntryKind kind : ALL) {
            if (kind.isOverriddenBy(listener.getClass())) {
                flags |= kind.flag;
            }
        }
        if (flags == 0) {
            throw new IllegalArgumentException(
                    "The listener " + listener.getClass().getName()
                            + " overrides no method of EntryListener that takes an event, so it would hear nothing");
        }
        return flags;
    }

    private boolean isOverriddenBy(Class<?> listener) {
        try {
            return listener.getMethod(method, event).getDeclaringClass() != EntryListener.class;
        } catch (NoSuchMethodException e) {
            throw new LinkageError("EntryListener has no method " + method, e);
        }
    }
}
