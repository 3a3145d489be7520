// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.transport;

import io.filbert.internal.protocol.MessageTooLongException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the owner of a {@link WireChannel} is told. Called on the I/O thread unless said otherwise. */
public interface ChannelHandler {

    /** The socket is connected and the preamble is queued. */
    void onConnected();

    /**
     * One whole, unfragmented client message. The slice is valid during the call only.
     *
     * @param offset where the message starts in {@code buffer}
     * @param limit one past its last byte
     */
    void onMessage(byte[] buffer, int offset, int limit);

    /**
     * A message is too long to be read. Called once for it, before its end has arrived.
     *
     * @return true to have it skipped; false to have the channel closed, as for any other violation of the protocol
     */
    boolean onTooLong(MessageTooLongException message);

    /**
     * The channel is closed; called exactly once, on the thread that noticed it.
     *
     * @param cause what went wrong, or null if it was closed on purpose
     * @param unsent messages of which not a byte was handed to the socket, so that the member cannot have seen them
     */
    void onClosed(String reason, @Nullable Throwable cause, List<byte[]> unsent);
}
