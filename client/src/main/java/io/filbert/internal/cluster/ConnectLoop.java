// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.cluster;

import io.filbert.cluster.Address;
import io.filbert.cluster.Member;
import io.filbert.config.RetryConfig;
import io.filbert.error.AuthenticationException;
import io.filbert.error.CallInterruptedException;
import io.filbert.error.ClientClosedException;
import io.filbert.error.ClientNotAllowedException;
import io.filbert.error.ConnectionException;
import io.filbert.error.OperationTimeoutException;
import io.filbert.internal.blocking.Await;
import io.filbert.internal.connection.Connection;
import io.filbert.internal.discovery.AddressProvider;
import io.filbert.internal.runtime.ClientLog;
import io.filbert.internal.runtime.RareLog;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Tries addresses until one answers: the last known members, then the configured addresses, then a pause that grows, again and
 * again until the cluster connect timeout. Blocks its thread; {@link #abort} ends it at once. One thread runs it at a time.
 */
final class ConnectLoop {

    /** A connection that lived this long was a success: the next loss starts with the first pause again. */
    private static final Duration STABLE = Duration.ofSeconds(1);

    private static final String CONNECTING = "connecting to the cluster";

    /** Makes an admitted connection. */
    interface Connecting {

        /** To an address at which there may be a member. */
        CompletableFuture<Connection> toCandidate(Address address);

        /** To a member that is known, perhaps by an attempt that is under way already. */
        CompletableFuture<Connection> toMember(Member member);
    }

    private final RareLog rareLog;
    private final boolean shuffle;
    private final RetryConfig retry;
    private final AddressProvider addresses;
    private final Supplier<List<Member>> knownMembers;
    private final Connecting connect;
    private final ScheduledExecutorService timer;
    private final Random random;
    private final CompletableFuture<Void> aborted = new CompletableFuture<>();
    private Duration pause = Duration.ZERO;
    private long connectedNanos;

    /** @param shuffle whether addresses are tried in random order */
    ConnectLoop(
            ClientLog log,
            boolean shuffle,
            RetryConfig retry,
            AddressProvider addresses,
            Supplier<List<Member>> knownMembers,
            Connecting connect,
            ScheduledExecutorService timer,
            Random random) {
        this.rareLog = new RareLog(log);
        this.shuffle = shuffle;
        this.retry = retry;
        this.addresses = addresses;
        this.knownMembers = knownMembers;
        this.connect = connect;
        this.timer = timer;
        this.random = random;
        this.connectedNanos = System.nanoTime() - 2 * STABLE.toNanos();
    }

    /** Ends the loop, now or as soon as it is started. */
    void abort() {
        aborted.complete(null);
    }

    /**
     * Returns once a connection is admitted.
     *
     * @param first whether the client has never been connected: then a round in which members answered, but only to refuse, ends the loop,
     *     because waiting does not mend a wrong cluster name
     * @throws ClientNotAllowedException if the cluster does not want this client
     * @throws AuthenticationException if in the last round a member answered and refused the client
     * @throws ConnectionException if the cluster connect timeout passed
     * @throws ClientClosedException if {@link #abort} was called
     */
    void run(boolean first) {
        long begin = System.nanoTime();
        if (begin - connectedNanos > STABLE.toNanos()) {
            pause = min(retry.initialBackoff(), retry.maxBackoff());
        } else {
            // The last connection did not live long: a member that accepts and drops must not be dialled in a hot loop.
            sleep(jittered(pause).minusNanos(begin - connectedNanos));
            grow();
        }
        for (int round = 1; ; round++) {
            List<Throwable> failures = new ArrayList<>();
            Set<Address> tried = new LinkedHashSet<>();
            if (tryOnce(tried, failures)) {
                connectedNanos = System.nanoTime();
                return;
            }
            Duration elapsed = Duration.ofNanos(System.nanoTime() - begin);
            Duration limit = retry.clusterConnectTimeout();
            boolean refused = first && failures.stream().anyMatch(AuthenticationException.class::isInstance);
            if (refused || (!retry.triesForever() && elapsed.compareTo(limit) >= 0)) {
                throw giveUp(round, elapsed, tried, failures);
            }
            Duration wait = jittered(pause);
            if (!retry.triesForever()) {
                wait = min(wait, limit.minus(elapsed));
            }
            rareLog.warning(
                    "round",
                    "Cannot reach the cluster: round " + round + " over " + tried + " failed, next one in "
                            + wait.toMillis() + " ms (cluster connect timeout "
                            + (retry.triesForever() ? "INFINITE" : limit.toSeconds() + " s") + ", longest pause "
                            + retry.maxBackoff().toSeconds() + " s). Check that members run there and that"
                            + " clusterMembers names them. Most telling failure: " + reasonOf(failures));
            sleep(wait);
            grow();
        }
    }

    /** Waits as long as after a round that failed. */
    void pause() {
        sleep(jittered(pause));
        grow();
    }

    private void grow() {
        pause = min(Duration.ofNanos((long) (pause.toNanos() * retry.multiplier())), retry.maxBackoff());
    }

    private boolean tryOnce(Set<Address> tried, List<Throwable> failures) {
        for (Member member : shuffled(knownMembers.get())) {
            Address address = addresses.addressOf(member);
            if (tried.add(address) && succeeds(address, () -> connect.toMember(member), failures)) {
                return true;
            }
        }
        AddressProvider.Candidates candidates = candidates();
        List<Address> others = new ArrayList<>(shuffled(candidates.primary()));
        others.addAll(shuffled(candidates.secondary()));
        for (Address address : others) {
            if (tried.add(address) && succeeds(address, () -> connect.toCandidate(address), failures)) {
                return true;
            }
        }
        return false;
    }

    private AddressProvider.Candidates candidates() {
        checkNotAborted();
        checkNotInterrupted();
        CompletableFuture<AddressProvider.Candidates> found = addresses.candidates();
        Await.result(CompletableFuture.anyOf(found, aborted), CONNECTING);
        checkNotAborted();
        return found.getNow(AddressProvider.Candidates.NONE);
    }

    private boolean succeeds(
            Address address, Supplier<CompletableFuture<Connection>> connecting, List<Throwable> failures) {
        checkNotAborted();
        checkNotInterrupted();
        rareLog.info("try " + address, "Trying to connect to " + address);
        CompletableFuture<Connection> attempt = connecting.get();
        try {
            Await.result(CompletableFuture.anyOf(attempt, aborted), CONNECTING);
        } catch (ClientNotAllowedException | ClientClosedException | CallInterruptedException e) {
            throw e;
        } catch (RuntimeException | VirtualMachineError e) {
            rareLog.warning(address, "Connecting to " + address + " failed: " + e.getMessage());
            failures.add(e);
            return false;
        }
        if (!attempt.isDone()) {
            attempt.cancel(false);
        }
        checkNotAborted();
        return true;
    }

    private void sleep(Duration pause) {
        CompletableFuture<Void> over = new CompletableFuture<>();
        checkNotAborted();
        checkNotInterrupted();
        timer.schedule(() -> over.complete(null), pause.toNanos(), TimeUnit.NANOSECONDS);
        Await.result(CompletableFuture.anyOf(over, aborted), CONNECTING);
        checkNotAborted();
    }

    /** An interrupt while an attempt failed by itself would otherwise be seen only when the loop has to wait again. */
    private static void checkNotInterrupted() {
        if (Thread.currentThread().isInterrupted()) {
            throw Await.interruptedWhile(CONNECTING, new InterruptedException());
        }
    }

    private void checkNotAborted() {
        if (aborted.isDone()) {
            throw new ClientClosedException("The client was shut down while it tried to connect", null, false);
        }
    }

    private static String reasonOf(List<Throwable> failures) {
        return failures.isEmpty()
                ? "there was no address to try"
                : String.valueOf(mostTelling(failures).getMessage());
    }

    private static RuntimeException giveUp(int rounds, Duration elapsed, Set<Address> tried, List<Throwable> failures) {
        String text = "Unable to connect to the cluster: tried " + tried + " in " + rounds + " round(s) over "
                + elapsed.toMillis() + " ms. ";
        if (failures.isEmpty()) {
            return new ConnectionException(text + "There was no address to try; the log says why");
        }
        // Its text is in this error's, and would be printed twice if it were the cause.
        Throwable reason = mostTelling(failures);
        RuntimeException error = reason instanceof AuthenticationException
                ? new AuthenticationException(text + reason.getMessage(), reason.getCause())
                : new ConnectionException(
                        text + (failures.size() > 1 ? "Most telling failure: " : "") + reason.getMessage()
                                + ". Check that a member runs there and that clusterMembers names it; raise"
                                + " clusterConnectTimeout to wait for it longer",
                        reason.getCause());
        failures.stream().filter(failure -> failure != reason).forEach(error::addSuppressed);
        return error;
    }

    /**
     * The failure that says most about what is wrong: a member that answered and refused the client, else one that answered anything, else
     * one that did not answer in time, and only then a port at which nobody listens. Of several alike, the last.
     */
    static Throwable mostTelling(List<Throwable> failures) {
        Throwable best = failures.get(0);
        for (Throwable failure : failures) {
            if (weight(failure) >= weight(best)) {
                best = failure;
            }
        }
        return best;
    }

    private static int weight(Throwable failure) {
        if (failure instanceof AuthenticationException) {
            return 3;
        }
        if (failure instanceof OperationTimeoutException) {
            return 1;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException
                    || cause instanceof NoRouteToHostException
                    || cause instanceof UnknownHostException) {
                return 0;
            }
        }
        return 2;
    }

    private <T> List<T> shuffled(List<T> items) {
        if (!shuffle || items.size() < 2) {
            return items;
        }
        List<T> copy = new ArrayList<>(items);
        Collections.shuffle(copy, random);
        return copy;
    }

    private Duration jittered(Duration pause) {
        double share = retry.jitter() * (2 * random.nextDouble() - 1);
        return pause.plusNanos((long) (pause.toNanos() * share));
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
