// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Finds why a member ended a handshake. A member that refuses sends an alert and closes its socket; if the client has more to say at
 * that moment, its write fails, and the alert, the only word about the cause, lies in the socket unread.
 */
final class UnreadAlert {

    private static final int STEPS = 20;

    // How a record of TLS begins (RFC 8446, 5.1).
    private static final int CHANGE_CIPHER_SPEC = 20;
    private static final int APPLICATION_DATA = 23;
    private static final int MAJOR_VERSION = 3;

    private UnreadAlert() {}

    /**
     * What the member said before its socket was closed; null if that is not known. The engine is of no use afterwards.
     *
     * @param socket does not block
     */
    static @Nullable SSLException find(SSLEngine engine, ReadableByteChannel socket) {
        ByteBuffer received = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        ByteBuffer never = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        ByteBuffer plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
        try {
            if (socket.read(received) <= 0) {
                return null;
            }
            received.flip();
            if (!beginsRecord(received)) {
                return null;
            }
            for (int step = 0; step < STEPS && received.hasRemaining(); step++) {
                switch (engine.getHandshakeStatus()) {
                    // The engine listens only after it has said what it had to say.
                    case NEED_WRAP -> engine.wrap(ByteBuffer.allocate(0), never.clear());
                    case NEED_TASK -> {
                        return null;
                    }
                    default -> {
                        if (engine.unwrap(received, plain.clear()).getStatus() != Status.OK) {
                            return null;
                        }
                    }
                }
            }
            return null;
        } catch (SSLException e) {
            return e;
        } catch (IOException e) {
            return null;
        }
    }

    /** Not so if the beginning was read before: then the engine could make nothing of the rest. */
    private static boolean beginsRecord(ByteBuffer received) {
        int type = received.get(received.position());
        return received.remaining() > 1
                && type >= CHANGE_CIPHER_SPEC
                && type <= APPLICATION_DATA
                && received.get(received.position() + 1) == MAJOR_VERSION;
    }
}
