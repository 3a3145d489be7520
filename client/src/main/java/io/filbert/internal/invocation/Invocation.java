// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.invocation;

import io.filbert.error.ClientClosedException;
import io.filbert.error.ConnectionException;
import io.filbert.error.IndeterminateOperationException;
import io.filbert.error.MemberErrorCode;
import io.filbert.error.MemberErrorException;
import io.filbert.error.OperationTimeoutException;
import io.filbert.error.SerializationException;
import io.filbert.error.TargetDisconnectedException;
import io.filbert.internal.blocking.ClientFuture;
import io.filbert.internal.connection.Connection;
import io.filbert.internal.connection.MemberErrors;
import io.filbert.internal.connection.PendingReply;
import io.filbert.internal.connection.ResponseDecoder;
import io.filbert.internal.flightrecorder.FlightEvents;
import io.filbert.internal.protocol.MessageHeader;
import io.filbert.internal.protocol.MessageReader;
import io.filbert.internal.protocol.MessageTooLongException;
import io.filbert.internal.protocol.PartitionHash;
import io.filbert.internal.protocol.ProtocolException;
import io.filbert.internal.protocol.RequestType;
import io.filbert.internal.serialization.stream.DecodeElsewhere;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One logical call: the future the caller holds and the state of its attempts in one object, because there is one for each call
 * and its size is most of what a call costs.
 *
 * <p><b>Life.</b> The {@link Invoker} sends it on a connection, under a fresh correlation id for each attempt. An attempt ends with
 * a reply, an error or the loss of its connection; the call ends with the first of: a result, a final error, its deadline, the
 * client's shutdown, or the caller ending the future itself. Whoever decides the outcome first wins ({@link
 * ClientFuture#deliver}), and exactly then the place in the in-flight bound is given back.
 *
 * <p><b>Backup acks.</b> If the reply announces acks, the result is held until they have come. They may come before the reply.
 * {@link #acks} packs both sides, because they race: bits 0-7 acks that came, bits 8-15 acks announced, bit 16 whether the result is
 * held; and, to save a field, in bits 17-30 the number of attempts, the sign standing for a call without a place in the in-flight bound. While the
 * result is held the expiry is that of the acks.
 *
 * <p>Thread-safe: attempts of one invocation do not overlap, but replies, acks, loss and expiry race.
 */
final class Invocation<T extends @Nullable Object> extends ClientFuture<T> implements PendingReply, Expiring {

    private static final VarHandle ACKS;
    private static final VarHandle PROGRESS;

    static {
        try {
            ACKS = MethodHandles.lookup().findVarHandle(Invocation.class, "acks", int.class);
            PROGRESS = MethodHandles.lookup().findVarHandle(Invocation.class, "progress", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Stands for a result that is null and waits for its acks. */
    private static final Object NULL_RESULT = new Object();

    /** A failure, as opposed to a result, which may be an exception too. */
    private record LastFailure(Throwable failure) {}

    /** No attempt can have had an effect. */
    private static final byte NONE = 0;

    /** The attempt that is under way may have one; none before it had. */
    private static final byte UNDER_WAY = 1;

    /** An attempt that failed may have had one. */
    private static final byte UNKNOWN = 2;

    private static final int CAME_MASK = 0xFF;
    private static final int ANNOUNCED_SHIFT = 8;
    private static final int HELD = 1 << 16;
    private static final int ATTEMPTS_SHIFT = 17;
    private static final int MOST_ATTEMPTS = (1 << 14) - 1;
    private static final int NO_PLACE = 1 << 31;

    private final RequestType type;
    private final byte[] message;
    private final ResponseDecoder<T> decoder;
    private final CallOptions options;

    /** From what the partition follows: not negative, the hash of a key; else the complement of the number of partitions it was chosen of. */
    private final int placement;

    private volatile long correlationId;
    private volatile long expiryNanos;
    private volatile int acks = NO_PLACE;

    /** The result while it is held; before that, why the last attempt failed, if one did. */
    private volatile @Nullable Object progress;

    private volatile @Nullable Connection connection;

    /** {@link #NONE}, {@link #UNDER_WAY} or {@link #UNKNOWN}. Bytes, as {@link #refusals}, because there is room for them without more memory. */
    private volatile byte effect;

    /** How many attempts in a row were refused because their connection was not authenticated. Attempts follow each other. */
    private byte refusals;

    /** @param placement {@link #byKey} or {@link #byPartition} */
    Invocation(
            RequestType type,
            byte[] message,
            ResponseDecoder<T> decoder,
            CallOptions options,
            int placement,
            long now) {
        this.placement = placement;
        this.type = type;
        this.message = message;
        this.decoder = decoder;
        this.options = options;
        this.expiryNanos = now + options.timeoutNanos();
    }

    /** The placement of a call on the key whose Data has this hash. */
    static int byKey(int partitionHash) {
        return partitionHash == Integer.MIN_VALUE ? 0 : Math.abs(partitionHash);
    }

    /** The placement of a call on the partition that the message names, one of so many, or on none. */
    static int byPartition(int partitionCount) {
        return ~partitionCount;
    }

    /**
     * Puts the partition into the message, before an attempt. Its number may be another one than before: the client may have gone to a
     * cluster with more or fewer.
     *
     * @return false if the partition was chosen of another number of partitions, so that it means nothing here
     */
    boolean place(int partitionCount) {
        if (placement >= 0) {
            MessageHeader.setPartitionId(message, PartitionHash.toPartitionId(placement, partitionCount));
            return true;
        }
        return partitionId() < 0 || placement == ~partitionCount;
    }

    byte[] message() {
        return message;
    }

    RequestType type() {
        return type;
    }

    CallOptions options() {
        return options;
    }

    int partitionId() {
        return MessageHeader.partitionId(message, 0);
    }

    private Invoker invoker() {
        return options.invoker();
    }

    /** Where the last attempt went, or null if there was none. */
    @Nullable
    Connection connection() {
        return connection;
    }

    int attempts() {
        return (acks & ~NO_PLACE) >>> ATTEMPTS_SHIFT;
    }

    /** A new attempt begins on this connection. */
    void attemptOn(Connection target) {
        connection = target;
        if (effect == NONE) {
            effect = UNDER_WAY;
        }
        acks = (acks & NO_PLACE) | Math.min(attempts() + 1, MOST_ATTEMPTS) << ATTEMPTS_SHIFT;
    }

    /**
     * The last attempt has failed.
     *
     * @param refused whether because the connection is not authenticated
     * @return how many attempts in a row were refused for that reason
     */
    int attemptEnded(Throwable failure, boolean refused) {
        if (failure instanceof ConnectionException
                || (failure instanceof ClientClosedException end && !end.isIndeterminate())) {
            attemptNotSent();
        } else if (!refused && !(failure instanceof MemberErrorException error && error.isRetryable())) {
            effect = UNKNOWN;
        }
        if (effect == UNDER_WAY) {
            effect = NONE;
        }
        refusals = (byte) (refused ? refusals + 1 : 0);
        return refusals;
    }

    /** Whether a member may have carried it out, as far as is known: in an attempt that is under way, or in one that failed. */
    boolean mayHaveHadEffect() {
        return effect != NONE;
    }

    /** The last attempt had no effect: not a byte of it had left. */
    private void attemptNotSent() {
        int sent = attempts() - 1;
        if (sent < 0) {
            return;
        }
        acks = (acks & NO_PLACE) | sent << ATTEMPTS_SHIFT;
        if (sent == 0) {
            connection = null;
        }
    }

    // ---- the outcome

    private void succeed(@Nullable T value) {
        if (value instanceof UndecodedReply<?> && !options.isClientOwn()) {
            @SuppressWarnings("unchecked") // made by decode()
            UndecodedReply<? extends T> undecoded = (UndecodedReply<? extends T>) value;
            if (deliverUndecoded(undecoded)) {
                giveBackPlace(); // it is under way no more, and who decodes it may come to make other calls first
            }
        } else {
            deliver(value);
        }
    }

    /** Decoding waits for a schema: from now on only the sweep knows of this call. */
    @Override
    protected void decodingWaits() {
        invoker().watch(this);
    }

    void fail(Throwable error) {
        endWith(error);
    }

    private boolean endWith(Throwable error) {
        boolean first = deliverFailure(error);
        if (first) {
            invoker().counts().failed.increment();
        }
        return first;
    }

    /** The call has a place in the in-flight bound from now on. */
    void admitted() {
        acks = 0;
    }

    /** Gives the place back before dependent stages run: they may need it for the next call. */
    @Override
    protected void decided() {
        giveBackPlace();
        invoker().ended(this);
    }

    private void giveBackPlace() {
        if ((int) ACKS.getAndBitwiseOr(this, NO_PLACE) >= 0) {
            invoker().release(this);
        }
    }

    /** The caller ended the future: forget the call. A reply that still comes is ignored. */
    @Override
    protected void abandoned() {
        invoker().counts().cancelled.increment();
        forgetAttempt();
    }

    @Override
    protected boolean withdraw() {
        return invoker().withdraw(this);
    }

    private void forgetAttempt() {
        Connection target = connection;
        if (target != null) {
            target.inFlight().remove(this, correlationId);
        }
    }

    @SuppressWarnings("unchecked") // set by hold()
    private @Nullable T held() {
        Object result = progress;
        return result == NULL_RESULT ? null : (T) result;
    }

    @Override
    protected Executor completionExecutor() {
        return options.completions();
    }

    // ---- the attempt

    @Override
    public long correlationId() {
        return correlationId;
    }

    @Override
    public void assign(long id) {
        // Before anybody can see the call in the table: once it is seen, another attempt may own the message.
        MessageHeader.setCorrelationId(message, id);
        correlationId = id;
    }

    @Override
    public long expiryNanos() {
        return expiryNanos;
    }

    @Override
    public boolean onReply(MessageReader reply) {
        if ((acks & HELD) != 0) {
            // A second reply to one request; the first one stands.
            return false;
        }
        int replyType = reply.messageType();
        if (replyType == MemberErrors.TYPE) {
            memberFailed(reply);
            return true;
        }
        if (replyType != responseType(type)) {
            throw new ProtocolException("The reply to " + type.name() + " has message type 0x"
                    + Integer.toHexString(replyType) + " instead of 0x" + Integer.toHexString(responseType(type)));
        }
        @Nullable T value;
        try {
            value = decode(reply);
        } catch (ProtocolException e) {
            fail(UnreadableAnswer.malformed(describe(), replyType, e));
            return true;
        } catch (OutOfMemoryError e) {
            fail(UnreadableAnswer.noRoom(describe(), reply.length(), e));
            return true;
        } catch (SerializationException e) {
            fail(UndecodedReply.of(describe(), e));
            return true;
        } catch (Throwable e) {
            // Whatever it is ends this call and not the I/O thread.
            fail(e);
            return true;
        }
        answered();
        int announced = reply.backupAcks();
        if (announced == 0 || !hold(value, announced)) {
            succeed(value);
            return true;
        }
        return false;
    }

    private void memberFailed(MessageReader reply) {
        MemberErrorException error;
        try {
            error = MemberErrors.decode(reply);
        } catch (ProtocolException e) {
            fail(UnreadableAnswer.malformed(describe(), MemberErrors.TYPE, e));
            return;
        }
        invoker().attemptFailed(this, error);
    }

    @Override
    public void onTooLong(MessageTooLongException reply) {
        if ((acks & HELD) == 0) {
            fail(UnreadableAnswer.tooLong(describe(), reply));
        }
    }

    /** When the call began. Meaningless once the result is held, which changes the expiry. */
    long beganNanos() {
        return expiryNanos - options.timeoutNanos();
    }

    /** To be called before the result is held. */
    private void answered() {
        Connection target = connection;
        if (target != null) {
            long nanos = target.answered(beganNanos());
            FlightEvents flight = invoker().flight();
            if (nanos >= flight.slowCallNanos()) {
                flight.slowCall(this, target, nanos, attempts());
            }
        }
    }

    /** What only code of the user can read stays as it is until there is a thread for that. */
    @SuppressWarnings("unchecked") // an undecoded reply stands for the result it will give; see succeed() and FanOut
    private @Nullable T decode(MessageReader reply) {
        try {
            return decoder.decode(reply);
        } catch (DecodeElsewhere signal) {
            return (T) new UndecodedReply<>(decoder, reply.copyMessage(), describe(), type.retryable());
        }
    }

    /** Keeps the result until the acks have come; false if they have already. */
    private boolean hold(@Nullable T value, int announced) {
        progress = value == null ? NULL_RESULT : value;
        long acksExpire = System.nanoTime() + invoker().backupTimeoutNanos();
        if (acksExpire - expiryNanos < 0) {
            expiryNanos = acksExpire;
        }
        int before = (int) ACKS.getAndAdd(this, HELD | announced << ANNOUNCED_SHIFT);
        return (before & CAME_MASK) < announced;
    }

    @Override
    public boolean onBackupAck() {
        int now = (int) ACKS.getAndAdd(this, 1) + 1;
        boolean complete = (now & HELD) != 0 && (now & CAME_MASK) == ((now >>> ANNOUNCED_SHIFT) & CAME_MASK);
        if (complete) {
            succeed(held());
        }
        return complete;
    }

    @Override
    public void onDisconnected(Connection lost, Throwable cause) {
        if ((acks & HELD) != 0) {
            // The primary has carried it out and answered; only backups are unconfirmed.
            endWithoutAcks();
        } else {
            invoker().attemptFailed(this, cause);
        }
    }

    @Override
    public void onExpired() {
        forgetAttempt();
        if ((acks & HELD) != 0) {
            if (options.timeoutNanos() > invoker().backupTimeoutNanos()) {
                // Not for calls whose own deadline may have been the first to pass.
                invoker().backupAckMissed();
            }
            endWithoutAcks();
        } else {
            timeOut();
        }
    }

    private void endWithoutAcks() {
        if (invoker().failsWithoutBackupAcks()) {
            fail(new IndeterminateOperationException(type.name() + " on " + options.subject()
                    + " was carried out by the partition's owner, but not all backups confirmed it in time"
                    + " (options operationBackupTimeout, failOnIndeterminateOperationState)"));
        } else {
            succeed(held());
        }
    }

    private static int responseType(RequestType request) {
        return request.id() + 1;
    }

    // ---- errors

    void rememberFailure(Throwable failure) {
        Object before = progress;
        // A result that waits for its acks stays: the connection may be lost while the answer is handled.
        if (before == null || before instanceof LastFailure) {
            PROGRESS.compareAndSet(this, before, new LastFailure(failure));
        }
    }

    /**
     * Whether the call may be sent again when an earlier attempt may have had its effect.
     *
     * @param redoOperation whether the user wants all calls repeated
     */
    private boolean isIdempotent(boolean redoOperation) {
        return type.retryable() || (redoOperation && options.mayBeRedone());
    }

    /** Whether the failed attempt may be followed by another one. */
    boolean mayRetryAfter(Throwable failure, boolean redoOperation) {
        boolean idempotent = isIdempotent(redoOperation);
        if (failure instanceof TargetDisconnectedException) {
            return idempotent;
        }
        if (failure instanceof MemberErrorException error) {
            MemberErrorCode.RetryRule rule = error.errorCode().retryRule();
            return switch (rule) {
                case NEVER -> false;
                case ALWAYS, ALWAYS_UNLESS_BOUND -> true;
                case IF_IDEMPOTENT -> idempotent;
                case ALWAYS_UNLESS_MEMBER_TARGET -> options.member() == null;
            };
        }
        return failure instanceof ConnectionException;
    }

    /** The sweep found the call over time while nothing else could have. */
    @Override
    public void timeOut() {
        OperationTimeoutException timeout = timeout();
        if (type.retryable() || !decodeWithout(timeout)) {
            if (endWith(timeout)) {
                invoker().counts().timedOut.increment();
            }
        }
    }

    private OperationTimeoutException timeout() {
        Connection target = connection;
        Throwable failure = progress instanceof LastFailure last ? last.failure : null;
        int attempts = attempts();
        StringBuilder text = new StringBuilder(this.describe())
                .append(" did not end within ")
                .append(TimeUnit.NANOSECONDS.toMillis(options.timeoutNanos()))
                .append(" ms (option invocationTimeout, or withDeadline): ");
        if (target == null) {
            text.append("it was never sent")
                    .append(failure == null ? ", because there was no connection to send it on" : "");
        } else {
            text.append(attempts)
                    .append(attempts == 1 ? " attempt, " : " attempts, the last one ")
                    .append("on ")
                    .append(target);
        }
        if (failure != null) {
            text.append("; last failure: ").append(failure.getMessage());
        }
        if (target != null && !mayHaveHadEffect()) {
            text.append(". No attempt had an effect");
        }
        return new OperationTimeoutException(text.toString(), failure, mayHaveHadEffect());
    }

    @Override
    protected String describe() {
        return CallNames.of(type) + " on " + options.subject();
    }

    @Override
    public String toString() {
        return describe() + (isDelivered() ? " (ended)" : " (attempt " + attempts() + ")");
    }
}
