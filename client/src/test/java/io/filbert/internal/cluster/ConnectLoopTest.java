// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.cluster;

import static io.filbert.internal.cluster.Members.member;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.cluster.Address;
import io.filbert.cluster.Member;
import io.filbert.config.ClientConfig;
import io.filbert.error.AuthenticationException;
import io.filbert.error.CallInterruptedException;
import io.filbert.error.ClientClosedException;
import io.filbert.error.ClientNotAllowedException;
import io.filbert.error.ConnectionException;
import io.filbert.error.OperationTimeoutException;
import io.filbert.internal.connection.Connection;
import io.filbert.internal.connection.FakeConnections;
import io.filbert.internal.discovery.ConfiguredAddresses;
import io.filbert.internal.runtime.ClientLog;
import io.filbert.internal.runtime.Eventually;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ConnectLoopTest {

    /** Notes how long it was asked to wait, and does not wait. */
    private static final class ImpatientTimer extends ScheduledThreadPoolExecutor {
        final List<Duration> pauses = new CopyOnWriteArrayList<>();

        ImpatientTimer() {
            super(1);
        }

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
    }

    private final ImpatientTimer timer = new ImpatientTimer();
    private final List<String> dialled = new CopyOnWriteArrayList<>();
    private List<Member> known = List.of();

    @AfterEach
    void endTimer() {
        timer.shutdownNow();
    }

    private static ClientConfig.Builder options() {
        return ClientConfig.builder()
                .clusterMembers("one:1", "two:2")
                .shuffleMemberList(false)
                .retryJitter(0)
                .retryInitialBackoff(Duration.ofSeconds(1))
                .retryMultiplier(2)
                .retryMaxBackoff(Duration.ofSeconds(5));
    }

    private ConnectLoop loop(ClientConfig.Builder options, Function<Address, CompletableFuture<Connection>> connect) {
        ClientConfig config = options.build();
        return new ConnectLoop(
                new ClientLog("test", ConnectLoop.class),
                config.network().shuffleMemberList(),
                config.retry(),
                new ConfiguredAddresses(config.discovery()),
                () -> known,
                new ConnectLoop.Connecting() {
                    @Override
                    public CompletableFuture<Connection> toCandidate(Address address) {
                        dialled.add(address.toString());
                        return connect.apply(address);
                    }

                    @Override
                    public CompletableFuture<Connection> toMember(Member member) {
                        return toCandidate(member.address());
                    }
                },
                timer,
                new Random(1));
    }

    private static CompletableFuture<Connection> refused(RuntimeException why) {
        return CompletableFuture.failedFuture(why);
    }

    private static CompletableFuture<Connection> unreachable() {
        return refused(new ConnectionException("unreachable"));
    }

    private static CompletableFuture<Connection> connected() {
        return CompletableFuture.completedFuture(FakeConnections.unconnected(1));
    }

    /** Fails this many times, then connects. */
    private static Function<Address, CompletableFuture<Connection>> failing(int times) {
        int[] left = {times};
        return address -> left[0]-- > 0 ? unreachable() : connected();
    }

    @Test
    void run_firstAddressAnswers_triesNoOther() {
        loop(options(), address -> connected()).run(true);

        assertThat(dialled).containsExactly("one:1");
        assertThat(timer.pauses).isEmpty();
    }

    @Test
    void run_knownMembers_areTriedBeforeConfiguredAddresses() {
        known = List.of(member(1), member(2));

        loop(options(), failing(3)).run(false);

        assertThat(dialled).containsExactly("127.0.0.1:5701", "127.0.0.1:5702", "one:1", "two:2");
    }

    @Test
    void run_memberIsConfiguredToo_isTriedOnceARound() {
        known = List.of(member(1));

        loop(options().clusterMembers("127.0.0.1:5701", "two:2"), failing(1)).run(false);

        assertThat(dialled).containsExactly("127.0.0.1:5701", "two:2");
    }

    @Test
    void run_addressWithoutPort_triesTheSecondaryPortsLast() {
        loop(options().clusterMembers("a", "b"), failing(5)).run(true);

        assertThat(dialled.subList(0, 2)).containsExactly("a:5701", "b:5701");
        assertThat(dialled.subList(2, 6)).containsExactlyInAnyOrder("a:5702", "a:5703", "b:5702", "b:5703");
    }

    @Test
    void run_roundsFail_pausesGrowUpToTheLongest() {
        loop(options(), failing(10)).run(true);

        assertThat(timer.pauses)
                .containsExactly(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5));
    }

    @Test
    void run_jitter_pausesDifferByAtMostItsShare() {
        loop(options().retryJitter(0.5).retryMultiplier(1), failing(40)).run(true);

        assertThat(timer.pauses)
                .hasSize(20)
                .allSatisfy(pause -> assertThat(pause).isBetween(Duration.ofMillis(500), Duration.ofMillis(1500)));
        assertThat(timer.pauses.stream().distinct().count())
                .as("different pauses")
                .isGreaterThan(10);
    }

    @Test
    void run_connectedAndLostAtOnce_pausesBeforeTheNextRound() {
        ConnectLoop loop = loop(options(), address -> connected());
        loop.run(true);

        loop.run(false);
        loop.run(false);

        // Less the time it lived.
        assertThat(timer.pauses)
                .satisfiesExactly(
                        pause -> assertThat(pause).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1)),
                        pause -> assertThat(pause).isBetween(Duration.ofMillis(1_500), Duration.ofSeconds(2)));
    }

    @Test
    void run_shuffle_allAddressesAreTriedInSomeOtherOrder() {
        String[] addresses = new String[20];
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < addresses.length; i++) {
            addresses[i] = "host" + i + ":5701";
            expected.add(addresses[i]);
        }

        loop(options().shuffleMemberList(true).clusterMembers(addresses), failing(19))
                .run(true);

        assertThat(dialled).containsExactlyInAnyOrderElementsOf(expected).isNotEqualTo(expected);
    }

    @Test
    void run_connectTimeoutPasses_saysWhatWasTried() {
        ConnectLoop loop = loop(options().clusterConnectTimeout(Duration.ofMillis(1)), address -> slowlyUnreachable());

        assertThatThrownBy(() -> loop.run(true))
                .isInstanceOf(ConnectionException.class)
                .hasMessageContaining("one:1")
                .hasMessageContaining("two:2")
                .hasMessageContaining("unreachable")
                .hasMessageContaining("clusterConnectTimeout");
    }

    private static CompletableFuture<Connection> slowlyUnreachable() {
        long end = System.nanoTime() + 1_000_000;
        while (System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
        return unreachable();
    }

    @Test
    void run_firstConnectAndAMemberRefuses_endsWithTheRefusal() {
        ConnectLoop loop = loop(
                options(),
                address -> address.host().equals("one")
                        ? refused(new AuthenticationException("wrong cluster name"))
                        : unreachable());

        assertThatThrownBy(() -> loop.run(true))
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("wrong cluster name");
        assertThat(dialled).as("all addresses had their chance").containsExactly("one:1", "two:2");
    }

    @Test
    void run_reconnectAndAMemberRefuses_triesAgain() {
        int[] left = {2};
        loop(options(), address -> left[0]-- > 0 ? refused(new AuthenticationException("not yet")) : connected())
                .run(false);

        assertThat(dialled).containsExactly("one:1", "two:2", "one:1");
    }

    @Test
    void run_clusterDoesNotAllowTheClient_endsAtOnce() {
        ConnectLoop loop = loop(options(), address -> refused(new ClientNotAllowedException("blacklisted")));

        assertThatThrownBy(() -> loop.run(false)).isInstanceOf(ClientNotAllowedException.class);
        assertThat(dialled).containsExactly("one:1");
    }

    @Test
    void abort_duringAnAttempt_endsTheLoop() throws Exception {
        ConnectLoop loop = loop(options(), address -> new CompletableFuture<>());
        FutureTask<Void> running = new FutureTask<>(() -> loop.run(true), null);
        new Thread(running).start();
        Eventually.holds("an attempt", () -> !dialled.isEmpty());

        loop.abort();

        assertThatThrownBy(() -> running.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(ClientClosedException.class);
    }

    @Test
    void abort_beforeTheStart_dialsNothing() {
        ConnectLoop loop = loop(options(), address -> connected());
        loop.abort();

        assertThatThrownBy(() -> loop.run(true)).isInstanceOf(ClientClosedException.class);
        assertThat(dialled).isEmpty();
    }

    @Test
    void run_interruptedWhileAnAttemptFailsByItself_saysInterrupted() {
        ConnectLoop loop = loop(options(), address -> {
            Thread.currentThread().interrupt();
            return unreachable();
        });

        assertThatThrownBy(() -> loop.run(true)).isInstanceOf(CallInterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(dialled).containsExactly("one:1");
    }

    /** Guards against "connection refused" of a port that was tried last, in place of what the member said. */
    @Test
    void mostTelling_prefersTheMemberThatAnswered() {
        ConnectionException refused = new ConnectionException("refused", new ConnectException("Connection refused"));
        ConnectionException notTls = new ConnectionException("no TLS at this port");
        OperationTimeoutException silent = new OperationTimeoutException("no answer", null, false);
        AuthenticationException wrongName = new AuthenticationException("wrong name");

        assertThat(ConnectLoop.mostTelling(List.of(notTls, refused, silent, refused)))
                .isSameAs(notTls);
        assertThat(ConnectLoop.mostTelling(List.of(wrongName, notTls))).isSameAs(wrongName);
        assertThat(ConnectLoop.mostTelling(List.of(silent, refused))).isSameAs(silent);
        assertThat(ConnectLoop.mostTelling(List.of(refused))).isSameAs(refused);
    }
}
