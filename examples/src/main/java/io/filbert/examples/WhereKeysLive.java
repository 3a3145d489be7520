// SPDX-License-Identifier: Apache-2.0
package io.filbert.examples;

import io.filbert.HazelcastClient;
import io.filbert.cluster.Member;
import io.filbert.cluster.PartitionService;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Finding the member that keeps a key. */
public final class WhereKeysLive {

    private WhereKeysLive() {}

    /** Give the addresses of members; without any, 127.0.0.1 is tried. */
    public static void main(String... members) {
        try (HazelcastClient client = HazelcastClient.connect(config -> config.clusterMembers(members))) {
            client.getMap("personnel-map").put("Alice", "IT").join();
            for (String key : List.of("Alice", "Bob", "Clark")) {
                System.out.println(
                        key + ": " + ownerOf(client, key).map(Member::toString).orElse("not known yet"));
            }
        }
    }

    static Optional<Member> ownerOf(HazelcastClient client, Object key) {
        // tag::owner[]
        PartitionService partitions = client.partitionService();
        UUID owner = partitions.partitionOwner(partitions.partitionId(key)); // asks nobody: the client knows
        return client.clusterService().members(member -> member.uuid().equals(owner)).stream()
                .findFirst();
        // end::owner[]
    }
}
