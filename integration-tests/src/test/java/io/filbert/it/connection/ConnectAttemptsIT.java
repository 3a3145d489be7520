// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.HazelcastClient;
import io.filbert.internal.protocol.codec.ClientAuthenticationCodec;
import io.filbert.it.support.Clients;
import io.filbert.it.support.LogLines;
import io.filbert.map.DistributedMap;
import io.filbert.testkit.Eventually;
import io.filbert.testkit.HeldRequests;
import io.filbert.testkit.NoLeaks;
import io.filbert.testkit.ScriptedCluster;
import io.filbert.testkit.ScriptedMember;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How often a member is dialled. */
@NoLeaks
@Timeout(90)
final class ConnectAttemptsIT {

    @Test
    void lastConnectionLost_whileAnotherMemberIsDialled_waitsForThatAttempt() {
        try (LogLines log = LogLines.open();
                ScriptedCluster cluster = ScriptedCluster.builder().members(2).start();
                HazelcastClient client = Clients.connect(
                        cluster.addresses(),
                        config -> config.shuffleMemberList(false)
                                .connectionTimeout(Duration.ofSeconds(30))
                                .clusterConnectTimeout(Duration.ofSeconds(60))
                                .retryInitialBackoff(Duration.ofMillis(20)))) {
            DistributedMap<String, String> map = client.getMap("m");
            ScriptedMember slow = cluster.member(1);
            assertThat(slow.connectionsAccepted()).isEqualTo(1);
            HeldRequests authentications = slow.hold(ClientAuthenticationCodec.REQUEST);
            slow.resetConnections();
            authentications.awaitCount(1);

            cluster.member(0).die();
            CompletableFuture<String> get = map.get("k");
            Eventually.passes(() -> assertThat(log.of(client.name()))
                    .anyMatch(line -> line.contains("Trying to connect to") && line.contains(slow.address())));
            slow.asUsual(ClientAuthenticationCodec.REQUEST);
            authentications.release();

            assertThat(get.orTimeout(20, TimeUnit.SECONDS).join()).isNull();
            // The search ends with the attempt it waits for.
            Eventually.passes(() -> assertThat(Clients.threadNames(client)).doesNotContain("connect"));
            assertThat(slow.connectionsAccepted())
                    .as("connections to the slow member")
                    .isEqualTo(2);
        }
    }
}
