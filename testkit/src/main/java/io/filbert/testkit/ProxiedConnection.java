// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One connection through a {@link FaultProxy}: the client's socket, the member's socket if there is one, and a thread for
 * each direction. Thread-safe.
 */
final class ProxiedConnection {

    private static final int BUFFER_BYTES = 16 * 1024;

    private final FaultProxy proxy;

    /** The plain socket below {@link #clientSide}, which with TLS is another one; closing it is never polite. */
    private final Socket clientSocket;

    private final Socket clientSide;
    private final @Nullable Socket memberSide;
    private final AtomicInteger pumps;
    private volatile boolean vanished;
    private volatile boolean closed;

    ProxiedConnection(FaultProxy proxy, Socket clientSocket, Socket clientSide, @Nullable Socket memberSide) {
        this.proxy = proxy;
        this.clientSocket = clientSocket;
        this.clientSide = clientSide;
        this.memberSide = memberSide;
        pumps = new AtomicInteger(memberSide == null ? 1 : 2);
    }

    void start() {
        proxy.startThread("to-member", this::pumpToMember);
        if (memberSide != null) {
            proxy.startThread("to-client", this::pumpToClient);
        }
    }

    private void pumpToMember() {
        pump(proxy.toMember(), clientSide, memberSide);
    }

    private void pumpToClient() {
        if (memberSide != null) {
            pump(proxy.toClient(), memberSide, clientSide);
        }
    }

    /** Without a target, or once it has vanished, bytes are read and forgotten. */
    private void pump(Flow flow, Socket source, @Nullable Socket target) {
        byte[] buffer = new byte[BUFFER_BYTES];
        long position = 0;
        try {
            InputStream in = source.getInputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (target != null && !vanished) {
                    forward(flow, buffer, count, position, target.getOutputStream());
                }
                position += count;
            }
            if (target != null && !vanished) {
                target.shutdownOutput();
            }
        } catch (IOException e) {
            // One side is broken: so is the other, unless the member was made to vanish without the client noticing.
            // If it is this side that is closing, it says how the others end.
            if (!vanished && !closed) {
                reset();
            }
        } finally {
            pumpEnded(source == clientSide);
        }
    }

    private void forward(Flow flow, byte[] buffer, int count, long position, OutputStream out) throws IOException {
        int written = 0;
        while (written < count) {
            int turn = flow.awaitTurn(count - written, () -> closed || vanished);
            if (turn == 0) {
                return;
            }
            flow.corrupt(buffer, written, turn, position + written);
            try {
                out.write(buffer, written, turn);
            } catch (IOException e) {
                if (!vanished) {
                    throw e;
                }
                return;
            }
            written += turn;
        }
    }

    private void pumpEnded(boolean clientIsDone) {
        if (pumps.decrementAndGet() == 0 || (vanished && clientIsDone)) {
            hangUp();
        }
    }

    /** Closes the member's side; the client's side stays open and nothing more comes from it. */
    void vanish() {
        if (memberSide != null) {
            vanished = true;
            closeQuietly(memberSide);
            proxy.wakeFlows();
        }
    }

    /** Closes both sides so that each peer sees the end of the stream. */
    void hangUp() {
        close(false);
    }

    /** Closes both sides so that each peer sees a reset. */
    void reset() {
        close(true);
    }

    private void close(boolean abruptly) {
        closed = true;
        if (abruptly) {
            resetOnClose(clientSocket);
            if (memberSide != null) {
                resetOnClose(memberSide);
            }
        } else {
            closeQuietly(clientSide);
        }
        closeQuietly(clientSocket);
        if (memberSide != null) {
            closeQuietly(memberSide);
        }
        proxy.wakeFlows();
        proxy.ended(this);
    }

    private static void resetOnClose(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // Closed already.
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // There is nothing more to close.
        }
    }
}
