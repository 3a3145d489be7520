// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.listener;

import io.filbert.cluster.Address;
import io.filbert.error.ClientClosedException;
import io.filbert.error.ConnectionException;
import io.filbert.error.MemberErrorException;
import io.filbert.error.OperationTimeoutException;
import io.filbert.error.TargetDisconnectedException;
import io.filbert.internal.cluster.Cluster;
import io.filbert.internal.connection.Connection;
import io.filbert.internal.connection.ConnectionCall;
import io.filbert.internal.connection.MemberErrors;
import io.filbert.internal.invocation.OwnFuture;
import io.filbert.internal.invocation.SendGate;
import io.filbert.internal.runtime.ClientLog;
import io.filbert.internal.runtime.Failures;
import io.filbert.internal.runtime.RareLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All listeners of one client. With smart routing each is registered on every connection, for each member reports its own events only;
 * otherwise on the one connection there is. Exactly once on each: whoever comes first, the user who adds a listener or the cluster that
 * gains a connection, makes the registration, and the other finds it made.
 *
 * <p>Thread-safe.
 */
public final class Subscriptions {

    private static final int MAX_EVENTS = 100_000;
    private static final long MAX_EVENT_BYTES = 64L << 20;

    /** What a log line is about. */
    private record Place(String tried, String subject, Address address) {}

    private final ClientLog log;
    private final RareLog rareLog;
    private final Cluster cluster;
    private final SendGate gate;
    private final ScheduledExecutorService timer;
    private final Executor callbacks;
    private final Duration timeout;
    private final Duration retryPause;
    private final Map<UUID, Registered> byId = new ConcurrentHashMap<>();
    private volatile boolean closed;
    private final AtomicLong droppedByRemoved = new AtomicLong();

    /**
     * @param gate holds registrations back that members could not understand yet
     * @param timeout for a member's answer to a registration
     * @param retryPause before a member that refused a registration is asked again
     */
    public Subscriptions(
            ClientLog log,
            Cluster cluster,
            SendGate gate,
            ScheduledExecutorService timer,
            Executor callbacks,
            Duration timeout,
            Duration retryPause) {
        this.log = log.forClass(Subscriptions.class);
        this.rareLog = new RareLog(this.log);
        this.cluster = cluster;
        this.gate = gate;
        this.timer = timer;
        this.callbacks = callbacks;
        this.timeout = timeout;
        this.retryPause = retryPause;
    }

    // ---- what users ask for

    /**
     * Registers a listener.
     *
     * @param owner what the listener belongs to, see {@link #removeAll}
     * @param timeoutNanos after which the registration has failed
     * @return completes with the id that {@link #remove} takes when all members there are now have it; fails, and then it is registered
     *     nowhere, if one refuses or the time is over. Ending it early, such as by cancelling it, ends the registration. Without any connection
     *     it succeeds at once: members are asked when there are some
     */
    public CompletableFuture<UUID> add(Object owner, Subscription subscription, long timeoutNanos) {
        return add(owner, subscription, timeoutNanos, callbacks);
    }

    /**
     * As {@link #add}, for a listener of the client's own, which is called on I/O threads and must not block. It is registered with the time
     * that the client gives to each registration.
     */
    public CompletableFuture<UUID> addOwn(Object owner, Subscription subscription) {
        return add(owner, subscription, timeout.toNanos(), Runnable::run);
    }

    private CompletableFuture<UUID> add(Object owner, Subscription subscription, long timeoutNanos, Executor executor) {
        EventPipe pipe = new EventPipe(log, rareLog, subscription, executor, MAX_EVENTS, MAX_EVENT_BYTES);
        Registered registered = new Registered(owner, subscription, pipe, System.nanoTime() + timeoutNanos);
        OwnFuture<UUID> future = new OwnFuture<>(
                "the registration of the " + subscription.subject(), executor, () -> takeBack(registered, timeout));
        byId.put(registered.id(), registered);
        if (closed) {
            byId.remove(registered.id());
            future.fail(new ClientClosedException(
                    "The " + subscription.subject() + " was added after the client was shut down", null, false));
            return future;
        }
        List<CompletableFuture<UUID>> answers = new ArrayList<>();
        for (Connection connection : cluster.routes().active()) {
            answers.add(register(registered, connection).memberId);
        }
        whenAllEnded(answers, refusal -> {
            if (refusal == null) {
                registered.markAdded();
                future.succeed(registered.id());
            } else {
                takeBack(registered, timeout);
                future.fail(failureToRegister(subscription, refusal));
            }
        });
        endAfter(timeoutNanos, future, () -> {
            if (future.fail(registrationTimeout(registered, timeoutNanos))) {
                takeBack(registered, timeout);
            }
        });
        return future;
    }

    /** What the user sees. It is not registered anywhere: what members have accepted is taken back. */
    private static Throwable failureToRegister(Subscription subscription, Throwable refusal) {
        String what = "Registering the " + subscription.subject();
        if (refusal instanceof MemberErrorException error) {
            return MemberErrors.forUser(error, subscription.addType(), what);
        }
        return refusal instanceof OperationTimeoutException
                ? new OperationTimeoutException(what + ": " + refusal.getMessage(), refusal.getCause(), false)
                : refusal;
    }

    private static OperationTimeoutException registrationTimeout(Registered registered, long timeoutNanos) {
        StringBuilder text = new StringBuilder("Registering the ")
                .append(registered.subscription().subject())
                .append(" did not end within ")
                .append(TimeUnit.NANOSECONDS.toMillis(timeoutNanos))
                .append(" ms (option invocationTimeout, or withDeadline), so it was taken back:");
        registered.places().forEach((connection, place) -> {
            if (!place.memberId.isDone()) {
                text.append(
                                place.call == null
                                        ? " a schema that it needs has not reached all members, so it was not sent on "
                                        : " no answer on ")
                        .append(connection)
                        .append(';');
            }
        });
        text.setLength(text.length() - 1);
        return new OperationTimeoutException(text.toString(), null, false);
    }

    /** Acts when the time is over, unless the future has its outcome by then. */
    private void endAfter(long timeoutNanos, OwnFuture<?> future, Runnable alarm) {
        if (future.isDelivered()) {
            return;
        }
        try {
            future.endsAt(timer.schedule(alarm, timeoutNanos, TimeUnit.NANOSECONDS));
        } catch (RejectedExecutionException e) {
            log.debug(() -> "The client is shutting down, which ends registrations");
        }
    }

    /**
     * Ends a registration; false if there is none with this id. When the future completes, no further call of the listener starts.
     *
     * @param timeoutNanos after which members that have not answered are not awaited any longer; they are asked all the same
     */
    public CompletableFuture<Boolean> remove(UUID registrationId, long timeoutNanos) {
        Objects.requireNonNull(registrationId, "registrationId");
        Registered registered = byId.get(registrationId);
        OwnFuture<Boolean> future = new OwnFuture<>(
                registered == null
                        ? "the removal of a listener"
                        : "the removal of the " + registered.subscription().subject(),
                callbacks,
                () -> {});
        if (registered == null || !byId.remove(registrationId, registered)) {
            future.succeed(false);
            return future;
        }
        whenAllEnded(takeBack(registered, atLeast(timeoutNanos)), ignored -> future.succeed(true));
        endAfter(timeoutNanos, future, () -> future.succeed(true));
        return future;
    }

    /** How long members may take to answer, if the user waits for so long: longer than configured, if the user does. */
    private Duration atLeast(long nanos) {
        return nanos > timeout.toNanos() ? Duration.ofNanos(nanos) : timeout;
    }

    /**
     * Registers the listeners of an owner anew on all connections: members may have forgotten them. What happened meanwhile is a gap.
     */
    public void renewAll(Object owner) {
        for (Registered registered : byId.values()) {
            if (registered.owner().equals(owner)) {
                registered.places().forEach((connection, place) -> {
                    if (registered.places().remove(connection, place)) {
                        takeBack(registered, connection, place, timeout);
                        register(registered, connection);
                    }
                });
            }
        }
    }

    /** Ends all registrations of an owner, which is about to end. No further call of their listeners starts. */
    public void removeAll(Object owner) {
        for (Registered registered : byId.values()) {
            if (registered.owner().equals(owner)) {
                takeBack(registered, timeout);
            }
        }
    }

    /** The client ends: no listener is called any more, and none is added. Members notice by themselves. */
    public void close() {
        closed = true;
        byId.values().forEach(Registered::markRemoved);
        byId.clear();
    }

    /** Calls back, once, with the first failure other than a lost connection: what was on that connection ended with it. */
    private static void whenAllEnded(
            Collection<? extends CompletableFuture<?>> answers, Consumer<@Nullable Throwable> done) {
        AtomicInteger missing = new AtomicInteger(answers.size() + 1);
        CompletableFuture<Throwable> refusal = new CompletableFuture<>();
        Runnable oneLess = () -> {
            if (missing.decrementAndGet() == 0) {
                done.accept(refusal.getNow(null));
            }
        };
        for (CompletableFuture<?> answer : answers) {
            answer.whenComplete((result, failure) -> {
                Throwable cause = failure == null ? null : Failures.unwrapped(failure);
                boolean lost = cause instanceof ConnectionException || cause instanceof TargetDisconnectedException;
                if (cause != null && !lost) {
                    refusal.complete(cause);
                }
                oneLess.run();
            });
        }
        oneLess.run();
    }

    // ---- what the cluster tells

    /** Connections may have changed: registers what is missing. Not before the cluster knows the objects and schemas listeners need. */
    public void onRoutesChanged() {
        if (!cluster.isReady()) {
            return;
        }
        for (Registered registered : byId.values()) {
            forgetLost(registered);
            for (Connection connection : cluster.routes().active()) {
                register(registered, connection);
            }
        }
    }

    /**
     * Registers all listeners on a connection, before calls go out on it; failures are logged and tried again later. Registrations that are held
     * back are not waited for: what holds them back may need the connection itself.
     */
    public CompletableFuture<Void> registerAll(Connection connection) {
        List<CompletableFuture<?>> settled = new ArrayList<>();
        for (Registered registered : byId.values()) {
            settled.add(register(registered, connection).settled);
        }
        return CompletableFuture.allOf(settled.toArray(new CompletableFuture<?>[0]));
    }

    /** The listeners whose registration on the connection has not been answered. */
    public List<String> unanswered(Connection connection) {
        List<String> subjects = new ArrayList<>();
        for (Registered registered : byId.values()) {
            Registered.OnConnection place = registered.places().get(connection);
            if (place != null && !place.settled.isDone()) {
                subjects.add(registered.subscription().subject());
            }
        }
        return subjects;
    }

    /** The last connection was lost: nobody knows what happens until the next one. */
    public void onDisconnected() {
        byId.values().forEach(Subscriptions::forgetLost);
    }

    private static void forgetLost(Registered registered) {
        if (registered.places().keySet().removeIf(connection -> !connection.isLive())) {
            registered.pipe().gap();
        }
    }

    /** Events that listeners did not get, because they did not keep up or the events could not be read, since the client was made. */
    public long droppedEvents() {
        long dropped = droppedByRemoved.get();
        for (Registered registered : byId.values()) {
            dropped += registered.pipe().dropped();
        }
        return dropped;
    }

    // ---- one listener on one connection

    private Registered.OnConnection register(Registered registered, Connection connection) {
        Registered.OnConnection mine = new Registered.OnConnection();
        Registered.OnConnection existing = registered.places().putIfAbsent(connection, mine);
        if (existing != null) {
            return existing;
        }
        try {
            begin(registered, connection, mine);
        } catch (Throwable e) {
            // Such as: no memory. Somebody waits for the outcome, and a place that is taken is not tried again.
            ended(registered, connection, mine, null, e);
        }
        if (registered.isRemoved()) {
            // The removal came in between, and may not have seen this place.
            takeBack(registered, connection, mine, timeout);
        }
        return mine;
    }

    private void begin(Registered registered, Connection connection, Registered.OnConnection mine) {
        byte[] message = registered.subscription().addRequest().get();
        CompletableFuture<?> hold = gate.holds(message);
        if (hold == null) {
            if (mine.begin()) {
                send(registered, connection, mine, message);
            }
        } else {
            mine.settled.complete(null);
            hold.whenComplete((known, failure) -> {
                if (!mine.begin()) {
                    log.debug(() -> "The " + registered.subscription().subject() + " was removed before it was sent");
                } else if (failure == null) {
                    send(registered, connection, mine, message);
                } else {
                    ended(registered, connection, mine, null, Failures.unwrapped(failure));
                }
            });
        }
    }

    private void send(Registered registered, Connection connection, Registered.OnConnection place, byte[] message) {
        Subscription subscription = registered.subscription();
        ConnectionCall<UUID> call = connection.call(
                subscription.addType(),
                message,
                subscription.added(),
                atLeast(registered.deadlineNanos() - System.nanoTime()),
                registered.pipe());
        place.call = call;
        call.whenComplete((memberId, failure) -> ended(registered, connection, place, memberId, failure));
    }

    private void ended(
            Registered registered,
            Connection connection,
            Registered.OnConnection place,
            @Nullable UUID memberId,
            @Nullable Throwable failure) {
        if (memberId != null) {
            if (registered.isAdded()) {
                // The user relies on it already: what happened at this member before was missed, from here on nothing
                // is.
                registered.pipe().gap();
            }
            place.memberId.complete(memberId);
            return;
        }
        Throwable cause = failure == null ? new IllegalStateException("no registration id came") : failure;
        registered.places().remove(connection, place);
        try {
            tryAgain(registered, connection, cause);
        } finally {
            place.memberId.completeExceptionally(cause);
        }
    }

    private void tryAgain(Registered registered, Connection connection, Throwable cause) {
        if (connection.isLive() && byId.containsKey(registered.id())) {
            String subject = registered.subscription().subject();
            rareLog.warning(
                    new Place("register", subject, connection.address()),
                    "The " + subject + " could not be registered on " + connection
                            + "; its events are missing until the next try, in " + retryPause.toMillis() + " ms: "
                            + cause.getMessage());
            tryAgainLater(registered, connection);
        }
    }

    private void tryAgainLater(Registered registered, Connection connection) {
        try {
            timer.schedule(
                    () -> {
                        if (connection.isLive() && byId.containsKey(registered.id())) {
                            register(registered, connection);
                        }
                    },
                    retryPause.toNanos(),
                    TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            log.debug(() -> "The client is shutting down, no listener is registered any more");
        }
    }

    /** Ends the registration everywhere; the futures complete when the members have answered, and never fail. */
    private List<CompletableFuture<?>> takeBack(Registered registered, Duration patience) {
        byId.remove(registered.id());
        if (registered.markRemoved()) {
            droppedByRemoved.addAndGet(registered.pipe().dropped());
        }
        List<CompletableFuture<?>> answers = new ArrayList<>();
        registered
                .places()
                .forEach((connection, place) -> answers.add(takeBack(registered, connection, place, patience)));
        return answers;
    }

    private CompletableFuture<?> takeBack(
            Registered registered, Connection connection, Registered.OnConnection place, Duration patience) {
        if (!place.beginTakingBack()) {
            return CompletableFuture.completedFuture(true);
        }
        if (place.begin()) {
            registered.places().remove(connection, place);
            place.memberId.completeExceptionally(new CancellationException("removed before it was sent"));
            return CompletableFuture.completedFuture(true);
        }
        Subscription subscription = registered.subscription();
        // A registration under way is taken back when its id has come.
        return place.memberId
                .thenCompose(memberId -> {
                    ConnectionCall<UUID> call = place.call;
                    if (call != null) {
                        connection.removeEventHandler(call.correlationId());
                    }
                    return connection.call(
                            subscription.removeType(),
                            subscription.removeRequest().apply(memberId),
                            response -> true,
                            patience,
                            null);
                })
                .exceptionally(failure -> {
                    tellOfFailedRemoval(subscription.subject(), connection, place, failure);
                    return true;
                });
    }

    /** What was never registered need not be removed, and what was on a lost connection ended with it. */
    private void tellOfFailedRemoval(
            String subject, Connection connection, Registered.OnConnection place, Throwable failure) {
        String what = "The " + subject + " could not be removed from " + connection;
        if (place.memberId.isCompletedExceptionally() || !connection.isLive()) {
            log.debug(() -> what + ": " + failure);
        } else {
            rareLog.warning(
                    new Place("remove", subject, connection.address()),
                    what
                            + "; the member goes on sending its events, which are dropped here, until the connection ends: "
                            + Failures.unwrapped(failure));
        }
    }
}
