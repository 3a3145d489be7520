// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.filbert.HazelcastClient;
import io.filbert.cluster.Member;
import io.filbert.collection.BlockingDistributedQueue;
import io.filbert.collection.DistributedQueue;
import io.filbert.collection.ItemEvent;
import io.filbert.collection.ItemListener;
import io.filbert.error.OperationTimeoutException;
import io.filbert.it.support.Clients;
import io.filbert.it.support.OnSharedCluster;
import io.filbert.it.support.SharedCluster;
import io.filbert.map.DistributedMap;
import io.filbert.testkit.Eventually;
import io.filbert.testkit.FaultProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Queues on a real cluster of three. */
final class QueueIT extends OnSharedCluster {

    private static final AtomicInteger NAMES = new AtomicInteger();

    record Job(String name, int priority) {}

    private final DistributedQueue<Object> queue = client().getQueue("queue-" + NAMES.incrementAndGet());
    private final BlockingDistributedQueue<Object> blocking = queue.blocking();
    /** Holds two items, see {@link SharedCluster#BOUNDED}. */
    private final DistributedQueue<Object> bounded = client().getQueue(SharedCluster.BOUNDED + NAMES.incrementAndGet());

    @Test
    void offerAndPoll_areFirstInFirstOut() {
        assertThat(blocking.offer(1)).isTrue();
        assertThat(blocking.add("two")).isTrue();
        assertThat(blocking.offer(new Job("three", 3))).isTrue();

        assertThat(blocking).hasSize(3);
        assertThat(blocking.peek()).isEqualTo(1);
        assertThat(blocking.poll()).isEqualTo(1);
        assertThat(blocking.remove()).isEqualTo("two");
        assertThat(blocking.element()).isEqualTo(new Job("three", 3));
        assertThat(blocking.poll()).isEqualTo(new Job("three", 3));
        assertThat(blocking.poll()).isNull();
        assertThat(blocking.peek()).isNull();
        assertThatThrownBy(blocking::remove).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(blocking::element).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void fullQueue_refusesOrWaits() throws Exception {
        BlockingQueue<Object> full = bounded.blocking();
        assertThat(full.addAll(List.of(1, 2))).isTrue();

        assertThat(full.remainingCapacity()).isZero();
        assertThat(full.offer(3)).isFalse();
        assertThatThrownBy(() -> full.add(3))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Queue full");
        assertThat(full.offer(3, 50, TimeUnit.MILLISECONDS)).isFalse();
        CompletableFuture<Void> put = bounded.put(3);
        assertThat(full.poll()).isEqualTo(1);
        put.get(10, TimeUnit.SECONDS);
        assertThat(full.toArray()).containsExactly(2, 3);
    }

    @Test
    void take_waitsForAnItem() throws Exception {
        CompletableFuture<Object> asynchronous = queue.take();
        blocking.put("a");
        assertThat(asynchronous.get(10, TimeUnit.SECONDS)).isEqualTo("a");

        AtomicReference<Object> taken = new AtomicReference<>();
        Thread taker = new Thread(() -> {
            try {
                taken.set(blocking.take());
            } catch (InterruptedException e) {
                taken.set(e);
            }
        });
        taker.start();
        blocking.put("b");
        taker.join(10_000);
        assertThat(taken.get()).isEqualTo("b");
    }

    @Test
    void poll_withTimeout_waitsThatLong() throws Exception {
        long start = System.nanoTime();
        assertThat(blocking.poll(1200, TimeUnit.MILLISECONDS)).isNull();
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(1150), Duration.ofSeconds(10));
        CompletableFuture<Object> waiting = queue.poll(Duration.ofSeconds(30));
        blocking.add(1);
        assertThat(waiting.get(10, TimeUnit.SECONDS)).isEqualTo(1);
    }

    @Test
    void interruptedTake_losesNoItem() throws Exception {
        AtomicReference<Object> outcome = new AtomicReference<>();
        Thread taker = new Thread(() -> {
            try {
                outcome.set(blocking.take());
            } catch (InterruptedException e) {
                outcome.set("interrupted");
            }
        });
        taker.start();
        Eventually.passes(() -> assertThat(taker.getState()).isIn(Thread.State.WAITING, Thread.State.TIMED_WAITING));
        taker.interrupt();
        taker.join(10_000);

        assertThat(outcome.get()).isEqualTo("interrupted");
        blocking.put("kept");
        assertThat(blocking.poll(5, TimeUnit.SECONDS)).isEqualTo("kept");
    }

    @Test
    void deadlineOfAView_boundsWhatWaitsForEver() {
        DistributedQueue<Object> impatient = queue.withDeadline(Duration.ofMillis(200));

        assertThatThrownBy(() -> impatient.take().get(10, TimeUnit.SECONDS))
                .hasCauseInstanceOf(OperationTimeoutException.class);
    }

    /** The outcome of a blocking call that should end by itself; made on a thread of its own, in case it does not. */
    private static Throwable failureOf(Callable<?> call) {
        FutureTask<?> task = new FutureTask<>(call);
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
        Throwable failure = catchThrowable(() -> task.get(30, TimeUnit.SECONDS));
        return Objects.requireNonNull(failure instanceof ExecutionException ? failure.getCause() : failure);
    }

    @Test
    void deadlineOfAView_boundsItsBlockingCalls() {
        BlockingQueue<Object> empty =
                queue.withDeadline(Duration.ofMillis(1500)).blocking();
        bounded.addAll(List.of(1, 2)).join();
        BlockingQueue<Object> full =
                bounded.withDeadline(Duration.ofMillis(1500)).blocking();
        List<Callable<?>> calls = List.of(
                empty::take,
                () -> empty.poll(1, TimeUnit.HOURS),
                () -> full.offer(3, 1, TimeUnit.HOURS),
                Executors.callable(() -> {
                    try {
                        full.put(3);
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                }));

        for (Callable<?> call : calls) {
            long begin = System.nanoTime();
            assertThat(failureOf(call))
                    .isInstanceOf(OperationTimeoutException.class)
                    .hasMessageContaining("1500 ms");
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isBetween(Duration.ofMillis(1200), Duration.ofSeconds(20));
        }
    }

    @Test
    void blockingCallThatEndedByItsDeadline_leavesItemsToOthers() {
        BlockingQueue<Object> hasty = queue.withDeadline(Duration.ofMillis(900)).blocking();
        // Indeterminate only if the machine stood still while the last answer was on its way.
        Eventually.passes(() -> assertThat(failureOf(hasty::take))
                .isInstanceOfSatisfying(
                        OperationTimeoutException.class,
                        failure -> assertThat(failure.isIndeterminate()).isFalse()));
        blocking.add("kept");

        assertThat(blocking.poll()).isEqualTo("kept");
    }

    @Test
    void blockingCallWithDeadline_takesWhatComesInTime() throws Exception {
        BlockingQueue<Object> hasty = queue.withDeadline(Duration.ofSeconds(30)).blocking();
        FutureTask<Object> task = new FutureTask<>(hasty::take);
        Thread taker = new Thread(task);
        taker.start();
        Eventually.passes(() -> assertThat(taker.getState()).isIn(Thread.State.WAITING, Thread.State.TIMED_WAITING));
        blocking.add("a");

        assertThat(task.get(30, TimeUnit.SECONDS)).isEqualTo("a");
    }

    @Test
    void drainToWithoutLimit_takesAll() {
        blocking.addAll(List.of(1, 2, 3));
        List<Object> target = new ArrayList<>(List.of(0));

        assertThat(queue.drainTo(target).join()).isEqualTo(3);
        assertThat(queue.drainTo(target).join()).isZero();
        assertThat(target).containsExactly(0, 1, 2, 3);
        assertThatThrownBy(() -> queue.drainTo(target, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void addAll_ofNothing_addsNothing() {
        assertThat(queue.addAll(List.of()).join()).isFalse();
        assertThat(blocking.addAll(List.of())).isFalse();
        assertThat(blocking.isEmpty()).isTrue();
    }

    @Test
    void drain_takesInOrder() {
        blocking.addAll(List.of(1, 2, 3, 4, 5));
        List<Object> target = new ArrayList<>();

        assertThat(blocking.drainTo(target, 2)).isEqualTo(2);
        assertThat(queue.drainTo(target, 1).join()).isEqualTo(1);
        assertThat(target).containsExactly(1, 2, 3);
        assertThat(blocking.drainTo(target, 0)).isZero();
        assertThat(blocking.drain()).containsExactly(4, 5);
        assertThat(blocking.drainTo(target)).isZero();
        assertThatThrownBy(() -> blocking.drainTo(blocking)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> queue.drain(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void collectionMethods_compareBytes() {
        blocking.addAll(List.of(1, 2, 3, 2, new Job("a", 1)));

        assertThat(blocking.contains(2)).isTrue();
        assertThat(blocking.contains(2L)).isFalse();
        assertThat(blocking.contains(new Job("a", 1))).isTrue();
        assertThat(blocking.containsAll(List.of(1, 3))).isTrue();
        assertThat(blocking.remove((Object) 2)).isTrue();
        assertThat(blocking.toArray()).containsExactly(1, 3, 2, new Job("a", 1));
        assertThat(blocking.removeAll(List.of(3, 9))).isTrue();
        assertThat(blocking.retainAll(List.of(1, 2))).isTrue();
        assertThat(blocking.toArray(new Object[0])).containsExactly(1, 2);
        assertThat(blocking.isEmpty()).isFalse();
        blocking.clear();
        assertThat(blocking.isEmpty()).isTrue();
    }

    @Test
    void iterator_showsOneMomentAndRemoves() {
        blocking.addAll(List.of("a", "b", "c"));
        Iterator<Object> iterator = blocking.iterator();
        assertThatThrownBy(iterator::remove).isInstanceOf(IllegalStateException.class);
        assertThat(iterator.next()).isEqualTo("a");
        iterator.remove();
        blocking.add("d");

        assertThat(iterator).toIterable().containsExactly("b", "c");
        assertThat(blocking.toArray()).containsExactly("b", "c", "d");
        assertThat(blocking.removeIf("c"::equals)).isTrue();
        assertThat(queue.iterator().join()).containsExactly("b", "d");
    }

    @Test
    void itemListener_hearsItemsComeAndGo() {
        List<String> story = new CopyOnWriteArrayList<>();
        ItemListener<Object> listener = new ItemListener<>() {
            @Override
            public void itemAdded(ItemEvent<Object> event) {
                story.add("+" + event.item());
            }

            @Override
            public void itemRemoved(ItemEvent<Object> event) {
                story.add("-" + event.item());
            }
        };
        UUID withItems = blocking.addListener(listener, true);
        UUID without = blocking.addListener(listener, false);
        blocking.add(1);
        blocking.poll();

        Eventually.passes(() -> assertThat(story).containsExactlyInAnyOrder("+1", "+null", "-1", "-null"));
        assertThat(blocking.removeListener(withItems)).isTrue();
        assertThat(blocking.removeListener(without)).isTrue();
        assertThat(blocking.removeListener(without)).isFalse();
    }

    /** Writes down what it hears. */
    private static final class Story implements ItemListener<Object> {

        final List<ItemEvent<Object>> events = new CopyOnWriteArrayList<>();
        final List<String> lines = new CopyOnWriteArrayList<>();

        @Override
        public void itemAdded(ItemEvent<Object> event) {
            events.add(event);
            lines.add("+" + event.item());
        }

        @Override
        public void onGap() {
            if (!lines.isEmpty() && !lines.get(lines.size() - 1).equals("gap")) {
                lines.add("gap");
            }
        }
    }

    @Test
    void itemEvent_namesTheQueue_andTheMemberThatHasIt() {
        Story story = new Story();
        blocking.addListener(story, true);
        blocking.add("a");

        Eventually.passes(() -> assertThat(story.events).hasSize(1));
        ItemEvent<Object> event = story.events.get(0);
        assertThat(event.name()).isEqualTo(queue.name());
        assertThat(event.item()).isEqualTo("a");
        int partition = client().partitionService().partitionId(queue.name());
        Member member = Objects.requireNonNull(event.member());
        assertThat(member).isIn(client().clusterService().members());
        assertThat(member.uuid()).isEqualTo(client().partitionService().partitionOwner(partition));
    }

    @Test
    void connectionCut_listenerIsBackBeforeTheNextCall_andHearsOfTheGap() {
        try (FaultProxy proxy = FaultProxy.to(SharedCluster.get().member(0));
                HazelcastClient cut = Clients.connect(
                        proxy.address(),
                        config -> config.smartRouting(false).retryInitialBackoff(Duration.ofMillis(20)))) {
            Story story = new Story();
            BlockingDistributedQueue<Object> other = cut.getQueue(queue.name()).blocking();
            other.addListener(story, true);
            other.add("before");
            Eventually.passes(() -> assertThat(story.lines).containsExactly("+before"));
            proxy.cut();
            DistributedMap<Object, Object> witness = cut.getMap("witness-" + queue.name());
            assertThat(witness.size().join()).isZero();
            other.add("after");

            Eventually.passes(() -> assertThat(story.lines).containsExactly("+before", "gap", "+after"));
        }
    }

    @Test
    void listenerThatOverridesNothing_isRefused() {
        ItemListener<Object> deaf = new ItemListener<>() {
            @Override
            public void onGap() {}
        };

        assertThatThrownBy(() -> queue.addListener(deaf, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(deaf.getClass().getName())
                .hasMessageContaining("it would hear nothing");
    }

    @Test
    void missingArguments_areRefusedAtOnce() {
        assertThatThrownBy(() -> queue.offer(nothing()))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("item");
        assertThatThrownBy(() -> blocking.put(nothing())).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> queue.poll(Duration.ofMillis(-1))).isInstanceOf(IllegalArgumentException.class);
        assertThat(queue).hasToString("DistributedQueue(name=\"" + queue.name() + "\")");
        assertThat(queue.serviceName()).isEqualTo("hz:impl:queueService");
    }

    @SuppressWarnings("NullAway") // that is the point
    private static Object nothing() {
        return null;
    }
}
