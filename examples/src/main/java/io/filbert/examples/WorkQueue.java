// SPDX-License-Identifier: Apache-2.0
package io.filbert.examples;

import io.filbert.HazelcastClient;
import io.filbert.collection.DistributedQueue;
import io.filbert.collection.ItemEvent;
import io.filbert.collection.ItemListener;
import io.filbert.error.HazelcastException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Handing work from one program to another through a queue. */
public final class WorkQueue {

    private WorkQueue() {}

    static void produce(HazelcastClient client, int jobs) throws InterruptedException {
        // tag::produce[]
        BlockingQueue<String> queue = client.<String>getQueue("jobs").blocking();
        for (int i = 0; i < jobs; i++) {
            queue.put("job-" + i); // waits while the queue is full
        }
        // end::produce[]
    }

    static void consume(HazelcastClient client, Consumer<String> work) throws InterruptedException {
        // tag::consume[]
        BlockingQueue<String> queue = client.<String>getQueue("jobs").blocking();
        boolean more = true;
        while (more) {
            String job;
            try {
                job = queue.poll(1, TimeUnit.SECONDS); // null if none came; an interruption loses no item
            } catch (HazelcastException e) {
                if (e.isIndeterminate() || e.isRetryable()) {
                    continue; // the queue's member died: the job on its way may be lost, the others are on its backup
                }
                throw e; // the client is closed, or a job cannot be read: see rawResult()
            }
            more = job != null;
            if (job != null) {
                work.accept(job);
            }
        }
        // end::consume[]
    }

    static CompletableFuture<Boolean> offerOrNot(DistributedQueue<String> queue, String job) {
        // tag::async[]
        return queue.offer(job, Duration.ofSeconds(2)) // waits on the member, no thread waits here
                .thenCompose(added -> added ? queue.contains(job) : CompletableFuture.completedFuture(false));
        // end::async[]
    }

    static CompletableFuture<UUID> watch(DistributedQueue<String> queue, Consumer<String> log) {
        // tag::listener[]
        return queue.addListener(
                new ItemListener<>() {
                    @Override
                    public void itemAdded(ItemEvent<String> event) {
                        log.accept("Came: " + event.item());
                    }

                    @Override
                    public void itemRemoved(ItemEvent<String> event) {
                        log.accept("Went: " + event.item());
                    }
                },
                true); // with items
        // end::listener[]
    }
}
