// SPDX-License-Identifier: Apache-2.0
package io.filbert;

import io.filbert.cluster.DistributedObject;
import io.filbert.cluster.PartitionService;
import io.filbert.collection.DistributedQueue;
import io.filbert.config.ClientConfig;
import io.filbert.config.ClusterConfig;
import io.filbert.config.CredentialsConfig;
import io.filbert.config.DiscoveryConfig;
import io.filbert.config.NetworkConfig;
import io.filbert.config.TlsConfig;
import io.filbert.config.TokenProvider;
import io.filbert.error.ClientClosedException;
import io.filbert.error.ClientOfflineException;
import io.filbert.error.ConfigurationException;
import io.filbert.internal.cluster.ClientState;
import io.filbert.internal.cluster.Cluster;
import io.filbert.internal.cluster.ClusterAccess;
import io.filbert.internal.cluster.Lifecycle;
import io.filbert.internal.cluster.MemberList;
import io.filbert.internal.connection.Connection;
import io.filbert.internal.connection.Credentials;
import io.filbert.internal.connection.DialSettings;
import io.filbert.internal.connection.Dialer;
import io.filbert.internal.connection.Handshake;
import io.filbert.internal.connection.Traffic;
import io.filbert.internal.discovery.AddressProvider;
import io.filbert.internal.discovery.CloudAddresses;
import io.filbert.internal.discovery.CloudDiscovery;
import io.filbert.internal.discovery.ConfiguredAddresses;
import io.filbert.internal.flightrecorder.FlightEvents;
import io.filbert.internal.invocation.Invoker;
import io.filbert.internal.listener.Subscriptions;
import io.filbert.internal.metrics.MetricsReader;
import io.filbert.internal.protocol.PartitionHash;
import io.filbert.internal.proxy.ObjectEvents;
import io.filbert.internal.proxy.ProxyKind;
import io.filbert.internal.proxy.ProxyRegistry;
import io.filbert.internal.proxy.collection.QueueProxy;
import io.filbert.internal.proxy.map.MapProxy;
import io.filbert.internal.proxy.topic.TopicProxy;
import io.filbert.internal.runtime.CallbackThreads;
import io.filbert.internal.runtime.ClientLog;
import io.filbert.internal.runtime.ClientThreads;
import io.filbert.internal.runtime.FallbackExecutor;
import io.filbert.internal.runtime.Printable;
import io.filbert.internal.runtime.RareLog;
import io.filbert.internal.runtime.SerialExecutor;
import io.filbert.internal.schema.ClusterSchemas;
import io.filbert.internal.schema.PendingSchemas;
import io.filbert.internal.serialization.SerializationService;
import io.filbert.internal.serialization.schema.Schemas;
import io.filbert.internal.statistics.StatisticsReporter;
import io.filbert.internal.tls.TlsEngines;
import io.filbert.internal.transport.IoThread;
import io.filbert.map.DistributedMap;
import io.filbert.metrics.ClientMetrics;
import io.filbert.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rooms of one client, put together with plain constructors, started and ended in order. Thread-safe. */
final class ClientParts {

    private static final AtomicInteger CLIENT_NUMBERS = new AtomicInteger();

    /** How long {@link #close} waits for threads and listeners to end, each. */
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

    private static final long RELIEF_PERIOD_MILLIS = 50;

    private static final Duration RETRY_PAUSE = Duration.ofSeconds(1);

    private static final ProxyKind MAP = new ProxyKind("map", MapProxy.SERVICE_NAME, MapProxy::new);
    private static final ProxyKind QUEUE = new ProxyKind("queue", QueueProxy.SERVICE_NAME, QueueProxy::new);
    private static final ProxyKind TOPIC = new ProxyKind("topic", TopicProxy.SERVICE_NAME, TopicProxy::new);

    private final String clientName;
    private final UUID clientUuid = UUID.randomUUID();
    private final ClientLog log;
    private final RareLog rareLog;
    private final ClientThreads threads;
    private final CallbackThreads ownCallbacks;
    private final ScheduledThreadPoolExecutor timer;
    private final ThreadPoolExecutor resolver;
    private final List<IoThread> ioThreads = new ArrayList<>();
    private final SerialExecutor events;
    private final Lifecycle lifecycle;
    private final MemberList members;
    private final Cluster cluster;
    private final Invoker invoker;
    private final SerializationService serialization;
    private final Subscriptions subscriptions;
    private final ProxyRegistry proxies;
    private final ObjectEvents objectEvents;
    private final StatisticsReporter statistics;
    private final MetricsReader metrics;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);

    ClientParts(ClientConfig config) {
        this(config, thread -> {});
    }

    /**
     * Starts nothing and opens nothing, so that nothing is left behind if this throws.
     *
     * @param beforeStart called before each thread of the client starts; a test throws here what the virtual machine throws when it cannot
     *     start one
     */
    ClientParts(ClientConfig config, Consumer<Thread> beforeStart) {
        List<ClusterConfig> clusterConfigs = new ArrayList<>(List.of(config.cluster()));
        clusterConfigs.addAll(config.failover().clusters());
        List<Optional<TlsEngines>> tls = tlsOf(clusterConfigs);
        String configuredName = config.clientName();
        clientName = configuredName != null ? configuredName : "hz.client_" + CLIENT_NUMBERS.getAndIncrement();
        threads = new ClientThreads(clientName, config.daemonThreads(), contextLoader(config), beforeStart);
        log = new ClientLog(clientName, HazelcastClient.class);
        rareLog = new RareLog(log);
        warnOfUncheckedHosts(clusterConfigs);
        ownCallbacks = new CallbackThreads(log.forClass(CallbackThreads.class), threads);
        Executor configured = config.callbackExecutor();
        Executor callbacks = configured == null ? ownCallbacks : new FallbackExecutor(configured, ownCallbacks, log);
        timer = new ScheduledThreadPoolExecutor(1, threads.factory("timer", threads::nonBlockingThread));
        timer.setRemoveOnCancelPolicy(true);
        // Name look-ups block, so they get a thread for the moment; it ends when nothing is dialled.
        resolver = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                2,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                threads.factory("dial", threads::nonBlockingDaemon));
        NetworkConfig network = config.network();
        for (int i = 0; i < network.ioThreads(); i++) {
            ioThreads.add(new IoThread(threads, "io-" + i, ownCallbacks.wakeTask()));
        }
        events = new SerialExecutor(callbacks, failure -> rareLog.error("listener", "A listener failed", failure));
        String version = version();
        lifecycle = new Lifecycle(log.forClass(Lifecycle.class), version, config.lifecycleListeners(), events);
        members = new MemberList(log.forClass(MemberList.class), config.membershipListeners(), events);
        AtomicInteger connectionNumbers = new AtomicInteger();
        Traffic traffic = new Traffic();
        List<ClusterAccess> clusters = new ArrayList<>();
        for (ClusterConfig each : clusterConfigs) {
            Dialer dialer = new Dialer(
                    ioThreads,
                    new DialSettings(
                            network.connectionTimeout(),
                            network.socketOptions(),
                            network.maxMessageBytes(),
                            tls.get(clusters.size()).orElse(null)),
                    new Handshake(
                            each.clusterName(),
                            clientUuid,
                            clientName,
                            version,
                            config.labels(),
                            network.smartRouting(),
                            credentials(each.credentials())),
                    connectionNumbers::incrementAndGet,
                    traffic,
                    resolver,
                    timer);
            clusters.add(new ClusterAccess(
                    each.clusterName(), addresses(each.discovery(), network.connectionTimeout()), dialer));
        }
        Schemas schemas = new Schemas();
        ClientState state = new ClientState(() -> ClusterSchemas.onTheWire(schemas));
        FlightEvents flight = FlightEvents.of(clientName);
        cluster = new Cluster(log, flight, config, threads, clusters, timer, lifecycle, members, state, new Rooms());
        PendingSchemas pendingSchemas =
                new PendingSchemas(config.serialization().bigEndian());
        invoker = new Invoker(log, flight, config.invocation(), cluster, timer, callbacks, pendingSchemas);
        ClusterSchemas clusterSchemas = new ClusterSchemas(
                schemas,
                pendingSchemas,
                invoker,
                members,
                timer,
                config.invocation().retryPause());
        serialization = new SerializationService(config.serialization(), schemas, clusterSchemas, members::allAtLeast);
        subscriptions = new Subscriptions(
                log,
                cluster,
                pendingSchemas,
                timer,
                callbacks,
                config.invocation().timeout(),
                config.invocation().retryPause());
        objectEvents =
                new ObjectEvents(subscriptions, cluster, config.invocation().timeout());
        proxies = new ProxyRegistry(
                List.of(MAP, QUEUE, TOPIC),
                serialization,
                clusterSchemas,
                subscriptions,
                cluster,
                invoker,
                state,
                objectEvents,
                clientUuid);
        metrics = new MetricsReader(traffic, cluster, invoker, subscriptions, ownCallbacks);
        statistics = new StatisticsReporter(
                log,
                config.statistics(),
                Handshake.CLIENT_TYPE,
                version,
                clientName,
                cluster.routes(),
                traffic,
                List::of, // there are no near caches yet
                config.invocation().timeout(),
                timer,
                resolver,
                new Random());
    }

    private static @Nullable ClassLoader contextLoader(ClientConfig config) {
        ClassLoader configured = config.serialization().classLoader();
        return configured != null ? configured : Thread.currentThread().getContextClassLoader();
    }

    /** Checks all clusters before it reports what is wrong. */
    private static List<Optional<TlsEngines>> tlsOf(List<ClusterConfig> clusters) {
        List<Optional<TlsEngines>> engines = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (ClusterConfig cluster : clusters) {
            String prefix = engines.isEmpty() ? "" : "failoverCluster[" + (engines.size() - 1) + "].";
            Optional<TlsEngines> made = Optional.empty();
            try {
                made = Optional.of(cluster.tls()).filter(TlsConfig::enabled).map(TlsEngines::of);
            } catch (ConfigurationException e) {
                e.problems().forEach(problem -> problems.add(prefix + problem));
            }
            engines.add(made);
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return engines;
    }

    /** Once for a client, not for each connection: it is a matter of the configuration. */
    private void warnOfUncheckedHosts(List<ClusterConfig> clusters) {
        String unchecked = clusters.stream()
                .filter(each -> each.tls().enabled() && !each.tls().checkHostname())
                .map(each -> '"' + each.clusterName() + '"')
                .collect(Collectors.joining(", "));
        if (!unchecked.isEmpty()) {
            log.warning("TLS connections to cluster " + unchecked
                    + " do not check the host name: any certificate that is trusted"
                    + " is accepted from any host. Use tls(t -> t.checkHostname(true)), with serverName if the certificates do"
                    + " not name the addresses of the members");
        }
    }

    private AddressProvider addresses(DiscoveryConfig config, Duration timeout) {
        String token = config.cloudToken();
        return token == null
                ? new ConfiguredAddresses(config)
                : new CloudAddresses(log, new CloudDiscovery(config.cloudUrl(), token, timeout, timer), resolver);
    }

    private Credentials credentials(CredentialsConfig config) {
        TokenProvider provider = config.tokenProvider();
        if (provider != null) {
            return new Credentials.Secret("tokenProvider", provider::token);
        }
        Object custom = config.custom();
        if (custom != null) {
            return new Credentials.Secret(
                    "customCredentials",
                    address -> serialization.toDataForMembers(custom).bytes());
        }
        return new Credentials.Password(config.username(), config.password());
    }

    private static String version() {
        String version = ClientParts.class.getPackage().getImplementationVersion();
        // Members parse it as the version of a Hazelcast release and only show it.
        return version != null ? version : "0.1.0";
    }

    /** What the cluster tells the rooms above it. */
    private final class Rooms implements Cluster.Observer {

        @Override
        public void onRoutesChanged() {
            try {
                subscriptions.onRoutesChanged();
            } finally {
                invoker.onRoutesChanged(); // calls wait for it
            }
        }

        @Override
        public void onDisconnected() {
            try {
                subscriptions.onDisconnected();
            } finally {
                invoker.onDisconnected();
            }
        }

        @Override
        public CompletableFuture<Void> introduce(Connection connection) {
            return subscriptions.registerAll(connection);
        }

        @Override
        public List<String> missingIntroductions(Connection connection) {
            return subscriptions.unanswered(connection);
        }

        @Override
        public void onGaveUp(String reason) {
            closeInBackground();
        }
    }

    /** On a thread of its own: closing waits for the threads this may be called on. */
    private void closeInBackground() {
        try {
            threads.thread("close", this::close).start();
        } catch (Throwable e) {
            // Such as: no memory for a thread. Until it is closed, calls would wait in vain.
            rareLog.error("close", "A thread to shut the client down could not be started; trying again", e);
            try {
                timer.schedule(this::closeInBackground, RETRY_PAUSE.toNanos(), TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException closed) {
                log.debug(() -> "Somebody else shuts the client down");
            }
        }
    }

    void start() {
        ioThreads.forEach(Thread::start);
        // Now, so that no later call fails because there is no timer.
        timer.prestartCoreThread();
        timer.scheduleWithFixedDelay(
                this::relieveCallbacks, RELIEF_PERIOD_MILLIS, RELIEF_PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        invoker.start();
        cluster.start();
        statistics.start();
    }

    private void relieveCallbacks() {
        try {
            ownCallbacks.relieve();
        } catch (Throwable e) {
            // Such as: no memory for a thread. An exception would end the repetition.
            rareLog.error("relief", "Looking after blocked callbacks failed", e);
        }
    }

    void close() {
        if (!closing.compareAndSet(false, true)) {
            awaitClosed();
            return;
        }
        try {
            end(lifecycle::shuttingDown);
            end(subscriptions::close);
            end(invoker::close);
            end(cluster::close);
            timer.shutdownNow();
            resolver.shutdownNow();
            ioThreads.forEach(IoThread::shutdown);
            ioThreads.forEach(this::join);
            end(lifecycle::shutDown);
            end(this::awaitListeners);
            ownCallbacks.shutdown();
            end(serialization::destroy);
        } finally {
            closed.countDown();
        }
    }

    /** One step of the end; if it fails, the others are done all the same. */
    private void end(Runnable step) {
        try {
            step.run();
        } catch (Throwable e) {
            log.error("A part of the client failed to end", e);
        }
    }

    /** Another thread is closing the client: this call returns when it is done, as the first one does. */
    private void awaitClosed() {
        if (isOwnThread()) {
            return;
        }
        try {
            if (!closed.await(3 * CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warning("Another thread is still closing the client");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isOwnThread() {
        return threads.isCurrent() || ioThreads.contains(Thread.currentThread());
    }

    private void join(IoThread thread) {
        if (isOwnThread()) {
            return;
        }
        try {
            thread.join(CLOSE_PATIENCE.toMillis());
            if (thread.isAlive()) {
                log.warning(
                        "Thread " + thread.getName() + " has not ended within " + CLOSE_PATIENCE.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Listeners hear of the end before close() returns, unless they take too long or close() was called by one. */
    private void awaitListeners() {
        if (isOwnThread()) {
            return;
        }
        CountDownLatch drained = new CountDownLatch(1);
        events.execute(drained::countDown);
        try {
            if (!drained.await(CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warning("Listeners have not ended within " + CLOSE_PATIENCE.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    ClientMetrics metrics() {
        return metrics.read();
    }

    int pendingCalls() {
        return invoker.pending();
    }

    String clientName() {
        return clientName;
    }

    Lifecycle lifecycle() {
        return lifecycle;
    }

    MemberList members() {
        return members;
    }

    PartitionService partitions() {
        return new Partitions();
    }

    UUID clientUuid() {
        return clientUuid;
    }

    @SuppressWarnings("unchecked") // what a user says about the types of a map is not checked
    <K, V> DistributedMap<K, V> map(String name) {
        return (DistributedMap<K, V>) proxy(MAP, name);
    }

    @SuppressWarnings("unchecked") // as in map
    <E> DistributedQueue<E> queue(String name) {
        return (DistributedQueue<E>) proxy(QUEUE, name);
    }

    @SuppressWarnings("unchecked") // as in map
    <E> Topic<E> topic(String name) {
        return (Topic<E>) proxy(TOPIC, name);
    }

    private DistributedObject proxy(ProxyKind kind, String name) {
        checkOpen(kind.word() + " " + Printable.quoted(name) + " was");
        return proxies.get(kind, name);
    }

    List<DistributedObject> distributedObjects() {
        checkOpen("distributed objects were");
        return proxies.all();
    }

    ObjectEvents objectEvents() {
        return objectEvents;
    }

    private void checkOpen(String whatWas) {
        if (closing.get()) {
            throw new ClientClosedException(
                    "The " + whatWas + " asked for after the client was shut down", null, false);
        }
    }

    private final class Partitions implements PartitionService {

        @Override
        public int partitionCount() {
            return cluster.partitionCount();
        }

        @Override
        public int partitionId(Object key) {
            int count = cluster.partitionCount();
            if (count == 0) {
                throw new ClientOfflineException("The number of partitions is not known before the first connection");
            }
            return PartitionHash.toPartitionId(
                    Objects.requireNonNull(serialization.toData(Objects.requireNonNull(key, "key")))
                            .partitionHash(),
                    count);
        }

        @Override
        public @Nullable UUID partitionOwner(int partitionId) {
            return cluster.partitionOwner(partitionId);
        }
    }
}
