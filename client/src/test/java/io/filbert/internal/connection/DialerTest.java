// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.cluster.Address;
import io.filbert.error.AuthenticationException;
import io.filbert.error.ClientClosedException;
import io.filbert.error.ClientNotAllowedException;
import io.filbert.error.ConnectionException;
import io.filbert.error.HazelcastException;
import io.filbert.error.OperationTimeoutException;
import io.filbert.internal.protocol.MessageHeader;
import io.filbert.internal.protocol.codec.ClientAuthenticationCodec;
import io.filbert.internal.runtime.ClientThreads;
import io.filbert.internal.runtime.Eventually;
import io.filbert.internal.transport.IoThread;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class DialerTest {

    private static final ConnectionListener NOBODY = new ConnectionListener() {
        @Override
        public void onClosed(Connection connection, String reason, @Nullable Throwable cause) {}

        @Override
        public void onBackupAck(int connectionNumber, long correlationId) {}
    };

    private static final InetAddress NOBODY_THERE = nobodyThere();

    private static InetAddress nobodyThere() {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private final IoThread ioThread = new IoThread("io-of-a-test", () -> {});
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final Traffic traffic = new Traffic();
    private final AtomicInteger numbers = new AtomicInteger();
    private final FakeMember member = new FakeMember();

    @BeforeEach
    void start() {
        ioThread.start();
    }

    @AfterEach
    void end() throws Exception {
        member.close();
        timer.shutdownNow();
        ioThread.shutdown();
        ioThread.join(10_000);
    }

    private Dialer dialer(Duration timeout, Executor resolver) {
        return dialer(timeout, InetAddress::getAllByName, resolver);
    }

    private Dialer dialer(Duration timeout, Dialer.NameLookup names, Executor resolver) {
        return dialer(timeout, names, resolver, Credentials.NONE);
    }

    private Dialer dialer(Duration timeout, Dialer.NameLookup names, Executor resolver, Credentials credentials) {
        return new Dialer(
                List.of(ioThread),
                new DialSettings(timeout, Map.of(), 1 << 20, null),
                new Handshake("dev", UUID.randomUUID(), "test", "1.0", List.of(), true, credentials),
                numbers::incrementAndGet,
                traffic,
                names,
                resolver,
                timer);
    }

    private CompletableFuture<Dialer.Dialled> dial(Address address, Duration timeout) {
        return dialer(timeout, Runnable::run)
                .dial(address, UnaryOperator.identity(), NOBODY)
                .orTimeout(20, TimeUnit.SECONDS);
    }

    private Address address() {
        return new Address("127.0.0.1", member.address().getPort());
    }

    /** An answer to the authentication as refusals have it: only the status means something. */
    private static byte[] refusal(int status) {
        byte[] fixed = new byte[13 + 1 + 17 + 1 + 4 + 17 + 1];
        ByteBuffer.wrap(fixed)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0, ClientAuthenticationCodec.REQUEST.id() + 1)
                .put(13, (byte) status)
                .put(14, (byte) 1)
                .put(36, (byte) 1);
        byte[] empty = new byte[0];
        return concat(
                frame(MessageHeader.UNFRAGMENTED, fixed),
                frame(MessageHeader.NULL, empty),
                frame(MessageHeader.FINAL, empty));
    }

    private static byte[] frame(int flags, byte[] content) {
        return ByteBuffer.allocate(MessageHeader.FRAME_HEADER_BYTES + content.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(MessageHeader.FRAME_HEADER_BYTES + content.length)
                .putShort((short) flags)
                .put(content)
                .array();
    }

    private static byte[] concat(byte[]... frames) {
        ByteBuffer all = ByteBuffer.allocate(1_000);
        for (byte[] frame : frames) {
            all.put(frame);
        }
        byte[] bytes = new byte[all.position()];
        all.flip().get(bytes);
        return bytes;
    }

    @ParameterizedTest
    @CsvSource({"1, clusterName", "2, serialization version", "9, unknown status 9"})
    void dial_memberRefuses_failsWithTheReason(int status, String reason) throws IOException {
        CompletableFuture<Dialer.Dialled> dialling = dial(address(), Duration.ofSeconds(10));
        member.accept();
        member.answer(member.read(), refusal(status));

        assertThatThrownBy(dialling::join)
                .cause()
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining(reason)
                .hasMessageContaining(address().toString());
    }

    @Test
    void dial_clusterDoesNotAllowTheClient_saysSo() throws IOException {
        CompletableFuture<Dialer.Dialled> dialling = dial(address(), Duration.ofSeconds(10));
        member.accept();
        member.answer(member.read(), refusal(3));

        assertThatThrownBy(dialling::join).hasCauseInstanceOf(ClientNotAllowedException.class);
    }

    @Test
    void dial_memberSaysNothing_failsInTimeAndHangsUp() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            silent.setSoTimeout(10_000);
            CompletableFuture<Dialer.Dialled> dialling =
                    dial(new Address("127.0.0.1", silent.getLocalPort()), Duration.ofMillis(100));
            try (Socket accepted = silent.accept()) {
                assertThatThrownBy(dialling::join)
                        .cause()
                        .isInstanceOf(OperationTimeoutException.class)
                        .hasMessageContaining("100 ms")
                        .hasMessageContaining("connectionTimeout");
                accepted.setSoTimeout(10_000);
                InputStream sent = accepted.getInputStream();
                assertThat(sent.readAllBytes())
                        .as("what was sent before the end of the stream")
                        .startsWith('C', 'P', '2');
            }
        }
    }

    @Test
    void dial_memberHangsUp_fails() throws IOException {
        CompletableFuture<Dialer.Dialled> dialling = dial(address(), Duration.ofSeconds(10));
        member.accept();
        member.hangUp();

        assertThatThrownBy(dialling::join).hasCauseInstanceOf(HazelcastException.class);
    }

    @Test
    void dial_nobodyListens_fails() throws IOException {
        Address free = address();
        member.close();

        assertThatThrownBy(dial(free, Duration.ofSeconds(10))::join).hasCauseInstanceOf(HazelcastException.class);
    }

    @Test
    void dial_nameLookupHangs_failsInTime() {
        // The look-up is never run: as long as one can hang.
        CompletableFuture<Dialer.Dialled> dialling = dialer(Duration.ofMillis(50), task -> {})
                .dial(address(), UnaryOperator.identity(), NOBODY)
                .orTimeout(20, TimeUnit.SECONDS);

        assertThatThrownBy(dialling::join).hasCauseInstanceOf(OperationTimeoutException.class);
    }

    @Test
    void dial_nameUnknown_saysWhich() {
        // Too long for a name, so that no name service is asked.
        String impossible = "x".repeat(70) + ".invalid";

        assertThatThrownBy(dial(new Address(impossible, 5701), Duration.ofSeconds(20))::join)
                .cause()
                .isInstanceOf(ConnectionException.class)
                .hasMessageContaining(impossible);
    }

    @Test
    void dial_clientIsClosed_fails() {
        timer.shutdownNow();

        assertThatThrownBy(dial(address(), Duration.ofSeconds(10))::join)
                .hasCauseInstanceOf(ClientClosedException.class);
    }

    private CompletableFuture<Dialer.Dialled> dialName(Dialer.NameLookup names, Duration timeout) {
        Address named = new Address("member.example.org", address().port());
        return dialer(timeout, names, Runnable::run)
                .dial(named, UnaryOperator.identity(), NOBODY)
                .orTimeout(20, TimeUnit.SECONDS);
    }

    @Test
    void dial_nameWithSeveralAddresses_triesAllOfThem_ipv6Too() throws Exception {
        byte[] ipv6 = new byte[16];
        ipv6[15] = 1;
        InetAddress[] all = {
            InetAddress.getByAddress(ipv6), NOBODY_THERE, InetAddress.getByAddress(new byte[] {127, 0, 0, 1})
        };

        CompletableFuture<Dialer.Dialled> dialling = dialName(host -> all, Duration.ofSeconds(10));
        member.accept();
        member.answer(member.read(), refusal(3));

        assertThatThrownBy(dialling::join)
                .as("the answer of the member at the third address")
                .hasCauseInstanceOf(ClientNotAllowedException.class)
                .hasMessageContaining("member.example.org");
        assertThat(numbers.get()).as("attempts").isEqualTo(3);
    }

    @Test
    void dial_again_looksTheNameUpAgain() {
        List<String> asked = new CopyOnWriteArrayList<>();
        Dialer.NameLookup names = host -> {
            asked.add(host);
            return new InetAddress[] {NOBODY_THERE};
        };

        assertThatThrownBy(dialName(names, Duration.ofSeconds(10))::join).hasCauseInstanceOf(HazelcastException.class);
        assertThatThrownBy(dialName(names, Duration.ofSeconds(10))::join).hasCauseInstanceOf(HazelcastException.class);
        assertThat(asked).containsExactly("member.example.org", "member.example.org");
    }

    @Test
    void dial_translatedAddress_isTheOneConnectedTo() throws IOException {
        CompletableFuture<Dialer.Dialled> dialling = dialer(Duration.ofSeconds(10), Runnable::run)
                .dial(new Address("10.0.0.1", 1), announced -> address(), NOBODY)
                .orTimeout(20, TimeUnit.SECONDS);
        member.accept();
        member.answer(member.read(), refusal(3));

        assertThatThrownBy(dialling::join)
                .hasCauseInstanceOf(ClientNotAllowedException.class)
                .hasMessageContaining(address().toString());
    }

    @Test
    void dial_translationFails_failsWithItsReason() {
        CompletableFuture<Dialer.Dialled> dialling = dialer(Duration.ofSeconds(10), Runnable::run)
                .dial(
                        address(),
                        announced -> {
                            throw new ConnectionException("no way to " + announced);
                        },
                        NOBODY)
                .orTimeout(20, TimeUnit.SECONDS);

        assertThatThrownBy(dialling::join)
                .hasCauseInstanceOf(ConnectionException.class)
                .hasMessageContaining("no way to " + address());
    }

    /** Each of these used to be counted as open for ever: about 5 kB a second for each such member. */
    @Test
    void dial_socketCannotEvenBeginToConnect_leavesNothingBehind() {
        // A multicast address: connecting to it is refused at once.
        assertThatThrownBy(dial(new Address("224.0.0.1", 5701), Duration.ofSeconds(10))::join)
                .hasCauseInstanceOf(ConnectionException.class)
                .hasMessageContaining("224.0.0.1");

        assertThat(traffic.openCount()).isZero();
        assertThat(traffic.sums(0).connections().failedAttempts()).isEqualTo(1);
    }

    @Test
    void dial_threadForTheLookUpCannotBeStarted_fails() {
        assertThatThrownBy(dialer(Duration.ofSeconds(10), task -> {
                            throw new OutOfMemoryError("unable to create native thread");
                        })
                        .dial(address(), UnaryOperator.identity(), NOBODY)::join)
                .hasCauseInstanceOf(ConnectionException.class)
                .hasMessageContaining("unable to create native thread");
    }

    @Test
    void dial_lookUpThrowsAnError_fails() {
        assertThatThrownBy(dialName(
                        host -> {
                            throw new OutOfMemoryError("Java heap space");
                        },
                        Duration.ofSeconds(10))::join)
                .hasCauseInstanceOf(ConnectionException.class);
    }

    /** A translator, token provider or name service that hangs used to take another thread with each attempt, one each second. */
    @Test
    void dial_lastAttemptStillHangs_failsAtOnceUntilItReturns() {
        ExecutorService threads = Executors.newCachedThreadPool();
        CountDownLatch hangs = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        Dialer dialer = dialer(Duration.ofMillis(100), threads);
        UnaryOperator<Address> hanging = announced -> {
            asked.incrementAndGet();
            try {
                hangs.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new ConnectionException("no way");
        };
        try {
            assertThatThrownBy(dialer.dial(address(), hanging, NOBODY)::join)
                    .hasCauseInstanceOf(OperationTimeoutException.class);

            for (int i = 0; i < 20; i++) {
                assertThatThrownBy(dialer.dial(address(), hanging, NOBODY)::join)
                        .hasCauseInstanceOf(ConnectionException.class)
                        .hasMessageContaining("option addressTranslator")
                        .hasMessageContaining(address().toString());
            }
            assertThat(asked).as("threads that hang").hasValue(1);
            hangs.countDown();
            Eventually.holds("a new attempt", () -> {
                dialer.dial(address(), hanging, NOBODY)
                        .handle((dialled, failure) -> failure)
                        .join();
                return asked.get() > 1;
            });
        } finally {
            hangs.countDown();
            threads.shutdownNow();
        }
    }

    @Test
    void dial_tokenProviderHangs_takesOneThreadUntilItReturns() {
        ExecutorService threads = Executors.newCachedThreadPool();
        CountDownLatch hangs = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        Credentials hanging = new Credentials.Secret("tokenProvider", address -> {
            asked.incrementAndGet();
            try {
                hangs.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new byte[] {1};
        });
        Dialer dialer = dialer(Duration.ofMillis(500), InetAddress::getAllByName, threads, hanging);
        try {
            assertThatThrownBy(dialer.dial(address(), UnaryOperator.identity(), NOBODY)::join)
                    .hasCauseInstanceOf(OperationTimeoutException.class)
                    .hasMessageContaining("tokenProvider");
            assertThat(asked).hasValue(1);

            for (int i = 0; i < 20; i++) {
                assertThatThrownBy(dialer.dial(address(), UnaryOperator.identity(), NOBODY)::join)
                        .hasCauseInstanceOf(ConnectionException.class)
                        .hasMessageContaining("option tokenProvider")
                        .hasMessageContaining(address().toString());
            }
            assertThat(asked).as("threads that hang").hasValue(1);
            hangs.countDown();
            Eventually.holds("a new attempt", () -> {
                dialer.dial(address(), UnaryOperator.identity(), NOBODY)
                        .handle((dialled, failure) -> failure)
                        .join();
                return asked.get() > 1;
            });
        } finally {
            hangs.countDown();
            threads.shutdownNow();
        }
    }

    @Test
    void dial_translatorLeavesTheThreadInterrupted_connectsAllTheSame() throws Exception {
        ClientThreads threads = new ClientThreads("dialer-test");
        CompletableFuture<Dialer.Dialled> dialling = dialer(
                        Duration.ofSeconds(10),
                        task -> threads.nonBlockingThread("dial", task).start())
                .dial(
                        address(),
                        announced -> {
                            Thread.currentThread().interrupt();
                            return announced;
                        },
                        NOBODY)
                .orTimeout(20, TimeUnit.SECONDS);
        member.accept();
        member.answer(member.read(), refusal(3));

        assertThatThrownBy(dialling::join).hasCauseInstanceOf(ClientNotAllowedException.class);
    }
}
