// SPDX-License-Identifier: Apache-2.0
package io.filbert.shell;

import io.filbert.HazelcastClient;
import io.filbert.config.ClientConfig;
import io.filbert.map.DistributedMap;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What the demo works on, and its cleaning up: the maps are destroyed, the client closed and the member ended exactly once,
 * at the end or when the process is interrupted. Thread-safe: the demo and the JVM's shutdown use it.
 */
final class Stage implements AutoCloseable {

    private static final long CLEANUP_SECONDS = 3;

    /** Part of all names, so that the demo never touches what a cluster already has. */
    private final String prefix = "filbert-demo-" + HexFormat.of().toHexDigits(new Random().nextInt()) + "-";

    private final Map<String, DistributedMap<?, ?>> maps = new ConcurrentHashMap<>();
    private final ReentrantLock closing = new ReentrantLock();
    private final Thread hook = new Thread(this::interrupted, "demo-cleanup");
    private volatile boolean interrupted;
    private volatile @Nullable EmbeddedMember member;
    private volatile @Nullable HazelcastClient client;
    private volatile @Nullable ClientConfig used;

    Stage() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    EmbeddedMember startMember(String clusterName, boolean verbose) {
        EmbeddedMember started = EmbeddedMember.start(clusterName, verbose);
        member = started;
        return started;
    }

    void connect(ClientConfig config) {
        used = config;
        client = HazelcastClient.connect(config);
    }

    HazelcastClient client() {
        return Objects.requireNonNull(client, "connect comes first");
    }

    /** A map of the demo's own; it is destroyed in the end. */
    <K, V> DistributedMap<K, V> map(String name) {
        DistributedMap<K, V> map = client().getMap(prefix + name);
        maps.put(name, map);
        return map;
    }

    /** Whether the process is about to end because somebody stopped it. */
    boolean isInterrupted() {
        return interrupted;
    }

    private void interrupted() {
        interrupted = true;
        closing.lock();
        try {
            takeTheClientAway();
            close();
        } finally {
            closing.unlock();
        }
    }

    /** The demo still runs: a call of its own after the cleaning would make a map again. So another client cleans. */
    private void takeTheClientAway() {
        HazelcastClient connected = client;
        ClientConfig config = used;
        if (connected == null || config == null) {
            return;
        }
        connected.close();
        if (member == null) {
            HazelcastClient cleaner = HazelcastClient.connect(config);
            client = cleaner;
            maps.replaceAll((name, map) -> cleaner.getMap(prefix + name));
        }
    }

    @Override
    public void close() {
        closing.lock();
        try {
            destroyMaps();
            HazelcastClient connected = client;
            if (connected != null) {
                connected.close();
                client = null;
            }
            EmbeddedMember started = member;
            if (started != null) {
                started.close();
                member = null;
            }
        } finally {
            closing.unlock();
        }
        if (!interrupted) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }

    private void destroyMaps() {
        if (interrupted && member != null) {
            return; // they end with the member
        }
        List<CompletableFuture<Boolean>> destroyed = new ArrayList<>();
        maps.values().forEach(map -> destroyed.add(map.destroy()));
        maps.clear();
        try {
            CompletableFuture.allOf(destroyed.toArray(CompletableFuture<?>[]::new))
                    .get(CLEANUP_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // The cluster is gone or does not answer; what remains there cannot be helped from here.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
