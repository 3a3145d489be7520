// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class FallbackExecutorTest {

    private final List<String> ran = new ArrayList<>();
    private final ClientLog log = new ClientLog("test", FallbackExecutor.class);

    @Test
    void execute_firstAccepts_fallbackStaysIdle() {
        FallbackExecutor executor = new FallbackExecutor(
                Runnable::run,
                task -> {
                    throw new AssertionError("the fallback was asked");
                },
                log);

        executor.execute(() -> ran.add("a"));

        assertThat(ran).containsExactly("a");
    }

    @Test
    void execute_firstRefuses_fallbackRunsTheTask() {
        FallbackExecutor executor = new FallbackExecutor(
                task -> {
                    throw new RejectedExecutionException("full");
                },
                Runnable::run,
                log);

        executor.execute(() -> ran.add("a"));
        executor.execute(() -> ran.add("b"));

        assertThat(ran).containsExactly("a", "b");
    }

    /** Such as: no memory for a thread of the pool. The stages that depend on the call would never run. */
    @Test
    void execute_firstThrowsAnError_fallbackRunsTheTask() {
        FallbackExecutor executor = new FallbackExecutor(
                task -> {
                    throw new OutOfMemoryError("unable to create native thread");
                },
                Runnable::run,
                log);

        executor.execute(() -> ran.add("a"));

        assertThat(ran).containsExactly("a");
    }

    @Test
    void execute_firstThrowsAfterItRanTheTask_theTaskRunsOnce() {
        FallbackExecutor executor = new FallbackExecutor(
                task -> {
                    task.run();
                    throw new IllegalStateException("thrown afterwards");
                },
                Runnable::run,
                log);

        executor.execute(() -> ran.add("a"));

        assertThat(ran).containsExactly("a");
    }

    @Test
    void execute_firstThrowsButKeepsTheTask_theTaskRunsOnce() {
        List<Runnable> kept = new ArrayList<>();
        FallbackExecutor executor = new FallbackExecutor(
                task -> {
                    kept.add(task);
                    throw new IllegalStateException("thrown afterwards");
                },
                Runnable::run,
                log);

        executor.execute(() -> ran.add("a"));
        kept.forEach(Runnable::run);

        assertThat(ran).containsExactly("a");
    }

    /** Whether the thread is interrupted after a callback that leaves a flag has run on it. */
    private boolean flagAfterCallbackOn(Function<Runnable, Thread> maker) throws InterruptedException {
        FallbackExecutor executor = new FallbackExecutor(Runnable::run, Runnable::run, log);
        AtomicBoolean left = new AtomicBoolean();
        Thread thread = maker.apply(() -> {
            executor.execute(() -> Thread.currentThread().interrupt());
            left.set(Thread.currentThread().isInterrupted());
        });
        thread.start();
        thread.join(10_000);
        return left.get();
    }

    /** Guards against a flag of a callback that makes the thread which connects the client give up. */
    @Test
    void execute_inlineOnAThreadThatConnects_leavesNoInterruptFlag() throws InterruptedException {
        ClientThreads threads = new ClientThreads("test");

        assertThat(flagAfterCallbackOn(task -> threads.thread("connect", task))).isFalse();
        assertThat(flagAfterCallbackOn(task -> threads.nonBlockingThread("timer", task)))
                .isFalse();
    }

    @Test
    void execute_inlineOnAThreadOfSomebodyElse_leavesTheFlag() throws InterruptedException {
        assertThat(flagAfterCallbackOn(Thread::new)).isTrue();
    }
}
