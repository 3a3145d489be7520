// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.proxy.topic;

import io.filbert.cluster.DistributedObject;
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
import java.util.function.Function;
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
    private final Function<DistributedObject, CompletableFuture<Boolean>> destroy;

    /** @param destroy ends the object in the cluster */
    public TopicProxy(String name, ObjectCalls calls, Function<DistributedObject, CompletableFuture<Boolean>> destroy) {
        this.name = name;
        this.calls = calls;
        this.decoder = calls.decoder();
        this.destroy = destroy;
    }

    @Override
    public CompletableFuture<Void> publish(E message) {
        Data data = calls.toData(message, "message");
        return calls.onName(name, TopicPublishCodec.REQUEST, TopicPublishCodec.encodeRequest(name, data), PUBLISHED);
    }

    @Override
    public CompletableFuture<Void> publishAll(Collection<? extends E> messages) {
        Objects.requireNonNull(messages, "messages");
        byte[] request =
                calls.encodeWhole(messages, "message", data -> TopicPublishAllCodec.encodeRequest(name, data));
        return calls.onName(name, TopicPublishAllCodec.REQUEST, request, ALL_PUBLISHED);
    }

    @Override
    public CompletableFuture<UUID> addListener(MessageListener<E> listener) {
        Objects.requireNonNull(listener, "listener");
        return calls.subscribe(new Subscription(
                "message listener of topic '" + name + "'",
                TopicAddMessageListenerCodec.REQUEST,
                () -> TopicAddMessageListenerCodec.encodeRequest(name, calls.localEventsOnly()),
                TopicAddMessageListenerCodec::decodeResponse,
                TopicRemoveMessageListenerCodec.REQUEST,
                id -> TopicRemoveMessageListenerCodec.encodeRequest(name, id),
                event -> handOut(event, listener),
                listener::onGap));
    }

    private void handOut(MessageReader event, MessageListener<E> listener) {
        if (event.messageType() != TopicAddMessageListenerCodec.TOPIC_EVENT_TYPE) {
            return;
        }
        TopicAddMessageListenerCodec.TopicEvent message = TopicAddMessageListenerCodec.decodeTopicEvent(event);
        listener.onMessage(new TopicMessage<>(
                name,
                ObjectCalls.read(decoder, message.item()),
                Instant.ofEpochMilli(message.publishTime()),
                calls.member(message.uuid())));
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
        return destroy.apply(this);
    }

    @Override
    public Topic<E> withDeadline(Duration deadline) {
        return new TopicProxy<>(name, calls.withDeadline(deadline), destroy);
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
