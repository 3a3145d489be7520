// SPDX-License-Identifier: Apache-2.0
package io.filbert.examples;

import io.filbert.HazelcastClient;
import io.filbert.topic.BlockingTopic;
import io.filbert.topic.MessageListener;
import io.filbert.topic.TopicMessage;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** Telling everybody who listens. */
public final class News {

    private News() {}

    static void publish(HazelcastClient client, Consumer<String> log) {
        // tag::topic[]
        BlockingTopic<String> news = client.<String>getTopic("news").blocking();
        UUID registration = news.addListener(message -> log.accept(message.message()));
        news.publish("Hello to everybody who listens now");
        news.publishAll(List.of("first", "second")); // in this order, in one request
        // end::topic[]
        log.accept("registered as " + registration);
    }

    static UUID listen(BlockingTopic<String> news, Consumer<String> log) {
        // tag::gap[]
        return news.addListener(new MessageListener<>() {
            @Override
            public void onMessage(TopicMessage<String> message) {
                log.accept(message.publishTime() + " " + message.message());
            }

            @Override
            public void onGap() {
                log.accept("Messages may be missing here");
            }
        });
        // end::gap[]
    }
}
