// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
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
}
