// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.HazelcastClient;
import io.filbert.config.ClientConfig;
import io.filbert.error.ConnectionException;
import io.filbert.it.support.Clients;
import io.filbert.it.support.CloudStandIn;
import io.filbert.it.support.LogLines;
import io.filbert.testkit.Eventually;
import io.filbert.testkit.FaultProxy;
import io.filbert.testkit.NoLeaks;
import io.filbert.testkit.ScriptedCluster;
import io.filbert.testkit.ScriptedMember;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Members whose addresses a stand-in for Hazelcast Cloud tells: the public ones lead through proxies. */
@NoLeaks
@Timeout(60)
final class CloudDiscoveryIT {

    private static final String TOKEN = "s3cret-token";

    private final ScriptedCluster cluster = ScriptedCluster.builder().members(2).start();
    private final FaultProxy first =
            FaultProxy.to("127.0.0.1", cluster.member(0).port());
    private final FaultProxy second =
            FaultProxy.to("127.0.0.1", cluster.member(1).port());
    private final CloudStandIn cloud = new CloudStandIn();

    @AfterEach
    void end() {
        cloud.close();
        first.close();
        second.close();
        cluster.close();
    }

    private HazelcastClient connect(Duration clusterConnectTimeout) {
        return HazelcastClient.connect(config -> configure(config, clusterConnectTimeout));
    }

    private void configure(ClientConfig.Builder config, Duration clusterConnectTimeout) {
        config.cloudDiscoveryToken(TOKEN)
                .cloudDiscoveryUrl(cloud.url())
                .retryInitialBackoff(Duration.ofMillis(50))
                .clusterConnectTimeout(clusterConnectTimeout);
    }

    private static String answer(Map<ScriptedMember, FaultProxy> members) {
        return members.entrySet().stream()
                .map(entry -> "{\"private-address\":\"" + entry.getKey().address() + "\",\"public-address\":\""
                        + entry.getValue().address() + "\"}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    @Test
    void membersAreReachedAtTheirPublicAddresses() {
        cloud.answer(200, answer(Map.of(cluster.member(0), first, cluster.member(1), second)));
        try (HazelcastClient client = connect(Duration.ofSeconds(10))) {
            assertThat(client.getMap("m").blocking().get("k")).isNull();
            Eventually.passes(() -> {
                assertThat(first.openConnections()).isEqualTo(1);
                assertThat(second.openConnections()).isEqualTo(1);
            });
            assertThat(cloud.lastQuery()).isEqualTo("token=" + TOKEN);
            assertThat(cloud.requests()).isEqualTo(1);
        }
    }

    @Test
    void furtherCluster_isFoundWithItsOwnToken() {
        cloud.answer(200, answer(Map.of(cluster.member(0), first, cluster.member(1), second)));
        try (ScriptedCluster blue =
                        ScriptedCluster.builder().clusterName("blue").start();
                HazelcastClient client = Clients.connect(
                        blue.addresses(),
                        config -> config.clusterName("blue")
                                .clusterConnectTimeout(Duration.ZERO)
                                .retryInitialBackoff(Duration.ofMillis(20))
                                .failoverCluster(other -> other.clusterName("dev")
                                        .cloudDiscoveryToken(TOKEN)
                                        .cloudDiscoveryUrl(cloud.url())))) {
            assertThat(client.getMap("m").blocking().get("k")).isNull();
            assertThat(cloud.requests()).isZero();

            blue.member(0).die();

            assertThat(client.getMap("m").blocking().get("k")).isNull();
            Eventually.passes(() -> {
                assertThat(first.openConnections()).isEqualTo(1);
                assertThat(second.openConnections()).isEqualTo(1);
            });
            assertThat(cloud.lastQuery()).isEqualTo("token=" + TOKEN);
        }
    }

    @Test
    void memberThatJoinedLater_isAskedFor() {
        cloud.answer(200, answer(Map.of(cluster.member(0), first, cluster.member(1), second)));
        try (HazelcastClient client = connect(Duration.ofSeconds(10));
                FaultProxy third = FaultProxy.to("127.0.0.1", 1)) {
            ScriptedMember joined = cluster.addMember();
            third.retarget(joined.port());
            cloud.answer(
                    200, answer(Map.of(cluster.member(0), first, cluster.member(1), second, cluster.member(2), third)));

            // What the client asked before the answer changed may cost it a pause.
            Eventually.passes(() -> assertThat(joined.connections()).hasSize(1));
            assertThat(third.openConnections()).isEqualTo(1);
            assertThat(client.clusterService().members()).hasSize(3);
        }
    }

    @Test
    void cloudRefuses_isAWarningAndNoAddress_theTokenIsNowhere() {
        cloud.answer(404, "no cluster for " + TOKEN);
        try (LogLines log = LogLines.open()) {
            assertThatThrownBy(() -> connect(Duration.ZERO))
                    .isInstanceOf(ConnectionException.class)
                    .hasMessageContaining("no address to try")
                    .satisfies(failure -> assertThat(story(failure)).doesNotContain(TOKEN));
            assertThat(String.join("\n", log.all()))
                    .contains("WARNING")
                    .contains("status 404", "no cluster for (hidden)")
                    .doesNotContain(TOKEN);
        }
    }

    private static String story(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    @Test
    void cloudRecovers_clientConnects() {
        cloud.answer(500, "");
        try (HazelcastClient client = HazelcastClient.connect(config -> {
            configure(config, Duration.ofSeconds(20));
            config.asyncStart(true);
        })) {
            Eventually.passes(() -> assertThat(cloud.requests()).isGreaterThan(2));
            cloud.answer(200, answer(Map.of(cluster.member(0), first, cluster.member(1), second)));

            Eventually.passes(
                    () -> assertThat(client.clusterService().members()).hasSize(2));
        }
    }

    @Test
    void closedWhileTheCloudIsSilent_endsSoon() {
        try (FaultProxy silent = FaultProxy.to("127.0.0.1", 1)) {
            silent.acceptAndNeverAnswer();
            HazelcastClient client = HazelcastClient.connect(config -> config.cloudDiscoveryToken(TOKEN)
                    .cloudDiscoveryUrl("https://" + silent.address())
                    .connectionTimeout(Duration.ofSeconds(3))
                    .asyncStart(true));
            Eventually.passes(() -> assertThat(silent.openConnections()).isEqualTo(1));
            long begin = System.nanoTime();

            client.close();

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
        }
    }
}
