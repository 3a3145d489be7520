// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.cluster.Address;
import io.filbert.internal.connection.Connection;
import io.filbert.internal.connection.FakeConnections;
import io.filbert.internal.connection.FakeMember;
import io.filbert.internal.connection.MemberIdentity;
import io.filbert.internal.invocation.Offline;
import io.filbert.internal.invocation.SendGate;
import io.filbert.internal.protocol.MessageHeader;
import io.filbert.internal.protocol.codec.TopicAddMessageListenerCodec;
import io.filbert.internal.protocol.codec.TopicRemoveMessageListenerCodec;
import io.filbert.internal.runtime.ClientLog;
import io.filbert.internal.transport.IoThread;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SubscriptionsTest {

    private final Offline offline = new Offline(config -> config);
    private final IoThread ioThread = new IoThread("io-of-a-test", () -> {});
    private final FakeMember member = new FakeMember();

    @BeforeEach
    void start() {
        ioThread.start();
    }

    @AfterEach
    void end() throws Exception {
        offline.close();
        member.close();
        ioThread.shutdown();
        ioThread.join(10_000);
    }

    private Subscriptions subscriptions(SendGate gate) {
        return new Subscriptions(
                new ClientLog("test", SubscriptionsTest.class),
                offline.cluster(),
                gate,
                offline.timer(),
                Runnable::run,
                Duration.ofSeconds(30),
                Duration.ofMillis(10));
    }

    private static void failTheFirstTime(AtomicInteger asked) {
        if (asked.getAndIncrement() == 0) {
            throw new InternalError("of a test");
        }
    }

    private static Subscription subscription(Runnable whenEncoded) {
        return new Subscription(
                "listener of a test",
                TopicAddMessageListenerCodec.REQUEST,
                () -> {
                    whenEncoded.run();
                    return TopicAddMessageListenerCodec.encodeRequest("t", true);
                },
                response -> new UUID(0, 1),
                TopicRemoveMessageListenerCodec.REQUEST,
                id -> TopicRemoveMessageListenerCodec.encodeRequest("t", id),
                event -> null,
                () -> {});
    }

    private void comesBack(Subscriptions subscriptions) throws Exception {
        Connection connection = FakeConnections.live(
                1, new MemberIdentity(new UUID(0, 1), new Address("127.0.0.1", 5701), "5.7.0"), ioThread, member);
        member.accept();

        subscriptions.registerAll(connection).get(10, TimeUnit.SECONDS);

        assertThat(MessageHeader.messageType(member.read(), 0))
                .as("what is sent when it is tried again")
                .isEqualTo(TopicAddMessageListenerCodec.REQUEST.id());
    }

    /** Guards against a client that comes back and waits for ever for a registration that nobody makes. */
    @Test
    void registerAll_encodingFails_endsAndTriesAgain() throws Exception {
        AtomicInteger encoded = new AtomicInteger();
        Subscriptions subscriptions = subscriptions(message -> null);
        subscriptions
                .add("owner", subscription(() -> failTheFirstTime(encoded)), TimeUnit.SECONDS.toNanos(10))
                .get(10, TimeUnit.SECONDS);

        comesBack(subscriptions);
    }

    @Test
    void registerAll_lookingForSchemasFails_endsAndTriesAgain() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Subscriptions subscriptions = subscriptions(message -> {
            failTheFirstTime(asked);
            return null;
        });
        subscriptions
                .add("owner", subscription(() -> {}), TimeUnit.SECONDS.toNanos(10))
                .get(10, TimeUnit.SECONDS);

        comesBack(subscriptions);
    }
}
