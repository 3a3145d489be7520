// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends back each byte it gets with a constant added, and says how connections ended. */
final class EchoPeer implements AutoCloseable {

    private final ServerSocket listener;
    private final int added;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final Thread accepting;
    private final AtomicInteger ends = new AtomicInteger();
    private final AtomicInteger resets = new AtomicInteger();

    EchoPeer(int added) throws IOException {
        this.added = added;
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        accepting = start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    int ends() {
        return ends.get();
    }

    int resets() {
        return resets.get();
    }

    private void accept() {
        try {
            while (!listener.isClosed()) {
                Socket socket = listener.accept();
                sockets.add(socket);
                start(() -> echo(socket));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void echo(Socket socket) {
        byte[] buffer = new byte[8192];
        try (socket) {
            for (int count = socket.getInputStream().read(buffer);
                    count >= 0;
                    count = socket.getInputStream().read(buffer)) {
                for (int i = 0; i < count; i++) {
                    buffer[i] += (byte) added;
                }
                socket.getOutputStream().write(buffer, 0, count);
            }
            ends.incrementAndGet();
        } catch (IOException e) {
            resets.incrementAndGet();
        }
    }

    private static Thread start(Runnable work) {
        Thread thread = new Thread(work, "echo-peer");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        // The kernel goes on accepting for as long as a thread is inside accept.
        if (!Deadline.after(Duration.ofSeconds(10)).pollUninterruptibly(() -> !accepting.isAlive())) {
            throw new IOException("The accepting thread did not end");
        }
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
