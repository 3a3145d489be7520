// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.connection;

import io.filbert.cluster.Address;
import io.filbert.error.ClientClosedException;
import io.filbert.error.ConnectionException;
import io.filbert.error.HazelcastException;
import io.filbert.error.MemberErrorException;
import io.filbert.error.TargetDisconnectedException;
import io.filbert.internal.protocol.MessageHeader;
import io.filbert.internal.protocol.MessageReader;
import io.filbert.internal.protocol.MessageTooLongException;
import io.filbert.internal.protocol.ProtocolException;
import io.filbert.internal.protocol.RequestType;
import io.filbert.internal.protocol.codec.ClientLocalBackupListenerCodec;
import io.filbert.internal.tls.HandshakeFailure;
import io.filbert.internal.transport.ChannelHandler;
import io.filbert.internal.transport.UnfinishedMessage;
import io.filbert.internal.transport.WireChannel;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection to one member: sends messages, and brings replies, events and backup acks to those who wait for them.
 *
 * <p>Thread-safe, except that the {@link ChannelHandler} methods belong to the channel's I/O thread. Before authentication
 * ({@link #member()} is null) only the handshake uses it.
 */
public final class Connection {

    private static final Logger LOG = System.getLogger(Connection.class.getName());

    /** So many messages may pass before the clock is looked at anew; those read at once share the time of that read. */
    private static final int MESSAGES_PER_CLOCK_READING = 32;

    private static final VarHandle MESSAGES_RECEIVED;

    static {
        try {
            MESSAGES_RECEIVED = MethodHandles.lookup().findVarHandle(Connection.class, "messagesReceived", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final int number;
    private final Address address;
    private final ConnectionListener listener;
    private final InFlightTable inFlight;
    private final Map<Long, EventHandler> eventHandlers = new ConcurrentHashMap<>();
    private final MessageReader reader = new MessageReader();
    private final CompletableFuture<Void> connected = new CompletableFuture<>();
    private final CompletableFuture<String> closeReason = new CompletableFuture<>();
    private final long openedMillis = System.currentTimeMillis();
    private volatile @Nullable WireChannel channel;
    private volatile @Nullable MemberIdentity member;
    private volatile @Nullable String awaited;
    private volatile boolean clientClosing;
    private volatile boolean backupAcks;

    /** Null until it has authenticated: failed attempts need none. */
    private volatile @Nullable LatencyHistogram latency;

    /** Written by the I/O thread only. */
    private long messagesReceived;

    /** Confined to the I/O thread. */
    private long clockNanos = System.nanoTime();

    Connection(int number, Address address, ConnectionListener listener) {
        this.number = number;
        this.address = address;
        this.listener = listener;
        this.inFlight = new InFlightTable(number);
    }

    /** Which member this connection leads to, null until it has authenticated. */
    public @Nullable MemberIdentity member() {
        return member;
    }

    /** The uuid of the member; only for connections that have authenticated. */
    public UUID memberUuid() {
        MemberIdentity identity = member;
        if (identity == null) {
            throw new IllegalStateException("Not authenticated yet: " + this);
        }
        return identity.uuid();
    }

    void authenticated(MemberIdentity identity) {
        latency = new LatencyHistogram();
        member = identity;
    }

    void attach(WireChannel wire) {
        channel = wire;
    }

    ChannelHandler channelHandler() {
        return new Incoming();
    }

    /** Completes when the socket is up, on the I/O thread. */
    CompletableFuture<Void> connected() {
        return connected;
    }

    /** Unique in the client. */
    public int number() {
        return number;
    }

    /** The address that was dialled. */
    public Address address() {
        return address;
    }

    public @Nullable SocketAddress localAddress() {
        WireChannel wire = channel;
        return wire == null ? null : wire.localAddress();
    }

    /** Notes which option the credentials are expected from; null when they have come. */
    void awaitsCredentialsOf(@Nullable String option) {
        awaited = option;
    }

    /** What is being done before the connection can be used, for those who give up waiting for it. */
    String opening() {
        WireChannel wire = channel;
        if (wire == null || !wire.isReached()) {
            return " could not be connected within ";
        }
        String option = awaited;
        if (option != null) {
            return " accepted the connection, but option " + option + " gave no credentials for it within ";
        }
        return connected.isDone()
                ? " accepted the connection but did not answer the authentication within "
                : " accepted the connection but did not finish the TLS handshake (does it speak TLS at this port?) within ";
    }

    /** When it was opened, in milliseconds of the wall clock. */
    public long openedMillis() {
        return openedMillis;
    }

    public InFlightTable inFlight() {
        return inFlight;
    }

    /** Whether this many bytes wait to be written because the member does not read. */
    public boolean isCongested(long bytes) {
        WireChannel wire = channel;
        return wire != null && wire.queuedBytes() > bytes;
    }

    /** Bytes read so far, those before authentication included. */
    public long bytesReceived() {
        WireChannel wire = channel;
        return wire == null ? 0 : wire.bytesRead();
    }

    /** Bytes written so far, those before authentication included. */
    public long bytesSent() {
        WireChannel wire = channel;
        return wire == null ? 0 : wire.bytesWritten();
    }

    /** Messages of all kinds, read so far. */
    public long messagesReceived() {
        return (long) MESSAGES_RECEIVED.getOpaque(this);
    }

    /** Messages of all kinds, written so far. */
    public long messagesSent() {
        WireChannel wire = channel;
        return wire == null ? 0 : wire.messagesWritten();
    }

    /** Bytes of messages that wait to be written. */
    public long bytesQueued() {
        WireChannel wire = channel;
        return wire == null || wire.isClosed() ? 0 : wire.queuedBytes();
    }

    @Nullable
    LatencyHistogram latency() {
        return latency;
    }

    /**
     * Notes that a call has been given its result by this connection. To be called on the I/O thread, while the reply is handled.
     *
     * @param startedNanos when the call began, by {@link System#nanoTime}
     * @return how long it took, in nanoseconds
     */
    public long answered(long startedNanos) {
        // Which was read when the bytes were: a reading of the clock for each call would cost as much as all the rest
        // of this.
        long arrived = lastReadNanos();
        long nanos = (clockNanos - arrived > 0 ? clockNanos : arrived) - startedNanos;
        LatencyHistogram histogram = latency;
        if (histogram != null) {
            histogram.record(nanos);
        }
        return nanos;
    }

    public boolean isLive() {
        WireChannel wire = channel;
        return wire != null && !wire.isClosed();
    }

    /** When bytes last arrived, by {@link System#nanoTime}. */
    public long lastReadNanos() {
        WireChannel wire = channel;
        return wire == null ? System.nanoTime() : wire.lastReadNanos();
    }

    /** When a message, or a fragment of one, was last complete, by {@link System#nanoTime}. */
    public long lastMessageNanos() {
        WireChannel wire = channel;
        return wire == null ? System.nanoTime() : wire.lastMessageNanos();
    }

    /** How many bytes have arrived. */
    public long bytesRead() {
        WireChannel wire = channel;
        return wire == null ? 0 : wire.bytesRead();
    }

    /**
     * Looks at the message that is not whole yet, for the head of an answer.
     *
     * @param result told on the I/O thread; not at all if the connection is closed
     */
    public void examineUnfinished(int answerType, long correlationId, Consumer<UnfinishedMessage> result) {
        WireChannel wire = channel;
        if (wire != null) {
            byte[] head = ByteBuffer.allocate(Integer.BYTES + Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(answerType)
                    .putLong(correlationId)
                    .array();
            wire.examineUnfinished(head, result);
        }
    }

    /** When bytes were last written, by {@link System#nanoTime}. */
    public long lastWriteNanos() {
        WireChannel wire = channel;
        return wire == null ? System.nanoTime() : wire.lastWriteNanos();
    }

    /**
     * Sends the message of the reply, which is assigned a correlation id first.
     *
     * @return false if the connection is closed; then the message was not sent and {@code reply} hears nothing from here
     */
    public boolean send(PendingReply reply, byte[] message) {
        WireChannel wire = channel;
        if (wire == null || wire.isClosed()) {
            return false;
        }
        long id = inFlight.add(reply);
        if (closeReason.isDone()) {
            // Perhaps after all replies were told. If this one was taken out by somebody else, it was told, too.
            return !inFlight.remove(reply, id);
        }
        // A channel that is closed, now or while it sends, hands out what it did not send before the replies are told.
        // What comes into its
        // queue in between counts as sent, to be on the safe side.
        wire.send(message, inFlight.size());
        return true;
    }

    /**
     * Sends a message of the client's own that is bound to this connection (authentication, ping, registrations).
     *
     * @param handler for the events of the registration, or null; installed before the message is sent
     * @return a future that completes on the I/O thread, so only for code that does not block
     */
    public <T extends @Nullable Object> ConnectionCall<T> call(
            RequestType type,
            byte[] message,
            ResponseDecoder<T> decoder,
            Duration timeout,
            @Nullable EventHandler handler) {
        ConnectionCall<T> call = new ConnectionCall<>(this, type, message, decoder, timeout, handler);
        if (!send(call, message)) {
            // Another thread may be closing it just now, and has not said yet why.
            closeReason.thenAccept(
                    reason -> call.onDisconnected(this, new ConnectionException(this + " is closed: " + reason)));
        }
        return call;
    }

    void installEventHandler(long correlationId, EventHandler handler) {
        eventHandlers.put(correlationId, handler);
    }

    /** Events with this id are dropped from now on. */
    public void removeEventHandler(long correlationId) {
        eventHandlers.remove(correlationId);
    }

    /** Whether the member at the other end sends backup acks here. */
    public boolean deliversBackupAcks() {
        return backupAcks;
    }

    /** The backup ack listener is registered at the member. */
    public void backupAcksRegistered() {
        backupAcks = true;
    }

    /** A backup ack for one of this connection's calls. */
    public void onBackupAck(long correlationId) {
        PendingReply reply = inFlight.find(correlationId);
        if (reply == null) {
            LOG.log(Level.DEBUG, "Backup ack for unknown correlation id {0,number,#} on {1}", correlationId, this);
        } else if (reply.onBackupAck()) {
            inFlight.remove(reply, correlationId);
        }
    }

    /** Closes it; later calls do nothing. Outstanding replies are told on the calling thread. */
    public void close(String reason, @Nullable Throwable cause) {
        WireChannel wire = channel;
        if (wire != null) {
            wire.close(reason, cause);
        } else {
            closeReason.complete(reason);
            connected.completeExceptionally(new ConnectionException(reason, cause));
        }
    }

    /** Closes it because the member takes it for not authenticated, see {@link MemberErrors#isNotAuthenticated}: another one is made then. */
    public void closeUnauthenticated(MemberErrorException refusal) {
        close("The member does not take it for authenticated any more: " + refusal.getMessage(), refusal);
    }

    /** Closes it because the client shuts down: outstanding calls end with {@link ClientClosedException}. */
    public void closeForShutdown() {
        clientClosing = true;
        close("The client is shutting down", null);
    }

    boolean isClosedForShutdown() {
        return clientClosing;
    }

    private void afterClose(String reason, @Nullable Throwable cause, List<byte[]> unsentMessages) {
        closeReason.complete(reason);
        @Nullable HazelcastException notOpened = failureToOpen(cause);
        String lost = lost();
        Throwable toldIfSent;
        Throwable toldIfUnsent;
        if (clientClosing) {
            String text = "The client was shut down while the call was in flight";
            toldIfSent = new ClientClosedException(text, null, true);
            toldIfUnsent = new ClientClosedException(text, null, false);
        } else if (notOpened != null) {
            toldIfSent = notOpened;
            toldIfUnsent = notOpened;
        } else {
            toldIfSent = new TargetDisconnectedException(lost + ": " + reason, cause);
            toldIfUnsent = new ConnectionException(lost + " before the request was sent: " + reason, cause);
        }
        connected.completeExceptionally(notOpened != null ? notOpened : new ConnectionException(reason, cause));
        try {
            endReplies(unsentMessages, toldIfSent, toldIfUnsent);
        } finally {
            eventHandlers.clear();
            listener.onClosed(this, reason, cause);
        }
    }

    private void endReplies(List<byte[]> unsentMessages, Throwable toldIfSent, Throwable toldIfUnsent) {
        try {
            Set<Long> unsent = new HashSet<>();
            for (byte[] message : unsentMessages) {
                unsent.add(MessageHeader.correlationId(message, 0));
            }
            List<PendingReply> waiting = new ArrayList<>();
            inFlight.forEach(waiting::add);
            for (PendingReply reply : waiting) {
                long id = reply.correlationId();
                if (inFlight.remove(reply, id)) {
                    tell(reply, unsent.contains(id) ? toldIfUnsent : toldIfSent);
                }
            }
        } catch (OutOfMemoryError e) {
            // There was no memory for the lists. No call may be left behind: nothing else would end it.
            inFlight.forEach(reply -> {
                if (inFlight.remove(reply, reply.correlationId())) {
                    tell(reply, toldIfSent);
                }
            });
        }
    }

    /** What TLS has to say if the connection ended before it was of use; null for nothing. */
    private @Nullable HazelcastException failureToOpen(@Nullable Throwable cause) {
        WireChannel wire = channel;
        if (member != null || wire == null || !wire.isReached() || !wire.isEncrypted()) {
            return null;
        }
        return HandshakeFailure.explain(address, connected.isDone(), cause);
    }

    private void tell(PendingReply reply, Throwable why) {
        try {
            reply.onDisconnected(this, why);
        } catch (Throwable e) {
            // The others must hear of it all the same.
            LOG.log(Level.ERROR, "Telling a call about the loss of " + this + " failed", e);
        }
    }

    private void countMessage() {
        long count = messagesReceived + 1;
        MESSAGES_RECEIVED.setOpaque(this, count);
        if (count % MESSAGES_PER_CLOCK_READING == 0) {
            clockNanos = System.nanoTime();
        }
    }

    private void dispatch(MessageReader message) {
        if (message.isEvent()) {
            if (message.isBackupEvent()) {
                long id = ClientLocalBackupListenerCodec.decodeBackupEvent(message)
                        .sourceInvocationCorrelationId();
                listener.onBackupAck(InFlightTable.connectionNumber(id), id);
            } else {
                dispatchEvent(message);
            }
            return;
        }
        long id = message.correlationId();
        PendingReply reply = inFlight.find(id);
        if (reply == null) {
            // No warning: calls end at their deadlines, or are cancelled, while their requests are under way, and then
            // the
            // reply comes late as a matter of course.
            LOG.log(Level.DEBUG, "Late or unknown reply for correlation id {0,number,#} on {1}", id, this);
        } else if (message.backupAcks() != 0) {
            // It stays while it waits for the acks, which find it here.
            if (reply.onReply(message)) {
                inFlight.remove(reply, id);
            }
        } else if (inFlight.remove(reply, id)) {
            // Out of the table first: a reply that is in it when the connection is closed is told of the loss.
            endWith(reply, id, message);
        }
    }

    private void endWith(PendingReply reply, long id, MessageReader message) {
        boolean ended = false;
        try {
            ended = reply.onReply(message);
        } finally {
            if (!ended) {
                // It goes on waiting, or an exception has left it as it was: its deadline or the end of the connection
                // ends it.
                inFlight.restore(reply, id);
                if (closeReason.isDone() && inFlight.remove(reply, id)) {
                    tell(reply, new TargetDisconnectedException(lost() + ": " + closeReason.getNow(""), null));
                }
            }
        }
    }

    private String lost() {
        return "The connection to " + (member == null ? address : member) + " was lost";
    }

    private void dispatchEvent(MessageReader message) {
        EventHandler handler = eventHandlers.get(message.correlationId());
        if (handler == null) {
            return;
        }
        try {
            handler.onEvent(message);
        } catch (ProtocolException e) {
            if (!handler.onLost(e)) {
                throw e;
            }
        } catch (OutOfMemoryError e) {
            if (!handler.onLost(e)) {
                throw new ProtocolException("There is no memory for an event that must not be missed", e);
            }
        }
    }

    /** Ends what waits for a message that is too long; whether the connection can go on. */
    private boolean endTooLong(MessageTooLongException message) {
        if (member == null) {
            return false;
        }
        long id = message.correlationId();
        if (MessageHeader.isEvent(message.flags())) {
            EventHandler handler = eventHandlers.get(id);
            return handler == null || handler.onLost(message);
        }
        PendingReply reply = inFlight.find(id);
        if (reply != null && inFlight.remove(reply, id)) {
            reply.onTooLong(message);
        }
        LOG.log(Level.DEBUG, "Skipping a message on {0}: {1}", this, message.getMessage());
        return true;
    }

    @Override
    public String toString() {
        MemberIdentity identity = member;
        return "Connection " + number + " to " + address + (identity == null ? "" : " (" + identity.uuid() + ")");
    }

    private final class Incoming implements ChannelHandler {

        @Override
        public void onConnected() {
            connected.complete(null);
        }

        @Override
        public void onMessage(byte[] buffer, int offset, int limit) {
            countMessage();
            try {
                dispatch(reader.reset(buffer, offset, limit));
            } catch (ProtocolException e) {
                // The bytes make no sense: not even what they belong to is known, or the connection depends on them.
                throw e;
            } catch (Throwable e) {
                LOG.log(Level.ERROR, "Handling a message on " + Connection.this + " failed", e);
            }
        }

        @Override
        public boolean onTooLong(MessageTooLongException message) {
            countMessage();
            return endTooLong(message);
        }

        @Override
        public void onClosed(String reason, @Nullable Throwable cause, List<byte[]> unsent) {
            afterClose(reason, cause, unsent);
        }
    }
}
