// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit;

import io.filbert.internal.protocol.MessageCutter;
import io.filbert.internal.protocol.MessageHeader;
import io.filbert.internal.protocol.MessageReader;
import io.filbert.internal.protocol.codec.ClientAuthenticationCodec;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** The least a client can be: encoded requests out, whole messages in, one at a time. Confined to one thread. */
final class RawClient implements Closeable {

    private final Socket socket;
    private final List<byte[]> unclaimed = new ArrayList<>();
    private byte[] buffer = new byte[0];
    private long lastCorrelationId;

    RawClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(10_000);
        socket.setTcpNoDelay(true);
        write("CP2".getBytes(StandardCharsets.US_ASCII));
    }

    static byte[] authentication(String clusterName, UUID uuid) {
        return ClientAuthenticationCodec.encodeRequest(
                clusterName, null, null, uuid, "RAW", (byte) 1, "0.1", "raw", List.of(), (byte) 0, false);
    }

    RawClient authenticated(String clusterName) throws IOException {
        return authenticated(clusterName, UUID.randomUUID());
    }

    RawClient authenticated(String clusterName, UUID uuid) throws IOException {
        byte status = ClientAuthenticationCodec.decodeResponse(reader(call(authentication(clusterName, uuid))))
                .status();
        if (status != 0) {
            throw new IOException("Authentication ended with status " + status);
        }
        return this;
    }

    static MessageReader reader(byte[] message) {
        return new MessageReader().reset(message, 0, message.length);
    }

    void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    long send(byte[] request) throws IOException {
        MessageHeader.setCorrelationId(request, ++lastCorrelationId);
        write(request);
        return lastCorrelationId;
    }

    byte[] call(byte[] request) throws IOException {
        return response(send(request));
    }

    /** Keeps events that come first for {@link #event}. */
    byte[] response(long correlationId) throws IOException {
        return claim(correlationId, false);
    }

    byte[] event(long correlationId) throws IOException {
        return claim(correlationId, true);
    }

    private byte[] claim(long correlationId, boolean event) throws IOException {
        for (byte[] message : unclaimed) {
            if (matches(message, correlationId, event)) {
                unclaimed.remove(message);
                return message;
            }
        }
        while (true) {
            byte[] message = next();
            if (matches(message, correlationId, event)) {
                return message;
            }
            unclaimed.add(message);
        }
    }

    private static boolean matches(byte[] message, long correlationId, boolean event) {
        return MessageHeader.correlationId(message, 0) == correlationId
                && MessageHeader.isEvent(MessageHeader.flags(message, 0)) == event;
    }

    /** The next message, whatever it is. */
    byte[] next() throws IOException {
        MessageCutter cutter = new MessageCutter(100_000_000);
        int end = cutter.findEnd(buffer, 0, buffer.length);
        while (end < 0) {
            byte[] chunk = new byte[8192];
            int count = socket.getInputStream().read(chunk);
            if (count < 0) {
                throw new EOFException("The member closed the connection, " + buffer.length + " bytes into a message");
            }
            ByteArrayOutputStream joined = new ByteArrayOutputStream();
            joined.write(buffer);
            joined.write(chunk, 0, count);
            buffer = joined.toByteArray();
            end = cutter.findEnd(buffer, 0, buffer.length);
        }
        byte[] message = Arrays.copyOf(buffer, end);
        buffer = Arrays.copyOfRange(buffer, end, buffer.length);
        return message;
    }

    /** Whatever arrives until the member closes. */
    byte[] rest() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(buffer);
        all.write(socket.getInputStream().readAllBytes());
        return all.toByteArray();
    }

    Socket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
