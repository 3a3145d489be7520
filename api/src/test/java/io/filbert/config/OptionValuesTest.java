// SPDX-License-Identifier: Apache-2.0
package io.filbert.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.filbert.cluster.Address;
import io.filbert.cluster.LifecycleListener;
import io.filbert.cluster.LoadBalancer;
import io.filbert.cluster.LoadBalancers;
import io.filbert.cluster.Member;
import io.filbert.cluster.MemberVersion;
import io.filbert.cluster.MembershipListener;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OptionValuesTest {

    private static final Duration LONGEST = Duration.ofDays(36_500);
    private static final MembershipListener MEMBERSHIP_LISTENER = new MembershipListener() {};
    private static final LifecycleListener LIFECYCLE_LISTENER = state -> {};
    private static final LoadBalancer BALANCER = LoadBalancers.random();
    private static final TokenProvider TOKENS = TokenProvider.of("x");
    private static final AddressTranslator TRANSLATOR = address -> address;
    private static final Executor EXECUTOR = Runnable::run;

    /** Name, how to set it, another value, how to read it, its default. */
    static Stream<Arguments> options() {
        return Stream.of(
                option(
                        "clusterMembers",
                        b -> b.clusterMembers("a:1"),
                        c -> c.discovery().clusterMembers(),
                        List.of("a:1"),
                        List.of("127.0.0.1")),
                option("clusterName", b -> b.clusterName("prod"), ClientConfig::clusterName, "prod", "dev"),
                option("clientName", b -> b.clientName("me"), ClientConfig::clientName, "me", null),
                option(
                        "connectionTimeout",
                        b -> b.connectionTimeout(Duration.ZERO),
                        c -> c.network().connectionTimeout(),
                        Duration.ZERO,
                        Duration.ofSeconds(5)),
                option(
                        "socketOption",
                        b -> b.socketOption(StandardSocketOptions.SO_RCVBUF, 9),
                        c -> c.network().socketOptions(),
                        Map.of(StandardSocketOptions.SO_RCVBUF, 9),
                        Map.of()),
                option(
                        "socketOptions",
                        b -> b.socketOptions(Map.of(StandardSocketOptions.SO_RCVBUF, 9)),
                        c -> c.network().socketOptions(),
                        Map.of(StandardSocketOptions.SO_RCVBUF, 9),
                        Map.of()),
                option(
                        "redoOperation",
                        b -> b.redoOperation(true),
                        c -> c.invocation().redoOperation(),
                        true,
                        false),
                option(
                        "smartRouting",
                        b -> b.smartRouting(false),
                        c -> c.network().smartRouting(),
                        false,
                        true),
                option("asyncStart", b -> b.asyncStart(true), ClientConfig::asyncStart, true, false),
                option("daemonThreads", b -> b.daemonThreads(false), ClientConfig::daemonThreads, false, true),
                option(
                        "reconnectMode",
                        b -> b.reconnectMode(ReconnectMode.OFF),
                        ClientConfig::reconnectMode,
                        ReconnectMode.OFF,
                        ReconnectMode.ON),
                option(
                        "retryInitialBackoff",
                        b -> b.retryInitialBackoff(Duration.ZERO),
                        c -> c.retry().initialBackoff(),
                        Duration.ZERO,
                        Duration.ofSeconds(1)),
                option(
                        "retryMaxBackoff",
                        b -> b.retryMaxBackoff(LONGEST),
                        c -> c.retry().maxBackoff(),
                        LONGEST,
                        Duration.ofSeconds(30)),
                option("retryJitter", b -> b.retryJitter(1), c -> c.retry().jitter(), 1.0, 0.0),
                option(
                        "retryMultiplier",
                        b -> b.retryMultiplier(1),
                        c -> c.retry().multiplier(),
                        1.0,
                        1.05),
                option(
                        "clusterConnectTimeout",
                        b -> b.clusterConnectTimeout(Duration.ZERO),
                        c -> c.retry().clusterConnectTimeout(),
                        Duration.ZERO,
                        ClientConfig.INFINITE),
                option("labels", b -> b.labels("x", "y"), ClientConfig::labels, List.of("x", "y"), List.of()),
                option(
                        "heartbeatInterval",
                        b -> b.heartbeatInterval(Duration.ofNanos(1)),
                        c -> c.heartbeat().interval(),
                        Duration.ofNanos(1),
                        Duration.ofSeconds(5)),
                option(
                        "heartbeatTimeout",
                        b -> b.heartbeatTimeout(LONGEST),
                        c -> c.heartbeat().timeout(),
                        LONGEST,
                        Duration.ofMinutes(1)),
                option(
                        "statisticsEnabled",
                        b -> b.statisticsEnabled(true),
                        c -> c.statistics().enabled(),
                        true,
                        false),
                option(
                        "statisticsPeriod",
                        b -> b.statisticsPeriod(LONGEST),
                        c -> c.statistics().period(),
                        LONGEST,
                        Duration.ofSeconds(3)),
                option(
                        "invocationTimeout",
                        b -> b.invocationTimeout(Duration.ofMillis(7)),
                        c -> c.invocation().timeout(),
                        Duration.ofMillis(7),
                        Duration.ofMinutes(2)),
                option(
                        "invocationRetryPause",
                        b -> b.invocationRetryPause(Duration.ofMillis(7)),
                        c -> c.invocation().retryPause(),
                        Duration.ofMillis(7),
                        Duration.ofSeconds(1)),
                option(
                        "shuffleMemberList",
                        b -> b.shuffleMemberList(false),
                        c -> c.network().shuffleMemberList(),
                        false,
                        true),
                option(
                        "backupAckToClientEnabled",
                        b -> b.backupAckToClientEnabled(false),
                        c -> c.invocation().backupAckToClientEnabled(),
                        false,
                        true),
                option(
                        "operationBackupTimeout",
                        b -> b.operationBackupTimeout(Duration.ofMillis(7)),
                        c -> c.invocation().operationBackupTimeout(),
                        Duration.ofMillis(7),
                        Duration.ofSeconds(5)),
                option(
                        "failOnIndeterminateOperationState",
                        b -> b.failOnIndeterminateOperationState(true),
                        c -> c.invocation().failOnIndeterminateOperationState(),
                        true,
                        false),
                option(
                        "membershipListeners",
                        b -> b.membershipListeners(MEMBERSHIP_LISTENER),
                        ClientConfig::membershipListeners,
                        List.of(MEMBERSHIP_LISTENER),
                        List.of()),
                option(
                        "lifecycleListeners",
                        b -> b.lifecycleListeners(LIFECYCLE_LISTENER),
                        ClientConfig::lifecycleListeners,
                        List.of(LIFECYCLE_LISTENER),
                        List.of()),
                option(
                        "usePublicIp",
                        b -> b.usePublicIp(true),
                        c -> c.discovery().usePublicIp(),
                        true,
                        false),
                option(
                        "addressTranslator",
                        b -> b.addressTranslator(TRANSLATOR),
                        c -> c.discovery().addressTranslator(),
                        TRANSLATOR,
                        null),
                option(
                        "cloudDiscoveryToken",
                        b -> b.cloudDiscoveryToken("x"),
                        c -> c.discovery().cloudToken(),
                        "x",
                        null),
                option(
                        "cloudDiscoveryUrl",
                        b -> b.cloudDiscoveryUrl("https://a:1/b"),
                        c -> c.discovery().cloudUrl(),
                        URI.create("https://a:1/b"),
                        URI.create("https://api.cloud.hazelcast.com")),
                option(
                        "failoverCluster",
                        b -> b.failoverCluster(f -> f.clusterMembers("a"))
                                .failoverCluster(f -> f.clusterName("green").clusterMembers("b")),
                        c -> c.failover().clusters().stream()
                                .map(ClusterConfig::clusterName)
                                .toList(),
                        List.of("dev", "green"),
                        List.of()),
                option(
                        "failoverTryCount",
                        b -> b.failoverTryCount(1),
                        c -> c.failover().tryCount(),
                        1,
                        Integer.MAX_VALUE),
                option(
                        "isBigEndian",
                        b -> b.isBigEndian(false),
                        c -> c.serialization().bigEndian(),
                        false,
                        true),
                option(
                        "credsUsername",
                        b -> b.credsUsername("alice").credsPassword("x"),
                        c -> c.credentials().username(),
                        "alice",
                        null),
                option(
                        "credsPassword",
                        b -> b.credsUsername("alice").credsPassword("x"),
                        c -> c.credentials().password(),
                        "x",
                        null),
                option(
                        "tokenProvider",
                        b -> b.tokenProvider(TOKENS),
                        c -> c.credentials().tokenProvider(),
                        TOKENS,
                        null),
                option(
                        "customCredentials",
                        b -> b.customCredentials("x"),
                        c -> c.credentials().custom(),
                        "x",
                        null),
                option("tls", b -> b.tls(t -> {}), c -> c.tls().enabled(), true, false),
                option(
                        "portableVersion",
                        b -> b.portableVersion(3),
                        c -> c.serialization().portableVersion(),
                        3,
                        0),
                option(
                        "dataSerializableFactories",
                        b -> b.dataSerializableFactories(Map.of(1, Samples.FACTORY)),
                        c -> c.serialization().dataSerializableFactories(),
                        Map.of(1, Samples.FACTORY),
                        Map.of()),
                option(
                        "portableFactories",
                        b -> b.portableFactories(Map.of(1, Samples.PORTABLE_FACTORY)),
                        c -> c.serialization().portableFactories(),
                        Map.of(1, Samples.PORTABLE_FACTORY),
                        Map.of()),
                option(
                        "classDefinitions",
                        b -> b.classDefinitions(Samples.definition(1, "a"), Samples.definition(1, "a")),
                        c -> c.serialization().classDefinitions(),
                        List.of(Samples.definition(1, "a"), Samples.definition(1, "a")),
                        List.of()),
                option(
                        "checkClassDefinitionErrors",
                        b -> b.checkClassDefinitionErrors(false),
                        c -> c.serialization().checkClassDefinitionErrors(),
                        false,
                        true),
                option(
                        "compactSerializers",
                        b -> b.compactSerializers(Samples.COMPACT),
                        c -> c.serialization().compactSerializers(),
                        List.of(Samples.COMPACT),
                        List.of()),
                option(
                        "compactClasses",
                        b -> b.compactClasses(Samples.Order.class, Samples.Line.class),
                        c -> c.serialization().compactClasses(),
                        List.of(Samples.Order.class, Samples.Line.class),
                        List.of()),
                option(
                        "compactTypeFilter",
                        b -> b.compactTypeFilter("a"::equals),
                        c -> c.serialization().compactTypeFilter().test("b"),
                        false,
                        true),
                option(
                        "customSerializers",
                        b -> b.customSerializers(Map.of(Samples.Order.class, Samples.SERIALIZER)),
                        c -> c.serialization().customSerializers(),
                        Map.of(Samples.Order.class, Samples.SERIALIZER),
                        Map.of()),
                option(
                        "customSerializer",
                        b -> b.customSerializer(Samples.Order.class, Samples.SERIALIZER),
                        c -> c.serialization().customSerializers(),
                        Map.of(Samples.Order.class, Samples.SERIALIZER),
                        Map.of()),
                option(
                        "globalSerializer",
                        b -> b.globalSerializer(Samples.SERIALIZER),
                        c -> c.serialization().globalSerializer(),
                        Samples.SERIALIZER,
                        null),
                option(
                        "javaSerializationAllowed",
                        b -> b.javaSerializationAllowed("a.b.C", "a.*", "a.b.**", "Order", "a.B$C"),
                        c -> c.serialization().javaSerializationAllowed(),
                        List.of("a.b.C", "a.*", "a.b.**", "Order", "a.B$C"),
                        List.of()),
                option(
                        "partitioningStrategy",
                        b -> b.partitioningStrategy(PartitioningStrategy.string()),
                        c -> c.serialization().partitioningStrategy(),
                        PartitioningStrategy.string(),
                        PartitioningStrategy.partitionAware()),
                option(
                        "javaSerializationFilter",
                        b -> b.javaSerializationFilter(Samples.FILTER),
                        c -> c.serialization().javaSerializationFilter(),
                        Samples.FILTER,
                        null),
                option(
                        "serializableAsCompact",
                        b -> b.serializableAsCompact(true),
                        c -> c.serialization().serializableAsCompact(),
                        true,
                        false),
                option(
                        "maxDecompressedBytes",
                        b -> b.maxDecompressedBytes(100),
                        c -> c.serialization().maxDecompressedBytes(),
                        100,
                        16 << 20),
                option(
                        "classLoader",
                        b -> b.classLoader(ClassLoader.getPlatformClassLoader()),
                        c -> c.serialization().classLoader(),
                        ClassLoader.getPlatformClassLoader(),
                        null),
                option(
                        "callbackExecutor",
                        b -> b.callbackExecutor(EXECUTOR),
                        ClientConfig::callbackExecutor,
                        EXECUTOR,
                        null),
                option("ioThreads", b -> b.ioThreads(256), c -> c.network().ioThreads(), 256, 1),
                option("maxInFlight", b -> b.maxInFlight(1), c -> c.invocation().maxInFlight(), 1, 8192),
                option(
                        "maxInFlightBytes",
                        b -> b.maxInFlightBytes(Long.MAX_VALUE),
                        c -> c.invocation().maxInFlightBytes(),
                        Long.MAX_VALUE,
                        64L * 1024 * 1024),
                option(
                        "maxMessageBytes",
                        b -> b.maxMessageBytes(65_536),
                        c -> c.network().maxMessageBytes(),
                        65_536,
                        256 * 1024 * 1024));
    }

    private static Arguments option(
            String name,
            Consumer<ClientConfig.Builder> set,
            Function<ClientConfig, @Nullable Object> read,
            Object otherValue,
            @Nullable Object defaultValue) {
        return arguments(name, set, read, otherValue, defaultValue);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("options")
    void option_hasItsDefault_andTakesAnotherValue(
            String name,
            Consumer<ClientConfig.Builder> set,
            Function<ClientConfig, @Nullable Object> read,
            Object otherValue,
            @Nullable Object defaultValue) {
        ClientConfig.Builder builder = ClientConfig.builder();

        assertThat(read.apply(builder.build())).as("default").isEqualTo(defaultValue);
        set.accept(builder);
        assertThat(read.apply(builder.build())).as("after setting it").isEqualTo(otherValue);
    }

    /** A new option that {@code toBuilder} forgets fails here. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("options")
    void toBuilder_keepsTheOption_andLeavesTheConfigAlone(
            String name,
            Consumer<ClientConfig.Builder> set,
            Function<ClientConfig, @Nullable Object> read,
            Object otherValue,
            @Nullable Object defaultValue) {
        ClientConfig.Builder builder = ClientConfig.builder();
        ClientConfig byDefault = builder.build();
        set.accept(builder);
        ClientConfig config = builder.build();

        assertThat(read.apply(config.toBuilder().build())).isEqualTo(otherValue);
        assertThat(read.apply(byDefault.toBuilder().build())).isEqualTo(defaultValue);
        set.accept(byDefault.toBuilder());
        assertThat(read.apply(byDefault.toBuilder().build())).isEqualTo(defaultValue);
    }

    @Test
    void options_allAppearInTheTestOfDefaults() {
        // loadBalancer has no equal default to compare with; its own tests are below.
        Set<String> tested = Stream.concat(options().map(a -> (String) a.get()[0]), Stream.of("loadBalancer"))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(tested).isEqualTo(BuilderOptions.names(ClientConfig.Builder.class));
    }

    @Test
    void clusterMembers_emptyCollection_isTheDefault() {
        DiscoveryConfig discovery = ClientConfig.builder()
                .clusterMembers("a")
                .clusterMembers(List.of())
                .build()
                .discovery();

        assertThat(discovery.clusterMembers()).containsExactly("127.0.0.1");
        assertThat(discovery.primaryAddresses()).containsExactly(new Address("127.0.0.1", 5701));
    }

    @Test
    void clientName_empty_isTheDefault() {
        assertThat(ClientConfig.builder().clientName("").build().clientName()).isNull();
    }

    @Test
    void clusterConnectTimeout_infinite_isMinusOneSecondAndTriesForever() {
        RetryConfig retry = ClientConfig.builder()
                .clusterConnectTimeout(Duration.ofSeconds(-1))
                .build()
                .retry();

        assertThat(retry.triesForever()).isTrue();
        assertThat(ClientConfig.builder()
                        .clusterConnectTimeout(Duration.ZERO)
                        .build()
                        .retry()
                        .triesForever())
                .isFalse();
    }

    /** The contract has no upper bound: what a count of nanoseconds cannot hold is as good as for ever. */
    @Test
    void clusterConnectTimeout_longerThanCanBeCounted_isInfinite() {
        for (Duration timeout : List.of(LONGEST.plusDays(1), Duration.ofSeconds(Long.MAX_VALUE))) {
            assertThat(ClientConfig.builder()
                            .clusterConnectTimeout(timeout)
                            .build()
                            .retry()
                            .clusterConnectTimeout())
                    .isEqualTo(ClientConfig.INFINITE);
        }
    }

    @Test
    void clusterConnectTimeout_otherClustersToGoTo_isTwoMinutesUnlessGiven() {
        ClientConfig.Builder builder = ClientConfig.builder().failoverCluster(f -> f.clusterMembers("a"));

        assertThat(builder.build().retry().clusterConnectTimeout()).isEqualTo(Duration.ofMinutes(2));
        assertThat(builder.clusterConnectTimeout(ClientConfig.INFINITE)
                        .build()
                        .retry()
                        .triesForever())
                .isTrue();
    }

    @Test
    void customSerializer_addsToThoseThatAreThere_andReplacesThatOfItsClass() {
        Samples.Stream other = new Samples.Stream(6);
        Samples.Stream third = new Samples.Stream(7);

        assertThat(ClientConfig.builder()
                        .customSerializers(Map.of(Samples.Order.class, Samples.SERIALIZER))
                        .customSerializer(Samples.Line.class, other)
                        .customSerializer(Samples.Order.class, third)
                        .build()
                        .serialization()
                        .customSerializers())
                .isEqualTo(Map.of(Samples.Order.class, third, Samples.Line.class, other));
    }

    @Test
    void socketOption_addsToThoseThatAreThere_andSocketOptionsReplacesThem() {
        ClientConfig.Builder builder = ClientConfig.builder()
                .socketOption(StandardSocketOptions.SO_RCVBUF, 1)
                .socketOption(StandardSocketOptions.SO_SNDBUF, 2)
                .socketOption(StandardSocketOptions.SO_RCVBUF, 3);

        assertThat(builder.build().network().socketOptions())
                .isEqualTo(Map.of(StandardSocketOptions.SO_RCVBUF, 3, StandardSocketOptions.SO_SNDBUF, 2));
        assertThat(builder.socketOptions(Map.of()).build().network().socketOptions())
                .isEmpty();
    }

    @Test
    void toBuilder_ofFurtherClustersAndTls_isACopy() {
        ClientConfig config = ClientConfig.builder()
                .tls(t -> t.serverName("a").checkHostname(true))
                .failoverCluster(other -> other.clusterName("green")
                        .clusterMembers("a")
                        .tls(t -> t.serverName("b").checkHostname(true)))
                .build();

        ClientConfig changed = config.toBuilder()
                .tls(t -> t.serverName("c"))
                .failoverCluster(other -> other.clusterName("red").clusterMembers("b"))
                .build();

        assertThat(config.tls().serverName()).isEqualTo("a");
        assertThat(config.failover().clusters()).hasSize(1);
        assertThat(changed.tls().serverName()).isEqualTo("c");
        assertThat(changed.tls().checkHostname()).isTrue();
        assertThat(changed.failover().clusters())
                .extracting(ClusterConfig::clusterName)
                .containsExactly("green", "red");
        assertThat(changed.failover().clusters().get(0).tls().serverName()).isEqualTo("b");
        assertThat(changed.failover().clusters().get(0).tls().checkHostname()).isTrue();
    }

    @Test
    void toBuilder_defaultThatDependsOnAnotherOption_followsIt() {
        ClientConfig config = ClientConfig.builder().build().toBuilder()
                .failoverCluster(other -> other.clusterMembers("a"))
                .build();

        assertThat(config.retry().clusterConnectTimeout()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void loadBalancer_given_isKept() {
        assertThat(ClientConfig.builder().loadBalancer(BALANCER).build().loadBalancer())
                .isSameAs(BALANCER);
    }

    @Test
    void loadBalancer_default_takesMembersInTurn_andIsNotSharedBetweenConfigs() {
        List<Member> members = Stream.of(1, 2)
                .map(i -> new Member(
                        new UUID(0, i), new Address("a", i), Map.of(), false, new MemberVersion(5, 7, 0), Map.of()))
                .toList();
        ClientConfig.Builder builder = ClientConfig.builder();
        LoadBalancer first = builder.build().loadBalancer();
        LoadBalancer second = builder.build().loadBalancer();

        assertThat(first.next(members)).isSameAs(members.get(0));
        assertThat(first.next(members)).isSameAs(members.get(1));
        assertThat(second.next(members)).isSameAs(members.get(0));
    }

    /** They were refused; the contract has no upper bound. */
    @Test
    void build_timesThatCannotBeCounted_areAsLongAsCanBe() {
        Duration endless = Duration.ofSeconds(Long.MAX_VALUE);
        ClientConfig config = ClientConfig.builder()
                .clusterConnectTimeout(Duration.ofDays(36_501))
                .connectionTimeout(endless)
                .retryInitialBackoff(endless)
                .retryMaxBackoff(endless)
                .heartbeatInterval(endless)
                .heartbeatTimeout(endless)
                .invocationTimeout(endless)
                .invocationRetryPause(endless)
                .operationBackupTimeout(endless)
                .statisticsPeriod(endless)
                .build();

        assertThat(config.retry().triesForever()).isTrue();
        assertThat(List.of(
                        config.network().connectionTimeout(),
                        config.retry().initialBackoff(),
                        config.retry().maxBackoff(),
                        config.heartbeat().interval(),
                        config.heartbeat().timeout(),
                        config.invocation().timeout(),
                        config.invocation().retryPause(),
                        config.invocation().operationBackupTimeout(),
                        config.statistics().period()))
                .containsOnly(LONGEST);
    }
}
