// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.cluster;

import static io.filbert.internal.cluster.Members.member;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.cluster.LoadBalancers;
import io.filbert.cluster.Member;
import io.filbert.error.ConnectionException;
import io.filbert.internal.connection.Connection;
import io.filbert.internal.connection.FakeConnections;
import io.filbert.internal.connection.FakeMember;
import io.filbert.internal.connection.MemberIdentity;
import io.filbert.internal.runtime.ClientLog;
import io.filbert.internal.runtime.SerialExecutor;
import io.filbert.internal.transport.IoThread;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class MemberDialsTest {

    private static final ClientLog LOG = new ClientLog("test", MemberDials.class);
    private static final Member A = member(1);
    private static final Member B = member(2);

    private final MemberList members = new MemberList(LOG, List.of(), new SerialExecutor(Runnable::run, failure -> {
        throw new AssertionError(failure);
    }));
    private final Routes routes = new Routes(LOG, true, LoadBalancers.roundRobin(), members, new PartitionTable());
    private final List<Member> dialled = new ArrayList<>();
    private final List<CompletableFuture<Connection>> attempts = new ArrayList<>();
    private final MemberDials dials = new MemberDials(LOG, routes, members, this::connect);

    private CompletableFuture<Connection> connect(Member member) {
        dialled.add(member);
        CompletableFuture<Connection> attempt = new CompletableFuture<>();
        attempts.add(attempt);
        return attempt;
    }

    private static Connection connection(int number, Member member) {
        return FakeConnections.broken(number, new MemberIdentity(member.uuid(), member.address(), "5.7.0"));
    }

    @Test
    void dial_whileTheMissingAreDialled_joinsTheirAttempt() {
        members.apply(1, List.of(A, B));
        CompletableFuture<Void> missing = dials.dialMissing();

        CompletableFuture<Connection> joined = dials.dial(B);

        assertThat(dialled).containsExactly(A, B);
        Connection connection = connection(1, B);
        attempts.get(1).complete(connection);
        assertThat(joined).isCompletedWithValue(connection);
        assertThat(missing).as("A is still dialled").isNotDone();
    }

    @Test
    void dialMissing_whileSomebodyDials_waitsForThatAttempt() {
        members.apply(1, List.of(A));
        CompletableFuture<Connection> first = dials.dial(A);

        CompletableFuture<Void> missing = dials.dialMissing();

        assertThat(dialled).containsExactly(A);
        assertThat(missing).isNotDone();
        attempts.get(0).completeExceptionally(new ConnectionException("refused"));
        assertThat(missing).as("however it ended").isCompletedWithValue(null);
        assertThatThrownBy(first::join).hasCauseInstanceOf(ConnectionException.class);
    }

    @Test
    void dial_oneGivesUpWaiting_theOthersDoNot() {
        CompletableFuture<Connection> first = dials.dial(A);
        CompletableFuture<Connection> second = dials.dial(A);

        first.cancel(false);

        Connection connection = connection(1, A);
        attempts.get(0).complete(connection);
        assertThat(second).isCompletedWithValue(connection);
    }

    @Test
    void dial_attemptHasEnded_makesANewOne() {
        dials.dial(A);
        attempts.get(0).completeExceptionally(new ConnectionException("refused"));

        CompletableFuture<Connection> second = dials.dial(A);

        assertThat(dialled).containsExactly(A, A);
        assertThat(second).isNotDone();
    }

    @Test
    void dial_connectedMeanwhile_takesThatConnection() throws Exception {
        IoThread ioThread = new IoThread("io-of-a-test", () -> {});
        ioThread.start();
        try (FakeMember other = new FakeMember()) {
            MemberIdentity identity = new MemberIdentity(A.uuid(), A.address(), "5.7.0");
            Connection connection = FakeConnections.live(1, identity, ioThread, other);
            routes.add(connection);

            assertThat(dials.dial(A)).isCompletedWithValue(connection);
            assertThat(dialled).isEmpty();
        } finally {
            ioThread.shutdown();
            ioThread.join(10_000);
        }
    }

    @Test
    void dial_connectionHasJustBroken_makesANewOne() {
        routes.add(connection(1, A));

        assertThat(dials.dial(A)).isNotDone();
        assertThat(dialled).containsExactly(A);
    }

    @Test
    void dial_memberAtAnotherAddress_doesNotWaitForTheOldOne() {
        Member moved = member(1, 5999);
        dials.dial(A);

        dials.dial(moved);

        assertThat(dialled).containsExactly(A, moved);
    }

    /** Such as: no thread for the look-up of its name. The member used to be under way for ever, and was never dialled again. */
    @Test
    void dial_attemptCannotBegin_failsAndTheNextOneIsMade() {
        boolean[] broken = {true};
        MemberDials fragile = new MemberDials(LOG, routes, members, member -> {
            if (broken[0]) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            return connect(member);
        });
        members.apply(1, List.of(A));

        assertThat(fragile.dialMissing()).isCompleted();
        assertThatThrownBy(fragile.dial(A)::join).hasCauseInstanceOf(OutOfMemoryError.class);
        broken[0] = false;

        assertThat(fragile.dial(A)).isNotDone();
        assertThat(dialled).containsExactly(A);
    }
}
