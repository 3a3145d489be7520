// SPDX-License-Identifier: Apache-2.0
package io.filbert.examples;

import io.filbert.HazelcastClient;
import io.filbert.map.BlockingDistributedMap;
import io.filbert.map.DistributedMap;
import io.filbert.map.EntryView;
import io.filbert.map.Expiry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a map can do, one method per subject. */
public final class MapBasics {

    private MapBasics() {}

    /** Give the addresses of members; without any, 127.0.0.1 is tried. */
    public static void main(String... members) {
        try (HazelcastClient client = HazelcastClient.connect(config -> config.clusterMembers(members))) {
            BlockingDistributedMap<String, Integer> accounts =
                    client.<String, Integer>getMap("accounts").blocking();
            deposit(accounts, "Alice", 100);
            System.out.println("Alice has " + deposit(accounts, "Alice", 50));
            severalAtOnce(accounts).forEach((person, amount) -> System.out.println(person + " has " + amount));
            System.out.println("All together have " + sum(accounts));
            accounts.destroy();
        }
    }

    static void sessions(BlockingDistributedMap<String, String> sessions) {
        // tag::ttl[]
        sessions.put("s-1", "Alice", Duration.ofMinutes(30)); // expires 30 minutes after this write
        sessions.put("s-2", "Bob", Expiry.ofTtl(Duration.ofHours(8)).withMaxIdle(Duration.ofMinutes(30)));
        sessions.setTtl("s-1", Duration.ofHours(1)); // begins anew
        // end::ttl[]
    }

    static void rename(BlockingDistributedMap<String, String> sessions, String session, String user) {
        // tag::keepExpiry[]
        sessions.setKeepingExpiry(session, user); // set() would end the ttl that the session has
        // end::keepExpiry[]
    }

    static @Nullable Integer deposit(BlockingDistributedMap<String, Integer> accounts, String owner, int amount) {
        // tag::merge[]
        return accounts.merge(owner, amount, Integer::sum);
        // end::merge[]
    }

    static CompletableFuture<@Nullable Integer> withdraw(
            DistributedMap<String, Integer> accounts, String owner, int amount) {
        // tag::compute[]
        return accounts.computeIfPresent(owner, (name, balance) -> {
            if (balance < amount) {
                throw new IllegalArgumentException(name + " has only " + balance);
            }
            return balance - amount;
        });
        // end::compute[]
    }

    static boolean correct(BlockingDistributedMap<String, Integer> accounts, String owner, int shown, int corrected) {
        // tag::replaceIfSame[]
        return accounts.replaceIfSame(owner, shown, corrected); // false if it is not the one shown any more
        // end::replaceIfSame[]
    }

    static Map<String, Integer> severalAtOnce(BlockingDistributedMap<String, Integer> accounts) {
        // tag::bulk[]
        accounts.putAll(Map.of("Bob", 20, "Clark", 30)); // one request per partition, all under way at once
        return accounts.getAll(List.of("Alice", "Bob", "Clark"));
        // end::bulk[]
    }

    static @Nullable String describe(BlockingDistributedMap<String, Integer> accounts, String owner) {
        // tag::entryView[]
        EntryView<String, Integer> view = accounts.getEntryView(owner);
        if (view == null) {
            return null;
        }
        return owner + " has " + view.value() + ", changed " + view.version() + " times, expires "
                + (view.expirationTime() == null ? "never" : view.expirationTime());
        // end::entryView[]
    }

    static boolean closeEmptyAccounts(BlockingDistributedMap<String, Integer> accounts) {
        // tag::views[]
        return accounts.values().removeIf(amount -> amount == 0); // a changed entry is tested again
        // end::views[]
    }

    static long sum(BlockingDistributedMap<String, Integer> accounts) {
        // tag::iteration[]
        long sum = 0;
        for (Map.Entry<String, Integer> account : accounts.entries(1_000)) { // about 1,000 entries in memory at a time
            sum += account.getValue();
        }
        return sum;
        // end::iteration[]
    }

    static CompletableFuture<Long> sumWithoutWaiting(DistributedMap<String, Integer> accounts) {
        // tag::walk[]
        LongAdder sum = new LongAdder();
        return accounts.forEachEntry((owner, amount) -> sum.add(amount)).thenApply(done -> sum.sum());
        // end::walk[]
    }

    static CompletableFuture<Void> export(
            DistributedMap<String, Integer> accounts,
            Function<List<Map.Entry<String, Integer>>, CompletionStage<Void>> sendElsewhere) {
        // tag::batches[]
        return accounts.forEachEntryBatch(500, batch -> sendElsewhere.apply(batch)); // next batch when this one is sent
        // end::batches[]
    }
}
