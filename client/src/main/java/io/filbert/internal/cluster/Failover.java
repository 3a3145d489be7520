// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.cluster;

import io.filbert.error.AuthenticationException;
import io.filbert.error.ClientNotAllowedException;
import io.filbert.error.ConnectionException;
import io.filbert.internal.runtime.ClientLog;
import io.filbert.internal.runtime.RareLog;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/**
 * Connects to one of several clusters: the current one as long as the {@link ConnectLoop} has patience, then the next, and so on in turn.
 * One thread runs it at a time.
 */
final class Failover {

    private final RareLog log;
    private final List<ConnectLoop> loops;
    private final int tryCount;
    private final IntFunction<String> nameOf;
    private final IntPredicate moveTo;
    private final boolean[] everReached;
    private int current;

    /**
     * @param loops one for each cluster
     * @param tryCount how often each is tried before it is given up
     * @param nameOf the name of a cluster
     * @param moveTo leaves the current cluster for another one; false if there is a connection after all
     */
    Failover(ClientLog log, List<ConnectLoop> loops, int tryCount, IntFunction<String> nameOf, IntPredicate moveTo) {
        this.log = new RareLog(log);
        this.loops = loops;
        this.tryCount = tryCount;
        this.nameOf = nameOf;
        this.moveTo = moveTo;
        this.everReached = new boolean[loops.size()];
    }

    /** Ends it, now or as soon as it is started. */
    void abort() {
        loops.forEach(ConnectLoop::abort);
    }

    /** Returns once a connection is admitted; throws what {@link ConnectLoop#run} throws about the last cluster. */
    void run() {
        for (long turn = 1; ; turn++) {
            ConnectLoop loop = loops.get(current);
            try {
                loop.run(!everReached[current]);
                everReached[current] = true;
                return;
            } catch (ConnectionException | AuthenticationException | ClientNotAllowedException e) {
                if (loops.size() == 1 || turn >= (long) tryCount * loops.size()) {
                    throw e;
                }
                int next = (current + 1) % loops.size();
                log.warning(
                        "leaving " + current,
                        "Leaving cluster '" + nameOf.apply(current) + "' for cluster '" + nameOf.apply(next)
                                + "' (turn " + turn + "): " + e.getMessage());
                if (turn % loops.size() == 0) {
                    // All had their turn: clusters that refuse at once must not be asked in a hot loop.
                    loop.pause();
                }
                if (!moveTo.test(next)) {
                    everReached[current] = true;
                    return;
                }
                current = next;
            }
        }
    }
}
