// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.support;

import io.filbert.testkit.HazelcastCluster;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Three members of the default release that all classes of the run share, started when the first one asks. Tests must leave
 * them as they are: who stops members or changes what others see starts a cluster of its own.
 *
 * <p>Put it before {@code @NoLeaks}, so that what the cluster needs is not taken for a leak. For one thread, as tests are.
 */
public final class SharedCluster implements BeforeAllCallback {

    /** Maps whose names begin like this count reads and writes of each entry. */
    public static final String COUNTING = "counting-";

    /** Maps whose names begin like this keep objects, and so compare values by {@code equals}. */
    public static final String OBJECTS = "objects-";

    /** Maps whose names begin like this are configured with a time to live of an hour and an idle time of half an hour. */
    public static final String EXPIRING = "expiring-";

    /** Maps whose names begin like this write through to a {@link MemoryStore} on the members. */
    public static final String STORED = "stored-";

    /** Maps whose names begin like this write to a {@link MemoryStore} when flushed. */
    public static final String STORED_LATER = "stored-later-";

    /** Queues whose names begin like this hold two items. */
    public static final String BOUNDED = "bounded-";

    private static @Nullable HazelcastCluster cluster;

    /** The cluster. */
    public static HazelcastCluster get() {
        return Objects.requireNonNull(cluster, "put @ExtendWith(SharedCluster.class) on the test class");
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot()
                .getStore(ExtensionContext.Namespace.create(SharedCluster.class))
                .getOrComputeIfAbsent(HazelcastCluster.class, ignored -> start(), HazelcastCluster.class);
    }

    private static HazelcastCluster start() {
        HazelcastCluster started = HazelcastCluster.builder()
                .members(3)
                .classPath(testClasses())
                .configXml("<map name=\"" + COUNTING + "*\">"
                        + "<per-entry-stats-enabled>true</per-entry-stats-enabled></map>")
                .configXml("<map name=\"" + OBJECTS + "*\"><in-memory-format>OBJECT</in-memory-format></map>")
                .configXml("<map name=\"" + EXPIRING + "*\"><time-to-live-seconds>3600</time-to-live-seconds>"
                        + "<max-idle-seconds>1800</max-idle-seconds></map>")
                .configXml("<queue name=\"" + BOUNDED + "*\"><max-size>2</max-size></queue>")
                .configXml(storeXml(STORED, 0))
                .configXml(storeXml(STORED_LATER, 3600))
                .start();
        cluster = started;
        return started;
    }

    private static String storeXml(String prefix, int writeDelaySeconds) {
        return "<map name=\"" + prefix + "*\"><map-store enabled=\"true\" initial-mode=\"LAZY\"><class-name>"
                + MemoryStore.class.getName() + "</class-name><write-delay-seconds>" + writeDelaySeconds
                + "</write-delay-seconds></map-store></map>";
    }

    /** Where the members find {@link MemoryStore}. */
    private static Path testClasses() {
        try {
            return Path.of(SharedCluster.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("The class path of the tests is not a path", e);
        }
    }
}
