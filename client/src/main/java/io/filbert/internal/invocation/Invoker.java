// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.invocation;

import io.filbert.config.InvocationConfig;
import io.filbert.error.CallInterruptedException;
import io.filbert.error.ClientClosedException;
import io.filbert.error.ClientOfflineException;
import io.filbert.error.ConnectionException;
import io.filbert.error.MemberErrorException;
import io.filbert.error.OverloadException;
import io.filbert.error.TargetDisconnectedException;
import io.filbert.internal.blocking.NonBlocking;
import io.filbert.internal.cluster.Cluster;
import io.filbert.internal.cluster.Routes;
import io.filbert.internal.connection.Connection;
import io.filbert.internal.connection.MemberErrors;
import io.filbert.internal.connection.ResponseDecoder;
import io.filbert.internal.flightrecorder.FlightEvents;
import io.filbert.internal.protocol.MessageHeader;
import io.filbert.internal.protocol.RequestType;
import io.filbert.internal.protocol.codec.ClientFetchSchemaCodec;
import io.filbert.internal.protocol.codec.ClientSendSchemaCodec;
import io.filbert.internal.runtime.ClientLog;
import io.filbert.internal.runtime.Failures;
import io.filbert.internal.runtime.RareLog;
import io.filbert.metrics.CallMetrics;
import io.filbert.metrics.LatencyDistribution;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sends calls, sends them again when that is right, and ends each by its deadline.
 *
 * <p>A call is always in exactly one of three places: in the in-flight table of a connection, among the {@link #resting} ones
 * that wait for a connection or a pause to pass, or ended. The sweep looks at the first two, so the deadline holds in every state.
 *
 * <p>Thread-safe.
 */
public final class Invoker {

    /** The first attempts follow each other at once: most failures are over by the time they are noticed. */
    private static final int ATTEMPTS_WITHOUT_PAUSE = 5;

    /** When to look again whether a member that did not read has read. */
    private static final Duration CONGESTION_PAUSE = Duration.ofMillis(10);

    /** So much of a call of several parts is encoded before any of it is sent. */
    private static final long ENCODED_AHEAD_BYTES = 4 << 20;

    /** A member that refuses a call on so many connections, one after the other, will refuse it on the next one too. */
    private static final int MOST_REFUSALS_IN_A_ROW = 4;

    private static final int NO_PARTITION = -1;

    private final ClientLog log;
    private final FlightEvents flight;
    private final InvocationConfig config;
    private final Cluster cluster;
    private final Routes routes;
    private final ScheduledExecutorService timer;
    private final Executor callbacks;
    private final InFlightLimit limit;
    private final SendGate gate;
    private final Set<Invocation<?>> resting = ConcurrentHashMap.newKeySet();

    private final OfflineQueue offline;

    /** Calls that were answered, but whose answer cannot be decoded yet. */
    private final Set<Expiring> undecoded = ConcurrentHashMap.newKeySet();

    private final ExpirySweep sweep;
    private final Pauses pauses;
    private final CallCounts counts = new CallCounts();
    private volatile boolean closed;

    public Invoker(
            ClientLog log,
            FlightEvents flight,
            InvocationConfig config,
            Cluster cluster,
            ScheduledExecutorService timer,
            Executor callbacks,
            SendGate gate) {
        this.log = log.forClass(Invoker.class);
        this.flight = flight;
        this.config = config;
        this.cluster = cluster;
        this.routes = cluster.routes();
        this.timer = timer;
        this.callbacks = callbacks;
        this.gate = gate;
        this.sweep = new ExpirySweep(
                this.log,
                (task, delayNanos) -> {
                    var ignored = timer.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
                },
                System::nanoTime,
                this::endExpired);
        this.pauses = new Pauses(timer);
        RareLog rareLog = new RareLog(this.log);
        this.offline = new OfflineQueue(
                this::needNotWait,
                this::dispatch,
                failure -> rareLog.error("offline", "Sending a call that waited for a connection failed", failure));
        this.limit = new InFlightLimit(config.maxInFlight(), config.maxInFlightBytes());
    }

    /** Starts watching deadlines. */
    public void start() {
        Duration shortest = config.timeout().compareTo(config.operationBackupTimeout()) < 0
                ? config.timeout()
                : config.operationBackupTimeout();
        sweep.start(shortest);
    }

    /** The options of calls on a subject, with the configured time limit. */
    public CallOptions options(String subject) {
        return CallOptions.of(subject, config.timeout(), callbacks, this);
    }

    /** Deadlines this short will be used: look at them often enough. */
    public void watchClosely(Duration deadline) {
        sweep.watchClosely(deadline);
    }

    /**
     * A pause between calls that make up one call of the user. Ends early when the client closes; completes on a thread that must not run
     * code of the user.
     */
    public CompletableFuture<Void> pause(Duration time) {
        return pauses.pause(time);
    }

    /**
     * Calls any member.
     *
     * @param message the encoded request; belongs to the invocation from now on
     * @return a future whose completions run on the callback executor; never throws for a failing call
     */
    public <T extends @Nullable Object> CompletableFuture<T> invokeOnAny(
            RequestType type, byte[] message, ResponseDecoder<T> decoder, CallOptions options) {
        return invokeOnPartition(type, message, NO_PARTITION, 0, decoder, options);
    }

    /**
     * As {@link #invokeOnAny}, for a call whose end the client has to act on.
     *
     * @param decoder reads no objects of the user
     * @param ended takes the failure, or null after a success, before the user can see the outcome; called once, on a thread that must not
     *     block
     */
    public <T extends @Nullable Object> CompletableFuture<T> invokeOnAny(
            RequestType type,
            byte[] message,
            ResponseDecoder<T> decoder,
            CallOptions options,
            Consumer<@Nullable Throwable> ended) {
        MessageHeader.setPartitionId(message, NO_PARTITION);
        Invocation<T> call =
                invoke(type, message, decoder, options.clientOwn(), Invocation.byPartition(0), System.nanoTime());
        FollowedCall<T> followed = new FollowedCall<>(call, options.completions());
        followed.follow(ended);
        return followed;
    }

    /**
     * As {@link #invokeOnAny}, on the owner of the partition, or any member if {@code partitionId} is -1.
     *
     * @param partitionCount of how many partitions it is one: it means nothing in a cluster with another number of them, and the call
     *     fails if it comes to one
     */
    public <T extends @Nullable Object> CompletableFuture<T> invokeOnPartition(
            RequestType type,
            byte[] message,
            int partitionId,
            int partitionCount,
            ResponseDecoder<T> decoder,
            CallOptions options) {
        MessageHeader.setPartitionId(message, partitionId);
        return invoke(type, message, decoder, options, Invocation.byPartition(partitionCount), System.nanoTime());
    }

    /** As {@link #invokeOnAny}, on the owner of the key whose Data has this hash, whatever cluster the call is sent to in the end. */
    public <T extends @Nullable Object> CompletableFuture<T> invokeOnKey(
            RequestType type, byte[] message, int partitionHash, ResponseDecoder<T> decoder, CallOptions options) {
        return invoke(type, message, decoder, options, Invocation.byKey(partitionHash), System.nanoTime());
    }

    private <T extends @Nullable Object> Invocation<T> invoke(
            RequestType type,
            byte[] message,
            ResponseDecoder<T> decoder,
            CallOptions options,
            int placement,
            long now) {
        Invocation<T> invocation = new Invocation<>(type, message, decoder, options, placement, now);
        counts.started.increment();
        if (admit(invocation)) {
            if (offline.isUsed()) {
                queue(invocation);
            } else {
                dispatch(invocation);
            }
        }
        return invocation;
    }

    /**
     * Calls any member, for calls in flight that wait for the outcome: those may have taken all the places, so this one takes none.
     * Otherwise as {@link #invokeOnAny}.
     */
    public <T extends @Nullable Object> CompletableFuture<T> invokeForOthers(
            RequestType type, byte[] message, ResponseDecoder<T> decoder, CallOptions options) {
        MessageHeader.setPartitionId(message, NO_PARTITION);
        Invocation<T> invocation =
                new Invocation<>(type, message, decoder, options, Invocation.byPartition(0), System.nanoTime());
        counts.started.increment();
        dispatch(invocation);
        return invocation;
    }

    /**
     * Makes several calls that are one for the user. The future completes when all have ended: with the combined results, or
     * with the first error; if the calls change data and some of them were carried out, with an indeterminate one.
     *
     * <p>The parts are taken from the iterator, which encodes them, as room for them comes free: the caller waits meanwhile. The first
     * few are taken before any is sent, so that a small call of which a part cannot be encoded has no effect.
     *
     * @param partitionCount of how many partitions those of the parts were chosen, as for {@link #invokeOnPartition}
     * @param changesData whether it matters afterwards which of the parts were carried out
     * @throws RuntimeException what the iterator throws, if nothing has been sent
     */
    public <P extends @Nullable Object, T extends @Nullable Object> CompletableFuture<T> invokeAll(
            Iterator<PartialCall<P>> parts,
            int partitionCount,
            Function<List<P>, T> combine,
            boolean changesData,
            CallOptions options) {
        // One deadline for all, and no further requests once the call has failed.
        long now = System.nanoTime();
        Deque<PartialCall<P>> ahead = new ArrayDeque<>();
        for (long bytes = 0; bytes < ENCODED_AHEAD_BYTES && parts.hasNext(); ) {
            PartialCall<P> part = parts.next();
            bytes += part.message().length;
            ahead.add(part);
        }
        String call = ahead.isEmpty() ? "A call" : CallNames.of(ahead.peek().type());
        FanOut<P, T> fanOut = new FanOut<>(call, combine, changesData, options, now);
        CallOptions inline = options.clientOwn();
        int placement = Invocation.byPartition(partitionCount);
        try {
            while (!ahead.isEmpty() || parts.hasNext()) {
                if (fanOut.hasFailed()) {
                    return fanOut.restOmitted();
                }
                PartialCall<P> part = ahead.isEmpty() ? parts.next() : ahead.remove();
                int bytes = part.message().length;
                if (!fanOut.awaitRoom(bytes)) {
                    return fanOut.restOmitted();
                }
                MessageHeader.setPartitionId(part.message(), part.partitionId());
                fanOut.add(invoke(part.type(), part.message(), part.decoder(), inline, placement, now), bytes);
            }
        } catch (Throwable e) {
            fanOut.fail(e);
            return fanOut.restOmitted();
        }
        return fanOut.allAdded();
    }

    /** Takes a place for the call, waiting for it if need be; the call has failed if the answer is false. */
    boolean admit(Invocation<?> invocation) {
        try {
            if (limit.acquire(invocation.message().length, invocation.expiryNanos())) {
                invocation.admitted();
                return true;
            }
            boolean waited = !(Thread.currentThread() instanceof NonBlocking);
            invocation.fail(new OverloadException(invocation.describe()
                    + (waited
                            ? " found no room until its deadline: "
                            : " found no room, and this thread must not wait for it: ")
                    + limit
                    + " (options maxInFlight, maxInFlightBytes). Start fewer calls at a time or raise the bound"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            invocation.fail(new CallInterruptedException(
                    "Interrupted while " + invocation.describe() + " waited for room in flight; it was not sent",
                    e,
                    false));
        }
        return false;
    }

    private void queue(Invocation<?> invocation) {
        try {
            awaitConnection(invocation);
        } catch (Throwable e) {
            // As in dispatch.
            invocation.fail(e);
        }
    }

    private void dispatch(Invocation<?> invocation) {
        try {
            route(invocation);
        } catch (Throwable e) {
            // A call that is in no table would never end.
            invocation.fail(e);
        }
    }

    private void route(Invocation<?> invocation) {
        if (closed) {
            invocation.fail(closedError(invocation));
            return;
        }
        CompletableFuture<?> hold = invocation.type().carriesData() ? gate.holds(invocation.message()) : null;
        if (hold != null) {
            restUntil(hold, invocation);
        } else if (cluster.isReady() || (isUrgent(invocation) && routes.hasLive())) {
            int partitions = cluster.partitionCount();
            if (!invocation.place(partitions)) {
                invocation.fail(otherPartitions(invocation, partitions));
                return;
            }
            Connection target = target(invocation);
            if (partitions != cluster.partitionCount()) {
                // The target may belong to another cluster than the partition.
                rest(invocation, new ConnectionException("The client goes to another cluster"), Duration.ZERO);
            } else if (target == null) {
                // Lost a moment ago; soon the cluster will not be ready any more.
                awaitConnection(invocation);
            } else if (target.isCongested(config.maxInFlightBytes())) {
                rest(
                        invocation,
                        new ConnectionException(target + " takes no bytes; " + config.maxInFlightBytes()
                                + " bytes wait to be written already"),
                        CONGESTION_PAUSE);
            } else {
                sendOn(target, invocation);
            }
        } else if (cluster.failsFastWhileOffline()) {
            invocation.fail(
                    new ClientOfflineException(
                            invocation.describe()
                                    + " was not sent: the client is not connected to the cluster (option reconnectMode ASYNC or asyncStart)"));
        } else {
            awaitConnection(invocation);
        }
    }

    /**
     * Whether the message may go out before the cluster knows this client again: listeners and calls wait for the schemas that they need, and
     * the client would wait for itself if those waited, too.
     */
    private static boolean isUrgent(Invocation<?> invocation) {
        int type = invocation.type().id();
        return type == ClientSendSchemaCodec.REQUEST.id() || type == ClientFetchSchemaCodec.REQUEST.id();
    }

    private static ConnectionException otherPartitions(Invocation<?> invocation, int partitions) {
        return new ConnectionException(invocation.describe() + " was not sent: the client has gone to a cluster with "
                + partitions + " partitions, and this call is for partition " + invocation.partitionId()
                + " of one with another number of them. Make the call again");
    }

    private @Nullable Connection target(Invocation<?> invocation) {
        if (invocation.options().member() != null) {
            Connection connection = routes.forMember(invocation.options().member());
            return connection != null ? connection : routes.any();
        }
        int partitionId = invocation.partitionId();
        return partitionId >= 0 ? routes.forPartition(partitionId) : routes.any();
    }

    private void sendOn(Connection target, Invocation<?> invocation) {
        byte[] message = invocation.message();
        MessageHeader.setBackupAware(message, routes.backupAcks());
        invocation.attemptOn(target);
        if (!target.send(invocation, message)) {
            attemptFailed(invocation, new ConnectionException(target + " is closed"));
        }
    }

    /** An attempt ended without result: send again, or end the call. */
    void attemptFailed(Invocation<?> invocation, Throwable failure) {
        try {
            retryOrEnd(invocation, failure);
        } catch (Throwable e) {
            // A call that is in no table would never end.
            invocation.fail(e);
        }
    }

    private void retryOrEnd(Invocation<?> invocation, Throwable failure) {
        invocation.rememberFailure(failure);
        MemberErrorException refusal =
                failure instanceof MemberErrorException error && MemberErrors.isNotAuthenticated(error) ? error : null;
        int refusals = invocation.attemptEnded(failure, refusal != null);
        boolean again = refusal == null
                ? invocation.mayRetryAfter(failure, config.redoOperation())
                : refusals < MOST_REFUSALS_IN_A_ROW;
        if (closed) {
            invocation.fail(closedError(invocation));
            return;
        }
        if (again) {
            counts.retried.increment();
            flight.retry(invocation, invocation.attempts(), failure);
        } else {
            invocation.fail(forUser(invocation, failure));
        }
        if (refusal != null) {
            replace(invocation, again, refusal);
        } else if (again) {
            rest(invocation, failure, pauseAfter(invocation.attempts()));
        }
    }

    private static Throwable forUser(Invocation<?> invocation, Throwable failure) {
        if (failure instanceof MemberErrorException error) {
            return MemberErrors.forUser(error, invocation.type(), invocation.describe());
        }
        return failure instanceof TargetDisconnectedException
                ? new TargetDisconnectedException(
                        invocation.describe() + ": " + failure.getMessage(), failure.getCause())
                : failure;
    }

    /**
     * Closes a connection that the member takes for not authenticated: what is sent on it is refused for ever. Not here, because an answer is
     * being read on it; and the call is put aside only when that is done, else it might be sent on the same connection again.
     *
     * @param again whether the call that was refused goes on
     */
    private void replace(Invocation<?> invocation, boolean again, MemberErrorException refusal) {
        Connection connection = Objects.requireNonNull(invocation.connection(), "it was answered");
        try {
            timer.execute(() -> {
                connection.closeUnauthenticated(refusal);
                if (again) {
                    rest(invocation, refusal, pauseAfter(invocation.attempts()));
                }
            });
        } catch (RejectedExecutionException e) {
            // The client is being closed, and with it the connection.
            invocation.fail(closedError(invocation));
        }
    }

    private Duration pauseAfter(int attempts) {
        if (attempts < ATTEMPTS_WITHOUT_PAUSE) {
            return Duration.ZERO;
        }
        long millis = 1L << Math.min(attempts - ATTEMPTS_WITHOUT_PAUSE, 20);
        Duration growing = Duration.ofMillis(millis);
        return growing.compareTo(config.retryPause()) < 0 ? growing : config.retryPause();
    }

    /** Puts the call aside until the pause is over or connections have changed. */
    private void rest(Invocation<?> invocation, Throwable reason, Duration pause) {
        invocation.rememberFailure(reason);
        log.debug(() -> invocation + " waits " + pause.toMillis() + " ms: " + reason.getMessage());
        resting.add(invocation);
        if (closed) {
            endResting(invocation);
            return;
        }
        try {
            // Even without a pause: the caller may be deep in a loop over failed calls, on the I/O thread.
            timer.schedule(() -> resume(invocation), pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            endResting(invocation);
        }
    }

    /** Puts the call aside until the client is connected and those before it have gone on. */
    private void awaitConnection(Invocation<?> invocation) {
        ConnectionException reason = new ConnectionException("The client is not connected to the cluster");
        if (isUrgent(invocation)) {
            // Not among those that wait until the client is ready.
            rest(invocation, reason, config.retryPause());
            return;
        }
        invocation.rememberFailure(reason);
        log.debug(() -> invocation + " waits for the client to be connected");
        offline.add(invocation);
        if (invocation.isDelivered()) {
            // Before it was in the queue, perhaps.
            offline.remove(invocation);
        }
    }

    /** Whether calls that wait for a connection are to be routed: sent, or ended. */
    private boolean needNotWait() {
        return closed || (cluster.isReady() ? routes.hasLive() : cluster.failsFastWhileOffline());
    }

    /** Puts the call aside until members can understand it. */
    private void restUntil(CompletableFuture<?> hold, Invocation<?> invocation) {
        invocation.rememberFailure(
                new ConnectionException("It carries an object whose schema has not reached all members yet"));
        resting.add(invocation);
        if (closed) {
            endResting(invocation);
            return;
        }
        hold.whenComplete((done, failure) -> {
            if (failure == null) {
                resume(invocation);
            } else if (resting.remove(invocation)) {
                invocation.fail(Failures.unwrapped(failure));
            }
        });
    }

    private void resume(Invocation<?> invocation) {
        if (resting.remove(invocation) && !invocation.isDelivered()) {
            dispatch(invocation);
        }
    }

    private void endResting(Invocation<?> invocation) {
        if (resting.remove(invocation)) {
            invocation.fail(closedError(invocation));
        }
    }

    /** Ends a call that waits to be sent, for its caller; false if it is under way, or had been and nobody knows with what effect. */
    boolean withdraw(Invocation<?> invocation) {
        if (!resting.remove(invocation) && !offline.remove(invocation)) {
            return false;
        }
        if (invocation.mayHaveHadEffect()) {
            invocation.fail(new CallInterruptedException(
                    "Interrupted while " + invocation.describe()
                            + " waited to be sent again; whether a member carried an earlier attempt out is unknown",
                    null,
                    true));
            return false;
        }
        return invocation.cancel(false);
    }

    /** Connections or the partition table have changed: what waits may go on. */
    public void onRoutesChanged() {
        offline.goOn();
        boolean ready = cluster.isReady();
        // Of a copy: a call that still finds no connection rests again, and would be met again, and again.
        for (Invocation<?> invocation : List.copyOf(resting)) {
            if (ready || isUrgent(invocation)) {
                resume(invocation);
            }
        }
    }

    /** The last connection was lost: calls that were about to be sent need not wait if they are to fail meanwhile. */
    public void onDisconnected() {
        offline.goOn();
    }

    /** The call gives its place back; called once for each admitted call. */
    void release(Invocation<?> invocation) {
        limit.release(invocation.message().length);
    }

    /** The call has its outcome. */
    void ended(Invocation<?> invocation) {
        if (!resting.isEmpty()) {
            resting.remove(invocation);
        }
        if (offline.isUsed()) {
            offline.remove(invocation);
        }
        forget(invocation);
    }

    /** From now on only the sweep ends this call, if nobody decodes its answer before. */
    void watch(Expiring call) {
        undecoded.add(call);
    }

    void forget(Expiring call) {
        if (!undecoded.isEmpty()) {
            undecoded.remove(call);
        }
    }

    private ClientClosedException closedError(Invocation<?> invocation) {
        Throwable reason = cluster.gaveUp();
        return new ClientClosedException(
                invocation.describe() + " failed: the client is shut down"
                        + (reason == null ? "" : ", because connecting was given up: " + reason.getMessage()),
                reason,
                invocation.mayHaveHadEffect());
    }

    // ---- deadlines

    private void endExpired(long now) {
        for (Connection connection : routes.active()) {
            connection.inFlight().forEach(reply -> {
                if (now - reply.expiryNanos() >= 0) {
                    reply.onExpired();
                }
            });
        }
        resting.forEach(invocation -> {
            if (now - invocation.expiryNanos() >= 0 && resting.remove(invocation)) {
                invocation.timeOut();
            }
        });
        offline.removeExpired(now).forEach(Invocation::timeOut);
        undecoded.forEach(call -> {
            if (now - call.expiryNanos() >= 0 && undecoded.remove(call)) {
                call.timeOut();
            }
        });
    }

    // ---- end

    /** Ends all calls that are not in flight; those are ended by their connections. Later calls fail at once. */
    public void close() {
        closed = true;
        sweep.stop();
        resting.forEach(this::endResting);
        offline.goOn();
        pauses.close();
    }

    /** The acks of a call did not come in time. */
    void backupAckMissed() {
        routes.backupAckMissed();
    }

    long backupTimeoutNanos() {
        return config.operationBackupTimeout().toNanos();
    }

    boolean failsWithoutBackupAcks() {
        return config.failOnIndeterminateOperationState();
    }

    FlightEvents flight() {
        return flight;
    }

    CallCounts counts() {
        return counts;
    }

    /** @param latency of the calls that were answered */
    public CallMetrics metrics(LatencyDistribution latency) {
        // In this order: what has ended was begun before.
        long failed = counts.failed.sum();
        long timedOut = counts.timedOut.sum();
        long cancelled = counts.cancelled.sum();
        return new CallMetrics(
                counts.started.sum(),
                latency.count(),
                failed,
                timedOut,
                cancelled,
                counts.retried.sum(),
                limit.count(),
                limit.bytes(),
                limit.waiting(),
                resting.size() + offline.size(),
                latency);
    }

    /** Calls under way: in flight or waiting to be sent again. */
    public int pending() {
        return limit.count();
    }
}
