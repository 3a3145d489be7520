// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.internal.runtime.ClientThreads;
import io.filbert.internal.runtime.Eventually;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IoThreadTest {

    private final AtomicInteger rounds = new AtomicInteger();
    private final IoThread ioThread = new IoThread("io-of-a-test", rounds::incrementAndGet);

    @AfterEach
    void end() throws InterruptedException {
        ioThread.shutdown();
        ioThread.join(10_000);
    }

    private void run(Runnable task) throws InterruptedException {
        CountDownLatch ran = new CountDownLatch(1);
        ioThread.execute(() -> {
            task.run();
            ran.countDown();
        });
        assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
    }

    /** Code of the user runs here with inline callbacks. With the flag set no select sleeps, and one core is at 100 %. */
    @Test
    void run_taskLeavesTheThreadInterrupted_theLoopSleepsAgain() throws InterruptedException {
        ioThread.start();

        run(() -> Thread.currentThread().interrupt());

        Eventually.holds("a thread that sleeps in its selector", () -> {
            int before = rounds.get();
            long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(50);
            while (System.nanoTime() - until < 0) {
                Thread.onSpinWait();
            }
            return rounds.get() == before;
        });
        run(() -> assertThat(Thread.currentThread().isInterrupted()).isFalse());
    }

    @Test
    void thread_creatorHasInheritableThreadLocals_takesNoneOver() throws InterruptedException {
        InheritableThreadLocal<String> request = new InheritableThreadLocal<>();
        request.set("of the thread that connects");
        IoThread created = new IoThread("io-of-a-test", () -> {});
        AtomicReference<String> seen = new AtomicReference<>("not looked at");
        CountDownLatch looked = new CountDownLatch(1);
        try {
            created.start();
            created.execute(() -> {
                seen.set(request.get());
                looked.countDown();
            });

            assertThat(looked.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(seen).hasValue(null);
        } finally {
            request.remove();
            created.shutdown();
            created.join(10_000);
        }
    }

    @Test
    void start_threadCannotBeStarted_closesItsSelector() {
        IoThread failing = new IoThread(
                new ClientThreads("test", true, null, thread -> {
                    throw new OutOfMemoryError("unable to create native thread");
                }),
                "io-0",
                () -> {});

        assertThatThrownBy(failing::start).isInstanceOf(OutOfMemoryError.class);

        assertThat(failing.selector().isOpen()).isFalse();
        failing.shutdown();
    }

    @Test
    void shutdown_neverStarted_doesNothing() {
        ioThread.shutdown();

        assertThat(ioThread.isAlive()).isFalse();
    }
}
