// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.connection;

import org.jspecify.annotations.Nullable;

/** What the room above is told about its connections. Called on an I/O thread, or on the thread that closed. Must not block. */
public interface ConnectionListener {

    /** The connection is closed; its outstanding replies have been told already. Called once for each connection. */
    void onClosed(Connection connection, String reason, @Nullable Throwable cause);

    /** A backup ack for a call that was sent on the connection with this number arrived (on another connection). */
    void onBackupAck(int connectionNumber, long correlationId);
}
