// SPDX-License-Identifier: Apache-2.0
package io.filbert.topic;

import io.filbert.cluster.BlockingDistributedObject;
import io.filbert.internal.blocking.Await;
import java.time.Duration;
import java.util.Collection;
import java.util.UUID;

/**
 * A {@link Topic} whose methods wait: each calls the one of the same name there, where it is explained.
 *
 * @param <E> type of the messages
 */
public interface BlockingTopic<E> extends BlockingDistributedObject {

    @Override
    Topic<E> async();

    /** See {@link Topic#publish}. */
    default void publish(E message) {
        Await.result(async().publish(message));
    }

    /** See {@link Topic#publishAll}. */
    default void publishAll(Collection<? extends E> messages) {
        Await.result(async().publishAll(messages));
    }

    /** See {@link Topic#addListener}. */
    default UUID addListener(MessageListener<? super E> listener) {
        return Await.result(async().addListener(listener));
    }

    /** See {@link Topic#removeListener}. */
    default boolean removeListener(UUID registrationId) {
        return Await.result(async().removeListener(registrationId));
    }

    /** See {@link Topic#withDeadline}. */
    @Override
    default BlockingTopic<E> withDeadline(Duration deadline) {
        return async().withDeadline(deadline).blocking();
    }
}
