// SPDX-License-Identifier: Apache-2.0
package io.filbert.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.error.ConfigurationException;
import java.net.StandardSocketOptions;
import java.text.MessageFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OptionChecksTest {

    private static final Duration NEGATIVE = Duration.ofNanos(-1);
    private static final TokenProvider TOKENS = TokenProvider.of("x");
    private static final AddressTranslator TRANSLATOR = address -> address;

    /** What cannot be wrong, or only together with an option that is reported in its place. */
    private static final Set<String> WITHOUT_BAD_VALUE = Set.of(
            "asyncStart",
            "backupAckToClientEnabled",
            "callbackExecutor",
            "checkClassDefinitionErrors",
            "classLoader",
            "compactTypeFilter",
            "customSerializer", // reported as customSerializers
            "daemonThreads",
            "failOnIndeterminateOperationState",
            "isBigEndian",
            "lifecycleListeners",
            "loadBalancer",
            "membershipListeners",
            "partitioningStrategy",
            "reconnectMode",
            "redoOperation",
            "serializableAsCompact",
            "shuffleMemberList",
            "statisticsEnabled",
            "smartRouting",
            "tls"); // TlsConfigTest

    static Stream<BadValue> badValues() {
        String positive = "more than 0";
        String zeroOrMore = "0 or more";
        String cloudUrl = "https:// and a host, perhaps with a port and a path";
        return Stream.of(
                new BadValue(
                        b -> b.clusterMembers("a:x"),
                        "clusterMembers",
                        "\"a:x\"",
                        "host, host:port, [ipv6] or [ipv6]:port, with a port from 1 to 65535"),
                new BadValue(b -> b.clusterName(""), "clusterName", "\"\"", "the name of a cluster"),
                new BadValue(b -> b.clusterName(" \t"), "clusterName", "\" \\t\"", "the name of a cluster"),
                new BadValue(b -> b.clusterName("a\nb"), "clusterName", "\"a\\nb\"", "free of control characters"),
                new BadValue(
                        b -> b.failoverCluster(f -> f.clusterMembers("a").clusterName("")),
                        "failoverCluster[0].clusterName",
                        "\"\"",
                        "the name of a cluster"),
                new BadValue(b -> b.clientName(" "), "clientName", "\" \"", "visible"),
                new BadValue(
                        b -> b.clientName("a\r\n2026-11-30 SEVERE"),
                        "clientName",
                        "\"a\\r\\n2026-11-30 SEVERE\"",
                        "free of control characters"),
                new BadValue(
                        b -> b.clientName("a\u2028b"), "clientName", "\"a\\u2028b\"", "free of control characters"),
                new BadValue(b -> b.labels("a", ""), "labels[1]", "\"\"", "visible"),
                new BadValue(b -> b.labels("a\u001b[0m"), "labels[0]", "\"a\\u001b[0m\"", "free of control characters"),
                new BadValue(
                        b -> b.credsUsername("alice"),
                        "credsUsername",
                        "\"alice\"",
                        "given together with credsPassword"),
                new BadValue(
                        b -> b.credsUsername("").credsPassword("x"), "credsUsername", "\"\"", "the name of a user"),
                new BadValue(
                        b -> b.credsUsername("a\nb").credsPassword("x"),
                        "credsUsername",
                        "\"a\\nb\"",
                        "free of control characters"),
                new BadValue(
                        b -> b.failoverCluster(f -> f.clusterMembers("a").credsUsername("alice")),
                        "failoverCluster[0].credsUsername",
                        "\"alice\"",
                        "given together with credsPassword"),
                new BadValue(
                        b -> b.cloudDiscoveryToken("x\n"), "cloudDiscoveryToken", "(hidden)", "free of whitespace"),
                new BadValue(
                        b -> b.clusterMembers("a").cloudDiscoveryToken("x"),
                        "cloudDiscoveryToken",
                        "(hidden)",
                        "left out beside clusterMembers"),
                new BadValue(b -> b.cloudDiscoveryToken(" "), "cloudDiscoveryToken", "\" \"", "the token of a cluster"),
                new BadValue(b -> b.cloudDiscoveryUrl("http://a"), "cloudDiscoveryUrl", "\"http://a\"", cloudUrl),
                new BadValue(b -> b.cloudDiscoveryUrl("https:"), "cloudDiscoveryUrl", "\"https:\"", cloudUrl),
                new BadValue(b -> b.cloudDiscoveryUrl("https://a?b"), "cloudDiscoveryUrl", "\"https://a?b\"", cloudUrl),
                new BadValue(b -> b.cloudDiscoveryUrl("https://a#b"), "cloudDiscoveryUrl", "\"https://a#b\"", cloudUrl),
                new BadValue(b -> b.cloudDiscoveryUrl("https://a b"), "cloudDiscoveryUrl", "\"https://a b\"", cloudUrl),
                new BadValue(
                        b -> b.usePublicIp(true).cloudDiscoveryToken("x"),
                        "usePublicIp",
                        "true",
                        "false beside cloudDiscoveryToken"),
                new BadValue(
                        b -> b.usePublicIp(true).addressTranslator(TRANSLATOR),
                        "usePublicIp",
                        "true",
                        "false beside addressTranslator"),
                new BadValue(
                        b -> b.addressTranslator(TRANSLATOR).cloudDiscoveryToken("x"),
                        "addressTranslator",
                        "given",
                        "left out beside cloudDiscoveryToken"),
                new BadValue(b -> b.failoverTryCount(0), "failoverTryCount", "0", "1 to 2147483647"),
                new BadValue(
                        b -> b.failoverCluster(f -> f.clusterName("green")),
                        "failoverCluster[0].clusterMembers",
                        "[]",
                        "at least one address"),
                new BadValue(
                        b -> b.failoverCluster(f -> f.clusterMembers("a"))
                                .failoverCluster(f -> f.clusterMembers("a:0")),
                        "failoverCluster[1].clusterMembers",
                        "\"a:0\"",
                        "host, host:port, [ipv6] or [ipv6]:port, with a port from 1 to 65535"),
                new BadValue(
                        b -> b.failoverCluster(f -> f.clusterMembers("a").credsPassword("x")),
                        "failoverCluster[0].credsPassword",
                        "(hidden)",
                        "given together with credsUsername"),
                new BadValue(
                        b -> b.failoverCluster(f -> f.cloudDiscoveryToken("x").usePublicIp(true)),
                        "failoverCluster[0].usePublicIp",
                        "true",
                        "false beside cloudDiscoveryToken"),
                new BadValue(b -> b.connectionTimeout(NEGATIVE), "connectionTimeout", "PT-0.000000001S", zeroOrMore),
                new BadValue(
                        b -> b.retryInitialBackoff(NEGATIVE), "retryInitialBackoff", "PT-0.000000001S", zeroOrMore),
                new BadValue(b -> b.retryMaxBackoff(NEGATIVE), "retryMaxBackoff", "PT-0.000000001S", zeroOrMore),
                new BadValue(b -> b.retryJitter(-0.1), "retryJitter", "-0.1", "0 to 1"),
                new BadValue(b -> b.retryJitter(1.1), "retryJitter", "1.1", "0 to 1"),
                new BadValue(b -> b.retryJitter(Double.NaN), "retryJitter", "NaN", "0 to 1"),
                new BadValue(b -> b.retryMultiplier(0.99), "retryMultiplier", "0.99", "a finite number of at least 1"),
                new BadValue(
                        b -> b.retryMultiplier(Double.NaN), "retryMultiplier", "NaN", "a finite number of at least 1"),
                new BadValue(
                        b -> b.retryMultiplier(Double.POSITIVE_INFINITY),
                        "retryMultiplier",
                        "Infinity",
                        "a finite number of at least 1"),
                new BadValue(
                        b -> b.clusterConnectTimeout(Duration.ofSeconds(-2)),
                        "clusterConnectTimeout",
                        "PT-2S",
                        "0 or more, or ClientConfig.INFINITE"),
                new BadValue(b -> b.heartbeatInterval(Duration.ZERO), "heartbeatInterval", "PT0S", positive),
                new BadValue(b -> b.heartbeatTimeout(Duration.ZERO), "heartbeatTimeout", "PT0S", positive),
                new BadValue(b -> b.statisticsPeriod(Duration.ZERO), "statisticsPeriod", "PT0S", positive),
                new BadValue(b -> b.statisticsPeriod(NEGATIVE), "statisticsPeriod", "PT-0.000000001S", positive),
                new BadValue(b -> b.invocationTimeout(Duration.ZERO), "invocationTimeout", "PT0S", positive),
                new BadValue(
                        b -> b.invocationRetryPause(NEGATIVE), "invocationRetryPause", "PT-0.000000001S", positive),
                new BadValue(b -> b.operationBackupTimeout(Duration.ZERO), "operationBackupTimeout", "PT0S", positive),
                new BadValue(
                        b -> b.credsPassword("x"), "credsPassword", "(hidden)", "given together with credsUsername"),
                new BadValue(
                        b -> b.credsUsername("alice").credsPassword("x").tokenProvider(TOKENS),
                        "tokenProvider",
                        "(hidden)",
                        "the only way to authenticate"),
                new BadValue(
                        b -> b.tokenProvider(TOKENS).customCredentials("x"),
                        "customCredentials",
                        "(hidden)",
                        "the only way to authenticate"),
                new BadValue(b -> b.ioThreads(0), "ioThreads", "0", "1 to 256"),
                new BadValue(b -> b.ioThreads(257), "ioThreads", "257", "1 to 256"),
                new BadValue(b -> b.maxInFlight(0), "maxInFlight", "0", "1 to 2147483647"),
                new BadValue(b -> b.maxInFlightBytes(0), "maxInFlightBytes", "0", "1 to 9223372036854775807"),
                new BadValue(b -> b.maxMessageBytes(65_535), "maxMessageBytes", "65535", "65536 to 2147483639"),
                new BadValue(
                        b -> b.maxMessageBytes(Integer.MAX_VALUE),
                        "maxMessageBytes",
                        "2147483647",
                        "65536 to 2147483639"),
                new BadValue(
                        b -> b.socketOptions(Map.of(StandardSocketOptions.SO_RCVBUF, "big")),
                        "socketOptions[SO_RCVBUF]",
                        "\"big\"",
                        "of type Integer"),
                new BadValue(
                        b -> b.socketOption(StandardSocketOptions.SO_RCVBUF, -1),
                        "socketOption[SO_RCVBUF]",
                        "-1",
                        "0 to 2147483647"),
                new BadValue(
                        b -> b.socketOptions(Map.of(StandardSocketOptions.SO_SNDBUF, -1)),
                        "socketOption[SO_SNDBUF]",
                        "-1",
                        "0 to 2147483647"),
                new BadValue(
                        b -> b.socketOption(StandardSocketOptions.IP_TOS, 256),
                        "socketOption[IP_TOS]",
                        "256",
                        "0 to 255"),
                new BadValue(
                        b -> b.socketOption(StandardSocketOptions.SO_BROADCAST, true),
                        "socketOption[SO_BROADCAST]",
                        "true",
                        "left out on this platform"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badValues")
    void build_badValue_isReportedWithOptionValueRangeAndRemedy(BadValue value) {
        value.assertReported();
    }

    @Test
    void options_haveATestOfABadValue_orAreListedAsHavingNone() {
        Set<String> tested = Stream.concat(badValues(), SerializationChecksTest.badValues())
                .map(value -> value.option().split("\\W", 2)[0])
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(tested).doesNotContainAnyElementsOf(WITHOUT_BAD_VALUE);
        tested.addAll(WITHOUT_BAD_VALUE);
        assertThat(tested).isEqualTo(BuilderOptions.names(ClientConfig.Builder.class));
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
