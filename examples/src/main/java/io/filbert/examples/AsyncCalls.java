// SPDX-License-Identifier: Apache-2.0
package io.filbert.examples;

import io.filbert.HazelcastClient;
import io.filbert.map.DistributedMap;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Calls that nobody waits for: callbacks, chains and pipelines. */
public final class AsyncCalls {

    private AsyncCalls() {}

    /** Give the addresses of members; without any, 127.0.0.1 is tried. */
    public static void main(String... members) {
        try (HazelcastClient client = HazelcastClient.connect(config -> config.clusterMembers(members))) {
            DistributedMap<String, Integer> stock = client.getMap("stock");
            pipeline(stock, 1_000);
            whenThere(stock, "item-7", System.out::println).join();
            System.out.println("Moved: " + move(stock, "item-7", "item-8").join());
            stock.destroy().join();
        }
    }

    static CompletableFuture<Void> whenThere(
            DistributedMap<String, Integer> stock, String item, Consumer<String> output) {
        // tag::callback[]
        return stock.get(item)
                .thenAccept(count -> output.accept(item + ": " + (count == null ? "none" : count)))
                .exceptionally(failure -> {
                    output.accept(item + ": cannot tell, " + failure.getMessage());
                    return null;
                });
        // end::callback[]
    }

    static CompletableFuture<Boolean> move(DistributedMap<String, Integer> stock, String from, String to) {
        // tag::chain[]
        return stock.remove(from).thenCompose(count -> {
            if (count == null) {
                return CompletableFuture.completedFuture(false);
            }
            return stock.put(to, count).thenApply(previous -> true);
        });
        // end::chain[]
    }

    static void pipeline(DistributedMap<String, Integer> stock, int items) {
        // tag::pipeline[]
        List<CompletableFuture<Void>> writes = new ArrayList<>();
        for (int i = 0; i < items; i++) {
            writes.add(stock.set("item-" + i, i));
        }
        CompletableFuture.allOf(writes.toArray(CompletableFuture<?>[]::new)).join();
        // end::pipeline[]
    }
}
