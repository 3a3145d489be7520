// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit;

import io.filbert.internal.protocol.FragmentAssembler;
import io.filbert.internal.protocol.MessageCutter;
import io.filbert.internal.protocol.MessageHeader;
import io.filbert.internal.protocol.ProtocolException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A client's connection to a {@link ScriptedMember}. Thread-safe; one thread of the member reads from it. */
public final class ScriptedConnection {

    private static final byte[] GREETING = "CP2".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_MESSAGE_BYTES = 256 * 1024 * 1024;
    private static final int MAX_OPEN_FRAGMENTS = 1_024;

    private final ScriptedMember member;
    private final Socket socket;
    private final ReentrantLock writing = new ReentrantLock();
    private volatile @Nullable UUID clientUuid;
    private volatile String clientName = "";
    private volatile long backupListenerId;
    private volatile boolean hasBackupListener;
    private volatile boolean closed;

    ScriptedConnection(ScriptedMember member, Socket socket) {
        this.member = member;
        this.socket = socket;
    }

    /** The member it leads to. */
    public ScriptedMember member() {
        return member;
    }

    /** The client's uuid; null until it has authenticated. */
    public @Nullable UUID clientUuid() {
        return clientUuid;
    }

    /** The client's name; empty until it has authenticated. */
    public String clientName() {
        return clientName;
    }

    /** Whether the client has authenticated. */
    public boolean isAuthenticated() {
        return clientUuid != null;
    }

    /** Whether neither side has ended it. */
    public boolean isOpen() {
        return !closed;
    }

    /** Sends bytes as they are; nothing happens if the connection is gone. */
    public void send(byte[] bytes) {
        writing.lock();
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            // The reading thread notices as well and cleans up.
        } finally {
            writing.unlock();
        }
    }

    /** Ends the connection in the orderly way (FIN). */
    public void close() {
        closed = true;
        try {
            socket.close();
        } catch (IOException e) {
            // There is nothing more to close.
        }
        member.ended(this);
    }

    /** Resets the connection (RST). */
    public void reset() {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // Closed already.
        }
        close();
    }

    void authenticated(UUID uuid, String name) {
        clientName = name;
        clientUuid = uuid;
    }

    void listenToBackups(long correlationId) {
        backupListenerId = correlationId;
        hasBackupListener = true;
    }

    boolean hasBackupListener() {
        return hasBackupListener;
    }

    long backupListenerId() {
        return backupListenerId;
    }

    /** Reads until the connection ends. */
    void serve() {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = socket.getInputStream();
            byte[] greeting = in.readNBytes(GREETING.length);
            if (Arrays.equals(greeting, GREETING)) {
                if (member.diesAt(Step.greeted())) {
                    member.die();
                }
                readMessages(in);
            }
        } catch (IOException | ProtocolException e) {
            // A member closes connections that break or carry nonsense, and says nothing.
        } finally {
            close();
        }
    }

    private void readMessages(InputStream in) throws IOException {
        MessageCutter cutter = new MessageCutter(MAX_MESSAGE_BYTES);
        FragmentAssembler fragments = new FragmentAssembler(MAX_MESSAGE_BYTES, MAX_OPEN_FRAGMENTS);
        byte[] buffer = new byte[8 * 1024];
        int start = 0;
        int limit = 0;
        while (true) {
            for (int end = cutter.findEnd(buffer, start, limit); end >= 0; end = cutter.findEnd(buffer, start, limit)) {
                take(buffer, start, end, fragments);
                start = end;
            }
            if (!isAuthenticated()
                    && Math.max(cutter.announcedBytes(), limit - start) > member.unauthenticatedLimit()) {
                return;
            }
            if (limit == buffer.length) {
                int length = limit - start;
                byte[] roomier = new byte[Math.max(buffer.length, Math.max(length * 2, cutter.announcedBytes()))];
                System.arraycopy(buffer, start, roomier, 0, length);
                buffer = roomier;
                start = 0;
                limit = length;
            }
            int count = in.read(buffer, limit, buffer.length - limit);
            if (count < 0) {
                return;
            }
            limit += count;
        }
    }

    private void take(byte[] buffer, int start, int end, FragmentAssembler fragments) throws IOException {
        if (!isAuthenticated() && end - start > member.unauthenticatedLimit()) {
            throw new IOException("Message too long before authentication");
        }
        byte[] message = Arrays.copyOfRange(buffer, start, end);
        boolean fragment = MessageHeader.isFragment(MessageHeader.flags(message, 0));
        if (fragment) {
            if (!isAuthenticated()) {
                throw new IOException("Fragment before authentication");
            }
            message = fragments.accept(message, 0, message.length);
        }
        if (message != null) {
            member.received(new ScriptedRequest(this, message, fragment));
        }
    }

    @Override
    public String toString() {
        return "ScriptedConnection{" + socket.getRemoteSocketAddress() + " -> " + member.address() + ", client "
                + clientName + "}";
    }
}
