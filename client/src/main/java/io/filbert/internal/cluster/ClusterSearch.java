// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.cluster;

import io.filbert.config.ClientConfig;
import io.filbert.error.ClientClosedException;
import io.filbert.internal.runtime.ClientLog;
import io.filbert.internal.runtime.ClientThreads;
import io.filbert.internal.runtime.RareLog;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a member to be connected to while there is none: on the thread that starts the client, later on one of its own, which ends
 * when there is a connection again. If it is given up, somebody must shut the client down.
 *
 * <p>Thread-safe. {@link Standing#beginConnecting} lets one thread at a time run the {@link Failover}.
 */
final class ClusterSearch {

    private static final Duration RESTART_PAUSE = Duration.ofSeconds(1);

    private final ClientLog log;
    private final RareLog rareLog;
    private final ClientThreads threads;
    private final ScheduledExecutorService timer;
    private final Standing standing;
    private final Consumer<String> onGaveUp;
    private final Failover failover;
    private volatile @Nullable Throwable gaveUp;

    /**
     * @param clusters the cluster to connect to first, then those to go to when that is of no use
     * @param connecting makes admitted connections to one of them
     * @param moveTo leaves the current cluster for another one; false if there is a connection after all
     * @param onGaveUp told why a search on a thread of its own found nothing
     */
    ClusterSearch(
            ClientLog log,
            ClientConfig config,
            ClientThreads threads,
            List<ClusterAccess> clusters,
            ScheduledExecutorService timer,
            MemberList members,
            Standing standing,
            Function<ClusterAccess, ConnectLoop.Connecting> connecting,
            Predicate<ClusterAccess> moveTo,
            Consumer<String> onGaveUp) {
        this.log = log;
        this.rareLog = new RareLog(log);
        this.threads = threads;
        this.timer = timer;
        this.standing = standing;
        this.onGaveUp = onGaveUp;
        Random random = new Random();
        this.failover = new Failover(
                log,
                clusters.stream()
                        .map(access -> new ConnectLoop(
                                log,
                                config.network().shuffleMemberList(),
                                config.retry(),
                                access.addresses(),
                                members::members,
                                connecting.apply(access),
                                timer,
                                random))
                        .toList(),
                config.failover().tryCount(),
                number -> clusters.get(number).clusterName(),
                number -> moveTo.test(clusters.get(number)));
    }

    /** Returns once the client is connected; throws what {@link Failover#run} throws. To be called first, if at all. */
    void run() {
        standing.beginConnecting();
        runUntilConnected();
    }

    /** Sees to it that the search is under way. */
    void start() {
        if (!standing.beginConnecting()) {
            return;
        }
        try {
            threads.thread("connect", this::runInBackground).start();
        } catch (Throwable e) {
            startAgain("A thread to connect to the cluster could not be started", e);
        }
    }

    /** Something is short that may be there again in a moment, such as memory or threads. Nobody else would search. */
    private void startAgain(String what, Throwable reason) {
        standing.connectingFailed();
        try {
            timer.schedule(this::startIfNeeded, RESTART_PAUSE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            log.debug(() -> "The client is shutting down, no cluster is searched");
            return;
        }
        rareLog.error("start", what + "; trying again in " + RESTART_PAUSE.toMillis() + " ms", reason);
    }

    private void startIfNeeded() {
        if (standing.isWithoutConnection()) {
            start();
        }
    }

    /** Ends it, now or as soon as it is started. */
    void abort() {
        failover.abort();
    }

    /** Why a search on a thread of its own was given up, or null. */
    @Nullable
    Throwable gaveUp() {
        return gaveUp;
    }

    private void runUntilConnected() {
        do {
            failover.run();
        } while (!standing.connectingEnded());
    }

    private void runInBackground() {
        try {
            runUntilConnected();
        } catch (ClientClosedException e) {
            log.debug(() -> "Connecting ended: " + e.getMessage());
        } catch (RuntimeException e) {
            if (standing.phase() == Standing.Phase.CLOSED) {
                log.debug(() -> "Connecting ended: " + e);
                return;
            }
            gaveUp = e;
            log.error("Connecting to the cluster was given up; the client shuts down", e);
            onGaveUp.accept(String.valueOf(e.getMessage()));
        } catch (VirtualMachineError e) {
            startAgain("Connecting to the cluster ended with an error of the virtual machine", e);
        } catch (Error e) {
            // Such as: a class is missing. Nobody else would search, and the client would stay as it is for ever.
            gaveUp = e;
            log.error("Connecting to the cluster ended with an error; the client shuts down", e);
            onGaveUp.accept(e.toString());
        }
    }
}
