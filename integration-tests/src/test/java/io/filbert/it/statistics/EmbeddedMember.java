// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.statistics;

import com.hazelcast.client.impl.statistics.ClientStatistics;
import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.impl.HazelcastInstanceProxy;
import com.hazelcast.internal.metrics.MetricConsumer;
import com.hazelcast.internal.metrics.MetricDescriptor;
import com.hazelcast.internal.metrics.impl.MetricsCompressor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A real member inside the test's own process, because what clients told it can be asked for there only. Thread-safe. */
final class EmbeddedMember implements AutoCloseable {

    private final HazelcastInstance instance;

    EmbeddedMember() {
        Config config = new Config();
        config.setProperty("hazelcast.logging.type", "none");
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.shutdownhook.enabled", "false");
        config.setProperty("hazelcast.socket.bind.any", "false");
        config.setProperty("hazelcast.wait.seconds.before.join", "0");
        NetworkConfig network = config.getNetworkConfig();
        network.setPort(0).setPortAutoIncrement(false);
        network.getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        JoinConfig join = network.getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(false);
        instance = Hazelcast.newHazelcastInstance(config);
    }

    String address() {
        return "127.0.0.1:"
                + instance.getCluster().getLocalMember().getAddress().getPort();
    }

    /** What the client with this name told last; null if it told nothing yet. */
    @Nullable
    ClientStatistics statisticsOf(String clientName) {
        return ((HazelcastInstanceProxy) instance)
                .getOriginal().node.getClientEngine().getClientStatistics().values().stream()
                        .filter(told -> told != null && told.clientAttributes().contains("clientName=" + clientName))
                        .findAny()
                        .orElse(null);
    }

    /** The pairs of the text, in their order. */
    static Map<String, String> attributes(ClientStatistics told) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (String pair : told.clientAttributes().split("(?<!\\\\),")) {
            String[] parts = pair.split("(?<!\\\\)=", 2);
            attributes.put(parts[0], parts[1]);
        }
        return attributes;
    }

    /** The metrics, read by the member's own code; names such as {@code os.processCpuTime} and {@code nearcache[name=m].hits}. */
    static Map<String, Number> metrics(ClientStatistics told) {
        Map<String, Number> metrics = new LinkedHashMap<>();
        MetricsCompressor.extractMetrics(told.metricsBlob(), new MetricConsumer() {
            @Override
            public void consumeLong(MetricDescriptor descriptor, long value) {
                metrics.put(name(descriptor), value);
            }

            @Override
            public void consumeDouble(MetricDescriptor descriptor, double value) {
                metrics.put(name(descriptor), value);
            }
        });
        return metrics;
    }

    private static String name(MetricDescriptor descriptor) {
        String discriminator = descriptor.discriminator() == null
                ? ""
                : "[" + descriptor.discriminator() + "=" + descriptor.discriminatorValue() + "]";
        return descriptor.prefix() + discriminator + "." + descriptor.metric();
    }

    @Override
    public void close() {
        instance.getLifecycleService().terminate();
    }
}
