// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** Runs fixtures that leak on purpose through JUnit and looks at how they fail. */
class LeakCheckTest {

    private static final Deque<AutoCloseable> LEFT_BEHIND = new ArrayDeque<>();

    @AfterEach
    void cleanUp() throws Exception {
        while (!LEFT_BEHIND.isEmpty()) {
            LEFT_BEHIND.pop().close();
        }
    }

    @Test
    void tidyTest_passes() {
        tests(Tidy.class).assertStatistics(statistics -> statistics.succeeded(2).failed(0));
    }

    @Test
    void leftThread_fails_withItsStack() {
        assertThat(failure(LeavesThread.class))
                .contains("leaves()")
                .contains("thread filbert-left")
                .contains("CountDownLatch.await");
    }

    @Test
    void leftSocket_fails_withItsAddresses() {
        assumeThat(LoopbackSockets.supported()).isTrue();
        assertThat(failure(LeavesSocket.class))
                .contains("left something behind, 100 ms after its end")
                .containsPattern("socket 127\\.0\\.0\\.1:\\d+ -> 127\\.0\\.0\\.1:\\d+ CLOSE_WAIT");
    }

    @Test
    void leftListener_fails() {
        assumeThat(LoopbackSockets.supported()).isTrue();
        assertThat(failure(LeavesListener.class)).containsPattern("socket 127\\.0\\.0\\.1:\\d+ -> .* LISTEN");
    }

    @Test
    void failingProbe_fails_andIsForgottenAfterwards() {
        assertThat(failure(ProbeFindsSomething.class)).contains("7 calls in flight");
        tests(Tidy.class).assertStatistics(statistics -> statistics.succeeded(2));
    }

    @Test
    void scopeOfClass_allowsSharedThings_untilTheEnd() {
        tests(SharesThread.class)
                .assertStatistics(statistics -> statistics.succeeded(2).failed(0));
        Events containers = containers(SharesThreadForever.class);
        assertThat(containers.failed().count()).isEqualTo(1);
        tests(SharesThreadForever.class).assertStatistics(statistics -> statistics.failed(0));
    }

    @Test
    void thingsThatWereThereBefore_doNotCount() throws IOException {
        leaveThread("filbert-earlier");
        LEFT_BEHIND.push(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        tests(Tidy.class).assertStatistics(statistics -> statistics.succeeded(2));
    }

    private static Events tests(Class<?> fixture) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(fixture))
                .execute()
                .testEvents();
    }

    private static Events containers(Class<?> fixture) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(fixture))
                .execute()
                .containerEvents();
    }

    private static String failure(Class<?> fixture) {
        return tests(fixture).failed().stream()
                .map(event -> event.getRequiredPayload(org.junit.platform.engine.TestExecutionResult.class))
                .map(result -> result.getThrowable().orElseThrow().getMessage())
                .findFirst()
                .orElseThrow(() -> new AssertionError(fixture + " did not fail"));
    }

    private static Thread leaveThread(String name) {
        CountDownLatch end = new CountDownLatch(1);
        Thread thread = new Thread(
                () -> {
                    try {
                        end.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                name);
        thread.start();
        LEFT_BEHIND.push(() -> {
            end.countDown();
            thread.join();
        });
        return thread;
    }

    @NoLeaks(graceMillis = 2_000)
    static class Tidy {
        @Test
        void nothing() {}

        @Test
        void threadEndsWithinTheGrace() {
            Thread thread = new Thread(
                    () -> Deadline.after(java.time.Duration.ofMillis(200)).poll(() -> false), "filbert-ends");
            thread.start();
        }
    }

    @NoLeaks(graceMillis = 100)
    static class LeavesThread {
        @Test
        void leaves() {
            leaveThread("filbert-left");
            leaveThread("unrelated");
        }
    }

    @NoLeaks(graceMillis = 100)
    static class LeavesSocket {
        @Test
        void leaves() throws IOException {
            try (EchoPeer peer = new EchoPeer(0)) {
                Socket kept = new Socket(InetAddress.getLoopbackAddress(), peer.port());
                LEFT_BEHIND.push(kept);
                kept.getOutputStream().write(1);
                assertThat(kept.getInputStream().read()).isEqualTo(1);
            }
        }
    }

    @NoLeaks(graceMillis = 100)
    static class LeavesListener {
        @Test
        void leaves() throws IOException {
            LEFT_BEHIND.push(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        }
    }

    @NoLeaks(graceMillis = 100)
    static class ProbeFindsSomething {
        @Test
        void leaves() {
            LeakCheck.watch(() -> List.of("7 calls in flight"));
        }
    }

    @NoLeaks(value = NoLeaks.Scope.CLASS, graceMillis = 100)
    static class SharesThread {
        @Test
        void first() {
            leaveThread("filbert-shared");
        }

        @Test
        void second() {}

        @AfterAll
        static void close() throws Exception {
            LEFT_BEHIND.pop().close();
        }
    }

    @NoLeaks(value = NoLeaks.Scope.CLASS, graceMillis = 100)
    static class SharesThreadForever {
        @Test
        void first() {
            leaveThread("filbert-shared");
        }
    }
}
