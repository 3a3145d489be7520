// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.proxy.topic;

import io.filbert.internal.connection.ResponseDecoder;
import io.filbert.internal.listener.Subscription;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.protocol.DataDecoder;
import io.filbert.internal.protocol.MessageReader;
import io.filbert.internal.protocol.codec.TopicAddMessageListenerCodec;
import io.filbert.internal.protocol.codec.TopicPublishAllCodec;
import io.filbert.internal.protocol.codec.TopicPublishCodec;
import io.filbert.internal.protocol.codec.TopicRemoveMessageListenerCodec;
import io.filbert.internal.proxy.ObjectCalls;
import io.filbert.internal.runtime.Printable;
import io.filbert.topic.BlockingTopic;
import io.filbert.topic.MessageListener;
import io.filbert.topic.Topic;
import io.filbert.topic.TopicMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The topic as its async interface describes it. Thread-safe. */
public final class TopicProxy<E> implements Topic<E> {

    public static final String SERVICE_NAME = "hz:impl:topicService";

    private static final ResponseDecoder<@Nullable Void> PUBLISHED = response -> {
        TopicPublishCodec.decodeResponse(response);
        return null;
    };
    private static final ResponseDecoder<@Nullable Void> ALL_PUBLISHED = response -> {
        TopicPublishAllCodec.decodeResponse(response);
        return null;
    };

    private final String name;
    private final ObjectCalls calls;
    private final DataDecoder<E> decoder;

    public TopicProxy(String name, ObjectCalls calls) {
        this.name = name;
        this.calls = calls;
        this.decoder = calls.decoder();
    }

    @Override
    public CompletableFuture<Void> publish(E message) {
        Data data = calls.toData(message, "message");
        return calls.onName(name, TopicPublishCodec.REQUEST, TopicPublishCodec.encodeRequest(name, data), PUBLISHED);
    }

    @Override
    public CompletableFuture<Void> publishAll(Collection<? extends E> messages) {
        Objects.requireNonNull(messages, "messages");
        byte[] request = calls.encodeWhole(messages, "message", data -> TopicPublishAllCodec.encodeRequest(name, data));
        return calls.onName(name, TopicPublishAllCodec.REQUEST, request, ALL_PUBLISHED);
    }

    @Override
    public CompletableFuture<UUID> addListener(MessageListener<? super E> listener) {
        Objects.requireNonNull(listener, "listener");
        return calls.subscribe(new Subscription(
                "message listener of topic " + Printable.quoted(name),
                TopicAddMessageListenerCodec.REQUEST,
                () -> TopicAddMessageListenerCodec.encodeRequest(name, calls.localEventsOnly()),
                TopicAddMessageListenerCodec::decodeResponse,
                TopicRemoveMessageListenerCodec.REQUEST,
                id -> TopicRemoveMessageListenerCodec.encodeRequest(name, id),
                event -> decode(event, listener),
                listener::onGap));
    }

    @SuppressWarnings("unchecked") // a message can only be read, so whoever takes a supertype may have it
    private @Nullable Runnable decode(MessageReader event, MessageListener<? super E> listener) {
        if (event.messageType() != TopicAddMessageListenerCodec.TOPIC_EVENT_TYPE) {
            return null;
        }
        TopicAddMessageListenerCodec.TopicEvent wire = TopicAddMessageListenerCodec.decodeTopicEvent(event);
        TopicMessage<E> message = new TopicMessage<>(
                name,
                ObjectCalls.read(decoder, wire.item()),
                Instant.ofEpochMilli(wire.publishTime()),
                wire.uuid(),
                calls.member(wire.uuid()));
        return () -> ((MessageListener<E>) listener).onMessage(message);
    }

    @Override
    public CompletableFuture<Boolean> removeListener(UUID registrationId) {
        return calls.unsubscribe(registrationId);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public CompletableFuture<Boolean> destroy() {
        return calls.destroy();
    }

    @Override
    public Topic<E> withDeadline(Duration deadline) {
        return new TopicProxy<>(name, calls.withDeadline(deadline));
    }

    @Override
    public BlockingTopic<E> blocking() {
        return new BlockingTopicView<>(this);
    }

    @Override
    public String toString() {
        return "Topic(name=\"" + name + "\")";
    }
}
