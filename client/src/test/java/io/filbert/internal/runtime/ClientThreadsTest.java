// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientThreadsTest {

    private static final InheritableThreadLocal<@Nullable String> OF_THE_CREATOR = new InheritableThreadLocal<>();

    private static void run(Thread thread) throws InterruptedException {
        thread.start();
        thread.join(10_000);
        assertThat(thread.isAlive()).isFalse();
    }

    /** A user, transaction or log context of the thread that happens to create it is not the client's. */
    @Test
    void thread_creatorHasInheritableThreadLocals_inheritsNone() throws InterruptedException {
        List<String> seen = new ArrayList<>();
        ClientThreads threads = new ClientThreads("test");
        OF_THE_CREATOR.set("mine");
        try {
            run(threads.thread("a", () -> seen.add(String.valueOf(OF_THE_CREATOR.get()))));
            run(threads.nonBlockingThread("b", () -> seen.add(String.valueOf(OF_THE_CREATOR.get()))));
        } finally {
            OF_THE_CREATOR.remove();
        }

        assertThat(seen).containsExactly("null", "null");
    }

    @Test
    void thread_creatorHasAnotherContextClassLoader_usesTheOneOfTheClient() throws Exception {
        Thread creator = Thread.currentThread();
        ClassLoader before = creator.getContextClassLoader();
        try (URLClassLoader ofTheClient = new URLClassLoader(new URL[0]);
                URLClassLoader ofTheCreator = new URLClassLoader(new URL[0])) {
            ClientThreads threads = new ClientThreads("test", true, ofTheClient, thread -> {});
            creator.setContextClassLoader(ofTheCreator);
            assertThat(threads.thread("a", () -> {}).getContextClassLoader()).isSameAs(ofTheClient);
            assertThat(threads.nonBlockingThread("b", () -> {}).getContextClassLoader())
                    .isSameAs(ofTheClient);
        } finally {
            creator.setContextClassLoader(before);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void thread_daemonOrNot_isAsAsked(boolean daemons) {
        ClientThreads threads = new ClientThreads("test", daemons, null, thread -> {});

        assertThat(threads.thread("a", () -> {}).isDaemon()).isEqualTo(daemons);
        assertThat(threads.nonBlockingThread("b", () -> {}).isDaemon()).isEqualTo(daemons);
        assertThat(threads.nonBlockingDaemon("c", () -> {}).isDaemon()).isTrue();
    }

    @Test
    void clearInterrupt_threadOfSomebodyElse_leavesTheFlag() throws InterruptedException {
        List<Boolean> seen = new ArrayList<>();
        Runnable task = () -> {
            Thread.currentThread().interrupt();
            ClientThreads.clearInterrupt();
            seen.add(Thread.currentThread().isInterrupted());
        };

        run(new Thread(task));
        run(new ClientThreads("test").thread("a", task));

        assertThat(seen).containsExactly(true, false);
    }
}
