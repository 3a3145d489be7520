// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.cluster.Address;
import io.filbert.error.ClientClosedException;
import io.filbert.error.ConnectionException;
import io.filbert.error.HazelcastException;
import io.filbert.error.MemberErrorException;
import io.filbert.error.TargetDisconnectedException;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.protocol.MessageHeader;
import io.filbert.internal.protocol.MessageReader;
import io.filbert.internal.protocol.MessageTooLongException;
import io.filbert.internal.protocol.ProtocolException;
import io.filbert.internal.protocol.codec.ClientLocalBackupListenerCodec;
import io.filbert.internal.protocol.codec.ClientPingCodec;
import io.filbert.internal.protocol.codec.ErrorsCodec;
import io.filbert.internal.protocol.codec.MapSetCodec;
import io.filbert.internal.protocol.type.ErrorHolder;
import io.filbert.internal.runtime.Eventually;
import io.filbert.internal.transport.IoThread;
import io.filbert.internal.transport.WireChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConnectionTest {

    private static final int RESPONSE = ClientPingCodec.REQUEST.id() + 1;
    private static final int EVENT = ClientPingCodec.REQUEST.id() + 2;

    private final IoThread ioThread = new IoThread("io-of-a-test", () -> {});
    private final FakeMember member = new FakeMember();
    private final List<String> heard = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() {
        ioThread.start();
    }

    @AfterEach
    void end() throws Exception {
        member.close();
        ioThread.shutdown();
        ioThread.join(10_000);
    }

    private Connection connected() throws IOException {
        Connection connection = new Connection(3, new Address("127.0.0.1", 5701), new ConnectionListener() {
            @Override
            public void onClosed(Connection closed, String reason, @Nullable Throwable cause) {
                heard.add("closed: " + reason);
            }

            @Override
            public void onBackupAck(int connectionNumber, long correlationId) {
                heard.add("ack for " + connectionNumber + "/" + correlationId);
            }
        });
        connection.attach(WireChannel.connect(
                ioThread, member.address(), Map.of(), 1 << 20, null, Runnable::run, connection.channelHandler()));
        member.accept();
        connection.connected().orTimeout(10, TimeUnit.SECONDS).join();
        return connection;
    }

    private static byte[] message(int flags, int type, int bytes) {
        ByteBuffer message = ByteBuffer.allocate(MessageHeader.FRAME_HEADER_BYTES + bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(MessageHeader.FRAME_HEADER_BYTES + bytes)
                .putShort((short) (MessageHeader.UNFRAGMENTED | MessageHeader.FINAL | flags))
                .putInt(type);
        return message.array();
    }

    private static byte[] response() {
        return message(0, RESPONSE, 13);
    }

    private static ConnectionCall<String> call(Connection connection, @Nullable EventHandler handler) {
        return connection.call(
                ClientPingCodec.REQUEST,
                ClientPingCodec.encodeRequest(),
                response -> "answered",
                Duration.ofMinutes(1),
                handler);
    }

    @Test
    void call_memberAnswers_isTheDecodedAnswer() throws IOException {
        Connection connection = connected();
        ConnectionCall<String> call = call(connection, null);

        member.answer(member.read(), response());

        assertThat(call.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo("answered");
        Eventually.holds("nothing in flight", () -> connection.inFlight().size() == 0);
    }

    @Test
    void call_memberAnswersWithError_failsWithIt() throws IOException {
        ConnectionCall<String> call = call(connected(), null);

        member.answer(member.read(), ErrorsCodec.encode(List.of(new ErrorHolder(27, "a.B", "no", List.of()))));

        assertThatThrownBy(() -> call.orTimeout(10, TimeUnit.SECONDS).join())
                .cause()
                .isInstanceOf(MemberErrorException.class)
                .hasMessageContaining("no");
    }

    @Test
    void call_eventsBeforeTheAnswer_reachTheHandler() throws IOException {
        List<Long> events = new CopyOnWriteArrayList<>();
        ConnectionCall<String> call = call(connected(), event -> events.add(event.correlationId()));
        byte[] request = member.read();

        member.answer(request, message(MessageHeader.EVENT, EVENT, 16));
        member.answer(request, response());
        member.answer(request, message(MessageHeader.EVENT, EVENT, 16));

        call.orTimeout(10, TimeUnit.SECONDS).join();
        Eventually.holds("two events", () -> events.size() == 2);
        assertThat(events).containsOnly(MessageHeader.correlationId(request, 0));
    }

    /** Longer than the limit of these tests. */
    private static byte[] tooLong(int flags, int type) {
        byte[] head = message(flags, type, 16);
        head[5] &= ~0x20; // not the final frame
        return ByteBuffer.allocate(head.length + (2 << 20))
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(head)
                .putInt(2 << 20)
                .putShort((short) MessageHeader.FINAL)
                .array();
    }

    private Connection authenticated() throws IOException {
        Connection connection = connected();
        connection.authenticated(new MemberIdentity(new UUID(0, 1), new Address("127.0.0.1", 5701), "5.7.0"));
        return connection;
    }

    /** Guards against one answer over the limit costing the connection, and with it all calls that are under way there. */
    @Test
    void dispatch_answerTooLong_endsItsCallOnly() throws IOException {
        Connection connection = authenticated();
        ConnectionCall<String> first = call(connection, null);
        ConnectionCall<String> second = call(connection, null);
        byte[] firstRequest = member.read();
        byte[] secondRequest = member.read();

        member.answer(firstRequest, tooLong(0, RESPONSE));
        member.answer(secondRequest, response());

        assertThat(second.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo("answered");
        assertThatThrownBy(() -> first.orTimeout(10, TimeUnit.SECONDS).join())
                .hasCauseInstanceOf(MessageTooLongException.class);
        Eventually.holds("nothing in flight", () -> connection.inFlight().size() == 0);
        assertThat(heard).isEmpty();
    }

    /** What answers before it has authenticated may be anything: it is not waited for. */
    @Test
    void dispatch_answerTooLong_beforeAuthentication_closesTheConnection() throws IOException {
        Connection connection = connected();
        ConnectionCall<String> call = call(connection, null);

        member.answer(member.read(), Arrays.copyOf(tooLong(0, RESPONSE), 100));

        assertThatThrownBy(() -> call.orTimeout(10, TimeUnit.SECONDS).join()).isInstanceOf(Exception.class);
        Eventually.holds("closed", () -> !connection.isLive());
        assertThat(heard).singleElement().asString().contains("maxMessageBytes");
    }

    @Test
    void dispatch_eventTooLong_isLostForItsHandler_andTheNextComes() throws IOException {
        List<String> events = new CopyOnWriteArrayList<>();
        EventHandler handler = new EventHandler() {
            @Override
            public void onEvent(MessageReader event) {
                events.add("event");
            }

            @Override
            public boolean onLost(Throwable problem) {
                events.add("lost: " + problem.getMessage());
                return true;
            }
        };
        Connection connection = authenticated();
        call(connection, handler);
        byte[] request = member.read();

        member.answer(request, tooLong(MessageHeader.EVENT, EVENT));
        member.answer(request, message(MessageHeader.EVENT, EVENT, 16));

        Eventually.holds("two events", () -> events.size() == 2);
        assertThat(events.get(0)).contains("maxMessageBytes");
        assertThat(events.get(1)).isEqualTo("event");
        assertThat(heard).isEmpty();
    }

    /** The cluster view and its like: without the event the client would go on with what is wrong. */
    @Test
    void dispatch_eventWithoutMemoryForIt_handlerCannotDoWithout_closesTheConnection() throws IOException {
        Connection connection = authenticated();
        call(connection, event -> {
            throw new OutOfMemoryError("Java heap space");
        });

        member.answer(member.read(), message(MessageHeader.EVENT, EVENT, 16));

        Eventually.holds("closed", () -> !connection.isLive());
    }

    @Test
    void dispatch_answerOfNonsense_endsItsCallOnly() throws IOException {
        Connection connection = authenticated();
        ConnectionCall<String> first = connection.call(
                ClientPingCodec.REQUEST,
                ClientPingCodec.encodeRequest(),
                response -> {
                    throw new ProtocolException("nonsense");
                },
                Duration.ofMinutes(1),
                null);
        member.answer(member.read(), response());
        ConnectionCall<String> second = call(connection, null);
        member.answer(member.read(), response());

        assertThat(second.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo("answered");
        assertThatThrownBy(first::join).hasCauseInstanceOf(ProtocolException.class);
    }

    @Test
    void dispatch_answerNobodyWaitsFor_isIgnored() throws IOException {
        Connection connection = connected();
        ConnectionCall<String> call = call(connection, null);
        byte[] request = member.read();
        byte[] stray = response();
        MessageHeader.setCorrelationId(stray, 4711);

        member.write(stray);
        member.answer(request, response());
        member.answer(request, response());

        assertThat(call.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo("answered");
        assertThat(connection.isLive()).isTrue();
    }

    @Test
    void dispatch_backupAck_isPassedOnWithItsConnection() throws IOException {
        connected();
        FakeReply elsewhere = new FakeReply();
        long id = new InFlightTable(77).add(elsewhere);
        byte[] ack = message(
                MessageHeader.EVENT | MessageHeader.BACKUP_EVENT, ClientLocalBackupListenerCodec.BACKUP_EVENT_TYPE, 24);
        ByteBuffer.wrap(ack).order(ByteOrder.LITTLE_ENDIAN).putLong(MessageHeader.FRAME_HEADER_BYTES + 16, id);

        member.write(ack);

        Eventually.holds("an ack", () -> heard.contains("ack for 77/" + id));
    }

    @Test
    void onBackupAck_waitingReply_endsItsRegistration() throws IOException {
        Connection connection = connected();
        FakeReply reply = new FakeReply();
        connection.send(reply, ClientPingCodec.encodeRequest());

        connection.onBackupAck(reply.correlationId());
        connection.onBackupAck(reply.correlationId());

        assertThat(reply.acks).hasValue(1);
        assertThat(connection.inFlight().size()).isZero();
    }

    @Test
    void close_repliesOutstanding_areToldOnceWithTheReason() throws IOException {
        Connection connection = connected();
        List<FakeReply> replies = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            FakeReply reply = new FakeReply();
            replies.add(reply);
            assertThat(connection.send(reply, ClientPingCodec.encodeRequest())).isTrue();
        }

        connection.close("closed by a test", null);
        connection.close("again", null);

        assertThat(replies).allSatisfy(reply -> {
            assertThat(reply.losses).hasValue(1);
            assertThat(reply.cause).isInstanceOf(HazelcastException.class).hasMessageContaining("closed by a test");
        });
        assertThat(connection.inFlight().size()).isZero();
        assertThat(heard).containsExactly("closed: closed by a test");
    }

    @Test
    void close_memberDoesNotRead_requestsThatWereNotSentAreToldSo() throws IOException {
        Connection connection = connected();
        Data large = Data.of(new byte[60_000]);
        List<FakeReply> replies = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            byte[] message = MapSetCodec.encodeRequest("m", large, large, 1, -1);
            FakeReply reply = new FakeReply(message);
            replies.add(reply);
            assertThat(connection.send(reply, message)).isTrue();
        }
        assertThat(connection.bytesQueued()).isPositive();

        connection.close("closed by a test", null);

        List<Class<?>> causes = new ArrayList<>();
        replies.forEach(reply -> causes.add(Objects.requireNonNull(reply.cause).getClass()));
        int sent = Collections.frequency(causes, TargetDisconnectedException.class);
        assertThat(sent).isBetween(1, replies.size() - 1);
        assertThat(causes.subList(0, sent)).containsOnly(TargetDisconnectedException.class);
        assertThat(causes.subList(sent, causes.size())).containsOnly(ConnectionException.class);
        assertThat(replies.get(sent).cause).hasMessageContaining("before the request was sent: closed by a test");
    }

    @Test
    void closeForShutdown_replyOutstanding_hearsThatTheClientIsClosed() throws IOException {
        Connection connection = connected();
        FakeReply reply = new FakeReply();
        connection.send(reply, ClientPingCodec.encodeRequest());

        connection.closeForShutdown();

        assertThat(reply.cause).isInstanceOf(ClientClosedException.class);
    }

    @Test
    void send_closedConnection_isRefusedAndTellsNothing() throws IOException {
        Connection connection = connected();
        connection.close("closed by a test", null);
        FakeReply reply = new FakeReply();

        assertThat(connection.send(reply, ClientPingCodec.encodeRequest())).isFalse();
        assertThat(reply.losses).hasValue(0);
        assertThatThrownBy(() -> call(connection, null).join()).hasCauseInstanceOf(ConnectionException.class);
    }

    @Test
    void race_sendAgainstClose_eachReplyIsRefusedOrToldOnce() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(3);
        try {
            for (int round = 0; round < 40; round++) {
                Connection connection = connected();
                List<Future<List<FakeReply>>> senders = new ArrayList<>();
                for (int s = 0; s < 3; s++) {
                    senders.add(pool.submit(() -> {
                        List<FakeReply> accepted = new ArrayList<>();
                        while (true) {
                            FakeReply reply = new FakeReply();
                            if (!connection.send(reply, ClientPingCodec.encodeRequest())) {
                                assertThat(reply.losses)
                                        .as("told although refused")
                                        .hasValue(0);
                                return accepted;
                            }
                            accepted.add(reply);
                        }
                    }));
                }
                connection.close("closed by a test", null);
                for (Future<List<FakeReply>> sender : senders) {
                    for (FakeReply reply : sender.get(10, TimeUnit.SECONDS)) {
                        assertThat(reply.losses.get())
                                .as("told of the loss, round %s", round)
                                .isEqualTo(1);
                    }
                }
                assertThat(connection.inFlight().size())
                        .as("in flight, round %s", round)
                        .isZero();
                member.hangUp();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    /** One attempt used to end twice: with its answer, and with the loss of the connection that was closed meanwhile. */
    @Test
    void close_whileAReplyIsHandled_theReplyIsNotToldOfTheLoss() throws Exception {
        Connection connection = connected();
        CompletableFuture<Void> handled = new CompletableFuture<>();
        byte[] request = ClientPingCodec.encodeRequest();
        FakeReply reply = new FakeReply(request) {
            @Override
            public boolean onReply(MessageReader message) {
                Thread other = new Thread(() -> connection.close("closed by a test", null));
                other.start();
                try {
                    other.join(10_000);
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                handled.complete(null);
                return true;
            }
        };
        connection.send(reply, request);

        member.answer(member.read(), response());

        handled.get(20, TimeUnit.SECONDS);
        Eventually.holds("nothing in flight", () -> connection.inFlight().size() == 0);
        assertThat(reply.losses).hasValue(0);
    }

    @Test
    void close_afterHandlingAReplyFailed_theReplyIsToldOfTheLoss() throws Exception {
        Connection connection = connected();
        byte[] request = ClientPingCodec.encodeRequest();
        FakeReply reply = new FakeReply(request) {
            @Override
            public boolean onReply(MessageReader message) {
                throw new IllegalStateException("thrown on purpose");
            }
        };
        connection.send(reply, request);
        ConnectionCall<String> next = call(connection, null);

        member.answer(member.read(), response());
        member.answer(member.read(), response());

        assertThat(next.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo("answered");
        connection.close("closed by a test", null);
        assertThat(reply.losses).hasValue(1);
    }
}
