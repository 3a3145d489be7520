// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.discovery;

import io.filbert.cluster.Address;
import io.filbert.error.ConnectionException;
import io.filbert.internal.runtime.ClientLog;
import io.filbert.internal.runtime.RareLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that Hazelcast Cloud tells: members announce their private ones, clients connect to the public ones. Thread-safe.
 * The lock is held while Hazelcast Cloud is asked, so that several who miss an address ask once; only threads that may wait take it.
 */
public final class CloudAddresses implements AddressProvider {

    /** A member that Hazelcast Cloud does not list is dialled every second; it need not be asked about as often. */
    private static final Duration REFRESH_PAUSE = Duration.ofSeconds(10);

    private final ClientLog log;
    private final RareLog rareLog;
    private final CloudDiscovery discovery;
    private final Executor executor;
    private final ReentrantLock refreshing = new ReentrantLock();
    private volatile Map<Address, Address> publicByPrivate = Map.of();
    private long refreshedNanos = System.nanoTime() - REFRESH_PAUSE.toNanos();

    /** @param executor runs the request */
    public CloudAddresses(ClientLog log, CloudDiscovery discovery, Executor executor) {
        this.log = log.forClass(CloudAddresses.class);
        this.rareLog = new RareLog(this.log);
        this.discovery = discovery;
        this.executor = executor;
    }

    @Override
    public CompletableFuture<Candidates> candidates() {
        try {
            return CompletableFuture.supplyAsync(
                    () -> {
                        Map<Address, Address> table = ask();
                        return table == null ? Candidates.NONE : new Candidates(List.copyOf(table.keySet()), List.of());
                    },
                    executor);
        } catch (RejectedExecutionException e) {
            log.debug(() -> "The client is shutting down, no members are looked for");
            return CompletableFuture.completedFuture(Candidates.NONE);
        } catch (Throwable e) {
            // Such as: no memory for a thread.
            rareLog.warning("look-up", "Looking for members failed: " + e);
            return CompletableFuture.completedFuture(Candidates.NONE);
        }
    }

    /** The new table; null, after a warning, if there is none. */
    private @Nullable Map<Address, Address> ask() {
        try {
            Map<Address, Address> table = discovery.ask();
            publicByPrivate = table;
            return table;
        } catch (ConnectionException e) {
            rareLog.warning("look-up", "Looking for members failed: " + e.getMessage());
            return null;
        }
    }

    @Override
    public Address translateCandidate(Address candidate) {
        return translate(candidate);
    }

    @Override
    public Address translate(Address announced) {
        Address known = publicByPrivate.get(announced);
        return known != null ? known : afterRefresh(announced);
    }

    private Address afterRefresh(Address announced) {
        refreshing.lock();
        try {
            long now = System.nanoTime();
            if (!publicByPrivate.containsKey(announced) && now - refreshedNanos >= REFRESH_PAUSE.toNanos()) {
                refreshedNanos = now;
                ask();
            }
        } finally {
            refreshing.unlock();
        }
        Address known = publicByPrivate.get(announced);
        if (known == null) {
            throw new ConnectionException("Hazelcast Cloud tells no public address of the member at " + announced
                    + " (option cloudDiscoveryToken)");
        }
        return known;
    }
}
