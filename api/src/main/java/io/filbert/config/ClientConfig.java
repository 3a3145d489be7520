// SPDX-License-Identifier: Apache-2.0
package io.filbert.config;

import io.filbert.cluster.LifecycleListener;
import io.filbert.cluster.LoadBalancer;
import io.filbert.cluster.LoadBalancers;
import io.filbert.cluster.MembershipListener;
import io.filbert.error.ConfigurationException;
import io.filbert.serialization.ClassDefinition;
import io.filbert.serialization.CompactSerializer;
import io.filbert.serialization.DataSerializableFactory;
import io.filbert.serialization.PortableFactory;
import io.filbert.serialization.StreamSerializer;
import java.io.ObjectInputFilter;
import java.net.SocketOption;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of one client. Immutable and thread-safe; several clients may share one.
 *
 * <p>Made by {@link #builder()}. Each method of the builder tells what an option does and its default; the accessors here
 * group the options by concern.
 */
public final class ClientConfig {

    /** As a {@code clusterConnectTimeout}: as long as it takes. */
    public static final Duration INFINITE = Duration.ofSeconds(-1);

    private final OptionValues values;
    private final ClusterConfig cluster;
    private final FailoverConfig failover;
    private final @Nullable String clientName;
    private final List<String> labels;
    private final boolean asyncStart;
    private final boolean daemonThreads;
    private final ReconnectMode reconnectMode;
    private final NetworkConfig network;
    private final RetryConfig retry;
    private final HeartbeatConfig heartbeat;
    private final InvocationConfig invocation;
    private final SerializationConfig serialization;
    private final StatisticsConfig statistics;
    private final LoadBalancer loadBalancer;
    private final List<MembershipListener> membershipListeners;
    private final List<LifecycleListener> lifecycleListeners;
    private final @Nullable Executor callbackExecutor;

    private ClientConfig(OptionValues values, Problems problems) {
        this.values = values;
        cluster = values.cluster(problems);
        failover = values.failover(problems);
        clientName = values.clientName;
        labels = values.labels;
        asyncStart = values.asyncStart;
        daemonThreads = values.daemonThreads;
        reconnectMode = values.reconnectMode;
        network = values.network();
        retry = values.retry();
        heartbeat = values.heartbeat();
        invocation = values.invocation();
        serialization = values.serialization();
        statistics = values.statistics();
        loadBalancer = values.loadBalancer();
        membershipListeners = values.membershipListeners;
        lifecycleListeners = values.lifecycleListeners;
        callbackExecutor = values.callbackExecutor;
    }

    /** A builder with all options at their defaults. */
    public static Builder builder() {
        return new Builder(new OptionValues());
    }

    /** A builder with all options as they are here, to make a configuration that differs in some. This one does not change. */
    public Builder toBuilder() {
        return new Builder(values.copy());
    }

    /** The name of the cluster. */
    public String clusterName() {
        return cluster.clusterName();
    }

    /** The name of the client; null if the client is to name itself. */
    public @Nullable String clientName() {
        return clientName;
    }

    /** The labels shown to the members. */
    public List<String> labels() {
        return labels;
    }

    /** Whether the client starts without waiting for a connection. */
    public boolean asyncStart() {
        return asyncStart;
    }

    /** Whether a program may end although the client is open. */
    public boolean daemonThreads() {
        return daemonThreads;
    }

    /** What happens when the last connection is lost. */
    public ReconnectMode reconnectMode() {
        return reconnectMode;
    }

    /** The cluster to connect to first: its name, members, credentials and encryption. */
    public ClusterConfig cluster() {
        return cluster;
    }

    /** Which other clusters the client may go to. */
    public FailoverConfig failover() {
        return failover;
    }

    /** How members are found. */
    public DiscoveryConfig discovery() {
        return cluster.discovery();
    }

    /** How members are reached. */
    public NetworkConfig network() {
        return network;
    }

    /** How long and how often connecting is tried. */
    public RetryConfig retry() {
        return retry;
    }

    /** How dead connections are noticed. */
    public HeartbeatConfig heartbeat() {
        return heartbeat;
    }

    /** How calls are carried out. */
    public InvocationConfig invocation() {
        return invocation;
    }

    /** How objects become bytes. */
    public SerializationConfig serialization() {
        return serialization;
    }

    /** How the client proves who it is. */
    public CredentialsConfig credentials() {
        return cluster.credentials();
    }

    /** How connections are encrypted. */
    public TlsConfig tls() {
        return cluster.tls();
    }

    /** What the client tells the cluster about itself. */
    public StatisticsConfig statistics() {
        return statistics;
    }

    /** Chooses the member for requests that any member can answer. */
    public LoadBalancer loadBalancer() {
        return loadBalancer;
    }

    /** Listeners that are registered before the client connects. */
    public List<MembershipListener> membershipListeners() {
        return membershipListeners;
    }

    /** Listeners that are registered before the client starts. */
    public List<LifecycleListener> lifecycleListeners() {
        return lifecycleListeners;
    }

    /** Runs callbacks; null for the client's own callback threads. */
    public @Nullable Executor callbackExecutor() {
        return callbackExecutor;
    }

    /** The options, for a log. Nothing secret is shown. */
    @Override
    public String toString() {
        return "ClientConfig[clusterName=" + clusterName() + ", clientName=" + clientName + ", labels=" + labels
                + ", asyncStart=" + asyncStart + ", daemonThreads=" + daemonThreads + ", reconnectMode=" + reconnectMode + ", " + discovery() + ", "
                + network + ", " + retry
                + ", " + heartbeat + ", " + invocation + ", " + serialization + ", " + credentials() + ", " + tls()
                + ", " + statistics + ", " + failover + ", loadBalancer=" + loadBalancer
                + ", membershipListeners=" + membershipListeners.size() + ", lifecycleListeners="
                + lifecycleListeners.size() + ", callbackExecutor=" + callbackExecutor + "]";
    }

    /**
     * Collects options and makes a {@link ClientConfig} of them. Not thread-safe.
     *
     * <p>A method called twice replaces what the first call gave. The exceptions are those that set one part of several:
     * {@link #socketOption} and {@link #customSerializer} replace only the value of the same socket option or class,
     * {@link #failoverCluster} adds one more cluster, and {@link #tls} goes on with the options that were given before.
     *
     * <p>Null arguments are refused at once with a {@link NullPointerException}; values out of range are reported together
     * by {@link #build()}.
     */
    public static final class Builder {

        private final OptionValues values;

        private Builder(OptionValues values) {
            this.values = values;
        }

        /**
         * Sets the addresses at which the client looks for the cluster: {@code host}, {@code host:port}, {@code [ipv6]} or
         * {@code [ipv6]:port}. Default: {@code 127.0.0.1}. Without a port, 5701 is tried first, 5702 and 5703 after the
         * first choice of all other addresses. One reachable member is enough; it names the others.
         */
        public Builder clusterMembers(String... addresses) {
            return clusterMembers(Copies.listOf("clusterMembers", addresses));
        }

        /** As {@link #clusterMembers(String...)}. Default: {@code 127.0.0.1}, also if the collection is empty. */
        public Builder clusterMembers(Collection<String> addresses) {
            values.cluster.clusterMembers(addresses);
            return this;
        }

        /** Sets the name of the cluster, which members compare with their own. Default: {@code dev}. */
        public Builder clusterName(String name) {
            values.cluster.clusterName(name);
            return this;
        }

        /** Sets the name under which members list this client. Default, also for "": {@code hz.client_} and a number. */
        public Builder clientName(String name) {
            values.clientName = Objects.requireNonNull(name, "clientName").isEmpty() ? null : name;
            return this;
        }

        /**
         * Limits the time for one connection to be opened and authenticated. Default: 5 seconds. Zero means no limit.
         */
        public Builder connectionTimeout(Duration timeout) {
            values.connectionTimeout = Objects.requireNonNull(timeout, "connectionTimeout");
            return this;
        }

        /**
         * Sets one option of every socket, after the client's own settings, and keeps those that were given before. Default: none besides the client's own
         * ({@code TCP_NODELAY}, buffers of 128 000 bytes). Tried on a socket by {@link #build}, which reports what this platform refuses.
         */
        public <T> Builder socketOption(SocketOption<T> option, T value) {
            Objects.requireNonNull(option, "socketOption");
            values.socketOptions.put(
                    option, Objects.requireNonNull(value, () -> "socketOption[" + option.name() + "]"));
            return this;
        }

        /** Sets all options of {@link #socketOption} at once, in the order of the map, instead of those given before. Default: none. */
        public Builder socketOptions(Map<? extends SocketOption<?>, ?> options) {
            values.socketOptions = new LinkedHashMap<>(Copies.of("socketOptions", options));
            return this;
        }

        /**
         * Sends a call again when its connection was lost before the answer, even if the call may then take effect twice.
         * Default: false, which fails such calls unless repeating them is harmless.
         */
        public Builder redoOperation(boolean enabled) {
            values.redoOperation = enabled;
            return this;
        }

        /**
         * Connects to all members and sends each request to the member that owns the data. Default: true. With false the
         * client keeps one connection, to any member, which passes requests on.
         */
        public Builder smartRouting(boolean enabled) {
            values.smartRouting = enabled;
            return this;
        }

        /**
         * Starts the client without waiting for a connection; calls fail with {@code ClientOfflineException} until there is
         * one. Default: false.
         */
        public Builder asyncStart(boolean enabled) {
            values.asyncStart = enabled;
            return this;
        }

        /** Decides what happens when the last connection is lost. Default: {@link ReconnectMode#ON}. */
        public Builder reconnectMode(ReconnectMode mode) {
            values.reconnectMode = Objects.requireNonNull(mode, "reconnectMode");
            return this;
        }

        /** Sets the pause after the first round of connection attempts. Default: 1 second. */
        public Builder retryInitialBackoff(Duration pause) {
            values.retryInitialBackoff = Objects.requireNonNull(pause, "retryInitialBackoff");
            return this;
        }

        /** Sets the longest pause between two rounds of connection attempts. Default: 30 seconds. */
        public Builder retryMaxBackoff(Duration pause) {
            values.retryMaxBackoff = Objects.requireNonNull(pause, "retryMaxBackoff");
            return this;
        }

        /**
         * Lets each pause differ from its length by a random part of up to this share, so that many clients do not
         * reconnect in step. Default: 0. From 0 to 1.
         */
        public Builder retryJitter(double share) {
            values.retryJitter = share;
            return this;
        }

        /** Sets the factor from one pause to the next. Default: 1.05. At least 1. */
        public Builder retryMultiplier(double factor) {
            values.retryMultiplier = factor;
            return this;
        }

        /**
         * Limits how long the client tries to connect to the cluster, at the start and after losing all connections; then it
         * shuts down, or goes to the next {@link #failoverCluster}. Default: {@link #INFINITE}, or 2 minutes if there are others to
         * go to. Zero means one round of attempts. A client that was never connected does not
         * wait when a member answers and refuses it (such as for a wrong cluster name): waiting would not mend that.
         */
        public Builder clusterConnectTimeout(Duration timeout) {
            values.clusterConnectTimeout = Objects.requireNonNull(timeout, "clusterConnectTimeout");
            return this;
        }

        /** Sets the labels that members show beside the client. Default: none. */
        public Builder labels(String... texts) {
            return labels(Copies.listOf("labels", texts));
        }

        /** As {@link #labels(String...)}. Default: none. */
        public Builder labels(Collection<String> texts) {
            values.labels = Copies.of("labels", texts);
            return this;
        }

        /** Sets after how much silence of its own the client sends a ping on a connection. Default: 5 seconds. */
        public Builder heartbeatInterval(Duration interval) {
            values.heartbeatInterval = Objects.requireNonNull(interval, "heartbeatInterval");
            return this;
        }

        /**
         * Sets after how much silence of the member a connection is closed as dead. Default: 1 minute. Should be a
         * multiple of the {@link #heartbeatInterval}; the client warns otherwise. A connection on which bytes come, but no messages, and
         * pings get no answer for as long, is looked into and closed too, unless a long message is really on its way.
         */
        public Builder heartbeatTimeout(Duration timeout) {
            values.heartbeatTimeout = Objects.requireNonNull(timeout, "heartbeatTimeout");
            return this;
        }

        /** Sets how long a call may take, all repetitions included. Default: 2 minutes. */
        public Builder invocationTimeout(Duration timeout) {
            values.invocationTimeout = Objects.requireNonNull(timeout, "invocationTimeout");
            return this;
        }

        /**
         * Sets the longest pause between two attempts of one call. Default: 1 second. The first attempts follow each other at once;
         * the pauses before later ones double, from 1 millisecond up to this, and end early when connections change.
         */
        public Builder invocationRetryPause(Duration pause) {
            values.invocationRetryPause = Objects.requireNonNull(pause, "invocationRetryPause");
            return this;
        }

        /**
         * Tells the cluster regularly about this client, its process and its machine, for Management Center to show. Default: false.
         */
        public Builder statisticsEnabled(boolean enabled) {
            values.statisticsEnabled = enabled;
            return this;
        }

        /** Sets the time from one report of {@link #statisticsEnabled} to the next. Default: 3 seconds. */
        public Builder statisticsPeriod(Duration period) {
            values.statisticsPeriod = Objects.requireNonNull(period, "statisticsPeriod");
            return this;
        }

        /** Tries addresses in random order, so that many clients spread over the members. Default: true. */
        public Builder shuffleMemberList(boolean enabled) {
            values.shuffleMemberList = enabled;
            return this;
        }

        /**
         * Lets backups acknowledge a change to the client directly, which saves a step. Default: true. Without effect when
         * {@link #smartRouting} is off: the member itself waits for its backups then.
         */
        public Builder backupAckToClientEnabled(boolean enabled) {
            values.backupAckToClientEnabled = enabled;
            return this;
        }

        /** Sets how long a call that was carried out waits for the acknowledgements of the backups. Default: 5 seconds. */
        public Builder operationBackupTimeout(Duration timeout) {
            values.operationBackupTimeout = Objects.requireNonNull(timeout, "operationBackupTimeout");
            return this;
        }

        /**
         * Fails a call with {@code IndeterminateOperationException} when backups did not acknowledge in time. Default:
         * false, which completes it normally.
         */
        public Builder failOnIndeterminateOperationState(boolean enabled) {
            values.failOnIndeterminateOperationState = enabled;
            return this;
        }

        /** Registers listeners before the client connects, so that they see all members as added. Default: none. */
        public Builder membershipListeners(MembershipListener... listeners) {
            return membershipListeners(Copies.listOf("membershipListeners", listeners));
        }

        /** As {@link #membershipListeners(MembershipListener...)}. Default: none. */
        public Builder membershipListeners(Collection<? extends MembershipListener> listeners) {
            values.membershipListeners = Copies.of("membershipListeners", listeners);
            return this;
        }

        /** Registers listeners before the client starts, so that they see all its states. Default: none. */
        public Builder lifecycleListeners(LifecycleListener... listeners) {
            return lifecycleListeners(Copies.listOf("lifecycleListeners", listeners));
        }

        /** As {@link #lifecycleListeners(LifecycleListener...)}. Default: none. */
        public Builder lifecycleListeners(Collection<? extends LifecycleListener> listeners) {
            values.lifecycleListeners = Copies.of("lifecycleListeners", listeners);
            return this;
        }

        /**
         * Connects to the public addresses that members announce. Default: false. Cannot be combined with
         * {@link #addressTranslator} and {@link #cloudDiscoveryToken}, which decide about addresses themselves.
         */
        public Builder usePublicIp(boolean enabled) {
            values.cluster.usePublicIp(enabled);
            return this;
        }

        /**
         * Turns the addresses that members announce into those to connect to, for members that are reached through a port mapping
         * or a tunnel. Default: none, members are reached at the addresses they announce. Those of {@code clusterMembers} are
         * used as they are.
         */
        public Builder addressTranslator(AddressTranslator translator) {
            values.cluster.addressTranslator(translator);
            return this;
        }

        /**
         * Asks Hazelcast Cloud for the members of the cluster that this token belongs to, and connects to their public addresses.
         * Default: none. Cannot be combined with {@link #clusterMembers}.
         */
        public Builder cloudDiscoveryToken(String token) {
            values.cluster.cloudDiscoveryToken(token);
            return this;
        }

        /**
         * Sets where {@link #cloudDiscoveryToken} asks for members; the path {@code /cluster/discovery} is appended. Default: {@code
         * https://api.cloud.hazelcast.com}.
         */
        public Builder cloudDiscoveryUrl(String url) {
            values.cluster.cloudDiscoveryUrl(url);
            return this;
        }

        /**
         * Adds a cluster to go to when the client cannot stay connected to its own, as the nested builder is told: when it is not
         * reached within the {@link #clusterConnectTimeout}, or does not allow this client. Default: none. Clusters are tried in turn,
         * in the order they were added, the client's own after the last. What is not given has the default it has for the client.
         */
        public Builder failoverCluster(Consumer<ClusterConfig.Builder> options) {
            Objects.requireNonNull(options, "failoverCluster");
            ClusterConfig.Builder added = new ClusterConfig.Builder();
            options.accept(added);
            values.failoverClusters.add(added);
            return this;
        }

        /**
         * Limits how often the client tries all its clusters, one after the other, before it gives up and shuts down. Default: no
         * limit. At least 1; without effect if there is no {@link #failoverCluster}.
         */
        public Builder failoverTryCount(int count) {
            values.failoverTryCount = count;
            return this;
        }

        /**
         * Writes numbers in serialized objects with the high byte first. Default: true. Must be the same for all clients and
         * members of a cluster.
         */
        public Builder isBigEndian(boolean enabled) {
            values.bigEndian = enabled;
            return this;
        }

        /** Sets the version of portable classes that do not give one. Default: 0. At least 0. */
        public Builder portableVersion(int version) {
            values.portableVersion = version;
            return this;
        }

        /**
         * Registers factories that make {@code IdentifiedDataSerializable} objects, by the factory id those objects give. Default:
         * none. Factory ids are more than 0; the others belong to the members.
         */
        public Builder dataSerializableFactories(Map<Integer, ? extends DataSerializableFactory> factories) {
            values.dataSerializableFactories = Copies.of("dataSerializableFactories", factories);
            return this;
        }

        /**
         * Registers factories that make {@code Portable} objects, by the factory id those objects give. Default: none. Factory ids are
         * more than 0; the others belong to the members.
         */
        public Builder portableFactories(Map<Integer, ? extends PortableFactory> factories) {
            values.portableFactories = Copies.of("portableFactories", factories);
            return this;
        }

        /**
         * Registers definitions of portable classes, so that nulls in their place can be written before the first object. Default:
         * none; the first object of a class defines it.
         */
        public Builder classDefinitions(ClassDefinition... definitions) {
            return classDefinitions(Copies.listOf("classDefinitions", definitions));
        }

        /** As {@link #classDefinitions(ClassDefinition...)}. Default: none. */
        public Builder classDefinitions(Collection<ClassDefinition> definitions) {
            values.classDefinitions = Copies.of("classDefinitions", definitions);
            return this;
        }

        /**
         * Refuses class definitions whose nested class is not defined. Default: true. With false, such a definition is accepted and
         * completed by the first object.
         */
        public Builder checkClassDefinitionErrors(boolean enabled) {
            values.checkClassDefinitionErrors = enabled;
            return this;
        }

        /**
         * Registers serializers that write classes in compact form. Default: none; records, and classes that no other form fits, are
         * written in compact form field by field.
         */
        public Builder compactSerializers(CompactSerializer<?>... serializers) {
            return compactSerializers(Copies.listOf("compactSerializers", serializers));
        }

        /** As {@link #compactSerializers(CompactSerializer...)}. Default: none. */
        public Builder compactSerializers(Collection<? extends CompactSerializer<?>> serializers) {
            values.compactSerializers = Copies.of("compactSerializers", serializers);
            return this;
        }

        /**
         * Writes these classes in compact form field by field, even if they implement another form such as {@code Serializable}.
         * Default: none.
         */
        public Builder compactClasses(Class<?>... classes) {
            return compactClasses(Copies.listOf("compactClasses", classes));
        }

        /** As {@link #compactClasses(Class...)}. Default: none. */
        public Builder compactClasses(Collection<Class<?>> classes) {
            values.compactClasses = Copies.of("compactClasses", classes);
            return this;
        }

        /**
         * Decides which type names of compact objects without serializer may be looked up as the name of a class; others are read as
         * {@code GenericRecord}. Default: all. Classes of the JDK are never made this way.
         */
        public Builder compactTypeFilter(Predicate<String> filter) {
            values.compactTypeFilter = Objects.requireNonNull(filter, "compactTypeFilter");
            return this;
        }

        /**
         * Registers serializers for classes and their subclasses, instead of those given before. Default: none. Each has a type id of its own, more than 0. Classes
         * with a built-in form cannot have one.
         */
        public Builder customSerializers(Map<? extends Class<?>, ? extends StreamSerializer<?>> serializers) {
            values.customSerializers = Copies.of("customSerializers", serializers);
            return this;
        }

        /**
         * Registers the serializer of one class and its subclasses, besides those given before. Default: none. It has a type id of its
         * own, more than 0. Classes with a built-in form cannot have one.
         */
        public <T> Builder customSerializer(Class<T> type, StreamSerializer<? super T> serializer) {
            Map<Class<?>, StreamSerializer<?>> all = new LinkedHashMap<>(values.customSerializers);
            all.put(
                    Objects.requireNonNull(type, "customSerializer"),
                    Objects.requireNonNull(serializer, () -> "customSerializer[" + type.getTypeName() + "]"));
            values.customSerializers = Copies.of("customSerializer", all);
            return this;
        }

        /**
         * Registers the serializer of all classes that have no other. Default: none; such objects are written by Java serialization or
         * in compact form.
         */
        public Builder globalSerializer(StreamSerializer<?> serializer) {
            values.globalSerializer = Objects.requireNonNull(serializer, "globalSerializer");
            return this;
        }

        /**
         * Allows classes to be written and read by Java serialization: {@code com.acme.Order}, {@code com.acme.*} for a package, {@code
         * com.acme.**} with those below it. Default: none besides enums, records, and boxed numbers, texts, dates, collections and other
         * values of the JDK. Everything else is refused when it is written, because an object stream can be made to run the code of any
         * class it names, so that it could not be read again.
         */
        public Builder javaSerializationAllowed(String... patterns) {
            return javaSerializationAllowed(Copies.listOf("javaSerializationAllowed", patterns));
        }

        /** As {@link #javaSerializationAllowed(String...)}. Default: none. */
        public Builder javaSerializationAllowed(Collection<String> patterns) {
            values.javaSerializationAllowed = Copies.of("javaSerializationAllowed", patterns);
            return this;
        }

        /**
         * Decides which classes Java serialization may write and read, instead of {@code javaSerializationAllowed}. Default: none. What
         * the filter leaves undecided is allowed if it is an enum, a record or a value of the JDK, and refused otherwise. It is asked on
         * writing too, for each class alone. What it allows may also nest deeper than 500 levels.
         */
        public Builder javaSerializationFilter(ObjectInputFilter filter) {
            values.javaSerializationFilter = Objects.requireNonNull(filter, "javaSerializationFilter");
            return this;
        }

        /**
         * Writes records and classes that implement {@code Serializable} in compact form field by field where that is possible, and
         * {@code List.of} and its like with their items in compact form, instead of by Java serialization. Default: false. Objects that
         * were stored by Java serialization are still read, but keys stored that way are not found by the same keys in compact form.
         * Members before release 5.2 have no compact form: while the cluster has one, Java serialization is used.
         */
        public Builder serializableAsCompact(boolean enabled) {
            values.serializableAsCompact = enabled;
            return this;
        }

        /**
         * Limits the size of an object that a member or another client has compressed. Default: 16 MiB. Objects that were compressed less
         * than 100 to 1 may be larger. Must be more than 0.
         */
        public Builder maxDecompressedBytes(int bytes) {
            values.maxDecompressedBytes = bytes;
            return this;
        }

        /**
         * Sets the class loader for every class that is looked up by the name found in stored data. Default: none. Classes it does not
         * have are looked up in the context class loader of the thread that connects the client, then in the one that loaded the
         * client; the context class loaders of other threads do not matter. The client keeps the class loader until it is closed.
         */
        public Builder classLoader(ClassLoader loader) {
            values.classLoader = Objects.requireNonNull(loader, "classLoader");
            return this;
        }

        /**
         * Decides which object determines the partition of a key, such as the part of a string after {@code @}. Default: {@link
         * PartitioningStrategy#partitionAware()}. Must be the same for all clients and members that use the data. The names of
         * structures have their own rule, whatever is given here: the part after the first {@code @} determines the partition.
         */
        public Builder partitioningStrategy(PartitioningStrategy strategy) {
            values.partitioningStrategy = Objects.requireNonNull(strategy, "partitioningStrategy");
            return this;
        }

        /** Sets the user name that members are shown, together with {@link #credsPassword}. Default: none. */
        public Builder credsUsername(String username) {
            values.cluster.credsUsername(username);
            return this;
        }

        /** Sets the password of {@link #credsUsername}. Default: none. */
        public Builder credsPassword(String password) {
            values.cluster.credsPassword(password);
            return this;
        }

        /** Authenticates with a token that is asked for anew for every connection. Default: none. */
        public Builder tokenProvider(TokenProvider provider) {
            values.cluster.tokenProvider(provider);
            return this;
        }

        /**
         * Authenticates with an object of the user's own, which members get in serialized form, for login modules that understand it.
         * Default: none. It is serialized anew for every connection; compact form is not possible, because members learn about
         * that later.
         */
        public Builder customCredentials(Object credentials) {
            values.cluster.customCredentials(credentials);
            return this;
        }

        /** Encrypts connections, as the nested builder is told. Default: no encryption. Called again, it goes on with the same builder. */
        public Builder tls(Consumer<TlsConfig.Builder> options) {
            values.cluster.tls(options);
            return this;
        }

        /** Chooses the member for requests that any member can answer. Default: {@link LoadBalancers#roundRobin()}. */
        public Builder loadBalancer(LoadBalancer balancer) {
            values.loadBalancer = Objects.requireNonNull(balancer, "loadBalancer");
            return this;
        }

        /**
         * Runs completions of futures and all listeners. Default: one thread of the client's own, started on demand, and up to 64
         * while callbacks block.
         *
         * <p>Calls of the client, blocking ones too, are legal in callbacks. The exception is {@code Runnable::run}, which
         * runs callbacks on the thread that reads from the sockets: it saves a hand-over, and waiting there is refused.
         */
        public Builder callbackExecutor(Executor executor) {
            values.callbackExecutor = Objects.requireNonNull(executor, "callbackExecutor");
            return this;
        }

        /**
         * Decides whether the threads of the client are daemons, so that a program ends with its own threads although the client is open.
         * Default: true. A program that only listens ends with {@code main}; with {@code false} it runs until the client is closed.
         */
        public Builder daemonThreads(boolean enabled) {
            values.daemonThreads = enabled;
            return this;
        }

        /** Sets the number of threads that read from and write to sockets. Default: 1. */
        public Builder ioThreads(int count) {
            values.ioThreads = count;
            return this;
        }

        /**
         * Limits the number of calls that wait for an answer at the same time. Default: 8192. Further calls wait for room
         * until their deadline, then fail with {@code OverloadException}.
         */
        public Builder maxInFlight(int count) {
            values.maxInFlight = count;
            return this;
        }

        /**
         * Limits the total size of the requests that wait for an answer at the same time. Default: 64 MiB. Further calls wait
         * as for {@link #maxInFlight}; a single request larger than the limit is sent when nothing else is in flight.
         */
        public Builder maxInFlightBytes(long bytes) {
            values.maxInFlightBytes = bytes;
            return this;
        }

        /**
         * Limits the size of a message that a member may send; a call whose answer is longer fails, and a longer event is dropped.
         * Default: 256 MiB.
         */
        public Builder maxMessageBytes(int bytes) {
            values.maxMessageBytes = bytes;
            return this;
        }

        /**
         * Checks all options and makes the configuration. The builder may be used further.
         *
         * @throws ConfigurationException naming every problem
         */
        public ClientConfig build() {
            Problems problems = new Problems();
            ClientConfig config = new ClientConfig(values.copy(), problems);
            OptionChecks.check(config, problems, System.getLogger("io.filbert.config"));
            problems.throwIfAny();
            return config;
        }
    }
}
