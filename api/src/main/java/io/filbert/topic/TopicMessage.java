// SPDX-License-Identifier: Apache-2.0
package io.filbert.topic;

import io.filbert.cluster.Member;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message as a listener gets it.
 *
 * @param name the name of the topic
 * @param message what was published
 * @param publishTime when a member took it, by that member's clock
 * @param memberUuid the uuid of the member that took it
 * @param member that member; null if it has left the cluster
 * @param <E> type of the messages
 */
public record TopicMessage<E>(
        String name,
        E message,
        Instant publishTime,
        UUID memberUuid,
        @Nullable Member member) {}
