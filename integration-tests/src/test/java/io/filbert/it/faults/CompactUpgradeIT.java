// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.HazelcastClient;
import io.filbert.error.HazelcastException;
import io.filbert.it.support.Clients;
import io.filbert.map.BlockingDistributedMap;
import io.filbert.serialization.CompactSerializer;
import io.filbert.serialization.GenericRecord;
import io.filbert.testkit.HazelcastCluster;
import io.filbert.testkit.HazelcastMember;
import io.filbert.testkit.NoLeaks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A rolling upgrade: programs with the old and with the new release of a class change the same entries, while members restart. Each
 * program meets bytes that it would not write itself.
 */
@NoLeaks
@Timeout(180)
final class CompactUpgradeIT {

    private static final int ACCOUNTS = 10;
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    /** One program: makes deposits until it is stopped, and counts what became of them. */
    private static final class Program implements AutoCloseable {

        private final HazelcastClient client;
        private final Function<String, Account> open;
        private final List<Thread> threads = new ArrayList<>();
        private final AtomicLong acknowledged = new AtomicLong();
        private final AtomicLong unknown = new AtomicLong();
        private final AtomicLong longestNanos = new AtomicLong();
        private volatile @Nullable Throwable problem;
        private volatile boolean stopped;

        Program(HazelcastCluster cluster, CompactSerializer<?> serializer, Function<String, Account> open) {
            this.client = Clients.connect(
                    cluster.addresses(), config -> config.compactSerializers(serializer)
                            .invocationTimeout(DEADLINE));
            this.open = open;
        }

        void begin() {
            for (int i = 0; i < 2; i++) {
                Thread thread = new Thread(this::work, "depositor-" + i);
                thread.start();
                threads.add(thread);
            }
        }

        private void work() {
            BlockingDistributedMap<String, Account> accounts =
                    client.<String, Account>getMap("accounts").blocking();
            while (!stopped) {
                String owner = "owner-" + ThreadLocalRandom.current().nextInt(ACCOUNTS);
                long begin = System.nanoTime();
                try {
                    deposit(accounts, owner);
                } catch (HazelcastException e) {
                    if (e.isIndeterminate()) {
                        unknown.incrementAndGet();
                    } else if (!e.isRetryable()) {
                        problem = e;
                    }
                } catch (RuntimeException | Error e) {
                    problem = e;
                }
                longestNanos.accumulateAndGet(System.nanoTime() - begin, Math::max);
            }
        }

        private void deposit(BlockingDistributedMap<String, Account> accounts, String owner) {
            Account before = accounts.get(owner);
            Account after = accounts.compute(
                    owner, (key, account) -> (account == null ? open.apply(key) : account).afterDeposit());
            acknowledged.incrementAndGet();
            if (after == null || (before != null && after.deposits() <= before.deposits())) {
                throw new AssertionError("A deposit led from " + before + " to " + after);
            }
        }

        void stop() throws InterruptedException {
            stopped = true;
            for (Thread thread : threads) {
                thread.join(DEADLINE.multipliedBy(3).toMillis());
                assertThat(thread.isAlive()).as("%s hangs", thread.getName()).isFalse();
            }
        }

        @Override
        public void close() {
            stopped = true;
            client.close();
        }
    }

    /** Guards against compute that never ends when the stored bytes are not what the program writes, and against schemas that get lost. */
    @Test
    void programsOfTwoReleases_changeTheSameEntries_whileMembersRestart_withoutALostUpdate() throws Exception {
        try (HazelcastCluster cluster = HazelcastCluster.builder().members(2).start();
                Program old = new Program(cluster, new Account.OldSerializer(), owner -> new Account.Old(owner, 0));
                Program next =
                        new Program(cluster, new Account.NewSerializer(), owner -> new Account.New(owner, 0, null))) {
            old.begin();
            awaitDeposits(old, 200);
            next.begin();
            awaitDeposits(next, 200);
            for (HazelcastMember member : List.copyOf(cluster.members())) {
                cluster.awaitSafe();
                member.shutdown();
                awaitDeposits(old, 100);
                awaitDeposits(next, 100);
                member.restart();
            }
            awaitDeposits(old, 100);
            awaitDeposits(next, 100);
            old.stop();
            next.stop();

            assertThat(old.problem).isNull();
            assertThat(next.problem).isNull();
            assertThat(Math.max(old.longestNanos.get(), next.longestNanos.get()))
                    .as("the longest of two calls after each other")
                    .isLessThan(DEADLINE.multipliedBy(2).plusSeconds(3).toNanos());
            long acknowledged = old.acknowledged.get() + next.acknowledged.get();
            long unknown = old.unknown.get() + next.unknown.get();
            try (HazelcastClient stranger = Clients.connect(cluster.addresses())) {
                Map<String, GenericRecord> found = stranger.<String, GenericRecord>getMap("accounts")
                        .getAll(owners())
                        .join();
                assertThat(found).hasSize(ACCOUNTS);
                long deposits = found.values().stream()
                        .mapToLong(account -> account.getInt64("deposits"))
                        .sum();
                assertThat(deposits).isBetween(acknowledged, acknowledged + unknown);
            }
        }
    }

    private static List<String> owners() {
        List<String> owners = new ArrayList<>();
        for (int i = 0; i < ACCOUNTS; i++) {
            owners.add("owner-" + i);
        }
        return owners;
    }

    private static void awaitDeposits(Program program, int more) {
        long goal = program.acknowledged.get() + more;
        long deadline = System.nanoTime() + DEADLINE.multipliedBy(3).toNanos();
        while (program.acknowledged.get() < goal && program.problem == null) {
            assertThat(System.nanoTime() - deadline).as("deposits go on").isNegative();
            LockSupport.parkNanos(1_000_000);
        }
    }
}
