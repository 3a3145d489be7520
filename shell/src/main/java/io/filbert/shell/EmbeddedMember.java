// SPDX-License-Identifier: Apache-2.0
package io.filbert.shell;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;

/**
 * A real Hazelcast member inside this process, alone in its cluster, reachable from this machine only. Thread-safe.
 */
final class EmbeddedMember implements AutoCloseable {

    private final HazelcastInstance instance;

    private EmbeddedMember(HazelcastInstance instance) {
        this.instance = instance;
    }

    /**
     * Starts a member on a free port of 127.0.0.1; returns when clients can connect.
     *
     * @param verbose whether the member writes its log
     */
    static EmbeddedMember start(String clusterName, boolean verbose) {
        Config config = new Config();
        config.setClusterName(clusterName);
        config.setProperty("hazelcast.logging.type", verbose ? "jdk" : "none");
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.shutdownhook.enabled", "false");
        config.setProperty("hazelcast.socket.bind.any", "false");
        config.setProperty("hazelcast.wait.seconds.before.join", "0");
        config.getMetricsConfig().setEnabled(false);
        NetworkConfig network = config.getNetworkConfig();
        network.setPort(0).setPortAutoIncrement(false);
        network.setPublicAddress(null);
        network.getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        JoinConfig join = network.getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(false);
        return new EmbeddedMember(Hazelcast.newHazelcastInstance(config));
    }

    /** Host and port, as the client's configuration wants them. */
    String address() {
        return "127.0.0.1:"
                + instance.getCluster().getLocalMember().getAddress().getPort();
    }

    /** The release of the member. */
    String version() {
        return instance.getCluster().getLocalMember().getVersion().toString();
    }

    /** Ends the member at once; nobody else needs its data. */
    @Override
    public void close() {
        instance.getLifecycleService().terminate();
    }
}
