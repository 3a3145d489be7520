// SPDX-License-Identifier: Apache-2.0
package io.filbert.shell;

import io.filbert.cluster.Member;
import io.filbert.cluster.PartitionService;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** Shows what the client knows of the cluster without asking anybody. */
final class ClusterShow {

    private static final String KEY = "Alice";
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

    private final Screen screen;
    private final List<Member> members;
    private final PartitionService partitions;

    ClusterShow(Screen screen, Stage stage) {
        this.screen = screen;
        this.members = stage.client().clusterService().members();
        this.partitions = stage.client().partitionService();
    }

    void run() {
        screen.heading("The cluster");
        awaitPartitionTable();
        for (Member member : members) {
            screen.fact(
                    "Member " + member.address() + ", version " + member.version(),
                    "owns " + owned(member) + " of " + partitions.partitionCount() + " partitions");
        }
        int partition = partitions.partitionId(KEY);
        screen.fact("Key \"" + KEY + "\" is in partition " + partition, "on " + whereIs(partition));
    }

    /** A new cluster divides its partitions on first use, and tells its clients a moment later. */
    private void awaitPartitionTable() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (partitions.partitionOwner(partitions.partitionId(KEY)) == null && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }

    private long owned(Member member) {
        return IntStream.range(0, partitions.partitionCount())
                .filter(partition -> member.uuid().equals(partitions.partitionOwner(partition)))
                .count();
    }

    private String whereIs(int partition) {
        UUID owner = partitions.partitionOwner(partition);
        return members.stream()
                .filter(member -> member.uuid().equals(owner))
                .map(member -> member.address().toString())
                .findFirst()
                .orElse("no member yet");
    }
}
