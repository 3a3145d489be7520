// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.connection;

import io.filbert.internal.protocol.type.MemberInfo;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a member tells a client that it accepted.
 *
 * @param partitionCount never changes in the life of a cluster
 * @param clusterId changes when the whole cluster is restarted
 * @param members the member list, null from members before 5.4
 * @param memberListVersion of {@code members}
 * @param partitions partition ids by owner, null from members before 5.4
 * @param partitionListVersion of {@code partitions}
 */
public record AuthenticationResult(
        MemberIdentity member,
        int partitionCount,
        UUID clusterId,
        @Nullable List<MemberInfo> members,
        int memberListVersion,
        @Nullable List<Map.Entry<UUID, int[]>> partitions,
        int partitionListVersion) {}
