// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InFlightTableTest {

    /** What both arrays hold. */
    private static final int ALL_SLOTS = 17 * 1024;

    /** More than both arrays hold. */
    private static final int MORE_THAN_ALL_SLOTS = 20_000;

    private final InFlightTable table = new InFlightTable(7);

    private FakeReply added() {
        FakeReply reply = new FakeReply();
        long id = table.add(reply);
        assertThat(reply.correlationId()).as("the id the reply was given").isEqualTo(id);
        return reply;
    }

    @Test
    void find_addedReply_isFoundByItsId() {
        FakeReply first = added();
        FakeReply second = added();

        assertThat(table.find(first.correlationId())).isSameAs(first);
        assertThat(table.find(second.correlationId())).isSameAs(second);
        assertThat(table.size()).isEqualTo(2);
    }

    @Test
    void find_unknownOrRemovedId_isNull() {
        FakeReply reply = added();
        table.remove(reply, reply.correlationId());

        assertThat(table.find(reply.correlationId())).isNull();
        assertThat(table.find(12_345)).isNull();
        assertThat(table.size()).isZero();
    }

    @Test
    void find_idOfAnEarlierAttempt_isNull() {
        FakeReply reply = added();
        long earlier = reply.correlationId();
        table.remove(reply, earlier);
        table.add(reply);

        assertThat(table.find(earlier)).isNull();
        assertThat(table.find(reply.correlationId())).isSameAs(reply);
    }

    @Test
    void find_idOfAnotherConnection_isNull() {
        FakeReply reply = added();
        FakeReply elsewhere = new FakeReply();
        new InFlightTable(8).add(elsewhere);

        assertThat(elsewhere.correlationId()).isNotEqualTo(reply.correlationId());
        assertThat(table.find(elsewhere.correlationId())).isNull();
    }

    @Test
    void remove_twice_succeedsOnce() {
        FakeReply reply = added();

        assertThat(table.remove(reply, reply.correlationId())).isTrue();
        assertThat(table.remove(reply, reply.correlationId())).isFalse();
        assertThat(table.size()).isZero();
    }

    @Test
    void remove_ofAnotherReply_leavesThePlace() {
        FakeReply reply = added();

        assertThat(table.remove(new FakeReply(), reply.correlationId())).isFalse();
        assertThat(table.find(reply.correlationId())).isSameAs(reply);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8_388_607})
    void connectionNumber_ofAnId_isTheTablesOwn(int number) {
        FakeReply reply = new FakeReply();
        long id = new InFlightTable(number).add(reply);

        assertThat(InFlightTable.connectionNumber(id)).isEqualTo(number);
        assertThat(id).isPositive();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8_388_607, 8_388_608, 8_388_613, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void numberOf_howeverManyConnectionsThereWere_isInTheirIds(int count) {
        int number = InFlightTable.numberOf(count);

        long id = new InFlightTable(number).add(new FakeReply());

        assertThat(InFlightTable.connectionNumber(id)).isEqualTo(number);
        assertThat(id).isPositive();
    }

    @Test
    void add_moreThanAllSlots_allAreFoundAndRemoved() {
        List<FakeReply> replies = new ArrayList<>();
        Set<Long> ids = new HashSet<>();
        for (int i = 0; i < MORE_THAN_ALL_SLOTS; i++) {
            FakeReply reply = added();
            replies.add(reply);
            ids.add(reply.correlationId());
        }

        assertThat(ids).as("distinct ids").hasSize(MORE_THAN_ALL_SLOTS);
        assertThat(table.size()).isEqualTo(MORE_THAN_ALL_SLOTS);
        assertThat(replies)
                .allSatisfy(
                        reply -> assertThat(table.find(reply.correlationId())).isSameAs(reply));
        Set<PendingReply> visited = new HashSet<>();
        table.forEach(visited::add);
        assertThat(visited).hasSize(MORE_THAN_ALL_SLOTS);
        assertThat(replies)
                .allSatisfy(reply ->
                        assertThat(table.remove(reply, reply.correlationId())).isTrue());
        assertThat(table.size()).isZero();
        table.forEach(reply -> {
            throw new AssertionError("still there: " + reply);
        });
    }

    @Test
    void add_slotsTakenByLongCalls_arePassedOver() {
        List<FakeReply> longCalls = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            longCalls.add(added());
        }

        for (int i = 0; i < 50_000; i++) {
            FakeReply brief = added();
            assertThat(table.find(brief.correlationId())).isSameAs(brief);
            assertThat(table.remove(brief, brief.correlationId())).isTrue();
        }

        assertThat(longCalls)
                .allSatisfy(
                        reply -> assertThat(table.find(reply.correlationId())).isSameAs(reply));
        assertThat(table.size()).isEqualTo(1_000);
    }

    /** The last entries beyond the arrays, while others come and go there: a count of them is not to be trusted. */
    @Test
    @Timeout(60)
    void race_beyondAllSlots_eachReplyIsFoundAndRemovedOnce() throws Exception {
        for (int i = 0; i < MORE_THAN_ALL_SLOTS; i++) {
            FakeReply longCall = added();
            if (i >= ALL_SLOTS) {
                table.remove(longCall, longCall.correlationId());
            }
        }
        int threads = 4;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                running.add(pool.submit(() -> {
                    for (int i = 0; i < 100_000; i++) {
                        FakeReply reply = added();
                        assertThat(table.find(reply.correlationId())).isSameAs(reply);
                        assertThat(table.remove(reply, reply.correlationId())).isTrue();
                    }
                }));
            }
            for (Future<?> thread : running) {
                thread.get(40, TimeUnit.SECONDS);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    @Timeout(60)
    void race_manyThreads_eachReplyIsFoundAndRemovedOnce() throws Exception {
        long seed = System.nanoTime();
        int threads = 4;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                Random random = new Random(seed + t);
                running.add(pool.submit(() -> {
                    List<FakeReply> mine = new ArrayList<>();
                    for (int i = 0; i < 30_000; i++) {
                        if (mine.size() < 600 && random.nextInt(100) < 52) {
                            mine.add(added());
                        } else if (!mine.isEmpty()) {
                            FakeReply reply = mine.remove(random.nextInt(mine.size()));
                            assertThat(table.find(reply.correlationId())).isSameAs(reply);
                            assertThat(table.remove(reply, reply.correlationId()))
                                    .isTrue();
                        }
                    }
                    mine.forEach(reply -> assertThat(table.remove(reply, reply.correlationId()))
                            .isTrue());
                }));
            }
            for (Future<?> thread : running) {
                thread.get(30, TimeUnit.SECONDS);
            }
            assertThat(table.size()).as("entries left, seed %s", seed).isZero();
        } finally {
            pool.shutdownNow();
        }
    }
}
