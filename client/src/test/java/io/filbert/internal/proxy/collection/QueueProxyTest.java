// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.proxy.collection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class QueueProxyTest {

    @Test
    void addTo_itemsAreThereAlready_waitsForTheExecutor() {
        Queue<Runnable> completions = new ArrayDeque<>();
        List<String> target = new ArrayList<>();
        CompletableFuture<List<String>> drained = CompletableFuture.completedFuture(List.of("a", "b"));

        CompletableFuture<Integer> added = QueueProxy.addTo(target, drained, completions::add);
        assertThat(target).as("touched by the caller").isEmpty();
        completions.remove().run();

        assertThat(target).containsExactly("a", "b");
        assertThat(added).isCompletedWithValue(2);
    }
}
