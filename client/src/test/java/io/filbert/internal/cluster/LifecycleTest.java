// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.cluster;

import static io.filbert.cluster.LifecycleState.CONNECTED;
import static io.filbert.cluster.LifecycleState.DISCONNECTED;
import static io.filbert.cluster.LifecycleState.SHUTDOWN;
import static io.filbert.cluster.LifecycleState.SHUTTING_DOWN;
import static io.filbert.cluster.LifecycleState.STARTED;
import static io.filbert.cluster.LifecycleState.STARTING;
import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.cluster.LifecycleListener;
import io.filbert.cluster.LifecycleState;
import io.filbert.internal.runtime.ClientLog;
import io.filbert.internal.runtime.SerialExecutor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LifecycleTest {

    private final Queue<Runnable> turns = new ArrayDeque<>();
    private final List<LifecycleState> heard = new ArrayList<>();
    private final Lifecycle lifecycle = lifecycle();

    private Lifecycle lifecycle(LifecycleListener... listeners) {
        return new Lifecycle(
                new ClientLog("test", Lifecycle.class),
                "1.0",
                List.of(listeners),
                new SerialExecutor(turns::add, failure -> {
                    throw new AssertionError(failure);
                }));
    }

    private void reach(LifecycleState... states) {
        for (LifecycleState state : states) {
            lifecycle.reached(state);
        }
        lifecycle.tell();
    }

    private void runEvents() {
        Runnable turn;
        while ((turn = turns.poll()) != null) {
            turn.run();
        }
    }

    @Test
    void reached_severalStates_areToldInOrder() {
        lifecycle.addListener(heard::add);

        reach(STARTING, STARTED);
        reach(CONNECTED);
        lifecycle.shuttingDown();
        reach(DISCONNECTED);
        lifecycle.shutDown();
        runEvents();

        assertThat(heard).containsExactly(STARTING, STARTED, CONNECTED, SHUTTING_DOWN, DISCONNECTED, SHUTDOWN);
    }

    @Test
    void reached_withoutTell_runsNothing() {
        lifecycle.addListener(heard::add);

        lifecycle.reached(CONNECTED);

        assertThat(turns).isEmpty();
    }

    @Test
    void isRunning_fromStartingToShuttingDown_isTrue() {
        assertThat(lifecycle.isRunning()).isFalse();
        reach(STARTING);
        assertThat(lifecycle.isRunning()).isTrue();
        reach(STARTED, CONNECTED, DISCONNECTED);
        assertThat(lifecycle.isRunning()).as("without connection").isTrue();
        lifecycle.shuttingDown();
        assertThat(lifecycle.isRunning()).isFalse();
        lifecycle.shutDown();
        assertThat(lifecycle.isRunning()).isFalse();
    }

    @Test
    void addListener_earlierStateStillQueued_hearsOnlyLaterOnes() {
        lifecycle.addListener(state -> {});
        reach(STARTING);
        lifecycle.addListener(heard::add);
        reach(STARTED);
        runEvents();

        assertThat(heard).containsExactly(STARTED);
    }

    @Test
    void removeListener_stateStillQueued_isNotCalledAnyMore() {
        UUID id = lifecycle.addListener(heard::add);
        reach(STARTING);

        assertThat(lifecycle.removeListener(id)).isTrue();

        runEvents();
        assertThat(heard).isEmpty();
        assertThat(lifecycle.removeListener(id)).isFalse();
    }

    @Test
    void removeListener_insideAnotherListener_isNotCalledAnyMore() {
        List<UUID> second = new ArrayList<>();
        lifecycle.addListener(state -> lifecycle.removeListener(second.get(0)));
        second.add(lifecycle.addListener(heard::add));

        reach(STARTING);
        runEvents();

        assertThat(heard).isEmpty();
    }

    @Test
    void addListener_sameListenerTwice_isCalledTwice() {
        LifecycleListener listener = heard::add;
        UUID first = lifecycle.addListener(listener);
        lifecycle.addListener(listener);
        reach(STARTING);
        runEvents();
        assertThat(heard).containsExactly(STARTING, STARTING);

        lifecycle.removeListener(first);
        reach(STARTED);
        runEvents();
        assertThat(heard).containsExactly(STARTING, STARTING, STARTED);
    }

    @Test
    void listeners_oneThrows_othersHearAllTheSame() {
        lifecycle.addListener(state -> {
            throw new AssertionError("thrown on purpose");
        });
        lifecycle.addListener(heard::add);

        reach(STARTING, STARTED);
        runEvents();

        assertThat(heard).containsExactly(STARTING, STARTED);
    }
}
