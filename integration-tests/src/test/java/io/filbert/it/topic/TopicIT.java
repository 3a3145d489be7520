// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.HazelcastClient;
import io.filbert.it.support.Clients;
import io.filbert.it.support.OnSharedCluster;
import io.filbert.testkit.Eventually;
import io.filbert.testkit.HazelcastMember;
import io.filbert.topic.BlockingTopic;
import io.filbert.topic.Topic;
import io.filbert.topic.TopicMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Topics on a real cluster of three. */
final class TopicIT extends OnSharedCluster {

    private static final AtomicInteger NAMES = new AtomicInteger();

    record Note(String text, int number) {}

    private final Topic<Object> topic = client().getTopic("topic-" + NAMES.incrementAndGet());
    private final BlockingTopic<Object> blocking = topic.blocking();
    private final List<TopicMessage<Object>> heard = new CopyOnWriteArrayList<>();

    private List<Object> messages() {
        return heard.stream().map(TopicMessage::message).toList();
    }

    @Test
    void publish_listenerHearsItOnce_withTimeAndMember() {
        Instant before = Instant.now();
        blocking.addListener(heard::add);
        blocking.publish("hello");

        Eventually.passes(() -> assertThat(messages()).containsExactly("hello"));
        TopicMessage<Object> message = heard.get(0);
        assertThat(message.name()).isEqualTo(topic.name());
        assertThat(message.publishTime())
                .isBetween(before.minusSeconds(5), Instant.now().plusSeconds(5));
        assertThat(message.member()).isIn(client().clusterService().members());
    }

    @Test
    void publish_manyMessagesOfOnePublisher_arriveInOrder() {
        blocking.addListener(heard::add);
        List<Object> numbers = IntStream.range(0, 2000).<Object>mapToObj(i -> i).toList();
        for (Object number : numbers) {
            blocking.publish(number);
        }

        Eventually.passes(() -> assertThat(messages()).isEqualTo(numbers));
    }

    @Test
    void publishAll_keepsTheOrder() {
        blocking.addListener(heard::add);
        blocking.publishAll(List.of(1, "two", 3L));

        Eventually.passes(() -> assertThat(messages()).containsExactly(1, "two", 3L));
    }

    @Test
    void publishAll_ofNothing_publishesNothing() {
        blocking.addListener(heard::add);
        topic.publishAll(List.of()).join();
        topic.publish("next").join();

        Eventually.passes(() -> assertThat(messages()).containsExactly("next"));
    }

    @Test
    void publishAll_memberThatDoesNotKnowIt_isAClearError() {
        try (HazelcastMember member = HazelcastMember.builder().version("4.0.6").start();
                HazelcastClient client = Clients.connect(member.address(), config -> {})) {
            Topic<Object> old = client.getTopic("t");
            old.blocking().addListener(heard::add);

            assertThatThrownBy(() -> old.publishAll(List.of(1, 2)).join())
                    .cause()
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("Topic.publishAll on topic 't'")
                    .hasMessageContaining("runs an older release");
            old.publish(3).join();
            Eventually.passes(() -> assertThat(messages()).containsExactly(3));
        }
    }

    @Test
    void publish_recordOfTheUser_arrives() {
        blocking.addListener(heard::add);
        blocking.publish(new Note("a", 1));

        Eventually.passes(() -> assertThat(messages()).containsExactly(new Note("a", 1)));
    }

    @Test
    void twoListeners_eachHearAll_andOneThatFailsHurtsNobody() {
        blocking.addListener(message -> {
            throw new IllegalStateException("on purpose");
        });
        blocking.addListener(heard::add);
        blocking.publish(1);
        blocking.publish(2);

        Eventually.passes(() -> assertThat(messages()).containsExactly(1, 2));
    }

    @Test
    void listener_mayCallTheClient() {
        blocking.addListener(message -> {
            if (message.message().equals("ping")) {
                blocking.publish("pong");
            }
            heard.add(message);
        });
        blocking.publish("ping");

        Eventually.passes(() -> assertThat(messages()).containsExactly("ping", "pong"));
    }

    @Test
    void removeListener_hearsNothingMore() {
        UUID id = blocking.addListener(heard::add);
        blocking.publish(1);
        Eventually.passes(() -> assertThat(heard).hasSize(1));
        List<TopicMessage<Object>> other = new CopyOnWriteArrayList<>();
        blocking.addListener(other::add);

        assertThat(blocking.removeListener(id)).isTrue();
        assertThat(blocking.removeListener(id)).isFalse();
        assertThat(blocking.removeListener(UUID.randomUUID())).isFalse();
        blocking.publish(2);
        Eventually.passes(() -> assertThat(other).hasSize(1));
        assertThat(messages()).containsExactly(1);
    }

    @Test
    void missingArguments_areRefusedAtOnce() {
        assertThatThrownBy(() -> topic.publish(noMessage()))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("message");
        assertThatThrownBy(() -> topic.publishAll(Arrays.asList(1, null))).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> topic.withDeadline(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }

    @SuppressWarnings("NullAway") // that is the point
    private static Object noMessage() {
        return null;
    }

    @Test
    void destroy_andNames() {
        assertThat(topic).hasToString("Topic(name=\"" + topic.name() + "\")");
        assertThat(topic.serviceName()).isEqualTo("hz:impl:topicService");
        assertThat(blocking.async()).isSameAs(topic);
        assertThat(blocking.destroy()).isTrue();
        assertThat(blocking.destroy()).isFalse();
    }
}
