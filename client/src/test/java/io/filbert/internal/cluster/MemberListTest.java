// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.cluster;

import static io.filbert.internal.cluster.Members.member;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.cluster.Member;
import io.filbert.cluster.MembershipListener;
import io.filbert.error.ClientClosedException;
import io.filbert.internal.runtime.ClientLog;
import io.filbert.internal.runtime.SerialExecutor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

class MemberListTest {

    private static final Member A = member(1);
    private static final Member B = member(2);
    private static final Member C = member(3);

    private final Queue<Runnable> turns = new ArrayDeque<>();
    private final List<String> heard = new ArrayList<>();
    private final MemberList list = list(turns::add);

    private static MemberList list(Executor executor, MembershipListener... listeners) {
        return new MemberList(
                new ClientLog("test", MemberList.class), List.of(listeners), new SerialExecutor(executor, failure -> {
                    throw new AssertionError(failure);
                }));
    }

    private final class Recorder implements MembershipListener {
        private final String name;

        Recorder(String name) {
            this.name = name;
        }

        @Override
        public void memberAdded(Member added) {
            heard.add(name + "+" + added.address().port());
        }

        @Override
        public void memberRemoved(Member removed) {
            heard.add(name + "-" + removed.address().port());
        }
    }

    private void runEvents() {
        Runnable turn;
        while ((turn = turns.poll()) != null) {
            turn.run();
        }
    }

    // ---- lists

    @Test
    void members_nothingArrived_isEmpty() {
        assertThat(list.members()).isEmpty();
        assertThat(list.firstList()).isNotDone();
    }

    @Test
    void apply_firstList_isTakenInItsOrder() {
        assertThat(list.apply(3, List.of(B, A))).isEmpty();

        assertThat(list.members()).containsExactly(B, A);
        assertThat(list.firstList()).isCompleted();
    }

    @Test
    void apply_olderOrSameVersion_isIgnored() {
        list.apply(3, List.of(A, B));

        assertThat(list.apply(3, List.of(A))).isEmpty();
        assertThat(list.apply(2, List.of(A))).isEmpty();
        assertThat(list.members()).containsExactly(A, B);
    }

    @Test
    void apply_newerVersion_returnsWhoLeft() {
        list.apply(3, List.of(A, B));

        assertThat(list.apply(4, List.of(B, C))).containsExactly(A);
        assertThat(list.members()).containsExactly(B, C);
    }

    @Test
    void apply_lowerVersionOfAnotherSource_isTaken() {
        list.apply(30, List.of(A, B));
        list.expectOtherSource();

        assertThat(list.apply(1, List.of(A, C))).containsExactly(B);
        assertThat(list.members()).containsExactly(A, C);
    }

    @Test
    void apply_sameUuidAtAnotherAddress_isAnotherMember() {
        Member moved = member(1, 5999);
        list.addListener(new Recorder(""));
        list.apply(1, List.of(A));
        runEvents();
        heard.clear();

        assertThat(list.apply(2, List.of(moved))).containsExactly(A);

        runEvents();
        assertThat(heard).containsExactly("-5701", "+5999");
    }

    @Test
    void members_result_isImmutable() {
        list.apply(1, new ArrayList<>(List.of(A)));

        assertThatThrownBy(() -> list.members().add(B)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void clear_knownMembers_areReportedAsGone() {
        list.addListener(new Recorder(""));
        list.apply(7, List.of(A, B));

        list.clear();

        runEvents();
        assertThat(list.members()).isEmpty();
        assertThat(heard).containsExactly("+5701", "+5702", "-5701", "-5702");
        assertThat(list.apply(1, List.of(C))).as("versions start again").isEmpty();
        assertThat(list.members()).containsExactly(C);
    }

    @Test
    void firstList_abandoned_failsWithTheReason() {
        ClientClosedException reason = new ClientClosedException("closed", null, false);

        list.abandonFirstList(reason);

        assertThatThrownBy(() -> list.firstList().join())
                .isInstanceOf(CompletionException.class)
                .hasCause(reason);
    }

    // ---- listeners

    @Test
    void listeners_change_hearWhoLeftBeforeWhoCame() {
        list.apply(1, List.of(A, B));
        list.addListener(new Recorder(""));

        list.apply(2, List.of(B, C));
        runEvents();

        assertThat(heard).containsExactly("-5701", "+5703");
    }

    @Test
    void listeners_sameMembersInANewList_hearNothing() {
        list.addListener(new Recorder(""));
        list.apply(1, List.of(A));
        runEvents();
        heard.clear();

        list.apply(2, List.of(A));
        runEvents();

        assertThat(heard).isEmpty();
    }

    @Test
    void listeners_configured_hearTheFirstList() {
        MemberList configured = list(turns::add, new Recorder("x"));

        configured.apply(1, List.of(A));
        runEvents();

        assertThat(heard).containsExactly("x+5701");
    }

    @Test
    void listeners_oneThrows_othersHearAllTheSame() {
        list.addListener(new MembershipListener() {
            @Override
            public void memberAdded(Member added) {
                throw new AssertionError("thrown on purpose");
            }
        });
        list.addListener(new Recorder(""));

        list.apply(1, List.of(A, B));
        runEvents();

        assertThat(heard).containsExactly("+5701", "+5702");
    }

    @Test
    void addListener_fireForExisting_hearsEachMemberOnce() {
        list.apply(1, List.of(A));
        list.addListener(new Recorder("new"), true);
        list.apply(2, List.of(A, B));
        runEvents();

        assertThat(heard).containsExactly("new+5701", "new+5702");
    }

    @Test
    void addListener_changeStillQueued_isNotHeardTwice() {
        // The change is queued but not delivered when the listener comes.
        list.addListener(new Recorder("old"));
        list.apply(1, List.of(A, B));
        list.addListener(new Recorder("new"), true);
        runEvents();

        assertThat(heard).containsExactly("old+5701", "old+5702", "new+5701", "new+5702");
    }

    @Test
    void addListener_withoutExisting_hearsOnlyLaterChanges() {
        list.addListener(new Recorder("old"));
        list.apply(1, List.of(A));
        list.addListener(new Recorder("new"));
        list.apply(2, List.of(A, B));
        runEvents();

        assertThat(heard).containsExactly("old+5701", "old+5702", "new+5702");
    }

    @Test
    void removeListener_changeStillQueued_isNotCalledAnyMore() {
        UUID id = list.addListener(new Recorder("gone"));
        list.apply(1, List.of(A));

        assertThat(list.removeListener(id)).isTrue();

        runEvents();
        assertThat(heard).isEmpty();
        assertThat(list.removeListener(id)).isFalse();
    }

    @Test
    void listeners_inlineExecutor_mayUseTheListFromAnotherThread() throws Exception {
        // A listener that ran under the list's lock would block the other thread for ever.
        MemberList inline = list(Runnable::run);
        inline.addListener(new MembershipListener() {
            @Override
            public void memberAdded(Member added) {
                Thread other = new Thread(() -> inline.addListener(new Recorder("inner")));
                other.start();
                try {
                    other.join(10_000);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                heard.add(other.isAlive() ? "blocked" : "free");
            }
        });

        inline.apply(1, List.of(A));

        assertThat(heard).containsExactly("free");
    }

    /** They were queued only, so that whoever added a listener and looked had seen nothing. */
    @Test
    void addListener_fireForExisting_hasSeenThemWhenItReturns() {
        list.apply(1, List.of(A, B));

        list.addListener(new Recorder("new"), true);

        assertThat(heard).containsExactly("new+5701", "new+5702");
        runEvents();
        assertThat(heard).hasSize(2);
    }

    @Test
    void addListener_insideOfAListener_hasSeenThemWhenItReturns() {
        list.addListener(new MembershipListener() {
            @Override
            public void memberAdded(Member added) {
                list.addListener(new Recorder("inner"), true);
                heard.add("outer");
            }
        });
        list.apply(1, List.of(A));

        runEvents();

        assertThat(heard).containsExactly("inner+5701", "outer");
    }
}
