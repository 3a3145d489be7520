// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.transport;

import static io.filbert.internal.transport.WireBytes.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.internal.connection.FakeMember;
import io.filbert.internal.protocol.MessageTooLongException;
import io.filbert.internal.runtime.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WireChannelTest {

    static final int FEW = 1;
    static final int MANY = 1_000;

    /** Notes what it is told. */
    static final class Recorder implements ChannelHandler {
        final AtomicInteger connections = new AtomicInteger();
        final List<byte[]> messages = new CopyOnWriteArrayList<>();
        final List<String> closings = new CopyOnWriteArrayList<>();
        final List<byte[]> unsent = new CopyOnWriteArrayList<>();
        volatile @Nullable Throwable thrown;

        @Override
        public void onConnected() {
            connections.incrementAndGet();
        }

        @Override
        public void onMessage(byte[] buffer, int offset, int limit) {
            messages.add(Arrays.copyOfRange(buffer, offset, limit));
            if (thrown instanceof Error error) {
                throw error;
            }
        }

        @Override
        public boolean onTooLong(MessageTooLongException message) {
            return false;
        }

        @Override
        public void onClosed(String reason, @Nullable Throwable cause, List<byte[]> unsent) {
            this.unsent.addAll(unsent);
            closings.add(reason);
        }
    }

    final IoThread ioThread = new IoThread("io-of-a-test", () -> {});
    final ExecutorService tasks = Executors.newCachedThreadPool();
    final Recorder recorder = new Recorder();
    final FakeMember member = newMember();

    @BeforeEach
    void start() {
        ioThread.start();
    }

    @AfterEach
    void end() throws Exception {
        member.close();
        tasks.shutdownNow();
        ioThread.shutdown();
        ioThread.join(10_000);
        assertThat(ioThread.isAlive()).as("I/O thread still running").isFalse();
    }

    /** The tests hold for plain sockets here, and through TLS in {@link TlsWireChannelTest}. */
    FakeMember newMember() {
        return new FakeMember();
    }

    @Nullable
    SSLEngine newEngine() {
        return null;
    }

    private WireChannel connect(InetSocketAddress address) throws IOException {
        return connect(address, recorder);
    }

    final WireChannel connect(InetSocketAddress address, ChannelHandler handler) throws IOException {
        return WireChannel.connect(ioThread, address, Map.of(), 1 << 20, newEngine(), tasks, handler);
    }

    final WireChannel connected() throws IOException {
        WireChannel channel = connect(member.address());
        member.accept();
        Eventually.holds("a connected channel", () -> recorder.connections.get() == 1);
        return channel;
    }

    // ---- connecting and closing

    /** What sockets answer is compared, because a platform may round what it is told. */
    @Test
    void prepare_setsTheClientsOwnOptions_thenThoseOfTheUser() throws IOException {
        try (SocketChannel untouched = SocketChannel.open();
                SocketChannel expected = SocketChannel.open();
                SocketChannel socket = SocketChannel.open()) {
            expected.setOption(StandardSocketOptions.SO_SNDBUF, 128_000);
            expected.setOption(StandardSocketOptions.SO_RCVBUF, 50_000);

            WireChannel.prepare(socket, Map.of(StandardSocketOptions.SO_RCVBUF, 50_000));

            assertThat(socket.isBlocking()).isFalse();
            assertThat(socket.getOption(StandardSocketOptions.TCP_NODELAY)).isTrue();
            assertThat(socket.getOption(StandardSocketOptions.SO_SNDBUF))
                    .isEqualTo(expected.getOption(StandardSocketOptions.SO_SNDBUF))
                    .isNotEqualTo(untouched.getOption(StandardSocketOptions.SO_SNDBUF));
            assertThat(socket.getOption(StandardSocketOptions.SO_RCVBUF))
                    .isEqualTo(expected.getOption(StandardSocketOptions.SO_RCVBUF));
            assertThat(socket.getOption(StandardSocketOptions.SO_KEEPALIVE))
                    .isEqualTo(untouched.getOption(StandardSocketOptions.SO_KEEPALIVE));
        }
    }

    @Test
    void connect_memberListens_sendsThePreambleAndSaysSo() throws IOException {
        WireChannel channel = connected();

        assertThat(channel.isClosed()).isFalse();
        assertThat(recorder.closings).isEmpty();
    }

    @Test
    void connect_nobodyListens_isClosedWithTheReason() throws IOException {
        InetSocketAddress free;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
        }

        WireChannel channel = connect(free);

        Eventually.holds("a closed channel", () -> recorder.closings.size() == 1);
        assertThat(recorder.closings.get(0)).startsWith("Connecting failed");
        assertThat(channel.isClosed()).isTrue();
        assertThat(recorder.connections).hasValue(0);
    }

    @Test
    void connect_ioThreadHasEnded_isClosedAtOnce() throws Exception {
        ioThread.shutdown();
        ioThread.join(10_000);

        WireChannel channel = connect(member.address());

        assertThat(channel.isClosed()).isTrue();
        assertThat(recorder.closings).hasSize(1);
    }

    @Test
    void close_twice_isReportedOnce() throws IOException {
        WireChannel channel = connected();

        channel.close("first", null);
        channel.close("second", null);

        assertThat(recorder.closings).containsExactly("first");
        assertThat(channel.send(message(1, 30), FEW)).isFalse();
    }

    @Test
    void onReady_memberHangsUp_isClosed() throws IOException {
        WireChannel channel = connected();

        member.hangUp();

        Eventually.holds("a closed channel", () -> recorder.closings.size() == 1);
        assertThat(channel.isClosed()).isTrue();
    }

    @Test
    void shutdown_channelsThatNobodyClosed_areClosed() throws Exception {
        WireChannel channel = connected();

        ioThread.shutdown();
        ioThread.join(10_000);

        assertThat(channel.isClosed()).isTrue();
        assertThat(recorder.closings).hasSize(1);
    }

    // ---- reading

    @Test
    void onReady_bytesOfTheMember_areMessages() throws IOException {
        WireChannel channel = connected();
        byte[] first = message(1, 100);
        byte[] second = message(2, 300_000);

        member.write(first);
        member.write(second);

        Eventually.holds("two messages", () -> recorder.messages.size() == 2);
        assertThat(recorder.messages.get(0)).isEqualTo(first);
        assertThat(recorder.messages.get(1)).isEqualTo(second);
        assertThat(channel.bytesRead()).isEqualTo(first.length + second.length);
    }

    @Test
    void onReady_nonsense_closesTheChannelWithTheReason() throws IOException {
        connected();

        member.write("HTTP/1.1 400 Bad Request".getBytes(StandardCharsets.US_ASCII));

        Eventually.holds("a closed channel", () -> recorder.closings.size() == 1);
        assertThat(recorder.closings.get(0)).startsWith("Protocol violation").contains("HTTP");
    }

    @Test
    void onReady_handlerThrowsError_closesThisChannelAndTheLoopGoesOn() throws Exception {
        connected();
        recorder.thrown = new StackOverflowError("thrown on purpose");
        member.write(message(1, 30));
        Eventually.holds("a closed channel", () -> recorder.closings.size() == 1);

        recorder.thrown = null;
        Recorder other = new Recorder();
        WireChannel next = connect(member.address(), other);
        member.accept();
        member.write(message(2, 30));

        Eventually.holds("a message on another channel", () -> other.messages.size() == 1);
        next.close("done", null);
    }

    // ---- writing

    @ParameterizedTest
    @ValueSource(ints = {FEW, MANY})
    void send_someMessages_arriveInOrder(int outstanding) throws IOException {
        WireChannel channel = connected();
        long written = 3;
        for (int i = 0; i < 100; i++) {
            byte[] sent = message(i, 22 + i);
            written += sent.length;
            assertThat(channel.send(sent, outstanding)).isTrue();
        }

        for (int i = 0; i < 100; i++) {
            assertThat(member.read()).isEqualTo(message(i, 22 + i));
        }
        long expected = written;
        Eventually.holds("all bytes counted", () -> channel.bytesWritten() == expected);
        assertThat(channel.queuedBytes()).isZero();
    }

    @Test
    void send_beforeTheSocketIsUp_goesBehindThePreamble() throws IOException {
        WireChannel channel = connect(member.address());
        channel.send(message(1, 40), FEW);
        member.accept();

        assertThat(member.read()).isEqualTo(message(1, 40));
    }

    @Test
    void send_onAnInterruptedThread_doesNotCloseTheChannel() throws IOException {
        WireChannel channel = connected();

        Thread.currentThread().interrupt();
        channel.send(message(1, 40), FEW);
        boolean interrupted = Thread.interrupted();

        assertThat(interrupted).as("interrupt flag").isTrue();
        assertThat(member.read()).isEqualTo(message(1, 40));
        assertThat(channel.isClosed()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {FEW, MANY})
    void send_memberDoesNotRead_goesOnWhenItReadsAgain(int outstanding) throws IOException {
        WireChannel channel = connected();
        int count = 200;
        for (int i = 0; i < count; i++) {
            channel.send(message(i, 60_000), outstanding);
        }
        assertThat(channel.queuedBytes()).as("bytes that wait for the socket").isPositive();

        for (int i = 0; i < count; i++) {
            assertThat(member.read()).isEqualTo(message(i, 60_000));
        }
        Eventually.holds("nothing left", () -> channel.queuedBytes() == 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {FEW, MANY})
    void close_memberDoesNotRead_tellsWhatWasNotSent(int outstanding) throws IOException {
        WireChannel channel = connected();
        // A socket that is closed with bytes unread, such as session tickets of TLS 1.3, resets the connection, and
        // what
        // the member has not read by then is lost. All that came before this message has been read with it.
        member.write(message(0, 100));
        Eventually.holds("the message", () -> recorder.messages.size() == 1);
        int count = 200;
        for (int i = 0; i < count; i++) {
            channel.send(message(i, 60_000), outstanding);
        }
        assertThat(channel.queuedBytes()).as("bytes that wait for the socket").isPositive();

        channel.close("closed by a test", null);

        int unsent = recorder.unsent.size();
        assertThat(unsent).isBetween(1, count - 1);
        for (int i = 0; i < unsent; i++) {
            assertThat(recorder.unsent.get(i)).isEqualTo(message(count - unsent + i, 60_000));
        }
        int arrived = 0;
        try {
            while (true) {
                assertThat(member.read()).isEqualTo(message(arrived, 60_000));
                arrived++;
            }
        } catch (IOException e) {
            assertThat(arrived).as("whole messages that arrived").isBetween(count - unsent - 2, count - unsent);
        }
    }

    @Test
    void send_manyThreads_eachMessageArrivesOnceAndInTheOrderOfItsThread() throws Exception {
        WireChannel channel = connected();
        int threads = 6;
        int count = 4_000;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> senders = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int sender = t;
                senders.add(pool.submit(() -> {
                    for (int i = 0; i < count; i++) {
                        // Both ways of writing take turns.
                        int outstanding = i % 7 < 3 ? FEW : MANY;
                        channel.send(numbered(sender, i), outstanding);
                    }
                }));
            }
            int[] next = new int[threads];
            for (int i = 0; i < threads * count; i++) {
                ByteBuffer content = ByteBuffer.wrap(member.read());
                int sender = content.getInt(22);
                assertThat(content.getInt(26))
                        .as("message %s, of thread %s", i, sender)
                        .isEqualTo(next[sender]++);
            }
            for (Future<?> sender : senders) {
                sender.get(10, TimeUnit.SECONDS);
            }
            Eventually.holds("nothing left", () -> channel.queuedBytes() == 0);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void send_whileAnotherThreadCloses_neverThrowsAndEnds() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(3);
        try {
            for (int round = 0; round < 30; round++) {
                Recorder own = new Recorder();
                WireChannel channel = connect(member.address(), own);
                member.accept();
                Eventually.holds("a connected channel", () -> own.connections.get() == 1);
                List<Future<?>> senders = new ArrayList<>();
                for (int s = 0; s < 3; s++) {
                    int outstanding = s == 0 ? MANY : FEW;
                    senders.add(pool.submit(() -> {
                        int sent = 0;
                        while (channel.send(numbered(0, sent), outstanding)) {
                            sent++;
                        }
                        return sent;
                    }));
                }
                channel.close("closed by a test", null);
                for (Future<?> sender : senders) {
                    sender.get(10, TimeUnit.SECONDS);
                }
                assertThat(own.closings).as("closings in round %s", round).hasSize(1);
                member.hangUp();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    static byte[] numbered(int sender, int number) {
        byte[] bytes = message(number, 40);
        ByteBuffer.wrap(bytes).putInt(22, sender).putInt(26, number);
        return bytes;
    }
}
