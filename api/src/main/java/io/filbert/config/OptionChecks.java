// SPDX-License-Identifier: Apache-2.0
package io.filbert.config;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;

/** What the values of the options must satisfy. */
final class OptionChecks {

    /** Leaves room for the answers every client gets: the member list and the partition table. */
    private static final int SMALLEST_MESSAGE_LIMIT = 64 << 10;

    /** Some JVMs refuse longer arrays. */
    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

    private OptionChecks() {}

    /**
     * Looks at all options.
     *
     * @param logger gets warnings of what is legal but hardly meant
     */
    static void check(ClientConfig config, Problems p, Logger logger) {
        check(config.cluster(), p);
        checkNames(config, p);
        check(config.network(), p);
        check(config.retry(), p);
        List<ClusterConfig> others = config.failover().clusters();
        for (int i = 0; i < others.size(); i++) {
            check(others.get(i), p.of("failoverCluster[" + i + "]."));
        }
        p.between(
                "failoverTryCount",
                config.failover().tryCount(),
                1,
                Integer.MAX_VALUE,
                "1 tries each cluster once; leave it out to try for as long as it takes");
        check(config.heartbeat(), p, logger);
        check(config.invocation(), p);
        check(config.statistics(), p);
        SerializationChecks.check(config.serialization(), p);
    }

    private static void checkNames(ClientConfig config, Problems p) {
        String name = config.clientName();
        if (name != null) {
            p.name("clientName", name, "visible", "leave it out, and the client names itself");
        }
        for (int i = 0; i < config.labels().size(); i++) {
            p.name("labels[" + i + "]", config.labels().get(i), "visible", "leave out labels that say nothing");
        }
    }

    private static void check(ClusterConfig cluster, Problems p) {
        p.name(
                "clusterName",
                cluster.clusterName(),
                "the name of a cluster",
                "leave it out for \"dev\", which members are called unless they are configured");
        check(cluster.discovery(), p);
        SecurityChecks.check(cluster.credentials(), cluster.tls(), p);
    }

    private static void check(DiscoveryConfig discovery, Problems p) {
        String token = discovery.cloudToken();
        if (token != null && token.isBlank()) {
            p.add(
                    "cloudDiscoveryToken",
                    token,
                    "the token of a cluster",
                    "Hazelcast Cloud shows it beside the cluster");
        } else if (token != null && token.chars().anyMatch(Character::isWhitespace)) {
            p.add(
                    "cloudDiscoveryToken",
                    Problems.HIDDEN,
                    "free of whitespace",
                    "strip the line break that reading a file leaves at its end");
        }
        String remedy = " tells already at which addresses members are reached; give only one of both";
        if (discovery.usePublicIp()) {
            p.require(
                    token == null, "usePublicIp", true, "false beside cloudDiscoveryToken", "Hazelcast Cloud" + remedy);
            p.require(
                    discovery.addressTranslator() == null,
                    "usePublicIp",
                    true,
                    "false beside addressTranslator",
                    "the translator" + remedy);
        }
        if (token != null && discovery.addressTranslator() != null) {
            p.addPlain("addressTranslator", "given", "left out beside cloudDiscoveryToken", "Hazelcast Cloud" + remedy);
        }
    }

    private static void check(NetworkConfig network, Problems p) {
        p.zeroOrMore("connectionTimeout", network.connectionTimeout(), "zero stands for no limit");
        SocketOptionChecks.check(network.socketOptions(), p);
        p.between("ioThreads", network.ioThreads(), 1, 256, "one thread suits most programs");
        p.between(
                "maxMessageBytes",
                network.maxMessageBytes(),
                SMALLEST_MESSAGE_LIMIT,
                LARGEST_ARRAY,
                "choose it larger than the largest answer you expect");
    }

    private static void check(RetryConfig retry, Problems p) {
        p.zeroOrMore("retryInitialBackoff", retry.initialBackoff(), "give the pause after the first round");
        p.zeroOrMore("retryMaxBackoff", retry.maxBackoff(), "give the longest pause between two rounds");
        // Both are written so that NaN fails too.
        double jitter = retry.jitter();
        p.require(
                jitter >= 0 && jitter <= 1, "retryJitter", jitter, "0 to 1", "0.2 lets pauses differ by up to a fifth");
        double multiplier = retry.multiplier();
        p.require(
                multiplier >= 1 && multiplier < Double.POSITIVE_INFINITY,
                "retryMultiplier",
                multiplier,
                "a finite number of at least 1",
                "1 keeps all pauses equal");
        Duration timeout = retry.clusterConnectTimeout();
        p.require(
                timeout.equals(ClientConfig.INFINITE) || !timeout.isNegative(),
                "clusterConnectTimeout",
                timeout,
                "0 or more, or ClientConfig.INFINITE",
                "use ClientConfig.INFINITE to try for as long as it takes");
    }

    private static void check(HeartbeatConfig heartbeat, Problems p, Logger logger) {
        p.positive("heartbeatInterval", heartbeat.interval(), "5 seconds suit most networks");
        p.positive("heartbeatTimeout", heartbeat.timeout(), "use a multiple of heartbeatInterval");
        if (!heartbeat.timeout().isZero() && heartbeat.timeout().compareTo(heartbeat.interval()) <= 0) {
            logger.log(
                    Level.WARNING,
                    "heartbeatTimeout ({0}) is not longer than heartbeatInterval ({1}): idle connections will be closed"
                            + " before a ping can keep them alive. Use a multiple of heartbeatInterval",
                    heartbeat.timeout(),
                    heartbeat.interval());
        }
    }

    private static void check(StatisticsConfig statistics, Problems p) {
        p.positive("statisticsPeriod", statistics.period(), "use statisticsEnabled(false) to send none");
    }

    private static void check(InvocationConfig invocation, Problems p) {
        p.positive("invocationTimeout", invocation.timeout(), "every call needs an end; choose a long one if need be");
        p.positive(
                "invocationRetryPause", invocation.retryPause(), "a pause keeps a failing member from being flooded");
        p.positive(
                "operationBackupTimeout",
                invocation.operationBackupTimeout(),
                "use backupAckToClientEnabled(false) to wait for no backups in the client");
        p.between(
                "maxInFlight", invocation.maxInFlight(), 1, Integer.MAX_VALUE, "the bound protects client and members");
        p.between(
                "maxInFlightBytes",
                invocation.maxInFlightBytes(),
                1,
                Long.MAX_VALUE,
                "the bound protects the client's memory");
    }
}
