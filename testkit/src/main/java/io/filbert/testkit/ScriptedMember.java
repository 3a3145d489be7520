// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit;

import static java.util.Objects.requireNonNull;

import io.filbert.internal.protocol.RequestType;
import io.filbert.internal.protocol.codec.ClientAuthenticationCodec;
import io.filbert.internal.protocol.type.ErrorCode;
import io.filbert.internal.protocol.type.ErrorHolder;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A member that follows a script: a TCP server on 127.0.0.1 in this JVM that speaks the real codecs.
 *
 * <p>Left alone it authenticates clients, serves the cluster view, pings, proxies and a simple map, as an open-source member
 * of its release does; anything else it answers with the error for unknown messages. A test may change its mind per request
 * type:
 *
 * <pre>{@code
 * try (ScriptedMember member = ScriptedMember.start()) {
 *     HeldRequests gets = member.hold(MapGetCodec.REQUEST);
 *     member.on(MapPutCodec.REQUEST, (request, reply) -> reply.error(ErrorCode.MEMBER_LEFT, "x.MemberLeft", "gone"));
 *     member.dieAt(Step.halfAnswered(MapSetCodec.REQUEST));
 *     connect(member.address());
 * }
 * }</pre>
 *
 * <p>It belongs to a {@link ScriptedCluster}, which owns what members share. Thread-safe.
 */
public final class ScriptedMember implements AutoCloseable {

    private final ScriptedCluster cluster;
    private final BuiltInAnswers builtIn;
    private final Acceptor acceptor = new Acceptor("scripted member", this::admit);
    private final Set<ScriptedConnection> connections = ConcurrentHashMap.newKeySet();
    private final Map<Integer, RequestHandler> handlers = new ConcurrentHashMap<>();
    private final Set<Step> deadlySteps = ConcurrentHashMap.newKeySet();
    private final List<ScriptedRequest> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger connectionsAccepted = new AtomicInteger();
    private volatile UnaryOperator<ClientAuthenticationCodec.Response> authentication = UnaryOperator.identity();
    private volatile UUID uuid;
    private volatile boolean alive;

    ScriptedMember(ScriptedCluster cluster, UUID uuid) {
        this.cluster = cluster;
        this.uuid = uuid;
        builtIn = new BuiltInAnswers(this);
    }

    /** Starts a member of the default release, alone in its cluster. */
    public static ScriptedMember start() {
        return ScriptedCluster.builder().start().member(0);
    }

    /** The address it listens on, always {@code 127.0.0.1}. */
    public String host() {
        return "127.0.0.1";
    }

    /** The port it listens on; it stays the same over {@link #die} and {@link #revive}. */
    public int port() {
        return acceptor.port();
    }

    /** Host and port with a colon between them, as client configurations want it. */
    public String address() {
        return host() + ":" + port();
    }

    /** Its uuid in the cluster; each life has another. */
    public UUID uuid() {
        return uuid;
    }

    /** The cluster it belongs to; a member started alone has one as well. */
    public ScriptedCluster cluster() {
        return cluster;
    }

    /** Whether it accepts connections. */
    public boolean isAlive() {
        return alive;
    }

    /** Answers requests of a type with a handler from now on, in place of an earlier handler or the built-in behaviour. */
    public ScriptedMember on(RequestType type, RequestHandler handler) {
        handlers.put(type.id(), requireNonNull(handler, "handler"));
        return this;
    }

    /** Goes back to the built-in behaviour for requests of a type. */
    public ScriptedMember asUsual(RequestType type) {
        handlers.remove(type.id());
        return this;
    }

    /** Keeps requests of a type from now on until the test answers them. */
    public HeldRequests hold(RequestType type) {
        HeldRequests held = new HeldRequests();
        on(type, held);
        return held;
    }

    /**
     * Changes what the member answers to authentication requests: a function from the response it would give to the one it
     * shall give. The form of older releases, which lack fields, is made afterwards.
     */
    public ScriptedMember authenticationResponse(UnaryOperator<ClientAuthenticationCodec.Response> change) {
        authentication = requireNonNull(change, "change");
        return this;
    }

    UnaryOperator<ClientAuthenticationCodec.Response> authentication() {
        return authentication;
    }

    /** Makes the member die when the step is reached the next time. */
    public ScriptedMember dieAt(Step step) {
        deadlySteps.add(requireNonNull(step, "step"));
        return this;
    }

    boolean diesAt(Step step) {
        return deadlySteps.remove(step);
    }

    /** Refuses new connections and resets open ones. The cluster view does not change: the test decides who notices. */
    public void die() {
        die(List.of());
    }

    /** Like {@link #die}, but what was sent on that connection still arrives. */
    void dieAfterSending(ScriptedConnection connection) {
        die(List.of(connection));
    }

    /** The order lets whoever notices, by whatever sign, find the member dead and able to live again at once. */
    private void die(List<ScriptedConnection> hangUp) {
        acceptor.refuse();
        List<ScriptedConnection> dying = connections();
        alive = false;
        hangUp.forEach(ScriptedConnection::close);
        dying.forEach(ScriptedConnection::reset);
    }

    /** Lets a dead member live again, on the same port with a new uuid. The cluster view does not change. */
    public void revive() {
        if (!alive) {
            renew();
            open();
        }
    }

    void renew() {
        uuid = UUID.randomUUID();
    }

    void open() {
        alive = true;
        acceptor.open();
    }

    /** All requests that came so far, oldest first. */
    public List<ScriptedRequest> requests() {
        return List.copyOf(requests);
    }

    /** The requests of one type that came so far, oldest first. */
    public List<ScriptedRequest> requests(RequestType type) {
        return requests.stream().filter(request -> request.is(type)).toList();
    }

    /** Waits until so many requests of a type have come, and returns them; fails after 20 seconds. */
    public List<ScriptedRequest> awaitRequests(RequestType type, int count) {
        Eventually.passes(() -> {
            int came = requests(type).size();
            if (came < count) {
                throw new AssertionError(
                        came + " of " + count + " " + type.name() + " requests came; all that came: " + requests());
            }
        });
        return requests(type);
    }

    /** Forgets the requests that came so far. */
    public void forgetRequests() {
        requests.clear();
    }

    /** The connections that are open now. */
    public List<ScriptedConnection> connections() {
        return List.copyOf(connections);
    }

    /** How many connections were accepted so far. */
    public int connectionsAccepted() {
        return connectionsAccepted.get();
    }

    /** Resets all connections (RST) and goes on accepting new ones. */
    public void resetConnections() {
        connections.forEach(ScriptedConnection::reset);
    }

    /** Ends the cluster of a member that was started alone; a member of a larger cluster only dies. */
    @Override
    public void close() {
        if (cluster.members().size() == 1) {
            cluster.close();
        } else {
            die();
        }
    }

    /** Ends for good; no thread and no socket is left. */
    void end() {
        alive = false;
        acceptor.end(this::resetConnections);
    }

    private void admit(Socket socket) throws IOException {
        connectionsAccepted.incrementAndGet();
        ScriptedConnection connection = new ScriptedConnection(this, socket);
        connections.add(connection);
        if (diesAt(Step.accepted())) {
            die();
            return;
        }
        acceptor.startThread("connection", connection::serve);
    }

    void ended(ScriptedConnection connection) {
        connections.remove(connection);
    }

    void received(ScriptedRequest request) {
        requests.add(request);
        if (diesAt(new Step(Step.Moment.RECEIVED, request.type()))) {
            die();
            return;
        }
        Reply reply = new Reply(request);
        RequestHandler handler = handlers.get(request.type());
        if (handler == null) {
            answerAsUsual(request, reply);
        } else {
            answer(request, reply, handler);
        }
    }

    void answerAsUsual(ScriptedRequest request, Reply reply) {
        answer(request, reply, builtIn);
    }

    private static void answer(ScriptedRequest request, Reply reply, RequestHandler handler) {
        try {
            handler.handle(request, reply);
        } catch (Exception e) {
            ErrorHolder error =
                    Reply.errorHolder(ErrorCode.UNDEFINED, e.getClass().getName(), e.getMessage());
            reply.error(List.of(error));
        }
    }

    /** As many bytes as a member of the release reads before it knows the client. */
    int unauthenticatedLimit() {
        return cluster.release().atLeast(4, 1) ? 4_096 : 1_024;
    }

    boolean sendBackupAck(@Nullable UUID client, long correlationId) {
        for (ScriptedConnection connection : connections) {
            if (connection.hasBackupListener()
                    && requireNonNull(connection.clientUuid()).equals(client)) {
                connection.send(BuiltInAnswers.backupAck(connection.backupListenerId(), correlationId));
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return "ScriptedMember{" + address() + ", " + uuid + ", " + (alive ? "alive" : "dead") + "}";
    }
}
