// SPDX-License-Identifier: Apache-2.0
package io.filbert.cluster;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the member for a request that any member can answer. Not consulted when {@code smartRouting} is off, nor while there is only
 * one connection, which is taken then.
 *
 * <p>Must be thread-safe and quick: it runs once for each attempt of such a request, on the thread that makes it. That is the thread of
 * the caller or one of the client's own, which send requests again and must not be held up. Ready-made ones are in
 * {@link LoadBalancers}.
 */
@FunctionalInterface
public interface LoadBalancer {

    /**
     * Chooses a member.
     *
     * @param members the present members, lite members included, oldest first; immutable, never empty
     * @return one of them, or null to leave the choice to the client. If the client has no connection to the chosen member,
     *     it takes any other
     */
    @Nullable
    Member next(List<Member> members);
}
