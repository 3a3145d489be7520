// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.proxy;

import io.filbert.cluster.DistributedObject;
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

    private static final class Kept extends WeakReference<DistributedObject> {

        final ProxyRegistry.Key key;
        final AtomicBoolean gone;

        Kept(ProxyRegistry.Key key, ProxyRegistry.Handle handle, ReferenceQueue<DistributedObject> collected) {
            super(handle.proxy(), collected);
            this.key = key;
            this.gone = handle.gone();
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<ProxyRegistry.Key, Kept> proxies = new HashMap<>();
    private final ReferenceQueue<DistributedObject> collected = new ReferenceQueue<>();

    /** The proxy that somebody keeps, else the one that is made. */
    DistributedObject get(ProxyRegistry.Key key, Supplier<ProxyRegistry.Handle> maker) {
        lock.lock();
        try {
            expunge();
            ProxyRegistry.Handle kept = find(key);
            if (kept != null) {
                return kept.proxy();
            }
            ProxyRegistry.Handle made = maker.get();
            proxies.put(key, new Kept(key, made, collected));
            return made.proxy();
        } finally {
            lock.unlock();
        }
    }

    /** Keeps a proxy as long as somebody else does. */
    void add(ProxyRegistry.Key key, ProxyRegistry.Handle handle) {
        lock.lock();
        try {
            expunge();
            proxies.put(key, new Kept(key, handle, collected));
        } finally {
            lock.unlock();
        }
    }

    /** All proxies that somebody keeps, in a map of the caller's own. */
    Map<ProxyRegistry.Key, ProxyRegistry.Handle> all() {
        lock.lock();
        try {
            expunge();
            Map<ProxyRegistry.Key, ProxyRegistry.Handle> all = new HashMap<>();
            for (ProxyRegistry.Key key : proxies.keySet()) {
                ProxyRegistry.Handle kept = find(key);
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
    void forget(ProxyRegistry.Key key, ProxyRegistry.Handle handle) {
        lock.lock();
        try {
            if (handle.equals(find(key)) || find(key) == null) {
                proxies.remove(key);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes a proxy out; null if nobody keeps one. */
    ProxyRegistry.@Nullable Handle remove(ProxyRegistry.Key key) {
        lock.lock();
        try {
            expunge();
            ProxyRegistry.Handle kept = find(key);
            proxies.remove(key);
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
            return proxies.size();
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock. What was destroyed through a proxy may be there again, but that proxy is done. */
    private ProxyRegistry.@Nullable Handle find(ProxyRegistry.Key key) {
        Kept it = proxies.get(key);
        DistributedObject proxy = it == null || it.gone.get() ? null : it.get();
        return proxy == null ? null : new ProxyRegistry.Handle(proxy, Objects.requireNonNull(it).gone);
    }

    /** Under the lock. */
    private void expunge() {
        for (Reference<?> next = collected.poll(); next != null; next = collected.poll()) {
            Kept it = (Kept) next;
            proxies.remove(it.key, it);
        }
    }
}
