// SPDX-License-Identifier: Apache-2.0
package io.filbert.topic;

import io.filbert.cluster.Member;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message as a listener gets it.
 *
 * @param topic the name of the topic
 * @param message what was published
 * @param publishTime when a member took it, by that member's clock
 * @param publisher the member that took it; null if it has left the cluster
 * @param <E> type of the messages
 */
public record TopicMessage<E>(
        String topic,
        E message,
        Instant publishTime,
        @Nullable Member publisher) {}
