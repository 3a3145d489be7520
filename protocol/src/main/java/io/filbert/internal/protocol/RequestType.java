// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.protocol;

import java.util.List;

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
        int id, String name, boolean retryable, boolean carriesData, PartitionRule partitionRule, String since) {
    /** The request with this message type, which must be one that the client sends. */
    public static RequestType of(int id) {
        String facts = (id & 0xff) == 0 ? MessageTable.request(id >>> 8) : null;
        if (facts == null) {
            throw new IllegalArgumentException(MessageNames.of(id) + " is not a request that the client sends");
        }
        return of(id, facts);
    }

    /**
     * The request with this message type.
     *
     * @param facts name, version, partition rule and flags, in the words of the generated table
     */
    public static RequestType of(int id, String facts) {
        String[] words = facts.split(" ", -1);
        List<String> flags = List.of(words).subList(3, words.length);
        return new RequestType(
                id,
                words[0],
                flags.contains("retryable"),
                flags.contains("data"),
                PartitionRule.valueOf(words[2]),
                words[1]);
    }

    /** The same for a caller who knows that here sending it twice does no harm. */
    public RequestType asRetryable() {
        return new RequestType(id, name, true, carriesData, partitionRule, since);
    }
}
