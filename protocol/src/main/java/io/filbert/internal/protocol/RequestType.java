// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.protocol;

/**
 * What the protocol says about a request, apart from its parameters.
 *
 * @param id the message type in the first frame
 * @param name service and method, {@code Map.put}
 * @param retryable whether sending it twice does no harm
 * @param carriesData whether a parameter holds a serialized object, which may need its schema sent first
 * @param partitionRule which partition it belongs to
 * @param since the protocol version that introduced it
 */
public record RequestType(
        int id, String name, boolean retryable, boolean carriesData, PartitionRule partitionRule, String since) {}
