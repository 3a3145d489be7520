// SPDX-License-Identifier: Apache-2.0
package io.filbert;

import io.filbert.cluster.ClusterService;
import io.filbert.cluster.DistributedObject;
import io.filbert.cluster.DistributedObjectListener;
import io.filbert.cluster.LifecycleService;
import io.filbert.cluster.PartitionService;
import io.filbert.collection.DistributedQueue;
import io.filbert.config.ClientConfig;
import io.filbert.map.DistributedMap;
import io.filbert.metrics.ClientMetrics;
import io.filbert.topic.Topic;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A connection to a Hazelcast cluster and the way to its distributed structures.
 *
 * <p>One client serves a whole program: it is thread-safe, keeps a connection to each member, and finds members again that were
 * lost. {@link #close} it when the program ends; that is all it needs.
 *
 * <pre>{@code
 * try (HazelcastClient client = HazelcastClient.connect()) {
 *     BlockingDistributedMap<String, String> personnel =
 *             client.getMap("personnel-map", String.class, String.class).blocking();
 *     personnel.put("Alice", "IT");
 * }
 * }</pre>
 *
 * <p>Asking for a structure tells the cluster about it the first time and waits for the answer; afterwards the same object is
 * returned at once. After {@link #close} everything that needs the cluster fails with {@link io.filbert.error.ClientClosedException};
 * what the client knew last, such as the {@linkplain #clusterService members} and its {@linkplain #metrics figures}, can still be asked
 * for, and listeners can be removed.
 */
public final class HazelcastClient implements AutoCloseable {

    private final ClientParts parts;

    private HazelcastClient(ClientParts parts) {
        this.parts = parts;
    }

    /** Connects to cluster {@code dev} at 127.0.0.1, port 5701, 5702 or 5703. See {@link #connect(ClientConfig)}. */
    public static HazelcastClient connect() {
        return connect(ClientConfig.builder().build());
    }

    /** Connects with the defaults, changed by the given function. See {@link #connect(ClientConfig)}. */
    public static HazelcastClient connect(Consumer<ClientConfig.Builder> changes) {
        Objects.requireNonNull(changes, "changes");
        ClientConfig.Builder builder = ClientConfig.builder();
        changes.accept(builder);
        return connect(builder.build());
    }

    /**
     * Connects to a cluster and returns when the client is ready (with {@code asyncStart}: at once).
     *
     * @throws io.filbert.error.ConfigurationException if the files that {@code tls} names cannot be used, or this JDK cannot do what it
     *     says; naming every problem, of all clusters
     * @throws io.filbert.error.ConnectionException if no member could be reached within {@code clusterConnectTimeout}
     * @throws io.filbert.error.AuthenticationException if the members that were reached refused the client
     * @throws io.filbert.error.ClientNotAllowedException if the cluster does not allow this client
     * @throws io.filbert.error.CallInterruptedException if the thread was interrupted; nothing is left behind
     */
    public static HazelcastClient connect(ClientConfig config) {
        Objects.requireNonNull(config, "config");
        return connect(new ClientParts(config));
    }

    static HazelcastClient connect(ClientParts parts) {
        try {
            parts.start();
        } catch (Throwable e) {
            parts.close();
            throw e;
        }
        return new HazelcastClient(parts);
    }

    /** The name of this client, as members and log lines show it. */
    public String name() {
        return parts.clientName();
    }

    /**
     * The uuid under which members list this client, as Management Center and listeners on members show it. Chosen when the client is
     * created, so it is known before the first connection, and the same for its whole life, on every cluster it connects to.
     */
    public UUID uuid() {
        return parts.clientUuid();
    }

    /** The map with this name, created in the cluster when it is first used. */
    public <K, V> DistributedMap<K, V> getMap(String name) {
        return parts.map(name);
    }

    /**
     * As {@link #getMap(String)}, for a call that goes on from here: {@code client.getMap("m", String.class, Long.class).blocking()}.
     * The classes only help the compiler; they are not sent, and what is in the map is not checked. For generic types,
     * assign the result of {@link #getMap(String)} to a variable instead.
     */
    public <K, V> DistributedMap<K, V> getMap(String name, Class<K> keyType, Class<V> valueType) {
        Objects.requireNonNull(keyType, "keyType");
        Objects.requireNonNull(valueType, "valueType");
        return getMap(name);
    }

    /** The queue with this name, created in the cluster when it is first used. */
    public <E> DistributedQueue<E> getQueue(String name) {
        return parts.queue(name);
    }

    /** As {@link #getQueue(String)}, for a call that goes on from here. The class is not checked: see {@link #getMap(String, Class, Class)}. */
    public <E> DistributedQueue<E> getQueue(String name, Class<E> itemType) {
        Objects.requireNonNull(itemType, "itemType");
        return getQueue(name);
    }

    /** The topic with this name, created in the cluster when it is first used. */
    public <E> Topic<E> getTopic(String name) {
        return parts.topic(name);
    }

    /** As {@link #getTopic(String)}, for a call that goes on from here. The class is not checked: see {@link #getMap(String, Class, Class)}. */
    public <E> Topic<E> getTopic(String name, Class<E> messageType) {
        Objects.requireNonNull(messageType, "messageType");
        return getTopic(name);
    }

    /**
     * All distributed objects of the cluster whose kind this client knows. Asks the members and waits for the answer. Objects that others
     * destroyed are forgotten. Those that are only listed, and never asked for by name, are not created again after a restart of the cluster.
     *
     * @return a snapshot, in no particular order
     */
    public List<DistributedObject> getDistributedObjects() {
        return parts.distributedObjects();
    }

    /**
     * Registers a listener for distributed objects of all kinds that anybody, this client too, creates or destroys. Survives the loss of
     * connections. Objects that exist already are not reported.
     *
     * @return the registration id
     */
    public CompletableFuture<UUID> addDistributedObjectListener(DistributedObjectListener listener) {
        return parts.objectEvents().add(listener);
    }

    /**
     * Removes a listener. When the future completes, no further call of the listener begins.
     *
     * @return whether there was a registration with this id
     */
    public CompletableFuture<Boolean> removeDistributedObjectListener(UUID registrationId) {
        return parts.objectEvents().remove(registrationId);
    }

    /** Whether the client is running, and listeners for its states. */
    public LifecycleService lifecycleService() {
        return parts.lifecycle();
    }

    /** The members of the cluster, and listeners for changes. */
    public ClusterService clusterService() {
        return parts.members();
    }

    /** The partitions of the cluster, their owners, and which one a key belongs to. */
    public PartitionService partitionService() {
        return parts.partitions();
    }

    /**
     * What the client has counted up to now: calls, connections, and latencies by member. Counting is always on and costs next to nothing; a
     * snapshot takes some microseconds for each member, so take one every few seconds. Works after {@link #close} too.
     */
    public ClientMetrics metrics() {
        return parts.metrics();
    }

    /** The same as {@link #close}. */
    public void shutdown() {
        parts.close();
    }

    /**
     * Ends the client: calls in flight fail with {@link io.filbert.error.ClientClosedException}, connections and threads end.
     * Returns within a few seconds in every state; closing again does nothing.
     */
    @Override
    public void close() {
        parts.close();
    }

    /** Calls under way; for tests that look for leaks. */
    int pendingCalls() {
        return parts.pendingCalls();
    }

    @Override
    public String toString() {
        return "HazelcastClient(name=\"" + parts.clientName() + "\")";
    }
}
