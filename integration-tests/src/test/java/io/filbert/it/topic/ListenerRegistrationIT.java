// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.HazelcastClient;
import io.filbert.config.ClientConfig;
import io.filbert.error.CallInterruptedException;
import io.filbert.error.MemberErrorException;
import io.filbert.error.OperationTimeoutException;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.protocol.codec.TopicAddMessageListenerCodec;
import io.filbert.internal.protocol.codec.TopicPublishCodec;
import io.filbert.internal.protocol.codec.TopicRemoveMessageListenerCodec;
import io.filbert.internal.protocol.member.TopicAddMessageListenerMemberCodec;
import io.filbert.internal.protocol.member.TopicPublishMemberCodec;
import io.filbert.internal.protocol.member.TopicRemoveMessageListenerMemberCodec;
import io.filbert.internal.protocol.type.ErrorCode;
import io.filbert.internal.serialization.SerializationService;
import io.filbert.it.support.Clients;
import io.filbert.it.support.LogLines;
import io.filbert.testkit.Eventually;
import io.filbert.testkit.HeldRequests;
import io.filbert.testkit.NoLeaks;
import io.filbert.testkit.Reply;
import io.filbert.testkit.ScriptedCluster;
import io.filbert.testkit.ScriptedMember;
import io.filbert.topic.BlockingTopic;
import io.filbert.topic.MessageListener;
import io.filbert.topic.Topic;
import io.filbert.topic.TopicMessage;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A listener is registered exactly once on each connection, whatever happens to connections, and its events stay in order. */
@NoLeaks
final class ListenerRegistrationIT {

    /** Hears messages and gaps in one list. */
    private static final class Story implements MessageListener<String> {

        final List<String> lines = new CopyOnWriteArrayList<>();

        @Override
        public void onMessage(TopicMessage<String> message) {
            lines.add(message.message());
        }

        @Override
        public void onGap() {
            if (lines.isEmpty() || !lines.get(lines.size() - 1).equals("gap")) {
                lines.add("gap");
            }
        }
    }

    private final ScriptedCluster cluster = ScriptedCluster.builder().members(2).start();
    /** Where members send events: by member, the replies of the registrations that are alive. */
    private final Map<ScriptedMember, List<Reply>> registered = new ConcurrentHashMap<>();

    private final AtomicInteger removals = new AtomicInteger();

    @BeforeEach
    void teachTopics() {
        for (ScriptedMember member : cluster.members()) {
            registered.put(member, new CopyOnWriteArrayList<>());
            member.on(TopicAddMessageListenerCodec.REQUEST, (request, reply) -> {
                listenersAt(member).add(reply);
                reply.send(TopicAddMessageListenerMemberCodec.encodeResponse(UUID.randomUUID()));
            });
            member.on(TopicRemoveMessageListenerCodec.REQUEST, (request, reply) -> {
                removals.incrementAndGet();
                reply.send(TopicRemoveMessageListenerMemberCodec.encodeResponse(true));
            });
            member.on(TopicPublishCodec.REQUEST, (request, reply) -> {
                var publish = TopicPublishMemberCodec.decodeRequest(request.reader());
                listenersAt(member).stream()
                        .filter(listener -> listener.connection().isOpen())
                        .forEach(listener -> listener.event(TopicAddMessageListenerMemberCodec.encodeTopicEvent(
                                publish.message(), System.currentTimeMillis(), member.uuid())));
                reply.send(TopicPublishMemberCodec.encodeResponse());
            });
        }
    }

    private List<Reply> listenersAt(ScriptedMember member) {
        return Objects.requireNonNull(registered.get(member));
    }

    @AfterEach
    void end() {
        cluster.close();
    }

    private HazelcastClient connect(Consumer<ClientConfig.Builder> changes) {
        return Clients.connect(cluster.addresses(), config -> {
            config.invocationRetryPause(Duration.ofMillis(20)).retryInitialBackoff(Duration.ofMillis(20));
            changes.accept(config);
        });
    }

    private int alive(ScriptedMember member) {
        return (int) listenersAt(member).stream()
                .filter(reply -> reply.connection().isOpen())
                .count();
    }

    private void awaitOneOnEach() {
        Eventually.passes(() -> assertThat(cluster.members())
                .allSatisfy(member -> assertThat(alive(member)).isEqualTo(1)));
    }

    @Test
    void addListener_isOnEachMemberOnce_localOnly() {
        try (HazelcastClient client = connect(config -> {})) {
            client.<String>getTopic("t").addListener(new Story()).join();

            awaitOneOnEach();
        }
    }

    @Test
    void memberThatDiesWhileTheListenerIsAdded_isNoFailure() {
        ScriptedMember dying = cluster.member(1);
        HeldRequests additions = dying.hold(TopicAddMessageListenerCodec.REQUEST);
        try (HazelcastClient client = connect(config -> {})) {
            CompletableFuture<UUID> added = client.<String>getTopic("t").addListener(new Story());
            additions.awaitCount(1);

            dying.die();

            assertThat(added.orTimeout(20, TimeUnit.SECONDS).join()).isNotNull();
            assertThat(alive(cluster.member(0))).isEqualTo(1);
        }
    }

    @Test
    void memberThatJoins_getsTheListener_andOneThatLeavesChangesNothing() {
        try (HazelcastClient client = connect(config -> {})) {
            client.<String>getTopic("t").addListener(new Story()).join();
            awaitOneOnEach();
            ScriptedMember third = cluster.addMember();
            registered.put(third, new CopyOnWriteArrayList<>());
            third.on(TopicAddMessageListenerCodec.REQUEST, (request, reply) -> {
                listenersAt(third).add(reply);
                reply.send(TopicAddMessageListenerMemberCodec.encodeResponse(UUID.randomUUID()));
            });

            awaitOneOnEach();
            cluster.removeMember(third);
            awaitOneOnEach();
        }
    }

    @Test
    void connectionLost_isRegisteredAgainOnce_onThatMemberOnly() {
        try (HazelcastClient client = connect(config -> {})) {
            client.<String>getTopic("t").addListener(new Story()).join();
            awaitOneOnEach();
            cluster.member(1).resetConnections();

            Eventually.passes(() -> assertThat(listenersAt(cluster.member(1))).hasSize(2));
            awaitOneOnEach();
            assertThat(listenersAt(cluster.member(0))).hasSize(1);
        }
    }

    @Test
    void oneOfTwoConnectionsLost_listenerHearsOfTheGap() {
        Story story = new Story();
        try (HazelcastClient client = connect(config -> {})) {
            client.<String>getTopic("t").addListener(story).join();
            awaitOneOnEach();
            assertThat(story.lines).isEmpty();
            cluster.member(1).resetConnections();

            Eventually.passes(() -> assertThat(story.lines).containsExactly("gap"));
        }
    }

    @Test
    void memberJoins_listenerHearsThatItMayHaveMissedSomething() {
        Story story = new Story();
        try (HazelcastClient client = connect(config -> {})) {
            client.<String>getTopic("t").addListener(story).join();
            awaitOneOnEach();
            cluster.addMember()
                    .on(
                            TopicAddMessageListenerCodec.REQUEST,
                            (request, reply) ->
                                    reply.send(TopicAddMessageListenerMemberCodec.encodeResponse(UUID.randomUUID())));

            Eventually.passes(() -> assertThat(story.lines).containsExactly("gap"));
        }
    }

    @Test
    void wholeClusterRestarts_listenerIsBackBeforeTheNextCall_andHearsOfTheGap() {
        Story story = new Story();
        try (HazelcastClient client = connect(config -> config.redoOperation(true))) {
            Topic<String> topic = client.getTopic("t");
            topic.addListener(story).join();
            topic.publish("before").join();
            Eventually.passes(() -> assertThat(story.lines).containsExactly("before"));
            cluster.restart();
            topic.publish("after").join();

            Eventually.passes(() -> assertThat(story.lines).startsWith("before", "gap", "after"));
        }
    }

    @Test
    void removeListener_isTakenBackFromEachMember_evenIfStillUnderWay() throws Exception {
        try (HazelcastClient client = connect(config -> {})) {
            Topic<String> topic = client.getTopic("t");
            UUID id = topic.addListener(new Story()).join();
            awaitOneOnEach();
            assertThat(topic.removeListener(id).get(10, TimeUnit.SECONDS)).isTrue();
            assertThat(removals).hasValue(2);
        }
    }

    @Test
    void removeListener_whileConnectionsComeAndGo_leavesNothingBehind() throws Exception {
        Map<UUID, Reply> live = new ConcurrentHashMap<>();
        for (ScriptedMember member : cluster.members()) {
            member.on(TopicAddMessageListenerCodec.REQUEST, (request, reply) -> {
                UUID id = UUID.randomUUID();
                live.put(id, reply);
                reply.send(TopicAddMessageListenerMemberCodec.encodeResponse(id));
            });
            member.on(TopicRemoveMessageListenerCodec.REQUEST, (request, reply) -> {
                live.remove(TopicRemoveMessageListenerMemberCodec.decodeRequest(request.reader())
                        .registrationId());
                reply.send(TopicRemoveMessageListenerMemberCodec.encodeResponse(true));
            });
        }
        try (HazelcastClient client = connect(config -> config.redoOperation(true))) {
            Topic<String> topic = client.getTopic("t");
            for (int round = 0; round < 100; round++) {
                UUID id = topic.addListener(new Story()).get(10, TimeUnit.SECONDS);
                cluster.member(round % 2).resetConnections();
                // At some moment of the new connection's first steps.
                int others = round % 10;
                for (int i = 0; i < others; i++) {
                    topic.publish("m").get(10, TimeUnit.SECONDS);
                }
                assertThat(topic.removeListener(id).get(10, TimeUnit.SECONDS)).isTrue();
            }

            Eventually.passes(() -> assertThat(live.values())
                    .filteredOn(reply -> reply.connection().isOpen())
                    .as("registrations that nobody ends")
                    .isEmpty());
        }
    }

    @Test
    void memberRefuses_listenerIsNowhere() {
        cluster.member(1)
                .on(
                        TopicAddMessageListenerCodec.REQUEST,
                        (request, reply) -> reply.error(21, "some.Refusal", "not here"));
        try (HazelcastClient client = connect(config -> {})) {
            Eventually.passes(() -> assertThat(cluster.members())
                    .allSatisfy(member -> assertThat(member.connections()).hasSize(1)));
            assertThatThrownBy(() -> client.<String>getTopic("t").blocking().addListener(new Story()))
                    .isInstanceOf(MemberErrorException.class)
                    .hasMessageContaining("Registering the message listener of topic 't': ")
                    .hasMessageContaining("not here");
            Eventually.passes(() -> assertThat(removals).hasValue(1));
            cluster.member(0).resetConnections();
            Eventually.passes(() -> assertThat(cluster.member(0).connections()).hasSize(1));
            assertThat(listenersAt(cluster.member(0))).hasSize(1);
        }
    }

    /** Where a member answers with an error of the JDK, all calls throw that class; this one did not. */
    @Test
    void memberRefuses_withAnErrorOfTheJdk_isThatClass() {
        cluster.member(1)
                .on(
                        TopicAddMessageListenerCodec.REQUEST,
                        (request, reply) ->
                                reply.error(ErrorCode.SECURITY, "java.security.AccessControlException", "denied"));
        try (HazelcastClient client = connect(config -> {})) {
            assertThatThrownBy(() -> client.<String>getTopic("t").blocking().addListener(new Story()))
                    .isExactlyInstanceOf(SecurityException.class)
                    .hasMessage("Registering the message listener of topic 't': denied")
                    .hasCauseInstanceOf(MemberErrorException.class);
        }
    }

    @Test
    void interruptedWhileAMemberDoesNotAnswer_namesTheRegistration() {
        HeldRequests additions = cluster.member(1).hold(TopicAddMessageListenerCodec.REQUEST);
        try (HazelcastClient client = connect(config -> {})) {
            BlockingTopic<String> topic = client.<String>getTopic("t").blocking();
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> topic.addListener(new Story()))
                    .isInstanceOf(CallInterruptedException.class)
                    .hasMessageContaining("registration of the message listener of topic 't'");
            assertThat(Thread.interrupted()).isTrue();
            assertThat(additions).isNotNull();
        }
    }

    @Test
    void slowAnswer_removalWaitsForItAndTakesItBack() throws Exception {
        HeldRequests held = cluster.member(1).hold(TopicAddMessageListenerCodec.REQUEST);
        try (HazelcastClient client = connect(config -> {})) {
            Eventually.passes(() -> assertThat(cluster.members())
                    .allSatisfy(member -> assertThat(member.connections()).hasSize(1)));
            Topic<String> topic = client.getTopic("t");
            CompletableFuture<UUID> id = topic.addListener(new Story());
            held.awaitCount(1);
            assertThat(id).isNotDone();
            held.take().send(TopicAddMessageListenerMemberCodec.encodeResponse(UUID.randomUUID()));
            assertThat(topic.removeListener(id.get(10, TimeUnit.SECONDS)).get(10, TimeUnit.SECONDS))
                    .isTrue();
            assertThat(removals).hasValue(2);
        }
    }

    /** The deadline of a view used to be ignored by listeners. */
    @Test
    void memberThatDoesNotAnswer_addAndRemoveEndByTheDeadlineOfTheView() throws Exception {
        HeldRequests additions = cluster.member(1).hold(TopicAddMessageListenerCodec.REQUEST);
        try (HazelcastClient client = connect(config -> {})) {
            Eventually.passes(() -> assertThat(cluster.members())
                    .allSatisfy(member -> assertThat(member.connections()).hasSize(1)));
            Topic<String> topic = client.<String>getTopic("t").withDeadline(Duration.ofMillis(200));
            assertThatThrownBy(() -> topic.blocking().addListener(new Story()))
                    .isInstanceOf(OperationTimeoutException.class)
                    .hasMessageContaining("message listener of topic 't' did not end within 200 ms")
                    .hasMessageContaining("no answer on");
            Eventually.passes(
                    () -> assertThat(removals).as("taken back where it was").hasValue(1));
            additions.take().send(TopicAddMessageListenerMemberCodec.encodeResponse(UUID.randomUUID()));
            Eventually.passes(
                    () -> assertThat(removals).as("and where it came too late").hasValue(2));

            cluster.member(1).asUsual(TopicAddMessageListenerCodec.REQUEST);
            teachTopics();
            UUID id = topic.addListener(new Story()).get(10, TimeUnit.SECONDS);
            cluster.member(1).hold(TopicRemoveMessageListenerCodec.REQUEST);
            assertThat(topic.removeListener(id).get(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** The time that the client gives to each registration used to end it. */
    @Test
    void memberThatAnswersLate_viewWithALongerDeadline_waitsForIt() throws Exception {
        HeldRequests additions = cluster.member(1).hold(TopicAddMessageListenerCodec.REQUEST);
        try (HazelcastClient client = connect(config -> config.invocationTimeout(Duration.ofMillis(300)))) {
            Eventually.passes(() -> assertThat(cluster.members())
                    .allSatisfy(member -> assertThat(member.connections()).hasSize(1)));
            Topic<String> topic = client.<String>getTopic("t").withDeadline(Duration.ofSeconds(20));
            long began = System.nanoTime();
            CompletableFuture<UUID> added = topic.addListener(new Story());
            additions.awaitCount(1);
            Eventually.passes(() ->
                    assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(900)));
            additions.take().send(TopicAddMessageListenerMemberCodec.encodeResponse(UUID.randomUUID()));

            assertThat(added.get(10, TimeUnit.SECONDS)).isNotNull();
        }
    }

    /**
     * Stages of the client's own on a future that the user has would wait for the user's executor, and until it has come to them the future
     * would contradict itself ({@code state()} of JDK 19: running, {@code isDone()}: true).
     */
    @Test
    void futuresOfListeners_userExecutorIsBlocked_haveNoStagesAndTheirStateIsRight() throws Exception {
        List<Runnable> neverRun = new CopyOnWriteArrayList<>();
        try (HazelcastClient client = connect(config -> config.callbackExecutor(neverRun::add))) {
            Topic<String> topic = client.getTopic("t");

            CompletableFuture<UUID> added = topic.addListener(new Story());
            assertThat(added.getNumberOfDependents()).isZero();
            UUID id = added.get(10, TimeUnit.SECONDS);
            assertSucceeded(added);
            CompletableFuture<Boolean> removed = topic.removeListener(id);
            assertThat(removed.getNumberOfDependents()).isZero();
            assertThat(removed.get(10, TimeUnit.SECONDS)).isTrue();
            assertSucceeded(removed);
            CompletableFuture<Boolean> destroyed = topic.destroy();
            assertThat(destroyed.getNumberOfDependents()).isZero();
            assertThat(destroyed.get(10, TimeUnit.SECONDS)).isTrue();
            assertSucceeded(destroyed);
        }
    }

    private static void assertSucceeded(CompletableFuture<?> future) throws ReflectiveOperationException {
        assertThat(future.isDone()).isTrue();
        for (Method method : Future.class.getMethods()) {
            if (method.getName().equals("state")) {
                assertThat(String.valueOf(method.invoke(future))).isEqualTo("SUCCESS");
            }
        }
    }

    /** Nobody has its id then, so nobody could remove it. */
    @Test
    void registrationThatIsCancelled_isTakenBack() {
        HeldRequests additions = cluster.member(1).hold(TopicAddMessageListenerCodec.REQUEST);
        try (HazelcastClient client = connect(config -> {})) {
            Eventually.passes(() -> assertThat(cluster.members())
                    .allSatisfy(member -> assertThat(member.connections()).hasSize(1)));
            CompletableFuture<UUID> added = client.<String>getTopic("t").addListener(new Story());
            additions.awaitCount(1);
            added.cancel(true);

            Eventually.passes(() -> assertThat(removals).hasValue(1));
        }
    }

    @Test
    void memberThatDoesNotAnswerWhenTheClientComesBack_isNamedInTheLog() {
        try (LogLines lines = LogLines.open();
                HazelcastClient client = connect(config -> config.clientName("waits-for-a-listener"))) {
            client.<String>getTopic("t").addListener(new Story()).join();
            cluster.members().forEach(member -> member.hold(TopicAddMessageListenerCodec.REQUEST));
            cluster.restart();

            Eventually.passes(() -> assertThat(lines.of("waits-for-a-listener"))
                    .anySatisfy(line -> assertThat(line)
                            .contains("calls still wait for the registration of message listener of topic 't'")));
        }
    }

    @Test
    void slowListener_delaysOnlyItself() throws Exception {
        CountDownLatch goesOn = new CountDownLatch(1);
        Story quick = new Story();
        try (HazelcastClient client = connect(config -> {})) {
            Topic<String> topic = client.getTopic("t");
            topic.addListener(message -> await(goesOn)).join();
            topic.addListener(quick).join();
            for (int i = 0; i < 100; i++) {
                topic.publish("m" + i).join();
            }

            Eventually.passes(() -> assertThat(quick.lines).hasSize(100));
            assertThat(quick.lines.get(99)).isEqualTo("m99");
            goesOn.countDown();
        }
    }

    @Test
    void listenerFarTooSlow_losesItsNewestEvents_whichAreCountedAndToldAsAGap() throws Exception {
        int kept = 100_000; // docs/events.md
        int lost = 50;
        CountDownLatch goesOn = new CountDownLatch(1);
        AtomicInteger messages = new AtomicInteger();
        AtomicInteger gaps = new AtomicInteger();
        MessageListener<String> slow = new MessageListener<>() {
            @Override
            public void onMessage(TopicMessage<String> message) {
                await(goesOn);
                messages.incrementAndGet();
            }

            @Override
            public void onGap() {
                assertThat(messages).as("messages before the gap").hasValue(kept);
                gaps.incrementAndGet();
            }
        };
        try (HazelcastClient client = connect(config -> config.smartRouting(false))) {
            Topic<String> topic = client.getTopic("t");
            UUID id = topic.addListener(slow).join();
            Reply listener = cluster.members().stream()
                    .flatMap(member -> listenersAt(member).stream())
                    .findFirst()
                    .orElseThrow();
            Data message = Objects.requireNonNull(new SerializationService().toData("m"));
            for (int i = 0; i < kept + lost; i++) {
                listener.event(TopicAddMessageListenerMemberCodec.encodeTopicEvent(
                        message, 0, cluster.member(0).uuid()));
            }

            Eventually.passes(() -> assertThat(client.metrics().eventsDropped()).isEqualTo(lost));
            goesOn.countDown();
            Eventually.passes(() -> assertThat(gaps).hasValue(1));
            assertThat(messages).hasValue(kept);
            topic.removeListener(id).join();
            assertThat(client.metrics().eventsDropped()).isEqualTo(lost);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
