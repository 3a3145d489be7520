// SPDX-License-Identifier: Apache-2.0
package io.filbert.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.HazelcastClient;
import io.filbert.metrics.ClientMetrics;
import io.filbert.testkit.HazelcastMember;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WatchingFiguresTest {

    @Test
    void summaryAndExport_tellWhatHappened() {
        try (HazelcastMember member = HazelcastMember.start();
                HazelcastClient client = HazelcastClient.connect(WatchingFigures.reporting(member.address()))) {
            ClientMetrics before = client.metrics();
            for (int i = 0; i < 100; i++) {
                client.<Integer, Integer>getMap("m").put(i, i).join();
            }
            ClientMetrics now = client.metrics();

            assertThat(WatchingFigures.summary(before, now))
                    .matches(
                            "\\d+ calls/s, half of them within \\d+ µs, 99\\.9 % within \\d+ µs; 0 failed, 0 in flight");
            Map<String, Number> exported = new LinkedHashMap<>();
            WatchingFigures.export(now, exported::put);
            assertThat(exported)
                    .containsEntry("filbert.calls.in_flight", 0)
                    .containsEntry("filbert.connections.open", 1)
                    .containsKey("filbert.member." + member.address() + ".latency_p99_us");
        }
    }
}
