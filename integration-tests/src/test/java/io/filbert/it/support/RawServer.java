// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A server that is no member: waits for the first bytes of each connection, then says one thing and hangs up. Thread-safe. */
public final class RawServer implements AutoCloseable {

    private final ServerSocket listening;
    private final byte[] answer;
    private final Thread thread;

    private RawServer(byte[] answer) throws IOException {
        this.answer = answer;
        listening = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        thread = new Thread(this::serve, "testkit-raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    /** A server that says this text. */
    public static RawServer answering(String text) {
        return answering(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** A server that says these bytes. */
    public static RawServer answering(byte[] bytes) {
        try {
            return new RawServer(bytes.clone());
        } catch (IOException e) {
            throw new UncheckedIOException("No port to listen on", e);
        }
    }

    /** Where it listens. */
    public String address() {
        return "127.0.0.1:" + listening.getLocalPort();
    }

    private void serve() {
        while (!listening.isClosed()) {
            try (Socket socket = listening.accept()) {
                socket.setSoTimeout(5_000);
                if (socket.getInputStream().read() >= 0) {
                    socket.getOutputStream().write(answer);
                    socket.shutdownOutput();
                    socket.getInputStream().readAllBytes();
                }
            } catch (IOException e) {
                // The client hung up first, or the server is closed; either way the loop condition decides.
            }
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
            thread.join(5_000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
