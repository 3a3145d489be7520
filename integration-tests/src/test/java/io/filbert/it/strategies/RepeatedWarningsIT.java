// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.strategies;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.HazelcastClient;
import io.filbert.it.support.Clients;
import io.filbert.it.support.LogLines;
import io.filbert.testkit.Eventually;
import io.filbert.testkit.FaultProxy;
import io.filbert.testkit.NoLeaks;
import io.filbert.testkit.ScriptedCluster;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What fails again and again is told now and then. */
@NoLeaks
@Timeout(60)
final class RepeatedWarningsIT {

    @Test
    void manyRoundsInVain_areToldInFewLines_thatSayWhatToDo() {
        try (LogLines log = LogLines.open();
                FaultProxy proxy = FaultProxy.to("127.0.0.1", 1)) {
            proxy.acceptThenDrop();
            try (HazelcastClient client = HazelcastClient.connect(config -> config.clusterMembers(proxy.address())
                    .asyncStart(true)
                    .retryInitialBackoff(Duration.ofMillis(5))
                    .retryMultiplier(1))) {
                Eventually.passes(() -> assertThat(proxy.connectionsAccepted()).isGreaterThan(100));

                assertThat(log.of(client.name()))
                        .as("a round every 5 ms for as long as that took, each subject every 10 s")
                        .hasSizeLessThan(20)
                        .filteredOn(line -> line.contains("Cannot reach the cluster"))
                        .isNotEmpty()
                        .allMatch(line -> line.contains(proxy.address())
                                && line.contains("Check that members run there")
                                && line.contains("clusterMembers"));
            }
        }
    }

    @Test
    void memberThatCannotBeReached_isToldOnce_thoughItIsDialledEverySecond() {
        try (LogLines log = LogLines.open();
                ScriptedCluster cluster = ScriptedCluster.builder().members(2).start()) {
            cluster.member(1).die();
            try (HazelcastClient client = Clients.connect(cluster.member(0).address(), config -> {})) {
                Eventually.passes(() -> assertThat(log.of(client.name()))
                        .anyMatch(line -> line.startsWith("WARNING")
                                && line.contains("Cannot connect to Member")
                                && line.contains("other members pass its requests on")));
                assertThat(client.getMap("m").blocking().get("k")).isNull();
            }
        }
    }
}
