// SPDX-License-Identifier: Apache-2.0
package io.filbert.examples;

import io.filbert.HazelcastClient;
import io.filbert.error.HazelcastException;
import io.filbert.error.OperationTimeoutException;
import io.filbert.map.BlockingDistributedMap;
import io.filbert.map.DistributedMap;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What to do when a call fails, and how to bound the time it may take. */
public final class ErrorsAndDeadlines {

    private ErrorsAndDeadlines() {}

    /** Give the addresses of members; without any, 127.0.0.1 is tried. */
    public static void main(String... members) {
        try (HazelcastClient client = HazelcastClient.connect(config -> config.clusterMembers(members))) {
            BlockingDistributedMap<String, String> prices =
                    client.<String, String>getMap("prices").blocking();
            System.out.println("Stored: " + store(prices, "bread", "3.20"));
            System.out.println("Bread costs " + priceOr(prices, "bread", () -> "unknown"));
            prices.destroy();
        }
    }

    static String priceOr(BlockingDistributedMap<String, String> prices, String item, Supplier<String> fallback) {
        // tag::deadline[]
        try {
            String price = prices.withDeadline(Duration.ofMillis(500)).get(item);
            return price == null ? fallback.get() : price;
        } catch (OperationTimeoutException e) {
            return fallback.get(); // the cluster did not answer in half a second
        }
        // end::deadline[]
    }

    static boolean store(BlockingDistributedMap<String, String> prices, String item, String price) {
        // tag::outcome[]
        try {
            prices.set(item, price);
            return true;
        } catch (HazelcastException e) {
            if (e.isIndeterminate()) {
                return price.equals(prices.get(item)); // it may have taken effect: read it back
            }
            if (e.isRetryable()) {
                return false; // it had no effect and may succeed later: let the caller come again
            }
            throw e; // it had no effect, and trying again will not help
        }
        // end::outcome[]
    }

    static CompletableFuture<String> storeAsync(DistributedMap<String, String> prices, String item, String price) {
        // tag::async[]
        return prices.set(item, price).thenApply(done -> "stored").exceptionally(failure -> {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            if (cause instanceof HazelcastException e && e.isIndeterminate()) {
                return "perhaps stored";
            }
            return "not stored: " + cause;
        });
        // end::async[]
    }

    static @Nullable String firstAnswer(DistributedMap<String, String> prices, String item) {
        // tag::cancel[]
        CompletableFuture<@Nullable String> answer = prices.get(item);
        if (Thread.currentThread().isInterrupted()) {
            answer.cancel(true); // abandons the call; of a write, nobody then knows whether it took effect
            return null;
        }
        return answer.join();
        // end::cancel[]
    }
}
