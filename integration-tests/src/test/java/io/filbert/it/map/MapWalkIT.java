// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.HazelcastClient;
import io.filbert.internal.protocol.codec.MapFetchEntriesCodec;
import io.filbert.internal.protocol.codec.MapFetchKeysCodec;
import io.filbert.internal.protocol.member.MapFetchEntriesMemberCodec;
import io.filbert.internal.protocol.member.MapFetchKeysMemberCodec;
import io.filbert.it.support.Clients;
import io.filbert.it.support.OnSharedCluster;
import io.filbert.map.DistributedMap;
import io.filbert.testkit.Eventually;
import io.filbert.testkit.ScriptedMember;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Walks over all entries: complete, in constant memory, at the receiver's pace. */
final class MapWalkIT extends OnSharedCluster {

    private static final int MANY = 50_000;

    private static void fill(DistributedMap<Integer, String> map, int count) {
        Map<Integer, String> chunk = new HashMap<>();
        for (int i = 0; i < count; i++) {
            chunk.put(i, "value-" + i);
            if (chunk.size() == 10_000 || i == count - 1) {
                map.putAll(chunk).join();
                chunk.clear();
            }
        }
    }

    @Test
    void fiftyThousandEntries_areSeenOnceEach_underConcurrentChange() throws InterruptedException {
        DistributedMap<Integer, String> map = newMap();
        fill(map, MANY);
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger changes = new AtomicInteger();
        Thread changer = new Thread(() -> {
            for (int i = 0; !stop.get(); i++) {
                map.set(MANY + i % 5_000, "changing").join();
                map.delete(MANY + (i + 2_500) % 5_000).join();
                changes.incrementAndGet();
            }
        });
        changer.start();
        try {
            Set<Integer> stable = ConcurrentHashMap.newKeySet();
            map.forEachEntry((key, value) -> {
                        if (key < MANY) {
                            assertThat(value).isEqualTo("value-" + key);
                            stable.add(key);
                        }
                    })
                    .orTimeout(60, TimeUnit.SECONDS)
                    .join();
            assertThat(stable).hasSize(MANY);
            Set<Integer> keys = new HashSet<>();
            for (int key : map.blocking().keys(1_000)) {
                if (key < MANY) {
                    keys.add(key);
                }
            }
            assertThat(keys).hasSize(MANY);
        } finally {
            stop.set(true);
            changer.join(10_000);
        }
        assertThat(changes).hasPositiveValue();
        map.destroy().join();
    }

    @Test
    void forEachKey_seesEachKey() {
        DistributedMap<Integer, String> map = newMap();
        fill(map, 3_000);
        List<Integer> seen = new ArrayList<>();
        map.forEachKey(seen::add).join();
        assertThat(seen).doesNotHaveDuplicates().hasSize(3_000);
    }

    @Test
    void emptyMap_nothingIsSeen() {
        DistributedMap<Integer, String> map = newMap();
        map.forEachEntry((key, value) -> {
                    throw new AssertionError("there is nothing to see: " + key);
                })
                .join();
    }

    @Test
    void nextBatch_isAskedForWhenTheStageIsComplete() {
        try (ScriptedMember member = ScriptedMember.start();
                HazelcastClient client = Clients.connect(List.of(member.address()))) {
            servePages(member);
            DistributedMap<Integer, String> map = client.getMap("m");
            List<CompletableFuture<Void>> stages = new java.util.concurrent.CopyOnWriteArrayList<>();
            CompletableFuture<Void> walk = map.forEachEntryBatch(10, batch -> {
                CompletableFuture<Void> stage = new CompletableFuture<>();
                stages.add(stage);
                return stage;
            });
            for (int i = 0; i < 5; i++) {
                int batches = i + 1;
                Eventually.passes(() -> assertThat(stages).hasSize(batches));
                // The client is idle enough to answer something else, and still has not asked for more.
                map.get(1).join();
                assertThat(member.requests(MapFetchEntriesCodec.REQUEST)).hasSize(batches);
                stages.get(i).complete(null);
            }
            walk.cancel(true);
            Eventually.passes(() -> assertThat(Clients.callsInFlight(client)).isZero());
            int asked = member.requests(MapFetchEntriesCodec.REQUEST).size();
            stages.forEach(stage -> stage.complete(null));
            map.get(1).join();
            assertThat(member.requests(MapFetchEntriesCodec.REQUEST)).hasSize(asked);
            assertThatThrownBy(walk::join).isInstanceOf(CancellationException.class);
        }
    }

    /** Every partition hands out one page after the other, for ever. */
    private static void servePages(ScriptedMember member) {
        member.on(
                MapFetchEntriesCodec.REQUEST,
                (request, reply) -> reply.send(MapFetchEntriesMemberCodec.encodeResponse(
                        List.of(Map.entry(1_000, 10)),
                        List.of(Map.entry(
                                io.filbert.internal.protocol.Data.of(
                                        new byte[] {0, 0, 0, 0, -1, -1, -1, -7, 0, 0, 0, 1}),
                                io.filbert.internal.protocol.Data.of(
                                        new byte[] {0, 0, 0, 0, -1, -1, -1, -7, 0, 0, 0, 2}))))));
    }

    @Test
    void failingAction_endsTheWalk() {
        DistributedMap<Integer, String> map = newMap();
        fill(map, 1_000);
        for (Throwable thrown : new Throwable[] {new IllegalStateException("enough"), new AssertionError("enough")}) {
            AtomicInteger calls = new AtomicInteger();
            CompletableFuture<Void> walk = map.forEachEntry((key, value) -> {
                if (calls.incrementAndGet() == 300) {
                    MapWalkIT.<RuntimeException>sneak(thrown);
                }
            });
            assertThatThrownBy(() -> walk.orTimeout(10, TimeUnit.SECONDS).join())
                    .as("%s", thrown)
                    .hasCause(thrown);
            assertThat(calls).hasValue(300);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable thrown) throws T {
        throw (T) thrown;
    }

    @Test
    void failingStage_endsTheWalk() {
        DistributedMap<Integer, String> map = newMap();
        fill(map, 1_000);
        IllegalStateException thrown = new IllegalStateException("enough");
        assertThatThrownBy(() -> map.forEachKeyBatch(10, batch -> CompletableFuture.failedFuture(thrown))
                        .orTimeout(10, TimeUnit.SECONDS)
                        .join())
                .hasCause(thrown);
    }

    @Test
    void blockingCallsInTheAction_work() {
        DistributedMap<Integer, String> map = newMap();
        fill(map, 500);
        map.forEachKey(key -> map.blocking().put(key, "touched"))
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
        assertThat(new HashSet<>(map.blocking().values())).containsExactly("touched");
    }

    @Test
    void deadline_countsForEachBatch() {
        try (ScriptedMember member = ScriptedMember.start();
                HazelcastClient client = Clients.connect(List.of(member.address()))) {
            AtomicInteger batches = new AtomicInteger();
            member.on(MapFetchKeysCodec.REQUEST, (request, reply) -> {
                if (batches.incrementAndGet() < 50) {
                    reply.send(MapFetchKeysMemberCodec.encodeResponse(List.of(Map.entry(-1, 0)), List.of()));
                }
            });
            DistributedMap<Integer, String> map = client.getMap("m");
            assertThatThrownBy(() -> map.withDeadline(Duration.ofMillis(200))
                            .forEachKey(key -> {})
                            .orTimeout(10, TimeUnit.SECONDS)
                            .join())
                    .hasCauseInstanceOf(io.filbert.error.OperationTimeoutException.class);
            assertThat(batches).hasValue(50);
        }
    }

    @Test
    void manyEmptyPartitions_doNotExhaustTheStack() {
        DistributedMap<Integer, String> map = newMap();
        map.put(1, "one").join();
        for (int i = 0; i < 5; i++) {
            AtomicInteger seen = new AtomicInteger();
            map.forEachKeyBatch(1, batch -> {
                        seen.addAndGet(batch.size());
                        return CompletableFuture.completedFuture(null);
                    })
                    .join();
            assertThat(seen).hasValue(1);
        }
    }
}
