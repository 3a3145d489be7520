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
import io.filbert.internal.protocol.codec.ClientCreateProxyCodec;
import io.filbert.internal.protocol.codec.ClientDestroyProxyCodec;
import io.filbert.internal.schema.ClusterSchemas;
import io.filbert.internal.serialization.SerializationService;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The distributed objects this client uses: one proxy for each name and service. The first use tells the cluster; threads that
 * ask for the same object at the same time wait for the same answer. Thread-safe.
 */
public final class ProxyRegistry {

    private record Key(String serviceName, String name) {}

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
    private final Map<Key, CompletableFuture<DistributedObject>> objects = new ConcurrentHashMap<>();

    public ProxyRegistry(
            SerializationService serialization,
            ClusterSchemas schemas,
            Subscriptions subscriptions,
            Cluster cluster,
            Invoker invoker,
            ClientState state) {
        this.serialization = serialization;
        this.schemas = schemas;
        this.subscriptions = subscriptions;
        this.cluster = cluster;
        this.invoker = invoker;
        this.state = state;
    }

    /**
     * The proxy of the object, created on first use.
     *
     * @param kind what errors call it, such as {@code map}
     * @param create makes the proxy
     */
    @SuppressWarnings("unchecked")
    public <T extends DistributedObject> T get(
            String kind, String serviceName, String name, Function<ObjectCalls, T> create) {
        Objects.requireNonNull(name, "name");
        Key key = new Key(serviceName, name);
        CompletableFuture<DistributedObject> mine = new CompletableFuture<>();
        CompletableFuture<DistributedObject> existing = objects.putIfAbsent(key, mine);
        if (existing != null) {
            // A copy: an interrupted wait cancels what it waits for, and others wait for the same.
            return (T) Await.result(existing.copy());
        }
        try {
            CallOptions options = invoker.options(kind + " '" + name + "'");
            Await.result(invoker.invoke(
                    ClientCreateProxyCodec.REQUEST,
                    ClientCreateProxyCodec.encodeRequest(name, serviceName),
                    -1,
                    CREATED,
                    options));
            T proxy = create.apply(new ObjectCalls(serialization, schemas, subscriptions, cluster, invoker, options));
            state.add(name, serviceName);
            mine.complete(proxy);
            return proxy;
        } catch (RuntimeException | Error e) {
            objects.remove(key, mine);
            mine.completeExceptionally(e);
            throw e;
        }
    }

    /** Forgets the object and destroys it in the cluster; false, without a request, if this client did not use it. */
    public CompletableFuture<Boolean> destroy(DistributedObject object) {
        if (objects.remove(new Key(object.serviceName(), object.name())) == null) {
            return CompletableFuture.completedFuture(false);
        }
        state.remove(object.name(), object.serviceName());
        return invoker.invoke(
                ClientDestroyProxyCodec.REQUEST,
                ClientDestroyProxyCodec.encodeRequest(object.name(), object.serviceName()),
                -1,
                response -> {
                    DESTROYED.decode(response);
                    return true;
                },
                invoker.options("object '" + object.name() + "'"));
    }
}
