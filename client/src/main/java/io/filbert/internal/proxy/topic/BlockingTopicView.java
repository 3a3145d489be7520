// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.proxy.topic;

import io.filbert.topic.BlockingTopic;
import io.filbert.topic.Topic;

/** The blocking view of a topic. Immutable. */
record BlockingTopicView<E>(Topic<E> async) implements BlockingTopic<E> {

    @Override
    public String toString() {
        return "Blocking" + async;
    }
}
