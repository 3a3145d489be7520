// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.transport;

import static io.filbert.internal.transport.WireBytes.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.filbert.internal.connection.FakeMember;
import io.filbert.internal.runtime.Eventually;
import io.filbert.internal.tls.TestIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that holds for plain sockets, through TLS, and what TLS adds. */
@Timeout(60)
class TlsWireChannelTest extends WireChannelTest {

    private static final TestIdentity IDENTITY = TestIdentity.forLoopback();
    private static final SSLContext MEMBER = IDENTITY.context();
    private static final SSLContext CLIENT = TestIdentity.trusting(IDENTITY.certificate());

    private SSLContext context = CLIENT;
    private String @Nullable [] protocols;

    @Override
    FakeMember newMember() {
        return new FakeMember(MEMBER.getServerSocketFactory());
    }

    @Override
    SSLEngine newEngine() {
        SSLEngine engine = context.createSSLEngine("127.0.0.1", 1);
        engine.setUseClientMode(true);
        if (protocols != null) {
            engine.setEnabledProtocols(protocols);
        }
        return engine;
    }

    // ---- the handshake

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void open_eachVersion_carriesMessagesBothWays(String version) throws IOException {
        protocols = new String[] {version};
        WireChannel channel = connected();
        byte[] large = message(2, 900_000);

        channel.send(large, FEW);
        byte[] arrived = member.read();
        member.write(large);

        assertThat(arrived).isEqualTo(large);
        Eventually.holds("the answer", () -> recorder.messages.size() == 1);
        assertThat(recorder.messages.get(0)).isEqualTo(large);
        assertThat(((SSLSocket) member.socket()).getSession().getProtocol()).isEqualTo(version);
        assertThat(channel.isEncrypted()).isTrue();
    }

    @Test
    void open_costlyParts_runElsewhereThanOnTheIoThread() throws IOException {
        List<String> threads = new CopyOnWriteArrayList<>();
        WireChannel channel = WireChannel.connect(
                ioThread,
                member.address(),
                Map.of(),
                1 << 20,
                newEngine(),
                task -> tasks.execute(() -> {
                    threads.add(Thread.currentThread().getName());
                    task.run();
                }),
                recorder);
        member.accept();
        Eventually.holds("a connected channel", () -> recorder.connections.get() == 1);

        assertThat(threads).isNotEmpty().doesNotContain(ioThread.getName());
        channel.close("done", null);
    }

    @Test
    void open_memberIsNotTrusted_tellsBothSidesWhy() throws IOException {
        context = TestIdentity.trusting(TestIdentity.authority("CN=another").certificate());
        List<String> atMember = new ArrayList<>();
        do {
            connect(member.address(), recorder);
            IOException refusal = catchThrowableOfType(IOException.class, member::accept);
            atMember.add(String.valueOf(refusal.getMessage()));
            int attempts = atMember.size();
            Eventually.holds("a closed channel", () -> recorder.closings.size() == attempts);
            // A member that is still writing when the channel is closed hears of that only.
        } while (atMember.size() < 20 && !atMember.get(atMember.size() - 1).contains("certificate_unknown"));

        assertThat(atMember).last().asString().contains("certificate_unknown");
        assertThat(recorder.closings)
                .allSatisfy(reason ->
                        assertThat(reason).startsWith("TLS handshake failed").contains("certification path"));
        assertThat(recorder.connections).hasValue(0);
    }

    @Test
    void open_memberSpeaksNoTls_isClosedWithTheReason() throws IOException {
        try (FakeMember plain = new FakeMember()) {
            connect(plain.address(), recorder);
            IOException atMember = catchThrowableOfType(IOException.class, plain::accept);
            assertThat(atMember).hasMessageContaining("The client began with");
            plain.write("HZX".getBytes(StandardCharsets.US_ASCII));
            plain.hangUp();

            Eventually.holds("a closed channel", () -> recorder.closings.size() == 1);
            assertThat(recorder.closings.get(0)).startsWith("TLS handshake failed");
        }
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "5", "100", "700"})
    void open_memberHangsUpInTheMidst_isClosed(int bytesBefore) throws IOException {
        try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            connect((InetSocketAddress) listening.getLocalSocketAddress(), recorder);
            try (Socket accepted = listening.accept()) {
                byte[] hello = new byte[10_000];
                int count = accepted.getInputStream().read(hello);
                assertThat(count).isPositive();
                // Its own words are no answer a client can use, but a head of TLS.
                byte[] head = {22, 3, 3, 0x30, 0};
                accepted.getOutputStream().write(Arrays.copyOf(head, bytesBefore));
            }

            Eventually.holds("a closed channel", () -> recorder.closings.size() == 1);
            assertThat(recorder.closings.get(0)).startsWith("TLS handshake failed");
        }
    }

    @Test
    void open_memberIsSilent_staysOpenWithoutWork() throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            WireChannel channel = connect((InetSocketAddress) listening.getLocalSocketAddress(), recorder);
            try (Socket accepted = listening.accept()) {
                assertThat(accepted.getInputStream().read()).isEqualTo(22);
                Eventually.holds("a socket that is up", channel::isReached);
                long before = cpuNanos();
                long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(300);
                Eventually.holds("some time", () -> System.nanoTime() > until);
                assertThat(cpuNanos() - before)
                        .as("nanoseconds of work while nothing happens")
                        .isLessThan(TimeUnit.MILLISECONDS.toNanos(100));
                assertThat(channel.isClosed()).isFalse();
                channel.close("done", null);
                assertThat(recorder.closings).containsExactly("done");
            }
        }
    }

    private long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getThreadCpuTime(ioThread.getId());
    }

    // ---- afterwards

    @Test
    void close_idle_saysGoodbyeToTheMember() throws IOException {
        WireChannel channel = connected();

        channel.close("done", null);

        // Without the alert of TLS that says so, this would be an SSLException.
        assertThat(member.socket().getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void read_memberSaysGoodbyeButKeepsTheSocket_isClosed() throws IOException {
        WireChannel channel = connected();
        member.write(message(1, 100));
        ((SSLSocket) member.socket()).shutdownOutput();

        Eventually.holds("a closed channel", () -> recorder.closings.size() == 1);
        assertThat(channel.isClosed()).isTrue();
        assertThat(recorder.messages).hasSize(1);
        assertThat(recorder.closings).singleElement().asString().contains("the member closed the connection");
    }

    @Test
    void read_manyRecordsAtOnce_leavesNoneBehind() throws IOException {
        connected();
        Random random = new Random(7);
        int count = 5_000;
        for (int i = 0; i < count; i++) {
            member.write(message(i, 22 + random.nextInt(1_500)));
        }

        Eventually.holds("all messages", () -> recorder.messages.size() == count);
    }

    @Test
    void readAndWrite_bothDirectionsFull_carryEverything() throws Exception {
        WireChannel channel = connected();
        int count = 300;
        byte[] bytes = message(3, 60_000);
        Future<?> writing = tasks.submit(() -> {
            for (int i = 0; i < count; i++) {
                member.write(bytes);
            }
            return null;
        });
        for (int i = 0; i < count; i++) {
            channel.send(bytes, i % 3 == 0 ? MANY : FEW);
        }
        for (int i = 0; i < count; i++) {
            assertThat(member.read()).isEqualTo(bytes);
        }
        writing.get(30, TimeUnit.SECONDS);

        Eventually.holds("all messages", () -> recorder.messages.size() == count);
        Eventually.holds("nothing left", () -> channel.queuedBytes() == 0);
    }

    /** TLS 1.2 lets members negotiate anew at any time; messages go on flowing in both directions meanwhile. */
    @Test
    void read_memberNegotiatesAnewUnderLoad_goesOn() throws Exception {
        protocols = new String[] {"TLSv1.2"};
        WireChannel channel = connected();
        SSLSocket socket = (SSLSocket) member.socket();
        AtomicBoolean stop = new AtomicBoolean();
        Future<Integer> sending = tasks.submit(() -> {
            int sent = 0;
            while (!stop.get() && sent < 200_000) {
                if (channel.queuedBytes() > 1_000_000) {
                    Thread.onSpinWait();
                    continue;
                }
                channel.send(numbered(0, sent++), sent % 2 == 0 ? FEW : MANY);
            }
            return sent;
        });
        int read = 0;
        for (int round = 0; round < 3; round++) {
            socket.startHandshake();
            for (int i = 0; i < 2_000; i++) {
                assertThat(ByteBuffer.wrap(member.read()).getInt(26)).isEqualTo(read++);
            }
            member.write(message(round, 100));
        }
        stop.set(true);
        int sent = sending.get(20, TimeUnit.SECONDS);
        while (read < sent) {
            assertThat(ByteBuffer.wrap(member.read()).getInt(26)).isEqualTo(read++);
        }

        Eventually.holds("messages after negotiating", () -> recorder.messages.size() == 3);
        assertThat(channel.isClosed()).isFalse();
    }

    @Test
    void close_whileOthersWriteAndRead_endsAtOnce() throws Exception {
        for (int round = 0; round < 20; round++) {
            Recorder own = new Recorder();
            WireChannel channel = connect(member.address(), own);
            member.accept();
            InputStream in = member.socket().getInputStream();
            Eventually.holds("a connected channel", () -> own.connections.get() == 1);
            Future<?> sender = tasks.submit(() -> {
                int sent = 0;
                while (channel.send(numbered(0, sent), FEW)) {
                    sent++;
                }
            });
            member.write(message(1, 500_000));
            assertThat(in.read()).isNotNegative();

            Future<?> closing = tasks.submit(() -> channel.close("closed by a test", null));

            closing.get(5, TimeUnit.SECONDS);
            sender.get(5, TimeUnit.SECONDS);
            assertThat(own.closings).hasSize(1);
            member.hangUp();
        }
    }
}
