// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real Hazelcast member in a process of its own, reachable on 127.0.0.1 only.
 *
 * <p>The object outlives the process: {@link #terminate} ends the process, {@link #restart} starts the next one on the same
 * port. The process also ends with the JVM that started it, however that JVM ends. Thread-safe, except that calls which
 * end, start, suspend or resume one member must not overlap.
 */
public final class HazelcastMember implements AutoCloseable {

    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(60);

    private final HazelcastCluster cluster;
    private final MemberSettings settings;
    private final int port;
    private final Path directory;
    private volatile @Nullable Run run;

    /** One life of the member; the uuid differs from life to life. */
    private record Run(MemberProcess process, @Nullable UUID uuid, boolean suspended) {}

    HazelcastMember(HazelcastCluster cluster, MemberSettings settings, int port) {
        this.cluster = cluster;
        this.settings = settings;
        this.port = port;
        try {
            directory = Files.createTempDirectory("filbert-member-" + port + "-");
        } catch (IOException e) {
            throw new UncheckedIOException("No temporary directory for a member", e);
        }
    }

    /** Starts one member of the default release, alone in its cluster. */
    public static HazelcastMember start() {
        return builder().start();
    }

    /** Options for a member that is alone in its cluster. */
    public static Builder builder() {
        return new Builder();
    }

    /** The address the member listens on, always {@code 127.0.0.1}. */
    public String host() {
        return "127.0.0.1";
    }

    /** The port the member listens on; it stays the same over restarts. */
    public int port() {
        return port;
    }

    /** Host and port with a colon between them, as client configurations want it. */
    public String address() {
        return host() + ":" + port;
    }

    /** The Hazelcast release this member runs. */
    public String version() {
        return settings.version();
    }

    /** The cluster this member belongs to; a member started alone has one as well. */
    public HazelcastCluster cluster() {
        return cluster;
    }

    /** The process id of the running, or last, process. */
    public long pid() {
        return lastRun().process().pid();
    }

    /** Whether the process exists; a suspended member is alive. */
    public boolean isAlive() {
        Run current = run;
        return current != null && current.process().isAlive();
    }

    /**
     * The uuid the member has in its cluster. Each start makes a new one, and so does a merge after a split; of a member
     * that cannot be asked now, the last one known.
     */
    public UUID uuid() {
        Run current = lastRun();
        UUID uuid = current.uuid();
        if (uuid == null) {
            throw new IllegalStateException("The member " + address() + " has not joined a cluster yet");
        }
        return isResponsive() ? UUID.fromString(current.process().ask("uuid", ANSWER_TIMEOUT)) : uuid;
    }

    /** The end of what the member has logged, over all its starts; for messages of failing tests. */
    public String log() {
        Run current = run;
        return current == null ? "" : current.process().logTail();
    }

    /** The uuids of the members this member sees, itself included. */
    public Set<UUID> memberUuids() {
        return uuids("members");
    }

    /** The uuids of the clients this member sees. */
    public Set<UUID> clientUuids() {
        return uuids("clients");
    }

    /** Whether this member sees all partitions backed up as configured. */
    public boolean isClusterSafe() {
        return Boolean.parseBoolean(lastRun().process().ask("safe", ANSWER_TIMEOUT));
    }

    private Set<UUID> uuids(String question) {
        String answer = lastRun().process().ask(question, ANSWER_TIMEOUT);
        return Arrays.stream(answer.split(","))
                .filter(uuid -> !uuid.isEmpty())
                .map(UUID::fromString)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Ends the process at once, as {@code kill -9} does; connections break, nothing is handed over. */
    public void terminate() {
        Run current = run;
        if (current != null) {
            current.process().kill();
        }
    }

    /** Leaves the cluster gracefully: partitions move to other members first. The process has ended on return. */
    public void shutdown() {
        Run current = lastRun();
        if (!current.process().isAlive()) {
            return;
        }
        current.process().ask("shutdown", SHUTDOWN_TIMEOUT);
        current.process().endInput();
        current.process().awaitExit(ANSWER_TIMEOUT);
    }

    /** Stops the process without ending it (SIGSTOP): connections stay open and nothing answers. */
    public void suspend() {
        Run current = lastRun();
        current.process().signal("STOP");
        run = new Run(current.process(), current.uuid(), true);
    }

    /** Lets a suspended process go on (SIGCONT). */
    public void resume() {
        Run current = lastRun();
        current.process().signal("CONT");
        run = new Run(current.process(), current.uuid(), false);
    }

    /** Starts the member again on the same port, after terminating it if it is alive; returns when it has joined. */
    public void restart() {
        terminate();
        launch(cluster.ports());
        awaitReady();
        cluster.awaitFormed();
    }

    /** Ends the cluster of a member that was started alone; a member of a larger cluster is only terminated. */
    @Override
    public void close() {
        if (cluster.members().size() == 1) {
            cluster.close();
        } else {
            terminate();
        }
    }

    void launch(List<Integer> clusterPorts) {
        run = new Run(MemberProcess.launch(settings, directory, port, clusterPorts), null, false);
    }

    void awaitReady() {
        MemberProcess process = lastRun().process();
        run = new Run(process, process.awaitReady(settings.startTimeout()), false);
    }

    /** Whether the member can be asked something. */
    boolean isResponsive() {
        Run current = run;
        return current != null
                && !current.suspended()
                && current.uuid() != null
                && current.process().isAlive();
    }

    Path directory() {
        return directory;
    }

    void deleteDirectory() {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The member's directory " + directory + " could not be deleted", e);
        }
    }

    private Run lastRun() {
        Run current = run;
        if (current == null) {
            throw new IllegalStateException("The member " + address() + " was never launched");
        }
        return current;
    }

    @Override
    public String toString() {
        return "HazelcastMember{" + address() + ", " + version() + ", " + (isAlive() ? "alive" : "ended") + "}";
    }

    /** Options for one member that is alone in its cluster. Not thread-safe. */
    public static final class Builder extends MemberOptions<Builder> {

        private int port;

        Builder() {}

        /** The port to listen on. Default: one that is free. */
        public Builder port(int port) {
            this.port = port;
            return this;
        }

        /** Starts the member and returns when it is ready. */
        public HazelcastMember start() {
            return HazelcastCluster.start(settings(), 1, port).member(0);
        }

        @Override
        Builder self() {
            return this;
        }
    }
}
