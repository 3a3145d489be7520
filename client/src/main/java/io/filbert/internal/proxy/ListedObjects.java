// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.proxy;

import io.filbert.cluster.DistributedObject;
import io.filbert.internal.proxy.ProxyRegistry.Handle;
import io.filbert.internal.proxy.ProxyRegistry.Key;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The proxies of objects that are not in use: they were listed, but not asked for by name, or others destroyed them. There is one for each
 * object as long as somebody keeps it; this class keeps none alive. Thread-safe.
 */
final class ListedObjects {

    private static final class Entry extends WeakReference<DistributedObject> {

        final Key key;
        final AtomicBoolean gone;

        Entry(Key key, Handle handle, ReferenceQueue<DistributedObject> collected) {
            super(handle.proxy(), collected);
            this.key = key;
            this.gone = handle.gone();
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Key, Entry> entries = new HashMap<>();
    private final ReferenceQueue<DistributedObject> collected = new ReferenceQueue<>();

    /** The proxy that somebody keeps, else the one that is made. */
    DistributedObject get(Key key, Supplier<Handle> maker) {
        lock.lock();
        try {
            expunge();
            Handle kept = find(key);
            if (kept != null) {
                return kept.proxy();
            }
            Handle made = maker.get();
            entries.put(key, new Entry(key, made, collected));
            return made.proxy();
        } finally {
            lock.unlock();
        }
    }

    /** Keeps a proxy as long as somebody else does. */
    void add(Key key, Handle handle) {
        lock.lock();
        try {
            expunge();
            entries.put(key, new Entry(key, handle, collected));
        } finally {
            lock.unlock();
        }
    }

    /** All proxies that somebody keeps, in a map of the caller's own. */
    Map<Key, Handle> all() {
        lock.lock();
        try {
            expunge();
            Map<Key, Handle> all = new HashMap<>();
            for (Key key : entries.keySet()) {
                Handle kept = find(key);
                if (kept != null) {
                    all.put(key, kept);
                }
            }
            return all;
        } finally {
            lock.unlock();
        }
    }

    /** Takes this proxy out, if it is there. */
    void forget(Key key, Handle handle) {
        lock.lock();
        try {
            if (handle.equals(find(key)) || find(key) == null) {
                entries.remove(key);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes a proxy out; null if nobody keeps one. */
    @Nullable
    Handle remove(Key key) {
        lock.lock();
        try {
            expunge();
            Handle kept = find(key);
            entries.remove(key);
            return kept;
        } finally {
            lock.unlock();
        }
    }

    /** How many there are. */
    int size() {
        lock.lock();
        try {
            expunge();
            return entries.size();
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock. What was destroyed through a proxy may be there again, but that proxy is done. */
    private @Nullable Handle find(Key key) {
        Entry entry = entries.get(key);
        DistributedObject proxy = entry == null || entry.gone.get() ? null : entry.get();
        return proxy == null ? null : new Handle(proxy, Objects.requireNonNull(entry).gone);
    }

    /** Under the lock. */
    private void expunge() {
        for (Reference<?> next = collected.poll(); next != null; next = collected.poll()) {
            Entry entry = (Entry) next;
            entries.remove(entry.key, entry);
        }
    }
}
