// SPDX-License-Identifier: Apache-2.0
package io.filbert.topic;

/**
 * Receives the messages of a topic, one at a time, on the client's callback executor. A listener that does not keep up delays and finally
 * loses its own messages only. What it throws is logged.
 *
 * @param <E> type of the messages
 */
@FunctionalInterface
public interface MessageListener<E> {

    /** A message arrived. */
    void onMessage(TopicMessage<E> message);

    /**
     * Messages may be missing before this point: a connection was lost or made again, this listener did not keep up, or a message could not be
     * decoded. Does nothing unless overridden.
     */
    default void onGap() {}
}
