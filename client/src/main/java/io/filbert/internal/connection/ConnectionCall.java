// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.connection;

import io.filbert.error.ConnectionException;
import io.filbert.error.MemberErrorException;
import io.filbert.error.OperationTimeoutException;
import io.filbert.internal.protocol.MessageHeader;
import io.filbert.internal.protocol.MessageReader;
import io.filbert.internal.protocol.MessageTooLongException;
import io.filbert.internal.protocol.ProtocolException;
import io.filbert.internal.protocol.RequestType;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A call of the client's own that is bound to one connection and never repeated elsewhere. Completes on the I/O thread (or on
 * the thread that closed the connection or found the call expired), so only code that does not block may depend on it.
 */
public final class ConnectionCall<T extends @Nullable Object> extends CompletableFuture<T> implements PendingReply {

    private final Connection connection;
    private final RequestType type;
    private final byte[] message;
    private final ResponseDecoder<T> decoder;
    private final Duration timeout;
    private final long expiryNanos;
    private final @Nullable EventHandler handler;
    private volatile long correlationId;

    ConnectionCall(
            Connection connection,
            RequestType type,
            byte[] message,
            ResponseDecoder<T> decoder,
            Duration timeout,
            @Nullable EventHandler handler) {
        this.connection = connection;
        this.type = type;
        this.message = message;
        this.decoder = decoder;
        this.timeout = timeout;
        this.handler = handler;
        this.expiryNanos = System.nanoTime() + timeout.toNanos();
    }

    @Override
    public long correlationId() {
        return correlationId;
    }

    @Override
    public void assign(long id) {
        if (handler != null) {
            // Events may arrive before the response; an id that was not taken in the end costs nothing.
            if (correlationId != 0) {
                connection.removeEventHandler(correlationId);
            }
            connection.installEventHandler(id, handler);
        }
        MessageHeader.setCorrelationId(message, id);
        correlationId = id;
    }

    @Override
    public long expiryNanos() {
        return expiryNanos;
    }

    @Override
    public void onExpired() {
        connection.inFlight().remove(this, correlationId);
        fail(new OperationTimeoutException(
                type.name() + " got no answer on " + connection + " within " + timeout.toMillis() + " ms", null, true));
    }

    @Override
    public boolean onReply(MessageReader reply) {
        try {
            if (reply.messageType() == MemberErrors.TYPE) {
                memberFailed(MemberErrors.decode(reply));
                return true;
            }
            complete(decoder.decode(reply));
        } catch (ProtocolException e) {
            fail(e);
            if (connection.member() == null) {
                // Whatever answers there may not be a member at all.
                throw e;
            }
        } catch (Throwable e) {
            fail(e);
        }
        return true;
    }

    private void memberFailed(MemberErrorException error) {
        if (connection.member() != null && MemberErrors.isNotAuthenticated(error)) {
            // Closed first, so that a repetition takes the next connection.
            connection.closeUnauthenticated(error);
            fail(new ConnectionException(
                    connection + " is of no use any more, " + type.name() + " was refused there: " + error.getMessage(),
                    error));
        } else {
            fail(error);
        }
    }

    @Override
    public void onTooLong(MessageTooLongException reply) {
        fail(reply);
    }

    @Override
    public boolean onBackupAck() {
        return false;
    }

    @Override
    public void onDisconnected(Connection lost, Throwable cause) {
        fail(cause);
    }

    private void fail(Throwable error) {
        if (handler != null) {
            connection.removeEventHandler(correlationId);
        }
        completeExceptionally(error);
    }
}
