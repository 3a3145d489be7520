// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.connection;

import io.filbert.internal.protocol.MessageReader;

/** Handles the events of one registration on one connection. Called on the I/O thread; must not block. */
@FunctionalInterface
public interface EventHandler {

    /** The reader is valid during the call only. Unknown event types must be ignored. */
    void onEvent(MessageReader event);

    /**
     * An event could not be read: its content was not what it should be, or there was no room for it.
     *
     * @return whether events may be missing here, so that the connection can be kept; false by default
     */
    default boolean onLost(Throwable problem) {
        return false;
    }
}
