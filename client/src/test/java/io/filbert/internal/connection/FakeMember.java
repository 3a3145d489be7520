// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.connection;

import io.filbert.internal.protocol.MessageHeader;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ServerSocketFactory;

/** The other end of one connection, driven by the test: reads requests, writes what it is told. Not thread-safe. */
public final class FakeMember implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ServerSocket server;
    private Socket socket = new Socket();

    public FakeMember() {
        this(ServerSocketFactory.getDefault());
    }

    /** One that speaks TLS if the factory does. */
    public FakeMember(ServerSocketFactory sockets) {
        try {
            server = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
            server.setSoTimeout((int) PATIENCE.toMillis());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
    }

    /** Waits for a client and for the three letters it begins with. */
    public void accept() throws IOException {
        socket = server.accept();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        String preamble = new String(socket.getInputStream().readNBytes(3), StandardCharsets.US_ASCII);
        if (!preamble.equals("CP2")) {
            throw new IOException("The client began with '" + preamble + "'");
        }
    }

    /** The next whole message of the client. */
    public byte[] read() throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        while (true) {
            byte[] header = new byte[MessageHeader.FRAME_HEADER_BYTES];
            in.readFully(header);
            message.writeBytes(header);
            byte[] content = new byte[MessageHeader.frameLength(header, 0) - header.length];
            in.readFully(content);
            message.writeBytes(content);
            if ((MessageHeader.flags(header, 0) & MessageHeader.FINAL) != 0) {
                return message.toByteArray();
            }
        }
    }

    /** Sends the bytes as the answer to a request: its correlation id is written into them. */
    public void answer(byte[] request, byte[] response) throws IOException {
        MessageHeader.setCorrelationId(response, MessageHeader.correlationId(request, 0));
        write(response);
    }

    public void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** The socket of the accepted connection. */
    public Socket socket() {
        return socket;
    }

    /** Ends this connection only. */
    public void hangUp() throws IOException {
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        server.close();
    }
}
