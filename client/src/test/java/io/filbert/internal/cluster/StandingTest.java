// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.cluster;

import static io.filbert.cluster.LifecycleState.CHANGED_CLUSTER;
import static io.filbert.cluster.LifecycleState.CONNECTED;
import static io.filbert.cluster.LifecycleState.DISCONNECTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.cluster.Address;
import io.filbert.cluster.LifecycleState;
import io.filbert.cluster.LoadBalancers;
import io.filbert.config.ClientConfig;
import io.filbert.error.ClientClosedException;
import io.filbert.error.ClientNotAllowedException;
import io.filbert.error.ConnectionException;
import io.filbert.internal.cluster.Standing.Admission;
import io.filbert.internal.cluster.Standing.Admitted;
import io.filbert.internal.cluster.Standing.Loss;
import io.filbert.internal.cluster.Standing.Phase;
import io.filbert.internal.cluster.Standing.Refused;
import io.filbert.internal.connection.AuthenticationResult;
import io.filbert.internal.connection.Connection;
import io.filbert.internal.connection.Credentials;
import io.filbert.internal.connection.DialSettings;
import io.filbert.internal.connection.Dialer;
import io.filbert.internal.connection.FakeConnections;
import io.filbert.internal.connection.Handshake;
import io.filbert.internal.connection.MemberIdentity;
import io.filbert.internal.connection.Traffic;
import io.filbert.internal.discovery.ConfiguredAddresses;
import io.filbert.internal.runtime.ClientLog;
import io.filbert.internal.runtime.SerialExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StandingTest {

    private static final ClientLog LOG = new ClientLog("test", Standing.class);
    private static final UUID ID = new UUID(7, 1);
    private static final UUID OTHER_ID = new UUID(7, 2);
    private static final int PARTITIONS = 271;

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final List<LifecycleState> states = new ArrayList<>();
    private final SerialExecutor events = new SerialExecutor(Runnable::run, failure -> {
        throw new AssertionError(failure);
    });
    private final Lifecycle lifecycle = new Lifecycle(LOG, "1.0", List.of(states::add), events);
    private final PartitionTable partitions = new PartitionTable();
    private final Routes routes =
            new Routes(LOG, true, LoadBalancers.roundRobin(), new MemberList(LOG, List.of(), events), partitions);
    private final ClusterAccess blue = access("blue");
    private final ClusterAccess green = access("green");
    private final Standing standing = new Standing(routes, partitions, lifecycle, blue);

    @AfterEach
    void stopTimer() {
        timer.shutdownNow();
    }

    private ClusterAccess access(String name) {
        Dialer dialer = new Dialer(
                List.of(),
                new DialSettings(Duration.ofSeconds(1), Map.of(), 1 << 20, null),
                new Handshake(name, new UUID(0, 0), "test", "1.0", List.of(), true, Credentials.NONE),
                () -> 1,
                new Traffic(),
                Runnable::run,
                timer);
        return new ClusterAccess(
                name, new ConfiguredAddresses(ClientConfig.builder().build().discovery()), dialer);
    }

    private static Connection connection(int number) {
        return FakeConnections.broken(number, member(number));
    }

    private static MemberIdentity member(int number) {
        return new MemberIdentity(new UUID(0, number), new Address("127.0.0.1", 5700 + number), "5.7.0");
    }

    private Admission admit(ClusterAccess access, Connection connection, UUID clusterId, int partitionCount) {
        MemberIdentity member = member((int) connection.memberUuid().getLeastSignificantBits());
        return standing.admit(
                access, connection, new AuthenticationResult(member, partitionCount, clusterId, null, -1, null, -1));
    }

    private Admission admit(Connection connection) {
        return admit(standing.current(), connection, ID, PARTITIONS);
    }

    private List<LifecycleState> states() {
        lifecycle.tell();
        return states;
    }

    private static void assertRefused(Admission admission, Class<? extends RuntimeException> reason, String text) {
        assertThat(admission)
                .asInstanceOf(InstanceOfAssertFactories.type(Refused.class))
                .satisfies(refused ->
                        assertThat(refused.reason()).isInstanceOf(reason).hasMessageContaining(text));
    }

    @Test
    void admit_veryFirst_isReadyAtOnce() {
        Connection connection = connection(1);

        assertThat(admit(connection)).isEqualTo(new Admitted(true, false, null));

        assertThat(standing.phase()).isEqualTo(Phase.READY);
        assertThat(routes.forMember(connection.memberUuid())).isSameAs(connection);
        assertThat(states()).containsExactly(CONNECTED);
    }

    @Test
    void admit_secondMember_isNothingNew() {
        admit(connection(1));

        assertThat(admit(connection(2))).isEqualTo(new Admitted(false, false, null));

        assertThat(states()).containsExactly(CONNECTED);
    }

    @Test
    void admit_afterLosingAll_isReadyOnlyWhenTheClusterWasTold() {
        Connection lost = connection(1);
        admit(lost);
        assertThat(standing.lose(lost)).isEqualTo(new Loss(Phase.DISCONNECTED, true));

        assertThat(admit(connection(2))).isEqualTo(new Admitted(true, true, null));
        assertThat(standing.phase()).isEqualTo(Phase.SYNCHRONIZING);
        assertThat(states()).containsExactly(CONNECTED, DISCONNECTED);

        assertThat(standing.becomeReady()).isTrue();
        assertThat(standing.phase()).isEqualTo(Phase.READY);
        assertThat(states()).containsExactly(CONNECTED, DISCONNECTED, CONNECTED);
        assertThat(standing.becomeReady()).as("told twice").isFalse();
    }

    @Test
    void admit_restartedCluster_namesTheOneItReplaces() {
        Connection lost = connection(1);
        admit(lost);
        standing.lose(lost);

        assertThat(admit(blue, connection(2), OTHER_ID, PARTITIONS)).isEqualTo(new Admitted(true, true, ID));
    }

    @Test
    void admit_memberOfAnotherClusterBesideAConnection_isRefused() {
        admit(connection(1));

        assertRefused(admit(blue, connection(2), OTHER_ID, PARTITIONS), ConnectionException.class, "does not belong");
        assertThat(routes.active()).hasSize(1);
    }

    @Test
    void admit_otherPartitionCount_isRefusedUnlessTheClusterIsAnother() {
        Connection lost = connection(1);
        admit(lost);
        standing.lose(lost);

        assertRefused(
                admit(blue, connection(2), ID, PARTITIONS + 1), ClientNotAllowedException.class, "272 partitions");
        assertThat(standing.moveTo(green)).isTrue();
        assertThat(admit(green, connection(3), OTHER_ID, PARTITIONS + 1)).isEqualTo(new Admitted(true, true, null));
    }

    @Test
    void admit_dialledForTheClusterLeftBehind_isRefused() {
        assertThat(standing.moveTo(green)).isTrue();

        assertRefused(admit(blue, connection(1), ID, PARTITIONS), ConnectionException.class, "has left cluster 'blue'");
        assertThat(standing.phase()).isEqualTo(Phase.NEVER_CONNECTED);
    }

    @Test
    void admit_closed_isRefused() {
        assertThat(standing.close()).isEqualTo(Phase.NEVER_CONNECTED);

        assertRefused(admit(connection(1)), ClientClosedException.class, "shut down");
        assertThat(standing.close()).as("the second time").isEqualTo(Phase.CLOSED);
    }

    @Test
    void moveTo_whileConnected_isRefused() {
        admit(connection(1));

        assertThat(standing.moveTo(green)).isFalse();
        assertThat(standing.current()).isSameAs(blue);
    }

    @Test
    void becomeReady_inAnotherCluster_saysSo() {
        Connection lost = connection(1);
        admit(lost);
        standing.lose(lost);
        standing.moveTo(green);
        admit(connection(2));

        assertThat(standing.becomeReady()).isTrue();

        assertThat(states()).containsExactly(CONNECTED, DISCONNECTED, CHANGED_CLUSTER, CONNECTED);
    }

    @Test
    void becomeReady_lostMeanwhile_isNot() {
        Connection first = connection(1);
        admit(first);
        standing.lose(first);
        Connection second = connection(2);
        admit(second);
        standing.lose(second);

        assertThat(standing.becomeReady()).isFalse();
        assertThat(standing.phase()).isEqualTo(Phase.DISCONNECTED);
        assertThat(states()).as("never ready in between").containsExactly(CONNECTED, DISCONNECTED);
    }

    @Test
    void lose_oneOfTwo_changesNothingElse() {
        Connection first = connection(1);
        admit(first);
        admit(connection(2));

        assertThat(standing.lose(first)).isEqualTo(new Loss(Phase.READY, false));
        assertThat(standing.lose(first)).as("the second time").isNull();
    }

    @Test
    void lose_closed_staysClosed() {
        Connection connection = connection(1);
        admit(connection);
        assertThat(standing.close()).isEqualTo(Phase.READY);

        assertThat(standing.lose(connection)).isEqualTo(new Loss(Phase.CLOSED, true));
        assertThat(standing.phase()).isEqualTo(Phase.CLOSED);
    }

    @Test
    void connecting_isForOneAtATime_untilThereIsAConnection() {
        assertThat(standing.beginConnecting()).isTrue();
        assertThat(standing.beginConnecting()).as("by another").isFalse();
        assertThat(standing.connectingEnded()).as("not connected yet").isFalse();
        assertThat(standing.beginConnecting()).as("by another, still").isFalse();

        Connection connection = connection(1);
        admit(connection);
        assertThat(standing.connectingEnded()).isTrue();
        standing.lose(connection);

        assertThat(standing.beginConnecting()).as("after the loss").isTrue();
        assertThat(standing.connectingEnded()).isFalse();
        standing.close();
        assertThat(standing.connectingEnded()).as("closed").isTrue();
    }
}
