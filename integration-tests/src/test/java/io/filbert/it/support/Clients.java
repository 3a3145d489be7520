// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.support;

import io.filbert.HazelcastClient;
import io.filbert.config.ClientConfig;
import io.filbert.internal.cluster.Cluster;
import io.filbert.internal.cluster.Routes;
import io.filbert.internal.invocation.Invoker;
import io.filbert.testkit.LeakCheck;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Connects clients for tests and has the leak check watch the calls they leave in flight. Stateless. */
public final class Clients {

    private Clients() {}

    /** A client of the cluster {@code dev}. */
    public static HazelcastClient connect(Collection<String> addresses) {
        return connect(addresses, config -> {});
    }

    /** A client of a member of the cluster {@code dev}. */
    public static HazelcastClient connect(String address, Consumer<ClientConfig.Builder> changes) {
        return connect(List.of(address), changes);
    }

    /** A client of the cluster {@code dev}, with some options of its own. Gives up after ten seconds without cluster. */
    public static HazelcastClient connect(Collection<String> addresses, Consumer<ClientConfig.Builder> changes) {
        HazelcastClient client = HazelcastClient.connect(config -> {
            config.clusterMembers(addresses).clusterConnectTimeout(Duration.ofSeconds(10));
            changes.accept(config);
        });
        LeakCheck.watch(() -> {
            int calls = callsInFlight(client);
            return calls == 0 ? List.of() : List.of(calls + " calls in flight in " + client);
        });
        return client;
    }

    /**
     * Calls that have begun and not ended. Reaches into the client: users have no business with this number, tests do.
     */
    public static int callsInFlight(HazelcastClient client) {
        return ((Invoker) read(read(client, "parts"), "invoker")).pending();
    }

    /** The client's connections, for tests of parts that users cannot reach. */
    public static Routes routes(HazelcastClient client) {
        return ((Cluster) read(read(client, "parts"), "cluster")).routes();
    }

    private static Object read(Object object, String fieldName) {
        try {
            Field field = object.getClass().getDeclaredField(fieldName);
            field.setAccessible(true);
            return field.get(object);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("The client keeps its " + fieldName + " elsewhere now; teach Clients", e);
        }
    }

    /** The client's threads that exist now. */
    public static Set<Thread> threads(HazelcastClient client) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("filbert-" + client.name() + "-"))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The names of these threads, without what all of them have in common. */
    public static List<String> threadNames(HazelcastClient client) {
        int prefix = ("filbert-" + client.name() + "-").length();
        return threads(client).stream()
                .map(thread -> thread.getName().substring(prefix))
                .sorted()
                .toList();
    }
}
