// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WindowTest {

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

    @Test
    void take_freshWindow_givesEachSlotOnce() {
        Window window = new Window(5);
        Set<Integer> slots = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            slots.add(window.take(PATIENCE));
        }
        assertThat(slots).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
        assertThat(window.free()).isZero();
    }

    @Test
    void take_nothingFree_givesUp() {
        Window window = new Window(1);
        window.take(PATIENCE);
        assertThat(window.take(TimeUnit.MILLISECONDS.toNanos(1))).isEqualTo(-1);
    }

    @Test
    void take_releasedSlot_givesItAgain() {
        Window window = new Window(2);
        window.take(PATIENCE);
        window.take(PATIENCE);
        window.release(1);
        assertThat(window.take(PATIENCE)).isEqualTo(1);
    }

    @Test
    void take_releasesFromAnotherThread_neverGivesASlotInUse() throws InterruptedException {
        int size = 8;
        int takes = 200_000;
        Window window = new Window(size);
        BlockingQueue<Integer> inUse = new ArrayBlockingQueue<>(size);
        Thread releaser = new Thread(() -> {
            try {
                for (int i = 0; i < takes; i++) {
                    window.release(inUse.take());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        releaser.start();
        for (int i = 0; i < takes; i++) {
            int slot = window.take(PATIENCE);
            assertThat(slot).as("take number %d", i).isBetween(0, size - 1);
            assertThat(inUse.contains(slot))
                    .as("slot %d is in use at take number %d", slot, i)
                    .isFalse();
            inUse.put(slot);
        }
        releaser.join(10_000);
        assertThat(window.free()).isEqualTo(size);
    }
}
