// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A TCP proxy on the loopback interface in front of a member that misbehaves on demand.
 *
 * <pre>{@code
 * try (FaultProxy proxy = FaultProxy.to(member.host(), member.port())) {
 *     connect(proxy.address());
 *     proxy.stall(Direction.TO_CLIENT);
 * }
 * }</pre>
 *
 * <p>It starts as {@link #pass} leaves it. What concerns connections being made ({@link #refuse}, {@link #acceptThenDrop},
 * {@link #acceptAndNeverAnswer}) leaves open ones alone; what concerns bytes ({@link #stall}, {@link #slowDrip}, {@link
 * #corrupt}) applies to open and future ones; {@link #cut}, {@link #hangUp} and {@link #halfOpen} happen once, to those open
 * now. If the member cannot be reached, a connection is accepted and reset. Bytes that are on their way already when a
 * method is called may still arrive. Closing ends all threads and sockets. Thread-safe.
 */
public final class FaultProxy implements AutoCloseable {

    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;

    /** The way bytes travel. */
    public enum Direction {
        /** From the client to the member. */
        TO_MEMBER,
        /** From the member to the client. */
        TO_CLIENT
    }

    /** Changes bytes on their way. Called on the proxy's threads. */
    @FunctionalInterface
    public interface Corruption {

        /**
         * What to pass on instead of a byte.
         *
         * @param position how many bytes went before it on this connection, in this direction
         * @param value the byte that arrived
         */
        byte apply(long position, byte value);
    }

    private enum Admission {
        PASS,
        DROP,
        NEVER_ANSWER
    }

    private final @Nullable SSLContext tls;
    private final boolean clientCertificates;
    private final Flow toMember = new Flow();
    private final Flow toClient = new Flow();
    private final Set<ProxiedConnection> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private final Acceptor acceptor;
    private volatile Admission admission = Admission.PASS;
    private volatile InetSocketAddress target;

    private FaultProxy(
            @Nullable InetSocketAddress address,
            InetSocketAddress target,
            @Nullable SSLContext tls,
            boolean clientCertificates) {
        this.target = target;
        this.tls = tls;
        this.clientCertificates = clientCertificates;
        acceptor = address == null ? new Acceptor("proxy", this::admit) : new Acceptor("proxy", address, this::admit);
        acceptor.open();
    }

    /** A proxy in front of whatever listens there. */
    public static FaultProxy to(String host, int port) {
        return new FaultProxy(null, new InetSocketAddress(host, port), null, false);
    }

    /**
     * A proxy that listens on a chosen address, for instance on 127.0.0.2 beside one on 127.0.0.1; on Linux all of 127.0.0.0/8
     * can be used without further ado. Port 0 stands for one that is free.
     */
    public static FaultProxy listeningOn(InetSocketAddress address, String host, int port) {
        InetSocketAddress listening =
                address.getPort() != 0 ? address : new InetSocketAddress(address.getAddress(), LoopbackPorts.next());
        return new FaultProxy(listening, new InetSocketAddress(host, port), null, false);
    }

    /** A proxy in front of a member. */
    public static FaultProxy to(HazelcastMember member) {
        return to(member.host(), member.port());
    }

    /**
     * A proxy that speaks TLS with clients and plain TCP with the member; faults apply to the plain bytes.
     *
     * @param clientCertificates whether clients must show a certificate that the context trusts
     */
    public static FaultProxy tlsTo(String host, int port, SSLContext context, boolean clientCertificates) {
        return new FaultProxy(
                null, new InetSocketAddress(host, port), requireNonNull(context, "context"), clientCertificates);
    }

    /** The port the proxy listens on; it stays the same over {@link #refuse} and {@link #pass}. */
    public int port() {
        return acceptor.port();
    }

    /** Host and port with a colon between them, as client configurations want it. */
    public String address() {
        return acceptor.address().getAddress().getHostAddress() + ":" + port();
    }

    /** Back to normal: accepts, and forwards all bytes unchanged and at once. */
    public void pass() {
        admission = Admission.PASS;
        toMember.pass();
        toClient.pass();
        acceptor.open();
    }

    /** Refuses new connections: nobody listens on the port. */
    public void refuse() {
        acceptor.refuse();
    }

    /** Accepts new connections and closes them at once. */
    public void acceptThenDrop() {
        admission = Admission.DROP;
        acceptor.open();
    }

    /** Accepts new connections, reads what they send, and never answers. */
    public void acceptAndNeverAnswer() {
        admission = Admission.NEVER_ANSWER;
        acceptor.open();
    }

    /** Resets all open connections (RST), on both sides. */
    public void cut() {
        open.forEach(ProxiedConnection::reset);
    }

    /** Closes all open connections in the orderly way (FIN), on both sides. */
    public void hangUp() {
        open.forEach(ProxiedConnection::hangUp);
    }

    /**
     * Makes the member vanish from all open connections: the client's side stays open, takes bytes and never says
     * anything again, as after a cable was pulled; the member sees the end of the stream.
     */
    public void halfOpen() {
        open.forEach(ProxiedConnection::vanish);
    }

    /** Stops forwarding in both directions. The senders see full buffers after a while. */
    public void stall() {
        toMember.stall();
        toClient.stall();
    }

    /** Stops forwarding in one direction. The sender sees full buffers after a while. */
    public void stall(Direction direction) {
        flow(direction).stall();
    }

    /** Goes on forwarding in both directions, beginning with what was held back. */
    public void resume() {
        toMember.resume();
        toClient.resume();
    }

    /** Forwards at most that many bytes per second and connection, in small pieces, in one direction. */
    public void slowDrip(int bytesPerSecond, Direction direction) {
        if (bytesPerSecond < 1) {
            throw new IllegalArgumentException("At least one byte per second, not " + bytesPerSecond);
        }
        flow(direction).drip(bytesPerSecond);
    }

    /** Changes the bytes that travel in one direction. */
    public void corrupt(Direction direction, Corruption corruption) {
        flow(direction).corrupt(requireNonNull(corruption, "corruption"));
    }

    /** Sends new connections to another port of the same host; open ones stay where they are. */
    public void retarget(int memberPort) {
        target = new InetSocketAddress(target.getAddress(), memberPort);
    }

    /** How many connections were accepted so far, dropped ones included. */
    public int connectionsAccepted() {
        return accepted.get();
    }

    /** How many connections are open now. */
    public int openConnections() {
        return open.size();
    }

    /** How many bytes were forwarded so far in one direction, over all connections. */
    public long bytes(Direction direction) {
        return flow(direction).passed();
    }

    /** Closes all connections and returns when no thread and no socket is left. */
    @Override
    public void close() {
        acceptor.end(this::cut);
    }

    private void admit(Socket client) throws IOException {
        accepted.incrementAndGet();
        Admission current = admission;
        if (current == Admission.DROP) {
            client.close();
            return;
        }
        client.setTcpNoDelay(true);
        Socket member = null;
        if (current == Admission.PASS) {
            member = new Socket();
            try {
                member.setTcpNoDelay(true);
                member.connect(target, CONNECT_TIMEOUT_MILLIS);
            } catch (IOException e) {
                member.close();
                client.setSoLinger(true, 0);
                client.close();
                return;
            }
        }
        ProxiedConnection connection = new ProxiedConnection(this, client, secured(client, current), member);
        open.add(connection);
        connection.start();
    }

    private Socket secured(Socket client, Admission current) throws IOException {
        // A member that never answers does not shake hands either.
        if (tls == null || current == Admission.NEVER_ANSWER) {
            return client;
        }
        SSLSocket secured = (SSLSocket) tls.getSocketFactory().createSocket(client, null, false);
        secured.setUseClientMode(false);
        secured.setNeedClientAuth(clientCertificates);
        return secured;
    }

    Flow toMember() {
        return toMember;
    }

    Flow toClient() {
        return toClient;
    }

    private Flow flow(Direction direction) {
        return direction == Direction.TO_MEMBER ? toMember : toClient;
    }

    void wakeFlows() {
        toMember.wake();
        toClient.wake();
    }

    void ended(ProxiedConnection connection) {
        open.remove(connection);
    }

    void startThread(String task, Runnable work) {
        acceptor.startThread(task, work);
    }

    @Override
    public String toString() {
        return "FaultProxy{" + address() + " -> " + target + ", " + admission + ", " + open.size() + " open}";
    }
}
