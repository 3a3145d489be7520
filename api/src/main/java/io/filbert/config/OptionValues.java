// SPDX-License-Identifier: Apache-2.0
package io.filbert.config;

import io.filbert.cluster.LifecycleListener;
import io.filbert.cluster.LoadBalancer;
import io.filbert.cluster.LoadBalancers;
import io.filbert.cluster.MembershipListener;
import io.filbert.serialization.ClassDefinition;
import io.filbert.serialization.CompactSerializer;
import io.filbert.serialization.DataSerializableFactory;
import io.filbert.serialization.PortableFactory;
import io.filbert.serialization.StreamSerializer;
import java.io.ObjectInputFilter;
import java.net.SocketOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link ClientConfig.Builder} was told so far, the rest being at its default, and which option belongs to which part of a
 * configuration. Not thread-safe; confined to its builder.
 */
final class OptionValues implements Cloneable {

    /** How long a cluster is tried when there are others to go to. */
    private static final Duration TURN_OF_ONE_CLUSTER = Duration.ofMinutes(2);

    // ---- clusters

    ClusterConfig.Builder cluster = new ClusterConfig.Builder();
    List<ClusterConfig.Builder> failoverClusters = new ArrayList<>();
    int failoverTryCount = Integer.MAX_VALUE;

    // ---- client

    @Nullable
    String clientName;

    List<String> labels = List.of();
    boolean asyncStart;
    boolean daemonThreads = true;
    ReconnectMode reconnectMode = ReconnectMode.ON;
    List<MembershipListener> membershipListeners = List.of();
    List<LifecycleListener> lifecycleListeners = List.of();

    @Nullable
    LoadBalancer loadBalancer;

    @Nullable
    Executor callbackExecutor;

    // ---- network

    Duration connectionTimeout = Duration.ofSeconds(5);
    Map<SocketOption<?>, Object> socketOptions = new LinkedHashMap<>();
    boolean smartRouting = true;
    boolean shuffleMemberList = true;
    int ioThreads = 1;
    int maxMessageBytes = 256 << 20;

    // ---- retry

    Duration retryInitialBackoff = Duration.ofSeconds(1);
    Duration retryMaxBackoff = Duration.ofSeconds(30);
    double retryJitter;
    double retryMultiplier = 1.05;

    @Nullable
    Duration clusterConnectTimeout;

    // ---- heartbeat

    Duration heartbeatInterval = Duration.ofSeconds(5);
    Duration heartbeatTimeout = Duration.ofMinutes(1);

    // ---- invocation

    Duration invocationTimeout = Duration.ofMinutes(2);
    Duration invocationRetryPause = Duration.ofSeconds(1);
    boolean redoOperation;
    boolean backupAckToClientEnabled = true;
    Duration operationBackupTimeout = Duration.ofSeconds(5);
    boolean failOnIndeterminateOperationState;
    int maxInFlight = 8192;
    long maxInFlightBytes = 64L << 20;

    // ---- serialization

    boolean bigEndian = true;
    int portableVersion;
    Map<Integer, DataSerializableFactory> dataSerializableFactories = Map.of();
    Map<Integer, PortableFactory> portableFactories = Map.of();
    List<ClassDefinition> classDefinitions = List.of();
    boolean checkClassDefinitionErrors = true;
    List<CompactSerializer<?>> compactSerializers = List.of();
    List<Class<?>> compactClasses = List.of();
    Predicate<String> compactTypeFilter = typeName -> true;
    Map<Class<?>, StreamSerializer<?>> customSerializers = Map.of();

    @Nullable
    StreamSerializer<?> globalSerializer;

    List<String> javaSerializationAllowed = List.of();

    @Nullable
    ObjectInputFilter javaSerializationFilter;

    boolean serializableAsCompact;
    int maxDecompressedBytes = 16 << 20;

    @Nullable
    ClassLoader classLoader;

    PartitioningStrategy partitioningStrategy = PartitioningStrategy.partitionAware();

    // ---- statistics

    boolean statisticsEnabled;
    Duration statisticsPeriod = Duration.ofSeconds(3);

    /** A copy that shares nothing that changes. Cloned, so that no option can be left out; the rest of the values is immutable. */
    OptionValues copy() {
        try {
            OptionValues copy = (OptionValues) clone();
            copy.cluster = new ClusterConfig.Builder(cluster);
            copy.failoverClusters = new ArrayList<>();
            failoverClusters.forEach(each -> copy.failoverClusters.add(new ClusterConfig.Builder(each)));
            copy.socketOptions = new LinkedHashMap<>(socketOptions);
            return copy;
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    // ---- parts

    ClusterConfig cluster(Problems problems) {
        return cluster.build(false, problems);
    }

    FailoverConfig failover(Problems problems) {
        List<ClusterConfig> others = new ArrayList<>();
        for (ClusterConfig.Builder other : failoverClusters) {
            others.add(other.build(true, problems.of("failoverCluster[" + others.size() + "].")));
        }
        return new FailoverConfig(others, failoverTryCount);
    }

    NetworkConfig network() {
        return new NetworkConfig(
                Problems.countable(connectionTimeout), socketOptions, smartRouting, shuffleMemberList, ioThreads, maxMessageBytes);
    }

    RetryConfig retry() {
        return new RetryConfig(
                Problems.countable(retryInitialBackoff),
                Problems.countable(retryMaxBackoff),
                retryJitter,
                retryMultiplier,
                clusterConnectTimeout());
    }

    private Duration clusterConnectTimeout() {
        if (clusterConnectTimeout == null) {
            return failoverClusters.isEmpty() ? ClientConfig.INFINITE : TURN_OF_ONE_CLUSTER;
        }
        return clusterConnectTimeout.compareTo(Problems.LONGEST) <= 0 ? clusterConnectTimeout : ClientConfig.INFINITE;
    }

    HeartbeatConfig heartbeat() {
        return new HeartbeatConfig(Problems.countable(heartbeatInterval), Problems.countable(heartbeatTimeout));
    }

    InvocationConfig invocation() {
        return new InvocationConfig(
                Problems.countable(invocationTimeout),
                Problems.countable(invocationRetryPause),
                redoOperation,
                backupAckToClientEnabled,
                Problems.countable(operationBackupTimeout),
                failOnIndeterminateOperationState,
                maxInFlight,
                maxInFlightBytes);
    }

    SerializationConfig serialization() {
        return new SerializationConfig(
                bigEndian,
                portableVersion,
                dataSerializableFactories,
                portableFactories,
                classDefinitions,
                checkClassDefinitionErrors,
                compactSerializers,
                compactClasses,
                compactTypeFilter,
                customSerializers,
                globalSerializer,
                javaSerializationAllowed,
                javaSerializationFilter,
                serializableAsCompact,
                maxDecompressedBytes,
                classLoader,
                partitioningStrategy);
    }

    StatisticsConfig statistics() {
        return new StatisticsConfig(statisticsEnabled, Problems.countable(statisticsPeriod));
    }

    /** The given one, else a new one: configurations made by one builder do not share its turn. */
    LoadBalancer loadBalancer() {
        return loadBalancer != null ? loadBalancer : LoadBalancers.roundRobin();
    }
}
