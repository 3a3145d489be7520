// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many producers and one consumer: each message comes out once, and those of one producer in the order they were added. */
class OutboundQueueStressTest {

    private static final int PRODUCERS = 6;
    private static final int MESSAGES = 40_000;

    /** A small ring overflows all the time, a large one hardly ever. */
    @ParameterizedTest
    @ValueSource(ints = {2, 8, 1024})
    @Timeout(60)
    void add_manyProducers_nothingIsLostDoubledOrReordered(int capacity) throws Exception {
        OutboundQueue queue = new OutboundQueue(capacity);
        ExecutorService pool = Executors.newFixedThreadPool(PRODUCERS);
        CountDownLatch begin = new CountDownLatch(1);
        List<Future<?>> producers = new ArrayList<>();
        try {
            for (int p = 0; p < PRODUCERS; p++) {
                int producer = p;
                producers.add(pool.submit(() -> {
                    begin.await();
                    for (int i = 0; i < MESSAGES; i++) {
                        queue.add(ByteBuffer.allocate(8)
                                .putInt(producer)
                                .putInt(i)
                                .array());
                    }
                    return null;
                }));
            }
            begin.countDown();
            int[] next = new int[PRODUCERS];
            int taken = 0;
            while (taken < PRODUCERS * MESSAGES) {
                byte[] message = queue.poll();
                if (message == null) {
                    boolean allAdded = producers.stream().allMatch(Future::isDone);
                    assertThat(allAdded && !queue.hasNext() && queue.size() == 0)
                            .as("queue is empty and %s of %s messages were taken", taken, PRODUCERS * MESSAGES)
                            .isFalse();
                    Thread.onSpinWait();
                    continue;
                }
                ByteBuffer content = ByteBuffer.wrap(message);
                int producer = content.getInt();
                assertThat(content.getInt())
                        .as("next message of producer %s", producer)
                        .isEqualTo(next[producer]++);
                taken++;
            }
            for (Future<?> producer : producers) {
                producer.get(10, TimeUnit.SECONDS);
            }
            assertThat(queue.poll()).isNull();
            assertThat(queue.hasNext()).isFalse();
        } finally {
            pool.shutdownNow();
        }
    }
}
