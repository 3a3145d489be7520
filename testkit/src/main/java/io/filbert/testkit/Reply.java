// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit;

import io.filbert.internal.protocol.MessageHeader;
import io.filbert.internal.protocol.codec.ErrorsCodec;
import io.filbert.internal.protocol.type.ErrorHolder;
import io.filbert.internal.protocol.type.StackTraceElement;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The ways to answer one request: at once or later, from any thread, several times or never. Encoded messages are copied
 * before they get the request's correlation id. What cannot be sent because the connection is gone is dropped silently, as a
 * member does. Thread-safe.
 */
public final class Reply {

    private static final long PAUSE_BETWEEN_PIECES_NANOS = TimeUnit.MICROSECONDS.toNanos(200);
    private static final AtomicLong FRAGMENT_IDS = new AtomicLong();

    private final ScriptedRequest request;

    Reply(ScriptedRequest request) {
        this.request = request;
    }

    /** The request this answers. */
    public ScriptedRequest request() {
        return request;
    }

    /** The connection the request came on. */
    public ScriptedConnection connection() {
        return request.connection();
    }

    /** Lets the member do what it would have done without a handler. */
    public void proceed() {
        connection().member().answerAsUsual(request, this);
    }

    /** Sends a response. */
    public void send(byte[] response) {
        send(response, 0);
    }

    /**
     * Sends a response.
     *
     * @param backupAcks how many backup acks the client shall wait for
     */
    public void send(byte[] response, int backupAcks) {
        byte[] message = addressed(response);
        if (backupAcks > 0) {
            MessageHeader.setBackupAcks(message, backupAcks);
        }
        ScriptedMember member = connection().member();
        if (member.diesAt(new Step(Step.Moment.HALF_ANSWERED, request.type()))) {
            connection().send(Arrays.copyOf(message, message.length / 2));
            member.dieAfterSending(connection());
            return;
        }
        connection().send(message);
        if (member.diesAt(new Step(Step.Moment.ANSWERED, request.type()))) {
            member.dieAfterSending(connection());
        }
    }

    /**
     * Sends a response in pieces of so many bytes, each written by itself. A short pause lets the client read most of them
     * one by one; to be certain, {@link #raw} leaves the moments to the test.
     */
    public void sendInPieces(byte[] response, int pieceBytes) {
        byte[] message = addressed(response);
        for (int from = 0; from < message.length; from += pieceBytes) {
            connection().send(Arrays.copyOfRange(message, from, Math.min(message.length, from + pieceBytes)));
            LockSupport.parkNanos(PAUSE_BETWEEN_PIECES_NANOS);
        }
    }

    /** Sends a response in fragments of so many frames. */
    public void sendFragmented(byte[] response, int framesPerFragment) {
        MessageShape.fragments(addressed(response), FRAGMENT_IDS.incrementAndGet(), framesPerFragment)
                .forEach(connection()::send);
    }

    /** Sends bytes as they are, be they half a message or garbage. */
    public void raw(byte[] bytes) {
        connection().send(bytes);
    }

    /** The response with the request's correlation id, for {@link #raw}. */
    public byte[] addressed(byte[] response) {
        byte[] message = response.clone();
        MessageHeader.setCorrelationId(message, request.correlationId());
        return message;
    }

    /** Answers with an error that has no cause. */
    public void error(int code, String className, @Nullable String message) {
        error(List.of(errorHolder(code, className, message)));
    }

    /** Answers with an error: the exception first, then its causes from the outside in. */
    public void error(List<ErrorHolder> errors) {
        send(ErrorsCodec.encode(errors));
    }

    /** One exception of an error, with a stack of one frame. */
    public static ErrorHolder errorHolder(int code, String className, @Nullable String message) {
        return new ErrorHolder(
                code,
                className,
                message,
                List.of(new StackTraceElement(
                        "io.filbert.testkit.ScriptedMember", "handle", "ScriptedMember.java", 1)));
    }

    /** Sends an event to the listener this request registers; no order is asked for. */
    public void event(byte[] event) {
        event(event, -1);
    }

    /**
     * Sends an event to the listener this request registers.
     *
     * @param orderingKey events of equal keys must be handled in their order
     */
    public void event(byte[] event, int orderingKey) {
        byte[] message = addressed(event);
        MessageHeader.setPartitionId(message, orderingKey);
        connection().send(message);
    }

    /**
     * Sends one backup ack for this request, on the client's connection to a member.
     *
     * @return false if the client has no backup listener there
     */
    public boolean backupAck(ScriptedMember from) {
        return from.sendBackupAck(connection().clientUuid(), request.correlationId());
    }

    @Override
    public String toString() {
        return "reply to " + request;
    }
}
