// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.proxy;

import io.filbert.cluster.DistributedObject;
import io.filbert.error.CallInterruptedException;
import io.filbert.error.HazelcastException;
import io.filbert.error.OperationTimeoutException;
import io.filbert.error.OverloadException;
import io.filbert.internal.blocking.Await;
import io.filbert.internal.cluster.ClientState;
import io.filbert.internal.cluster.Cluster;
import io.filbert.internal.connection.ResponseDecoder;
import io.filbert.internal.invocation.CallOptions;
import io.filbert.internal.invocation.Invoker;
import io.filbert.internal.listener.Subscriptions;
import io.filbert.internal.protocol.RequestType;
import io.filbert.internal.protocol.codec.ClientCreateProxyCodec;
import io.filbert.internal.protocol.codec.ClientDestroyProxyCodec;
import io.filbert.internal.protocol.codec.ClientGetDistributedObjectsCodec;
import io.filbert.internal.protocol.type.DistributedObjectInfo;
import io.filbert.internal.runtime.Printable;
import io.filbert.internal.schema.ClusterSchemas;
import io.filbert.internal.serialization.SerializationService;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The distributed objects this client uses: one proxy for each name and service. The first use creates the object in the cluster; threads
 * that ask for the same object at the same time wait for the same answer. An object stays in use until it is destroyed: objects in use are
 * created again when the client comes back to a cluster that may have been restarted. Thread-safe.
 */
public final class ProxyRegistry {

    /** Which object. */
    record Key(String serviceName, String name) {}

    /**
     * One proxy.
     *
     * @param gone whether this client knows that the object was destroyed
     */
    record Handle(DistributedObject proxy, AtomicBoolean gone) {}

    /** One object that is in use: somebody has asked for it by name. */
    private static final class Use {

        final CompletableFuture<Handle> handle = new CompletableFuture<>();
    }

    /** To create an object twice is as good as once: an answer that was lost is no reason to fail. */
    private static final RequestType CREATE = ClientCreateProxyCodec.REQUEST.asRetryable();

    private static final ResponseDecoder<@Nullable Void> CREATED = response -> {
        ClientCreateProxyCodec.decodeResponse(response);
        return null;
    };

    private final SerializationService serialization;
    private final ClusterSchemas schemas;
    private final Subscriptions subscriptions;
    private final Cluster cluster;
    private final Invoker invoker;
    private final ClientState state;
    private final DestroyedObjects destroyed;
    private final Map<String, ProxyKind> kinds;
    private final Map<Key, Use> objects = new ConcurrentHashMap<>();
    private final ListedObjects listed = new ListedObjects();

    /**
     * @param kinds all that this client knows
     * @param clientUuid what members call the one who destroys an object, if it is this client
     */
    public ProxyRegistry(
            Collection<ProxyKind> kinds,
            SerializationService serialization,
            ClusterSchemas schemas,
            Subscriptions subscriptions,
            Cluster cluster,
            Invoker invoker,
            ClientState state,
            ObjectEvents events,
            UUID clientUuid) {
        this.kinds = kinds.stream().collect(Collectors.toUnmodifiableMap(ProxyKind::serviceName, Function.identity()));
        this.serialization = serialization;
        this.schemas = schemas;
        this.subscriptions = subscriptions;
        this.cluster = cluster;
        this.invoker = invoker;
        this.state = state;
        this.destroyed = new DestroyedObjects(events, clientUuid, this::destroyedByOthers, this::destroyedAfterAll);
    }

    /** The proxy of the object, created on first use. */
    public DistributedObject get(ProxyKind kind, String name) {
        Objects.requireNonNull(name, "name");
        Key key = new Key(kind.serviceName(), name);
        CallOptions options = options(kind, name);
        long began = System.nanoTime();
        while (true) {
            Use mine = new Use();
            Use existing = objects.putIfAbsent(key, mine);
            if (existing == null) {
                create(kind, key, mine, options);
            }
            try {
                // A copy: an interrupted wait cancels what it waits for, and others wait for the same.
                return Await.answer(
                                (existing == null ? mine : existing).handle.copy(),
                                "the creation of " + options.subject())
                        .proxy();
            } catch (OperationTimeoutException | CallInterruptedException | OverloadException e) {
                // Those of others are no concern of this caller, who has a deadline of its own.
                Duration left = Duration.ofNanos(options.timeoutNanos() - (System.nanoTime() - began));
                if (existing == null || Thread.currentThread().isInterrupted() || left.isNegative() || left.isZero()) {
                    throw e;
                }
                options = options.withTimeout(left);
            }
        }
    }

    /** Has the object created in the cluster. The outcome is everybody's who waits for it, so it depends on no thread that does. */
    private void create(ProxyKind kind, Key key, Use use, CallOptions options) {
        try {
            invoker.invokeOnAny(
                            CREATE,
                            ClientCreateProxyCodec.encodeRequest(key.name(), key.serviceName()),
                            CREATED,
                            options.clientOwn())
                    .whenComplete((created, failure) -> {
                        if (failure == null) {
                            created(kind, key, use);
                        } else {
                            notCreated(key, use, failure);
                        }
                    });
        } catch (RuntimeException | Error e) {
            notCreated(key, use, e);
        }
    }

    private void created(ProxyKind kind, Key key, Use use) {
        try {
            Handle handle = listed.remove(key);
            if (handle == null) {
                handle = make(kind, key);
            }
            state.add(key.name(), key.serviceName());
            use.handle.complete(handle);
            destroyed.watch();
        } catch (RuntimeException | Error e) {
            notCreated(key, use, e);
        }
    }

    private void notCreated(Key key, Use use, Throwable failure) {
        objects.remove(key, use);
        use.handle.completeExceptionally(failure);
    }

    private CallOptions options(ProxyKind kind, String name) {
        return invoker.options(kind.word() + " " + Printable.quoted(name));
    }

    private Handle make(ProxyKind kind, Key key) {
        AtomicBoolean gone = new AtomicBoolean();
        ObjectCalls calls = new ObjectCalls(
                serialization,
                schemas,
                subscriptions,
                cluster,
                invoker,
                key,
                options -> destroy(key, gone, options),
                options(kind, key.name()));
        return new Handle(kind.maker().make(key.name(), calls), gone);
    }

    // ---- what the cluster has

    /**
     * Asks the cluster which objects it has, and forgets those in use here that it has no more. What is only listed is not in use: its proxies
     * are kept as long as somebody else keeps them. Objects of services this client does not know are left out.
     *
     * @return the proxies of all objects that are listed or in use
     */
    public List<DistributedObject> all() {
        // What is added after the question may be missing in the answer.
        Map<Key, Handle> missing = listed.all();
        objects.forEach((key, use) -> {
            Handle handle = handleOf(use);
            if (handle != null) {
                missing.put(key, handle);
            }
        });
        Set<Key> found = new LinkedHashSet<>();
        int asked = 0;
        do {
            for (DistributedObjectInfo info : askAMember()) {
                Key key = new Key(info.serviceName(), info.name());
                missing.remove(key);
                found.add(key);
            }
            asked++;
            // Members learn of new objects a moment later than the one that created them, so one of them is not enough
            // to say that an object
            // is gone. Those that are destroyed are gone everywhere at once.
        } while (!missing.isEmpty() && asked < cluster.routes().active().size());
        missing.forEach(this::forget);
        Map<Key, DistributedObject> present = new LinkedHashMap<>();
        for (Key key : found) {
            ProxyKind kind = kinds.get(key.serviceName());
            if (kind != null && !objects.containsKey(key)) {
                present.put(key, listed.get(key, () -> make(kind, key)));
            }
        }
        objects.forEach((key, use) -> {
            Handle handle = handleOf(use);
            if (handle != null) {
                present.put(key, handle.proxy());
            }
        });
        return List.copyOf(present.values());
    }

    /** Null as long as the object is being created, and if that failed. */
    private static @Nullable Handle handleOf(Use use) {
        return use.handle.isCompletedExceptionally() ? null : use.handle.getNow(null);
    }

    /** The object is gone. */
    private void forget(Key key, Handle handle) {
        handle.gone().set(true);
        Use use = objects.get(key);
        if (use != null && handle.equals(handleOf(use)) && objects.remove(key, use)) {
            state.remove(key.name(), key.serviceName());
        }
        listed.forget(key, handle);
    }

    private List<DistributedObjectInfo> askAMember() {
        return Await.result(invoker.invokeOnAny(
                ClientGetDistributedObjectsCodec.REQUEST,
                ClientGetDistributedObjectsCodec.encodeRequest(),
                ClientGetDistributedObjectsCodec::decodeResponse,
                invoker.options("the distributed objects of the cluster")));
    }

    // ---- destroy

    /**
     * Destroys the object in the cluster. It and its listeners are forgotten when the cluster has confirmed it, so that a call that failed can
     * be repeated; if the outcome is unknown, the listeners are registered anew.
     *
     * @param gone whether this client knows already that the object is gone: then the answer is false, without a request
     */
    private CompletableFuture<Boolean> destroy(Key key, AtomicBoolean gone, CallOptions options) {
        if (gone.get()) {
            return CompletableFuture.completedFuture(false);
        }
        byte[] request = ClientDestroyProxyCodec.encodeRequest(key.name(), key.serviceName());
        destroyed.begin(key);
        return invoker.invokeOnAny(
                ClientDestroyProxyCodec.REQUEST,
                request,
                response -> {
                    ClientDestroyProxyCodec.decodeResponse(response);
                    // Here, so that no listener is called any more once the future has completed.
                    return forgetDestroyed(key, gone);
                },
                options,
                failure -> destroyEnded(key, gone, failure));
    }

    private void destroyEnded(Key key, AtomicBoolean gone, @Nullable Throwable failure) {
        if (failure == null) {
            destroyed.confirmed(key);
            return;
        }
        // A member's answer may have become an exception of the JDK.
        Throwable answer = failure instanceof HazelcastException ? failure : failure.getCause();
        if (!(answer instanceof HazelcastException error) || error.isIndeterminate()) {
            subscriptions.renewAll(key);
            if (destroyed.unknown(key)) {
                destroyedAfterAll(key);
            }
        } else if (error.wasCarriedOut()) {
            forgetDestroyed(key, gone);
            destroyed.confirmed(key);
        } else {
            destroyed.refused(key);
        }
    }

    /** What this client destroyed without an answer is gone, as an event says. Its listeners stay, but members have forgotten them. */
    private void destroyedAfterAll(Key key) {
        destroyedByOthers(key);
        subscriptions.renewAll(key);
    }

    /** Whether it was not known before that the object is gone. */
    private boolean forgetDestroyed(Key key, AtomicBoolean gone) {
        boolean first = gone.compareAndSet(false, true);
        // Whoever uses the name now uses what was destroyed.
        Use use = objects.get(key);
        Handle handle = use == null ? null : handleOf(use);
        if (handle != null) {
            forget(key, handle);
        }
        subscriptions.removeAll(key);
        return first;
    }

    /**
     * Another client destroyed the object, or a member did: it is not created again after a restart of the cluster, and asking for it by name
     * creates it. Its proxy and listeners can still be used, because somebody may use the name again.
     */
    private void destroyedByOthers(Key key) {
        Use use = objects.get(key);
        Handle handle = use == null ? null : handleOf(use);
        if (handle != null && objects.remove(key, use)) {
            state.remove(key.name(), key.serviceName());
            listed.add(key, handle);
        }
    }

    /** How many objects are in use. */
    int size() {
        return objects.size();
    }
}
