// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.cluster.Address;
import io.filbert.config.ClientConfig;
import io.filbert.internal.connection.Connection;
import io.filbert.internal.connection.FakeConnections;
import io.filbert.internal.connection.FakeMember;
import io.filbert.internal.connection.MemberIdentity;
import io.filbert.internal.protocol.type.Schema;
import io.filbert.internal.runtime.ClientLog;
import io.filbert.internal.transport.IoThread;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class IntroductionTest {

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final IoThread ioThread = new IoThread("io-of-a-test", () -> {});
    private final FakeMember member = new FakeMember();
    private final AtomicInteger asked = new AtomicInteger();

    @BeforeEach
    void start() {
        timer.setRemoveOnCancelPolicy(true);
        ioThread.start();
    }

    @AfterEach
    void end() throws Exception {
        timer.shutdownNow();
        member.close();
        ioThread.shutdown();
        ioThread.join(10_000);
    }

    /** The first time there is no memory for them. */
    private List<Schema> schemas() {
        if (asked.getAndIncrement() == 0) {
            throw new InternalError("of a test");
        }
        return List.of();
    }

    /** Guards against a client that stays between connected and ready for ever. */
    @Test
    void sendState_failsBeforeAnythingIsSent_isTriedAgain() throws Exception {
        Introduction introduction = new Introduction(
                new ClientLog("test", IntroductionTest.class),
                ClientConfig.builder()
                        .invocationRetryPause(Duration.ofMillis(10))
                        .build(),
                timer,
                new ClientState(this::schemas),
                connection -> CompletableFuture.completedFuture(null),
                connection -> List.of());
        Connection connection = FakeConnections.live(
                1, new MemberIdentity(new UUID(0, 1), new Address("127.0.0.1", 5701), "5.7.0"), ioThread, member);
        member.accept();
        CountDownLatch done = new CountDownLatch(1);

        timer.execute(() -> introduction.sendState(connection, done::countDown));

        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(asked).hasValue(2);
        assertThat(timer.getQueue())
                .as("what would report that it is waited for")
                .isEmpty();
    }
}
