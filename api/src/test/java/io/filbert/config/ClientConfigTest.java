// SPDX-License-Identifier: Apache-2.0
package io.filbert.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.filbert.cluster.Address;
import io.filbert.cluster.LifecycleListener;
import io.filbert.cluster.LoadBalancer;
import io.filbert.cluster.LoadBalancers;
import io.filbert.cluster.Member;
import io.filbert.cluster.MemberVersion;
import io.filbert.cluster.MembershipListener;
import io.filbert.error.ConfigurationException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.text.MessageFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
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

class ClientConfigTest {

    private static final Duration LONGEST = Duration.ofDays(36_500);
    private static final Duration TOO_LONG = LONGEST.plusNanos(1);
    private static final Duration NEGATIVE = Duration.ofNanos(-1);
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
                        b -> b.credsUsername("alice"),
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
                        "javaSerializationFilter",
                        b -> b.javaSerializationFilter(Samples.FILTER),
                        c -> c.serialization().javaSerializationFilter(),
                        Samples.FILTER,
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

    @Test
    void options_allAppearInTheTestOfDefaults() {
        // loadBalancer has no equal default to compare with; its own tests are below.
        Set<String> tested = Stream.concat(options().map(a -> (String) a.get()[0]), Stream.of("loadBalancer"))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(tested).isEqualTo(optionNames());
    }

    /** What is set, the option at fault, the value as shown, what is allowed. */
    static Stream<Arguments> badSerializationValues() {
        String id = "1 to 2147483647";
        String own = "a class of your own";
        String ownOrRecord = "a record or a class of your own";
        String names = Samples.class.getName() + "$";
        String pattern = "the name of a class, or of a package followed by .* or .**";
        return Stream.of(
                bad(b -> b.portableVersion(-1), "portableVersion", "-1", "0 to 2147483647"),
                bad(
                        b -> b.dataSerializableFactories(Map.of(0, Samples.FACTORY)),
                        "dataSerializableFactories: a factory id",
                        "0",
                        id),
                bad(
                        b -> b.portableFactories(Map.of(-1, Samples.PORTABLE_FACTORY)),
                        "portableFactories: a factory id",
                        "-1",
                        id),
                bad(
                        b -> b.classDefinitions(Samples.definition(1, "a"), Samples.definition(1, "b")),
                        "classDefinitions: class 7 of factory 5",
                        "defined twice and not the same",
                        "defined once"),
                bad(
                        b -> b.classDefinitions(Samples.definition(1, "a"), Samples.definition(2, "a")),
                        "classDefinitions: class 7 of factory 5",
                        "defined twice and not the same",
                        "defined once"),
                bad(
                        b -> b.compactSerializers(new Samples.Compact(null, "order")),
                        "compactSerializers: the class of " + names + "Compact",
                        "null",
                        own),
                bad(
                        b -> b.compactSerializers(new Samples.Compact(String.class, "text")),
                        "compactSerializers: the class of " + names + "Compact",
                        "java.lang.String, which has a built-in form",
                        own),
                bad(
                        b -> b.compactSerializers(new Samples.Compact(int[].class, "ints")),
                        "compactSerializers: the class of " + names + "Compact",
                        "int[], which has a built-in form",
                        own),
                bad(
                        b -> b.compactSerializers(new Samples.Compact(Runnable.class, "runnable")),
                        "compactSerializers: the class of " + names + "Compact",
                        "java.lang.Runnable, of which there are no objects",
                        own),
                bad(
                        b -> b.compactSerializers(Samples.COMPACT, new Samples.Compact(Samples.Order.class, "other")),
                        "compactSerializers: the class of " + names + "Compact",
                        names + "Order, which is that of " + names + "Compact too",
                        "the class of one serializer"),
                bad(
                        b -> b.compactSerializers(new Samples.Compact(Samples.Order.class, "")),
                        "compactSerializers: the type name of " + names + "Compact",
                        "\"\"",
                        "a name"),
                bad(
                        b -> b.compactSerializers(new Samples.Compact(Samples.Order.class, null)),
                        "compactSerializers: the type name of " + names + "Compact",
                        "null",
                        "a name"),
                bad(
                        b -> b.compactSerializers(Samples.COMPACT, new Samples.Compact(Samples.Line.class, "order")),
                        "compactSerializers: the type name \"order\"",
                        "that of " + names + "Compact and of " + names + "Compact",
                        "that of one serializer"),
                bad(
                        b -> b.compactClasses(Runnable.class),
                        "compactClasses: java.lang.Runnable",
                        "an interface",
                        ownOrRecord),
                bad(
                        b -> b.compactClasses(Samples.Kind.class),
                        "compactClasses: " + names + "Kind",
                        "an enum, whose constants other objects hold by their names",
                        ownOrRecord),
                bad(
                        b -> b.compactClasses(Samples.Order[].class),
                        "compactClasses: " + names + "Order[]",
                        "an array or a primitive type",
                        ownOrRecord),
                bad(
                        b -> b.compactClasses(ArrayList.class),
                        "compactClasses: java.util.ArrayList",
                        "a class with a built-in form",
                        ownOrRecord),
                bad(
                        b -> b.compactClasses(Thread.class),
                        "compactClasses: java.lang.Thread",
                        "a class of the JDK, whose fields are not open",
                        ownOrRecord),
                bad(
                        b -> b.compactClasses(Samples.Order.class).compactSerializers(Samples.COMPACT),
                        "compactClasses: " + names + "Order",
                        "the class of one of the compactSerializers too",
                        "in one of both"),
                bad(
                        b -> b.customSerializers(Map.of(Integer.class, Samples.SERIALIZER)),
                        "customSerializers: java.lang.Integer",
                        "a class with a built-in form",
                        own),
                bad(
                        b -> b.customSerializers(Map.of(Samples.Order.class, new Samples.Stream(0))),
                        "customSerializers: the type id of " + names + "Stream",
                        "0",
                        id),
                bad(
                        b -> b.customSerializers(Map.of(
                                Samples.Order.class, Samples.SERIALIZER, Samples.Line.class, new Samples.Stream(5))),
                        "customSerializers: the type id of " + names + "Stream",
                        "5, which is that of " + names + "Stream too",
                        "the type id of one serializer"),
                bad(
                        b -> b.globalSerializer(new Samples.Stream(-100)),
                        "globalSerializer: the type id of " + names + "Stream",
                        "-100",
                        id),
                bad(
                        b -> b.customSerializers(Map.of(Samples.Order.class, Samples.SERIALIZER))
                                .globalSerializer(new Samples.Stream(5)),
                        "globalSerializer: the type id of " + names + "Stream",
                        "5, which is that of " + names + "Stream too",
                        "the type id of one serializer"),
                bad(b -> b.javaSerializationAllowed(""), "javaSerializationAllowed", "\"\"", pattern),
                bad(b -> b.javaSerializationAllowed("a.b."), "javaSerializationAllowed", "\"a.b.\"", pattern),
                bad(b -> b.javaSerializationAllowed("**"), "javaSerializationAllowed", "\"**\"", pattern),
                bad(b -> b.javaSerializationAllowed("a.*.b"), "javaSerializationAllowed", "\"a.*.b\"", pattern),
                bad(b -> b.javaSerializationAllowed("a.B*"), "javaSerializationAllowed", "\"a.B*\"", pattern),
                bad(b -> b.javaSerializationAllowed("a.B[]"), "javaSerializationAllowed", "\"a.B[]\"", pattern),
                bad(b -> b.javaSerializationAllowed("!a.B"), "javaSerializationAllowed", "\"!a.B\"", pattern),
                bad(b -> b.javaSerializationAllowed("a.B;c.D"), "javaSerializationAllowed", "\"a.B;c.D\"", pattern),
                bad(
                        b -> b.javaSerializationAllowed("a.B").javaSerializationFilter(Samples.FILTER),
                        "javaSerializationFilter",
                        "given together with javaSerializationAllowed",
                        "the only one of both"));
    }

    /** What is set, the option at fault, the value as shown, what is allowed. */
    static Stream<Arguments> badValues() {
        String positive = "more than 0 and at most 36500 days";
        String zeroOrMore = "0 to 36500 days";
        String cloudUrl = "https:// and a host, perhaps with a port and a path";
        return Stream.of(
                bad(
                        b -> b.clusterMembers("a:x"),
                        "clusterMembers",
                        "\"a:x\"",
                        "host, host:port, [ipv6] or [ipv6]:port, with a port from 1 to 65535"),
                bad(
                        b -> b.clusterMembers("a").cloudDiscoveryToken("x"),
                        "cloudDiscoveryToken",
                        "(hidden)",
                        "left out beside clusterMembers"),
                bad(b -> b.cloudDiscoveryToken(" "), "cloudDiscoveryToken", "\" \"", "the token of a cluster"),
                bad(b -> b.cloudDiscoveryUrl("http://a"), "cloudDiscoveryUrl", "\"http://a\"", cloudUrl),
                bad(b -> b.cloudDiscoveryUrl("https:"), "cloudDiscoveryUrl", "\"https:\"", cloudUrl),
                bad(b -> b.cloudDiscoveryUrl("https://a?b"), "cloudDiscoveryUrl", "\"https://a?b\"", cloudUrl),
                bad(b -> b.cloudDiscoveryUrl("https://a#b"), "cloudDiscoveryUrl", "\"https://a#b\"", cloudUrl),
                bad(b -> b.cloudDiscoveryUrl("https://a b"), "cloudDiscoveryUrl", "\"https://a b\"", cloudUrl),
                bad(
                        b -> b.usePublicIp(true).cloudDiscoveryToken("x"),
                        "usePublicIp",
                        "true",
                        "false beside cloudDiscoveryToken"),
                bad(
                        b -> b.usePublicIp(true).addressTranslator(TRANSLATOR),
                        "usePublicIp",
                        "true",
                        "false beside addressTranslator"),
                bad(
                        b -> b.addressTranslator(TRANSLATOR).cloudDiscoveryToken("x"),
                        "addressTranslator",
                        "given",
                        "left out beside cloudDiscoveryToken"),
                bad(b -> b.failoverTryCount(0), "failoverTryCount", "0", "1 to 2147483647"),
                bad(
                        b -> b.failoverCluster(f -> f.clusterName("green")),
                        "failoverCluster[0].clusterMembers",
                        "[]",
                        "at least one address"),
                bad(
                        b -> b.failoverCluster(f -> f.clusterMembers("a"))
                                .failoverCluster(f -> f.clusterMembers("a:0")),
                        "failoverCluster[1].clusterMembers",
                        "\"a:0\"",
                        "host, host:port, [ipv6] or [ipv6]:port, with a port from 1 to 65535"),
                bad(
                        b -> b.failoverCluster(f -> f.clusterMembers("a").credsPassword("x")),
                        "failoverCluster[0].credsPassword",
                        "(hidden)",
                        "given together with credsUsername"),
                bad(
                        b -> b.failoverCluster(f -> f.cloudDiscoveryToken("x").usePublicIp(true)),
                        "failoverCluster[0].usePublicIp",
                        "true",
                        "false beside cloudDiscoveryToken"),
                bad(b -> b.connectionTimeout(NEGATIVE), "connectionTimeout", "PT-0.000000001S", zeroOrMore),
                bad(b -> b.connectionTimeout(TOO_LONG), "connectionTimeout", "PT876000H0.000000001S", zeroOrMore),
                bad(b -> b.retryInitialBackoff(NEGATIVE), "retryInitialBackoff", "PT-0.000000001S", zeroOrMore),
                bad(b -> b.retryMaxBackoff(NEGATIVE), "retryMaxBackoff", "PT-0.000000001S", zeroOrMore),
                bad(b -> b.retryJitter(-0.1), "retryJitter", "-0.1", "0 to 1"),
                bad(b -> b.retryJitter(1.1), "retryJitter", "1.1", "0 to 1"),
                bad(b -> b.retryJitter(Double.NaN), "retryJitter", "NaN", "0 to 1"),
                bad(b -> b.retryMultiplier(0.99), "retryMultiplier", "0.99", "a finite number of at least 1"),
                bad(b -> b.retryMultiplier(Double.NaN), "retryMultiplier", "NaN", "a finite number of at least 1"),
                bad(
                        b -> b.retryMultiplier(Double.POSITIVE_INFINITY),
                        "retryMultiplier",
                        "Infinity",
                        "a finite number of at least 1"),
                bad(
                        b -> b.clusterConnectTimeout(Duration.ofSeconds(-2)),
                        "clusterConnectTimeout",
                        "PT-2S",
                        "0 to 36500 days or ClientConfig.INFINITE"),
                bad(
                        b -> b.clusterConnectTimeout(TOO_LONG),
                        "clusterConnectTimeout",
                        "PT876000H0.000000001S",
                        "0 to 36500 days or ClientConfig.INFINITE"),
                bad(b -> b.heartbeatInterval(Duration.ZERO), "heartbeatInterval", "PT0S", positive),
                bad(b -> b.heartbeatTimeout(Duration.ZERO), "heartbeatTimeout", "PT0S", positive),
                bad(b -> b.statisticsPeriod(Duration.ZERO), "statisticsPeriod", "PT0S", positive),
                bad(b -> b.statisticsPeriod(NEGATIVE), "statisticsPeriod", "PT-0.000000001S", positive),
                bad(b -> b.statisticsPeriod(TOO_LONG), "statisticsPeriod", "PT876000H0.000000001S", positive),
                bad(b -> b.invocationTimeout(Duration.ZERO), "invocationTimeout", "PT0S", positive),
                bad(b -> b.invocationTimeout(TOO_LONG), "invocationTimeout", "PT876000H0.000000001S", positive),
                bad(b -> b.invocationRetryPause(NEGATIVE), "invocationRetryPause", "PT-0.000000001S", positive),
                bad(b -> b.operationBackupTimeout(Duration.ZERO), "operationBackupTimeout", "PT0S", positive),
                bad(b -> b.credsPassword("x"), "credsPassword", "(hidden)", "given together with credsUsername"),
                bad(
                        b -> b.credsUsername("alice").credsPassword("x").tokenProvider(TOKENS),
                        "tokenProvider",
                        "(hidden)",
                        "the only way to authenticate"),
                bad(
                        b -> b.tokenProvider(TOKENS).customCredentials("x"),
                        "customCredentials",
                        "(hidden)",
                        "the only way to authenticate"),
                bad(b -> b.ioThreads(0), "ioThreads", "0", "1 to 256"),
                bad(b -> b.ioThreads(257), "ioThreads", "257", "1 to 256"),
                bad(b -> b.maxInFlight(0), "maxInFlight", "0", "1 to 2147483647"),
                bad(b -> b.maxInFlightBytes(0), "maxInFlightBytes", "0", "1 to 9223372036854775807"),
                bad(b -> b.maxMessageBytes(65_535), "maxMessageBytes", "65535", "65536 to 2147483639"),
                bad(b -> b.maxMessageBytes(Integer.MAX_VALUE), "maxMessageBytes", "2147483647", "65536 to 2147483639"),
                bad(
                        b -> b.socketOptions(Map.of(StandardSocketOptions.SO_RCVBUF, "big")),
                        "socketOptions[SO_RCVBUF]",
                        "\"big\"",
                        "of type Integer"));
    }

    /** What cannot be wrong, or only together with an option that is reported in its place. */
    private static final Set<String> WITHOUT_BAD_VALUE = Set.of(
            "asyncStart",
            "backupAckToClientEnabled",
            "callbackExecutor",
            "checkClassDefinitionErrors",
            "clientName",
            "clusterName",
            "compactTypeFilter",
            "credsUsername",
            "failOnIndeterminateOperationState",
            "isBigEndian",
            "labels",
            "lifecycleListeners",
            "loadBalancer",
            "membershipListeners",
            "reconnectMode",
            "redoOperation",
            "shuffleMemberList",
            "statisticsEnabled",
            "smartRouting",
            "socketOption", // the compiler checks it
            "tls"); // TlsConfigTest

    @Test
    void options_haveATestOfABadValue_orAreListedAsHavingNone() {
        Set<String> tested = Stream.concat(badValues(), badSerializationValues())
                .map(a -> ((String) a.get()[1]).split("\\W", 2)[0])
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(tested).doesNotContainAnyElementsOf(WITHOUT_BAD_VALUE);
        tested.addAll(WITHOUT_BAD_VALUE);
        assertThat(tested).isEqualTo(optionNames());
    }

    private static Set<String> optionNames() {
        return optionMethods().map(Method::getName).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<Method> optionMethods() {
        return Arrays.stream(ClientConfig.Builder.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .filter(method -> !method.getName().equals("build"));
    }

    @Test
    void options_refuseNullAtOnce() {
        assertThat(optionMethods().filter(method -> !method.getParameterTypes()[0].isPrimitive()))
                .isNotEmpty()
                .allSatisfy(method -> assertThatThrownBy(
                                () -> method.invoke(ClientConfig.builder(), new Object[method.getParameterCount()]))
                        .hasCauseInstanceOf(NullPointerException.class));
    }

    private static Arguments bad(Consumer<ClientConfig.Builder> set, String option, String shown, String allowed) {
        return arguments(set, option, shown, allowed);
    }

    @ParameterizedTest(name = "{1} = {2}")
    @MethodSource({"badValues", "badSerializationValues"})
    void build_badValue_isReportedWithOptionValueRangeAndRemedy(
            Consumer<ClientConfig.Builder> set, String option, String shown, String allowed) {
        ClientConfig.Builder builder = ClientConfig.builder();
        set.accept(builder);

        assertThatThrownBy(builder::build)
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.problems())
                                .singleElement()
                                .asString()
                                .startsWith(option + " is " + shown + ", but must be " + allowed + ": ")
                                .matches(".*: \\w.{10,}"));
    }

    @Test
    void build_severalBadValues_reportsAllOfThemAtOnce() {
        ClientConfig.Builder builder = ClientConfig.builder()
                .clusterMembers("a:x", "b:0", "c")
                .retryJitter(2)
                .heartbeatInterval(Duration.ZERO)
                .ioThreads(0);

        assertThatThrownBy(builder::build)
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.problems())
                                .satisfiesExactly(
                                        p -> assertThat(p).startsWith("clusterMembers is \"a:x\""),
                                        p -> assertThat(p).startsWith("clusterMembers is \"b:0\""),
                                        p -> assertThat(p).startsWith("ioThreads"),
                                        p -> assertThat(p).startsWith("retryJitter"),
                                        p -> assertThat(p).startsWith("heartbeatInterval")))
                .hasMessageStartingWith("The client configuration has 5 problems:\n- ");
    }

    @Test
    void build_oneSerializerForSeveralClasses_isFine() {
        ClientConfig config = ClientConfig.builder()
                .customSerializers(
                        Map.of(Samples.Order.class, Samples.SERIALIZER, Samples.Line.class, Samples.SERIALIZER))
                .globalSerializer(Samples.SERIALIZER)
                .build();

        assertThat(config.serialization().customSerializers()).hasSize(2);
    }

    @Test
    void build_severalBadSerializationOptions_reportsAllOfThemAtOnce() {
        ClientConfig.Builder builder = ClientConfig.builder()
                .portableVersion(-1)
                .portableFactories(Map.of(0, Samples.PORTABLE_FACTORY, -1, Samples.PORTABLE_FACTORY))
                .compactClasses(Runnable.class, String.class)
                .customSerializers(Map.of(String.class, new Samples.Stream(0)))
                .javaSerializationAllowed("a.", "b.")
                .ioThreads(0);

        assertThatThrownBy(builder::build)
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.problems()).hasSize(10));
    }

    @Test
    void toString_ofSerialization_showsClassesInsteadOfObjects() {
        ClientConfig config = ClientConfig.builder()
                .dataSerializableFactories(Map.of(2, Samples.FACTORY, 1, Samples.FACTORY))
                .compactSerializers(Samples.COMPACT)
                .compactClasses(Samples.Line.class)
                .customSerializers(Map.of(Samples.Order.class, Samples.SERIALIZER))
                .globalSerializer(new Samples.Stream(6))
                .javaSerializationAllowed("a.B")
                .build();

        String name = Samples.class.getName() + "$";
        assertThat(config.toString())
                .contains(
                        "bigEndian=true",
                        "dataSerializableFactories={1="
                                + Samples.FACTORY.getClass().getName(),
                        "compactSerializers=[" + name + "Compact]",
                        "compactClasses=[" + name + "Line]",
                        "customSerializers={" + name + "Order=" + name + "Stream}",
                        "globalSerializer=" + name + "Stream",
                        "javaSerializationAllowed=[a.B], javaSerializationFilter=none")
                .doesNotContain("secret");
    }

    @Test
    void build_afterCorrection_succeeds() {
        ClientConfig.Builder builder = ClientConfig.builder().ioThreads(0);
        assertThatThrownBy(builder::build).isInstanceOf(ConfigurationException.class);

        assertThat(builder.ioThreads(2).build().network().ioThreads()).isEqualTo(2);
    }

    @Test
    void build_later_changesOfTheBuilder_doNotReachTheConfig() {
        ClientConfig.Builder builder = ClientConfig.builder().socketOption(StandardSocketOptions.SO_RCVBUF, 1);
        ClientConfig config = builder.build();

        builder.clusterName("other").socketOption(StandardSocketOptions.SO_RCVBUF, 2);

        assertThat(config.clusterName()).isEqualTo("dev");
        assertThat(config.network().socketOptions()).containsEntry(StandardSocketOptions.SO_RCVBUF, 1);
    }

    @Test
    void collections_areCopiedAndUnmodifiable() {
        List<String> members = new ArrayList<>(List.of("a"));
        List<String> labels = new ArrayList<>(List.of("x"));
        ClientConfig.Builder builder =
                ClientConfig.builder().clusterMembers(members).labels(labels);

        members.add("b");
        labels.add("y");
        ClientConfig config = builder.build();

        assertThat(config.discovery().clusterMembers()).containsExactly("a");
        assertThat(config.labels()).containsExactly("x");
        assertThatThrownBy(() -> config.labels().add("z")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> config.network().socketOptions().clear())
                .isInstanceOf(UnsupportedOperationException.class);
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

    @Test
    @SuppressWarnings("NullAway") // nulls on purpose
    void nullArgument_isRefusedAtOnce() {
        ClientConfig.Builder builder = ClientConfig.builder();

        assertThatNullPointerException()
                .isThrownBy(() -> builder.clusterName(null))
                .withMessage("clusterName");
        assertThatNullPointerException()
                .isThrownBy(() -> builder.heartbeatTimeout(null))
                .withMessage("heartbeatTimeout");
        assertThatNullPointerException().isThrownBy(() -> builder.labels("a", null));
        assertThatNullPointerException()
                .isThrownBy(() -> builder.callbackExecutor(null))
                .withMessage("callbackExecutor");
    }

    @Test
    void heartbeatTimeout_notLongerThanTheInterval_isWarnedOfButAccepted() {
        List<String> lines = new ArrayList<>();
        System.Logger logger = new RecordingLogger(lines);

        OptionChecks.check(ClientConfig.builder().build(), new Problems(), logger);
        assertThat(lines).as("warnings about the defaults").isEmpty();

        ClientConfig equal =
                ClientConfig.builder().heartbeatTimeout(Duration.ofSeconds(5)).build();
        OptionChecks.check(equal, new Problems(), logger);
        assertThat(lines)
                .containsExactly("WARNING heartbeatTimeout (PT5S) is not longer than heartbeatInterval (PT5S): idle"
                        + " connections will be closed before a ping can keep them alive. Use a multiple of"
                        + " heartbeatInterval");
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
    void toString_ofDiscovery_hidesTheToken() {
        String text = ClientConfig.builder()
                .cloudDiscoveryToken("secret")
                .failoverCluster(f ->
                        f.cloudDiscoveryToken("secret").credsUsername("alice").credsPassword("secret"))
                .build()
                .toString();

        assertThat(text)
                .contains("cloudDiscoveryToken=(hidden)", "cloudDiscoveryUrl=https://api", "username=alice")
                .doesNotContain("secret");
    }

    @Test
    void toString_showsOptions_butCountsListeners() {
        MembershipListener listener = new MembershipListener() {
            @Override
            public String toString() {
                return "holds a secret";
            }
        };

        assertThat(ClientConfig.builder()
                        .clusterName("prod")
                        .membershipListeners(listener)
                        .build()
                        .toString())
                .contains("clusterName=prod", "redoOperation=false", "membershipListeners=1")
                .doesNotContain("secret");
    }

    private record RecordingLogger(List<String> lines) implements System.Logger {

        @Override
        public String getName() {
            return "recording";
        }

        @Override
        public boolean isLoggable(Level level) {
            return true;
        }

        @Override
        public void log(
                Level level, @Nullable ResourceBundle bundle, @Nullable String text, @Nullable Throwable thrown) {
            lines.add(level + " " + text);
        }

        @Override
        public void log(
                Level level,
                @Nullable ResourceBundle bundle,
                @Nullable String format,
                @Nullable Object @Nullable ... params) {
            lines.add(level + " " + MessageFormat.format(String.valueOf(format), params));
        }
    }
}
