// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.internal.blocking.LinkedTask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TaskQueueTest {

    /** Carries its link itself, and says who it is. */
    private static final class Numbered implements LinkedTask {
        private final int producer;
        private final int number;
        private @Nullable LinkedTask link;

        Numbered(int producer, int number) {
            this.producer = producer;
            this.number = number;
        }

        @Override
        public void run() {}

        @Override
        public @Nullable LinkedTask link() {
            return link;
        }

        @Override
        public void link(@Nullable LinkedTask neighbour) {
            link = neighbour;
        }
    }

    private final TaskQueue queue = new TaskQueue();

    private List<Integer> takeAll() {
        List<Integer> taken = new ArrayList<>();
        Runnable task;
        while ((task = queue.poll()) != null) {
            taken.add(((Numbered) task).number);
        }
        return taken;
    }

    private void add(int from, int to) {
        for (int i = from; i < to; i++) {
            queue.add(new Numbered(0, i));
        }
    }

    @Test
    void poll_empty_returnsNull() {
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.poll()).isNull();
    }

    @Test
    void poll_severalTasks_comeInTheOrderTheyWereAdded() {
        add(0, 5);

        assertThat(queue.isEmpty()).isFalse();
        assertThat(takeAll()).containsExactly(0, 1, 2, 3, 4);
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void add_whileOlderOnesAreBeingTaken_comesBehindThem() {
        add(0, 3);
        assertThat(queue.poll()).isNotNull();
        add(3, 5);

        assertThat(takeAll()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void poll_taskWithLinkOfItsOwn_isThatTaskWithoutLink() {
        Numbered first = new Numbered(0, 1);
        queue.add(first);
        add(2, 4);

        assertThat(queue.poll()).isSameAs(first);
        assertThat(first.link()).isNull();
    }

    @Test
    void add_plainTask_runsWhenTaken() {
        List<String> ran = new ArrayList<>();
        queue.add(() -> ran.add("a"));

        Objects.requireNonNull(queue.poll()).run();

        assertThat(ran).containsExactly("a");
    }

    @Test
    @Timeout(60)
    void race_manyProducersTwoConsumers_eachTaskComesOnce() throws Exception {
        int producers = 4;
        int tasks = 30_000;
        ExecutorService pool = Executors.newFixedThreadPool(producers + 2);
        try {
            List<Future<?>> adding = new ArrayList<>();
            for (int p = 0; p < producers; p++) {
                int producer = p;
                adding.add(pool.submit(() -> {
                    for (int i = 0; i < tasks; i++) {
                        queue.add(new Numbered(producer, i));
                    }
                }));
            }
            List<Future<List<Numbered>>> taking = new ArrayList<>();
            for (int c = 0; c < 2; c++) {
                taking.add(pool.submit(() -> {
                    List<Numbered> mine = new ArrayList<>();
                    while (true) {
                        boolean allAdded = adding.stream().allMatch(Future::isDone);
                        Runnable task = queue.poll();
                        if (task != null) {
                            mine.add((Numbered) task);
                        } else if (allAdded) {
                            return mine;
                        }
                    }
                }));
            }
            boolean[][] seen = new boolean[producers][tasks];
            int count = 0;
            for (Future<List<Numbered>> consumer : taking) {
                int[] last = new int[producers];
                Arrays.fill(last, -1);
                for (Numbered task : consumer.get(30, TimeUnit.SECONDS)) {
                    assertThat(seen[task.producer][task.number])
                            .as("taken before")
                            .isFalse();
                    seen[task.producer][task.number] = true;
                    assertThat(task.number).as("order of one producer").isGreaterThan(last[task.producer]);
                    last[task.producer] = task.number;
                    count++;
                }
            }
            assertThat(count).isEqualTo(producers * tasks);
        } finally {
            pool.shutdownNow();
        }
    }

    /** A callback thread that saw an empty queue here went to sleep, and callbacks waited up to ten seconds for relief. */
    @Test
    void isEmpty_whileAnotherThreadTurnsTheTasksAround_isFalse() throws Exception {
        AtomicReference<Thread> looking = new AtomicReference<>();
        CompletableFuture<Boolean> seen = new CompletableFuture<>();
        queue.add(new Numbered(0, 1));
        queue.add(new LinkedTask() {
            private @Nullable LinkedTask link;

            @Override
            public void run() {}

            @Override
            public @Nullable LinkedTask link() {
                return link;
            }

            @Override
            public void link(@Nullable LinkedTask neighbour) {
                if (link != null && looking.get() == null) {
                    // The stack is taken and not in order yet.
                    Thread other = new Thread(() -> seen.complete(queue.isEmpty()));
                    looking.set(other);
                    other.start();
                    Eventually.holds(
                            "an answer, or somebody who waits for it",
                            () -> seen.isDone() || other.getState() == Thread.State.WAITING);
                }
                link = neighbour;
            }
        });

        queue.poll();

        assertThat(seen.get(10, TimeUnit.SECONDS)).isFalse();
    }
}
