// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.connection;

import io.filbert.internal.protocol.MessageReader;
import io.filbert.internal.protocol.MessageTooLongException;

/**
 * Somebody who waits for the reply to one message. Each registration ends with exactly one of {@link #onReply}, {@link
 * #onTooLong} and {@link #onDisconnected}, unless it is taken back with {@link InFlightTable#remove}.
 */
public interface PendingReply {

    /** The id of the current attempt, as given last to {@link #assign}. */
    long correlationId();

    /**
     * Gives the attempt its correlation id, to be written into the message. Called before the reply can be found by that id; not
     * every id that is assigned comes to be used.
     */
    void assign(long correlationId);

    /** When the waiting ends, by {@link System#nanoTime}. */
    long expiryNanos();

    /** Called by the expiry sweep once {@link #expiryNanos} has passed. */
    void onExpired();

    /**
     * The reply arrived: a response, or an error (type 0). The reader is valid during the call only.
     *
     * <p>Called on the I/O thread. Must not block.
     *
     * @return whether this reply ends the registration; false if backup acks are still missing
     */
    boolean onReply(MessageReader reply);

    /**
     * The reply is arriving, but it is too long to be read and will be skipped. Ends the registration. Called on the I/O thread;
     * must not block.
     */
    void onTooLong(MessageTooLongException reply);

    /**
     * A backup replica confirmed the write, before or after the reply.
     *
     * @return whether this ack ends the registration
     */
    boolean onBackupAck();

    /** The connection is gone and no reply will come. */
    void onDisconnected(Connection connection, Throwable cause);
}
