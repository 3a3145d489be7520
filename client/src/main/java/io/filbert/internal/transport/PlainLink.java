// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** The socket itself. */
final class PlainLink implements Link {

    private final SocketChannel socket;

    PlainLink(SocketChannel socket) {
        this.socket = socket;
    }

    @Override
    public Opening open() {
        return Opening.DONE;
    }

    @Override
    public Runnable task() {
        throw new IllegalStateException("A plain socket has nothing to prepare");
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return socket.read(target);
    }

    @Override
    public boolean mayHoldMore() {
        return false;
    }

    @Override
    public boolean readNeedsRoom() {
        return false;
    }

    @Override
    public boolean write(ByteBuffer source) throws IOException {
        socket.write(source);
        return !source.hasRemaining();
    }

    @Override
    public boolean isOpen() {
        return socket.isOpen();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
