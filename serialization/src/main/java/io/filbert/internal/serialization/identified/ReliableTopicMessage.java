// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.identified;

import io.filbert.cluster.Address;
import io.filbert.internal.protocol.Data;
import org.jspecify.annotations.Nullable;

/**
 * One message in the ringbuffer below a reliable topic. Immutable.
 *
 * @param publishTime when it was published, in milliseconds since 1970
 * @param publisher the member that published it; null if a client did
 * @param payload what was published
 */
public record ReliableTopicMessage(
        long publishTime, @Nullable Address publisher, Data payload) {}
