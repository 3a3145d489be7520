// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.proxy;

import io.filbert.cluster.DistributedObject;
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
import io.filbert.internal.schema.ClusterSchemas;
import io.filbert.internal.serialization.SerializationService;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The distributed objects this client uses: one proxy for each name and service. The first use tells the cluster; threads that
 * ask for the same object at the same time wait for the same answer. Thread-safe.
 */
public final class ProxyRegistry {

    private record Key(String serviceName, String name) {}

    /** To create an object twice is as good as once: an answer that was lost is no reason to fail. */
    private static final RequestType CREATE = ClientCreateProxyCodec.REQUEST.asRetryable();

    private static final ResponseDecoder<@Nullable Void> CREATED = response -> {
        ClientCreateProxyCodec.decodeResponse(response);
        return null;
    };
    private static final ResponseDecoder<@Nullable Void> DESTROYED = response -> {
        ClientDestroyProxyCodec.decodeResponse(response);
        return null;
    };

    private final SerializationService serialization;
    private final ClusterSchemas schemas;
    private final Subscriptions subscriptions;
    private final Cluster cluster;
    private final Invoker invoker;
    private final ClientState state;
    private final Map<String, ProxyKind> kinds;
    private final Map<Key, CompletableFuture<DistributedObject>> objects = new ConcurrentHashMap<>();

    /** @param kinds all that this client knows */
    public ProxyRegistry(
            Collection<ProxyKind> kinds,
            SerializationService serialization,
            ClusterSchemas schemas,
            Subscriptions subscriptions,
            Cluster cluster,
            Invoker invoker,
            ClientState state) {
        this.kinds = kinds.stream().collect(Collectors.toUnmodifiableMap(ProxyKind::serviceName, Function.identity()));
        this.serialization = serialization;
        this.schemas = schemas;
        this.subscriptions = subscriptions;
        this.cluster = cluster;
        this.invoker = invoker;
        this.state = state;
    }

    /** The proxy of the object, created on first use. */
    public DistributedObject get(ProxyKind kind, String name) {
        Objects.requireNonNull(name, "name");
        Key key = new Key(kind.serviceName(), name);
        CompletableFuture<DistributedObject> mine = new CompletableFuture<>();
        CompletableFuture<DistributedObject> existing = objects.putIfAbsent(key, mine);
        if (existing != null) {
            // A copy: an interrupted wait cancels what it waits for, and others wait for the same.
            return Await.result(existing.copy());
        }
        try {
            CallOptions options = options(kind, name);
            Await.result(invoker.invokeOnAny(
                    CREATE, ClientCreateProxyCodec.encodeRequest(name, kind.serviceName()), CREATED, options));
            DistributedObject proxy = make(kind, key, options);
            state.add(name, kind.serviceName());
            mine.complete(proxy);
            return proxy;
        } catch (RuntimeException | Error e) {
            objects.remove(key, mine);
            mine.completeExceptionally(e);
            throw e;
        }
    }

    private CallOptions options(ProxyKind kind, String name) {
        return invoker.options(kind.word() + " '" + name + "'");
    }

    private DistributedObject make(ProxyKind kind, Key key, CallOptions options) {
        ObjectCalls calls = new ObjectCalls(serialization, schemas, subscriptions, cluster, invoker, key, options);
        return kind.maker().make(key.name(), calls, this::destroy);
    }

    /**
     * Asks the cluster which objects it has and adapts to the answer: gains proxies for those that are new here, forgets those that are
     * gone. Objects of services this client does not know are left out.
     *
     * @return all proxies there are then
     */
    public List<DistributedObject> all() {
        // What is added after the question may be missing in the answer.
        Map<Key, CompletableFuture<DistributedObject>> missing = new HashMap<>(objects);
        missing.values().removeIf(object -> !object.isDone());
        int asked = 0;
        do {
            for (DistributedObjectInfo info : askAMember()) {
                Key key = new Key(info.serviceName(), info.name());
                missing.remove(key);
                learn(key);
            }
            asked++;
            // Members hear of new objects a moment later than the one that created them, so one of them is not enough
            // to say that an object
            // is gone. Those that are destroyed are gone everywhere at once.
        } while (!missing.isEmpty() && asked < cluster.routes().active().size());
        missing.forEach((key, object) -> {
            if (objects.remove(key, object)) {
                state.remove(key.name(), key.serviceName());
            }
        });
        List<DistributedObject> present = new ArrayList<>();
        for (CompletableFuture<DistributedObject> object : objects.values()) {
            DistributedObject proxy = object.isCompletedExceptionally() ? null : object.getNow(null);
            if (proxy != null) {
                present.add(proxy);
            }
        }
        return List.copyOf(present);
    }

    private List<DistributedObjectInfo> askAMember() {
        return Await.result(invoker.invokeOnAny(
                ClientGetDistributedObjectsCodec.REQUEST,
                ClientGetDistributedObjectsCodec.encodeRequest(),
                ClientGetDistributedObjectsCodec::decodeResponse,
                invoker.options("the distributed objects of the cluster")));
    }

    /** Has a proxy of the object from now on, if its kind is known. */
    private void learn(Key key) {
        ProxyKind kind = kinds.get(key.serviceName());
        if (kind != null) {
            objects.computeIfAbsent(key, absent -> {
                state.add(key.name(), key.serviceName());
                return CompletableFuture.completedFuture(make(kind, key, options(kind, key.name())));
            });
        }
    }

    /**
     * Forgets the object with its listeners and destroys it in the cluster; false, without a request, if this client did not use it.
     */
    public CompletableFuture<Boolean> destroy(DistributedObject object) {
        Key key = new Key(object.serviceName(), object.name());
        if (objects.remove(key) == null) {
            return CompletableFuture.completedFuture(false);
        }
        state.remove(object.name(), object.serviceName());
        subscriptions.removeAll(key);
        return invoker.invokeOnAny(
                ClientDestroyProxyCodec.REQUEST,
                ClientDestroyProxyCodec.encodeRequest(object.name(), object.serviceName()),
                response -> {
                    DESTROYED.decode(response);
                    return true;
                },
                invoker.options("object '" + object.name() + "'"));
    }
}
