// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.cluster;

import io.filbert.internal.connection.Connection;
import io.filbert.internal.protocol.codec.ClientCreateProxiesCodec;
import io.filbert.internal.protocol.codec.ClientSendAllSchemasCodec;
import io.filbert.internal.protocol.type.Schema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What the cluster must know of this client before work resumes after all connections were lost: the schemas of the objects it writes,
 * then the distributed objects it uses. The cluster may have been restarted, or be the other half of a split, even if its id is the
 * same. Thread-safe.
 */
public final class ClientState {

    /** Name and service name of a distributed object. */
    private record ObjectName(String name, String serviceName) {}

    private final Supplier<List<Schema>> schemas;
    private final Set<ObjectName> objects = ConcurrentHashMap.newKeySet();

    /** @param schemas those known when it is asked */
    public ClientState(Supplier<List<Schema>> schemas) {
        this.schemas = schemas;
    }

    public void add(String name, String serviceName) {
        objects.add(new ObjectName(name, serviceName));
    }

    public void remove(String name, String serviceName) {
        objects.remove(new ObjectName(name, serviceName));
    }

    /** @param next takes what is waited for from then on */
    CompletableFuture<Void> sendTo(Connection connection, Duration timeout, Consumer<String> next) {
        next.accept("the answer to the schemas");
        return sendSchemas(connection, timeout).thenCompose(sent -> {
            next.accept("the answer to the names of the distributed objects");
            return sendObjects(connection, timeout);
        });
    }

    private CompletableFuture<Void> sendSchemas(Connection connection, Duration timeout) {
        List<Schema> known = schemas.get();
        if (known.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        return connection.call(
                ClientSendAllSchemasCodec.REQUEST,
                ClientSendAllSchemasCodec.encodeRequest(known),
                response -> {
                    ClientSendAllSchemasCodec.decodeResponse(response);
                    return null;
                },
                timeout,
                null);
    }

    private CompletableFuture<Void> sendObjects(Connection connection, Duration timeout) {
        List<Map.Entry<String, String>> names = new ArrayList<>();
        objects.forEach(object -> names.add(Map.entry(object.name, object.serviceName)));
        if (names.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        return connection.call(
                ClientCreateProxiesCodec.REQUEST,
                ClientCreateProxiesCodec.encodeRequest(names),
                response -> {
                    ClientCreateProxiesCodec.decodeResponse(response);
                    return null;
                },
                timeout,
                null);
    }
}
