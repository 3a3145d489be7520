// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The options that the builders of {@link HazelcastMember} and {@link HazelcastCluster} share. Not thread-safe.
 *
 * @param <B> the builder itself
 */
public abstract sealed class MemberOptions<B extends MemberOptions<B>>
        permits HazelcastMember.Builder, HazelcastCluster.Builder {

    static final String VERSION_PROPERTY = "filbert.testkit.version";
    static final String DEFAULT_VERSION = "5.7.0";

    private final StringBuilder configXml = new StringBuilder();
    private final StringBuilder networkXml = new StringBuilder();
    private final List<Path> classPath = new ArrayList<>();
    private final List<String> modules = new ArrayList<>();
    private final Map<String, String> systemProperties = new LinkedHashMap<>();
    private final List<String> jvmOptions = new ArrayList<>();
    private String version = System.getProperty(VERSION_PROPERTY, DEFAULT_VERSION);
    private String clusterName = "dev";
    private String heap = "256m";
    private boolean fastStart = true;
    private Path javaHome = Path.of(System.getProperty("java.home"));
    private Duration startTimeout = Duration.ofSeconds(60);

    MemberOptions() {}

    abstract B self();

    /** The Hazelcast release to run. Default: the system property {@code filbert.testkit.version}, else 5.7.0. */
    public B version(String release) {
        Release.parse(release);
        version = release;
        return self();
    }

    /** Name of the cluster. Default {@code dev}. */
    public B clusterName(String name) {
        clusterName = requireNonNull(name, "name");
        return self();
    }

    /**
     * Adds XML inside the configuration's root element, for instance {@code <map name="m"><backup-count>2</backup-count></map>}.
     * Default: nothing. May be called several times; the network element is taken, see {@link #networkXml}.
     */
    public B configXml(String snippet) {
        configXml.append(snippet).append('\n');
        return self();
    }

    /** Adds XML inside the configuration's {@code network} element. Default: nothing. May be called several times. */
    public B networkXml(String snippet) {
        networkXml.append(snippet).append('\n');
        return self();
    }

    /** Heap of each member in the JVM's notation. Default {@code 256m}. */
    public B heap(String size) {
        heap = requireNonNull(size, "size");
        return self();
    }

    /**
     * Whether members trade speed for a quick start (serial collector, first compiler tier only). Default {@code true};
     * turn it off to measure anything.
     */
    public B fastStart(boolean fast) {
        fastStart = fast;
        return self();
    }

    /** Adds classes or jars to the members' class path. Default: nothing but the member's own jar. */
    public B classPath(Path... entries) {
        classPath.addAll(List.of(entries));
        return self();
    }

    /**
     * Adds a further jar of the same release, for instance {@code hazelcast-sql}, looked up as the member's own jar is.
     * Default: none.
     */
    public B module(String artifact) {
        modules.add(requireNonNull(artifact, "artifact"));
        return self();
    }

    /** Sets a system property of the members, {@code hazelcast.*} ones included. Default: none. */
    public B systemProperty(String name, String value) {
        systemProperties.put(requireNonNull(name, "name"), requireNonNull(value, "value"));
        return self();
    }

    /** Adds options of the {@code java} command. Default: none. */
    public B jvmOptions(String... options) {
        jvmOptions.addAll(List.of(options));
        return self();
    }

    /** The Java installation that runs the members. Default: the one that runs the test. */
    public B javaHome(Path home) {
        javaHome = requireNonNull(home, "home");
        return self();
    }

    /** How long one member may take to start and join. Default 60 seconds. */
    public B startTimeout(Duration timeout) {
        startTimeout = requireNonNull(timeout, "timeout");
        return self();
    }

    final MemberSettings settings() {
        return new MemberSettings(
                version,
                clusterName,
                configXml.toString(),
                networkXml.toString(),
                heap,
                fastStart,
                classPath,
                modules,
                systemProperties,
                jvmOptions,
                javaHome,
                startTimeout);
    }
}
