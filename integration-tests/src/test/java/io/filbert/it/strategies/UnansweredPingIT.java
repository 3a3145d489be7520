// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.strategies;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.HazelcastClient;
import io.filbert.config.ClientConfig;
import io.filbert.it.support.Clients;
import io.filbert.it.support.LogLines;
import io.filbert.map.DistributedMap;
import io.filbert.testkit.FaultProxy;
import io.filbert.testkit.FaultProxy.Direction;
import io.filbert.testkit.NoLeaks;
import io.filbert.testkit.ScriptedMember;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bytes come, but pings get no answer. */
@NoLeaks
@Timeout(60)
final class UnansweredPingIT {

    private static final Duration HEARTBEAT_TIMEOUT = Duration.ofMillis(800);

    private final ScriptedMember member = ScriptedMember.start();
    private final FaultProxy proxy = FaultProxy.to("127.0.0.1", member.port());

    @AfterEach
    void end() {
        proxy.close();
        member.close();
    }

    private static void impatient(ClientConfig.Builder config) {
        config.heartbeatInterval(Duration.ofMillis(100))
                .heartbeatTimeout(HEARTBEAT_TIMEOUT)
                .retryInitialBackoff(Duration.ofMillis(50));
    }

    @Test
    void lengthChangedOnTheWay_swallowsLaterAnswers_connectionIsReplaced() {
        try (LogLines log = LogLines.open();
                HazelcastClient client = Clients.connect(proxy.address(), UnansweredPingIT::impatient)) {
            DistributedMap<String, String> map = client.getMap("m");
            map.blocking().put("k", "v");
            long next = proxy.bytes(Direction.TO_CLIENT);
            // The third byte of a length: the next message seems to be a megabyte longer than it is.
            proxy.corrupt(Direction.TO_CLIENT, (position, value) -> position == next + 2 ? (byte) (value + 16) : value);

            CompletableFuture<String> lost = map.get("k");
            long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (!lost.isDone() && System.nanoTime() - deadline < 0) {
                // More answers, so that bytes go on coming.
                CompletableFuture.anyOf(lost, map.get("k"))
                        .completeOnTimeout(null, 20, TimeUnit.MILLISECONDS)
                        .join();
            }

            assertThat(lost).as("a call whose answer was swallowed").isCompletedWithValue("v");
            assertThat(log.of(client.name()))
                    .anyMatch(line -> line.startsWith("WARNING")
                            && line.contains("bytes were lost or changed on the way")
                            && line.contains("heartbeatTimeout"));
        }
    }

    @Test
    void longAnswerOnASlowLine_isWaitedFor() {
        try (HazelcastClient client = Clients.connect(proxy.address(), UnansweredPingIT::impatient)) {
            DistributedMap<String, byte[]> map = client.getMap("m");
            map.blocking().put("k", new byte[300_000]);
            proxy.slowDrip(100_000, Direction.TO_CLIENT);

            byte[] value = map.get("k").orTimeout(30, TimeUnit.SECONDS).join();

            assertThat(value).hasSize(300_000);
            assertThat(proxy.connectionsAccepted()).as("connections").isEqualTo(1);
        }
    }

    @Test
    void answerThatWouldTakeForEver_isGivenUp() {
        try (LogLines log = LogLines.open();
                HazelcastClient client = Clients.connect(proxy.address(), UnansweredPingIT::impatient)) {
            DistributedMap<String, byte[]> map = client.getMap("m");
            map.blocking().put("k", new byte[2_000_000]);
            proxy.slowDrip(20_000, Direction.TO_CLIENT);

            byte[] value = map.get("k").orTimeout(30, TimeUnit.SECONDS).join();

            assertThat(value).as("over the next connection").hasSize(2_000_000);
            assertThat(log.of(client.name()))
                    .anyMatch(line -> line.startsWith("WARNING") && line.contains("of a message that lacks"));
        }
    }
}
