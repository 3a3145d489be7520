// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.discovery;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes the TLS socket of one HTTPS connection over a plain one that it remembers, because the JDK's own ways to end an HTTPS connection
 * may wait for the peer, or leave the plain socket open when the peer was quicker. It has no unconnected sockets, so the JDK connects a
 * plain one and asks for TLS over it. For one connection; thread-safe.
 */
final class ClosableTls extends SSLSocketFactory implements AutoCloseable {

    private final SSLSocketFactory factory;
    private final AtomicReference<@Nullable Socket> plain = new AtomicReference<>();
    private volatile boolean closed;

    ClosableTls(SSLSocketFactory factory) {
        this.factory = factory;
    }

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
        plain.set(socket);
        if (closed) {
            socket.close();
        }
        return factory.createSocket(socket, host, port, autoClose);
    }

    /** Ends the connection now, whatever is waited for. */
    @Override
    public void close() {
        closed = true;
        Socket socket = plain.get();
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException e) {
                // It is of no use any more, which is what was wanted.
            }
        }
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return factory.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return factory.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw new SocketException("Only over a socket that is connected");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        throw new SocketException("Only over a socket that is connected");
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        throw new SocketException("Only over a socket that is connected");
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        throw new SocketException("Only over a socket that is connected");
    }
}
