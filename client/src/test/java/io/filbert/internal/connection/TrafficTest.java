// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.cluster.Address;
import io.filbert.internal.runtime.Eventually;
import io.filbert.internal.transport.IoThread;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TrafficTest {

    private final IoThread ioThread = new IoThread("io-of-a-test", () -> {});
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final FakeMember member = new FakeMember();
    private final CompletableFuture<Traffic.Bytes> seenByListener = new CompletableFuture<>();
    private final Dialer dialer = new Dialer(
            List.of(ioThread),
            new DialSettings(Duration.ofSeconds(20), Map.of(), 1 << 20, null),
            new Handshake("dev", UUID.randomUUID(), "test", "1.0", List.of(), true, Credentials.NONE),
            () -> 1,
            new Traffic(),
            Runnable::run,
            timer);

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

    private void dial() {
        dialer.dial(
                new Address("127.0.0.1", member.address().getPort()),
                UnaryOperator.identity(),
                new ConnectionListener() {
                    @Override
                    public void onClosed(Connection connection, String reason, @Nullable Throwable cause) {
                        seenByListener.complete(dialer.traffic().bytes());
                    }

                    @Override
                    public void onBackupAck(int connectionNumber, long correlationId) {}
                });
    }

    @Test
    void bytes_countWhatPassed_alsoAfterTheConnectionHasEnded() throws Exception {
        assertThat(dialer.traffic().bytes()).isEqualTo(new Traffic.Bytes(0, 0));
        dial();
        member.accept();
        byte[] authentication = member.read();
        member.write(new byte[] {1, 2});

        Traffic.Bytes expected = new Traffic.Bytes("CP2".length() + authentication.length, 2);
        Eventually.holds("bytes are " + expected, () -> dialer.traffic().bytes().equals(expected));

        member.hangUp();
        assertThat(seenByListener.get())
                .as("at the time others hear of the loss")
                .isEqualTo(expected);
        assertThat(dialer.traffic().bytes()).isEqualTo(expected);

        dial();
        member.accept();
        byte[] again = member.read();
        long sent = expected.sent() + "CP2".length() + again.length;
        Eventually.holds(
                sent + " bytes were sent", () -> dialer.traffic().bytes().sent() == sent);
    }
}
