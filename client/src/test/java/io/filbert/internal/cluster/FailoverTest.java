// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.cluster.Address;
import io.filbert.cluster.Member;
import io.filbert.config.ClientConfig;
import io.filbert.error.AuthenticationException;
import io.filbert.error.ClientClosedException;
import io.filbert.error.ClientNotAllowedException;
import io.filbert.error.ConnectionException;
import io.filbert.internal.connection.Connection;
import io.filbert.internal.connection.FakeConnections;
import io.filbert.internal.discovery.ConfiguredAddresses;
import io.filbert.internal.runtime.ClientLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FailoverTest {

    private static final ClientLog LOG = new ClientLog("test", Failover.class);

    private final List<Duration> pauses = new CopyOnWriteArrayList<>();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1) {
        @Override
        public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
            pauses.add(Duration.ofNanos(unit.toNanos(delay)));
            return super.schedule(command, 0, unit);
        }

        @Override
        public <V> ScheduledFuture<V> schedule(Callable<V> code, long delay, TimeUnit unit) {
            pauses.add(Duration.ofNanos(unit.toNanos(delay)));
            return super.schedule(code, 0, unit);
        }
    };

    /** What the next attempts at a cluster come to; null for a connection. An attempt without entry fails. */
    private final Map<String, List<@Nullable RuntimeException>> fates = new HashMap<>();

    private final List<String> dialled = new ArrayList<>();
    private final List<Integer> moves = new ArrayList<>();
    private boolean connectedAfterAll;

    @AfterEach
    void endTimer() {
        timer.shutdownNow();
    }

    private Failover failover(int tryCount, String... names) {
        List<ConnectLoop> loops = new ArrayList<>();
        for (String name : names) {
            ClientConfig config = ClientConfig.builder()
                    .clusterMembers(name + ":1")
                    .clusterConnectTimeout(Duration.ZERO)
                    .build();
            loops.add(new ConnectLoop(
                    LOG,
                    false,
                    config.retry(),
                    new ConfiguredAddresses(config.discovery()),
                    List::of,
                    new ConnectLoop.Connecting() {
                        @Override
                        public CompletableFuture<Connection> toCandidate(Address address) {
                            return attempt(name);
                        }

                        @Override
                        public CompletableFuture<Connection> toMember(Member member) {
                            throw new AssertionError("no member is known");
                        }
                    },
                    timer,
                    new Random(1)));
        }
        return new Failover(LOG, loops, tryCount, number -> names[number], number -> {
            moves.add(number);
            return !connectedAfterAll;
        });
    }

    private CompletableFuture<Connection> attempt(String name) {
        dialled.add(name);
        List<@Nullable RuntimeException> mine = fates.getOrDefault(name, List.of());
        if (mine.isEmpty()) {
            return CompletableFuture.failedFuture(new ConnectionException("unreachable"));
        }
        RuntimeException fate = mine.remove(0);
        return fate == null
                ? CompletableFuture.completedFuture(FakeConnections.unconnected(1))
                : CompletableFuture.failedFuture(fate);
    }

    private void fate(String name, @Nullable RuntimeException... outcomes) {
        fates.put(name, new ArrayList<>(Arrays.asList(outcomes)));
    }

    private static RuntimeException blacklisted() {
        return new ClientNotAllowedException("blacklisted");
    }

    @Test
    void run_currentClusterAnswers_staysThere() {
        fate("blue", (RuntimeException) null);

        failover(1, "blue", "green").run();

        assertThat(dialled).containsExactly("blue");
        assertThat(moves).isEmpty();
    }

    @Test
    void run_currentClusterUnreachable_goesOnInTurn() {
        fate("red", (RuntimeException) null);

        failover(1, "blue", "green", "red").run();

        assertThat(dialled).containsExactly("blue", "green", "red");
        assertThat(moves).containsExactly(1, 2);
        assertThat(pauses).isEmpty();
    }

    @Test
    void run_again_beginsWithTheClusterItFound() {
        fate("green", null, null);
        Failover failover = failover(1, "blue", "green");
        failover.run();
        dialled.clear();

        failover.run();

        assertThat(dialled).containsExactly("green");
    }

    @Test
    void run_blacklisted_goesOnAtOnce_andComesBack() {
        fate("blue", blacklisted(), null);
        fate("green", blacklisted());

        failover(2, "blue", "green").run();

        assertThat(dialled).containsExactly("blue", "green", "blue");
        assertThat(moves).containsExactly(1, 0);
        assertThat(pauses).as("a pause when all had their turn").containsExactly(Duration.ofSeconds(1));
    }

    @Test
    void run_refusedByAClusterItNeverReached_goesOnWithoutWaiting() {
        fate("blue", new AuthenticationException("wrong name"));
        fate("green", (RuntimeException) null);

        failover(1, "blue", "green").run();

        assertThat(dialled).containsExactly("blue", "green");
    }

    @Test
    void run_allTriedOftenEnough_endsWithTheLastFailure() {
        fate("green", blacklisted());
        Failover failover = failover(2, "blue", "green");

        assertThatThrownBy(failover::run)
                .isInstanceOf(ConnectionException.class)
                .hasMessageContaining("green:1");
        assertThat(dialled).containsExactly("blue", "green", "blue", "green");
    }

    @Test
    void run_oneClusterOnly_isNotTriedAgain() {
        assertThatThrownBy(() -> failover(Integer.MAX_VALUE, "blue").run()).isInstanceOf(ConnectionException.class);
        assertThat(dialled).containsExactly("blue");
    }

    @Test
    void run_connectionCameMeanwhile_staysThere() {
        connectedAfterAll = true;

        failover(1, "blue", "green").run();

        assertThat(dialled).containsExactly("blue");
        assertThat(moves).containsExactly(1);
    }

    @Test
    void abort_endsIt() {
        Failover failover = failover(Integer.MAX_VALUE, "blue", "green");
        failover.abort();

        assertThatThrownBy(failover::run).isInstanceOf(ClientClosedException.class);
        assertThat(dialled).isEmpty();
    }
}
