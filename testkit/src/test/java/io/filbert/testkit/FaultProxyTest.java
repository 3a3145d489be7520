// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.testkit.FaultProxy.Direction;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@NoLeaks
@Timeout(30)
class FaultProxyTest {

    private static final int PATIENCE_MILLIS = 10_000;

    private EchoPeer peer;
    private FaultProxy proxy;

    @BeforeEach
    void open() throws IOException {
        peer = new EchoPeer(0);
        proxy = FaultProxy.to("127.0.0.1", peer.port());
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        peer.close();
    }

    @Test
    void pass_forwardsBothWays_andCounts() throws Exception {
        try (Socket socket = connect()) {
            byte[] sent = new byte[1_000_000];
            long seed = System.nanoTime();
            new Random(seed).nextBytes(sent);
            Thread sender = new Thread(() -> sendQuietly(socket, sent), "sender");
            sender.start();
            byte[] received = socket.getInputStream().readNBytes(sent.length);
            sender.join();
            assertThat(received).as("echo of random bytes, seed %d", seed).isEqualTo(sent);
            assertThat(proxy.bytes(Direction.TO_MEMBER)).isEqualTo(sent.length);
            assertThat(proxy.bytes(Direction.TO_CLIENT)).isEqualTo(sent.length);
            assertThat(proxy.openConnections()).isEqualTo(1);
            assertThat(proxy.connectionsAccepted()).isEqualTo(1);
        }
        Eventually.passes(() -> assertThat(proxy.openConnections()).isZero());
        Eventually.passes(() -> assertThat(peer.ends()).isEqualTo(1));
    }

    @Test
    void pass_halfClose_isForwarded() throws IOException {
        try (Socket socket = connect()) {
            send(socket, "last words");
            socket.shutdownOutput();
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .isEqualTo("last words");
        }
    }

    @Test
    void cut_resetsBothSides() throws IOException {
        try (Socket socket = connect()) {
            echoes(socket, "hello");
            proxy.cut();
            assertThatThrownBy(() -> socket.getInputStream().read())
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
            Eventually.passes(() -> assertThat(peer.resets()).isEqualTo(1));
            assertThat(proxy.openConnections()).isZero();
        }
        try (Socket next = connect()) {
            echoes(next, "again");
        }
    }

    @Test
    void hangUp_endsBothSides() throws IOException {
        try (Socket socket = connect()) {
            echoes(socket, "hello");
            proxy.hangUp();
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
            Eventually.passes(() -> assertThat(peer.ends()).isEqualTo(1));
        }
    }

    @Test
    void stall_towardsClient_holdsBackAnswersUntilResumed() throws IOException {
        try (Socket socket = connect()) {
            echoes(socket, "hello");
            proxy.stall(Direction.TO_CLIENT);
            send(socket, "question");
            Eventually.passes(() -> assertThat(proxy.bytes(Direction.TO_MEMBER)).isEqualTo(5 + 8));
            assertSilent(socket);
            assertThat(proxy.bytes(Direction.TO_CLIENT)).isEqualTo(5);
            proxy.resume();
            assertThat(read(socket, 8)).isEqualTo("question");
        }
    }

    @Test
    void stall_towardsMember_holdsBackQuestions_andFillsTheSender() throws Exception {
        try (Socket socket = connect()) {
            echoes(socket, "hello");
            proxy.stall(Direction.TO_MEMBER);
            byte[] tooMuch = new byte[32 * 1024 * 1024];
            Thread sender = new Thread(() -> sendQuietly(socket, tooMuch), "sender");
            sender.start();
            sender.join(300);
            assertThat(sender.isAlive()).as("the sender is blocked").isTrue();
            assertThat(proxy.bytes(Direction.TO_MEMBER)).isEqualTo(5);
            proxy.cut();
            sender.join();
        }
    }

    @Test
    void slowDrip_takesTheTimeTheBytesCost() throws IOException {
        try (Socket socket = connect()) {
            proxy.slowDrip(100, Direction.TO_CLIENT);
            long start = System.nanoTime();
            send(socket, "x".repeat(50));
            assertThat(read(socket, 1)).isEqualTo("x");
            assertThat(proxy.bytes(Direction.TO_CLIENT))
                    .as("after the first drip")
                    .isLessThan(50);
            assertThat(read(socket, 49)).hasSize(49);
            assertThat(System.nanoTime() - start).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(450));
            proxy.pass();
            echoes(socket, "x".repeat(5_000));
        }
    }

    @Test
    void refuse_thenPass_onTheSamePort() throws IOException {
        try (Socket before = connect()) {
            echoes(before, "hello");
            proxy.refuse();
            assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
            echoes(before, "still there");
            proxy.pass();
            try (Socket after = connect()) {
                echoes(after, "hello");
            }
        }
    }

    @Test
    void acceptThenDrop_endsNewConnectionsOnly() throws IOException {
        try (Socket before = connect()) {
            echoes(before, "hello");
            proxy.acceptThenDrop();
            try (Socket dropped = connect()) {
                assertThat(dropped.getInputStream().read()).isEqualTo(-1);
            }
            echoes(before, "still there");
        }
    }

    @Test
    void acceptAndNeverAnswer_takesBytesAndKeepsSilent() throws IOException {
        proxy.acceptAndNeverAnswer();
        try (Socket socket = connect()) {
            send(socket, "x".repeat(10_000_000));
            assertSilent(socket);
            assertThat(proxy.bytes(Direction.TO_MEMBER)).isZero();
        }
        Eventually.passes(() -> assertThat(proxy.openConnections()).isZero());
    }

    @Test
    void halfOpen_memberSeesTheEnd_clientSeesNothing() throws IOException {
        try (Socket socket = connect()) {
            echoes(socket, "hello");
            proxy.halfOpen();
            Eventually.passes(() -> assertThat(peer.ends()).isEqualTo(1));
            send(socket, "x".repeat(10_000_000));
            assertSilent(socket);
            assertThat(proxy.openConnections()).isEqualTo(1);
        }
        Eventually.passes(() -> assertThat(proxy.openConnections()).isZero());
    }

    @Test
    void corrupt_seesPositionsAndChangesBytes() throws IOException {
        try (Socket socket = connect()) {
            echoes(socket, "abc");
            proxy.corrupt(Direction.TO_CLIENT, (position, value) -> position == 4 ? (byte) '!' : value);
            send(socket, "def");
            assertThat(read(socket, 3)).isEqualTo("d!f");
            proxy.pass();
            echoes(socket, "ghi");
        }
    }

    @Test
    void retarget_sendsNewConnectionsElsewhere() throws IOException {
        try (EchoPeer other = new EchoPeer(1);
                Socket before = connect()) {
            echoes(before, "abc");
            proxy.retarget(other.port());
            try (Socket after = connect()) {
                send(after, "abc");
                assertThat(read(after, 3)).isEqualTo("bcd");
            }
            echoes(before, "abc");
        }
    }

    @Test
    void memberGone_resetsTheConnection() throws IOException {
        peer.close();
        try (Socket socket = connect()) {
            assertThatThrownBy(() -> {
                        // The reset may overtake the end of the handshake.
                        if (socket.getInputStream().read() < 0) {
                            throw new AssertionError("an orderly end");
                        }
                    })
                    .isInstanceOf(SocketException.class);
        }
    }

    @Test
    void close_withStalledConnections_leavesNothing() throws IOException {
        Socket socket = connect();
        try (socket) {
            echoes(socket, "hello");
            proxy.stall();
            send(socket, "x".repeat(100_000));
            proxy.close();
            assertThatThrownBy(() -> {
                        while (socket.getInputStream().read() >= 0) {
                            // What was on its way.
                        }
                        throw new AssertionError("an orderly end");
                    })
                    .isInstanceOf(SocketException.class);
        }
        assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
        assertThatThrownBy(proxy::pass).isInstanceOf(IllegalStateException.class);
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static void echoes(Socket socket, String text) throws IOException {
        send(socket, text);
        assertThat(read(socket, text.length())).isEqualTo(text);
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void sendQuietly(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            // Part of some tests; the others see it on the receiving side.
        }
    }

    private static String read(Socket socket, int count) throws IOException {
        return new String(socket.getInputStream().readNBytes(count), StandardCharsets.US_ASCII);
    }

    private static void assertSilent(Socket socket) throws IOException {
        socket.setSoTimeout(200);
        assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        socket.setSoTimeout(PATIENCE_MILLIS);
    }
}
