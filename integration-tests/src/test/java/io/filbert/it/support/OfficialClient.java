// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.support;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.filbert.testkit.HazelcastCluster;
import java.util.function.Consumer;

/** The vendor's own client, as a witness: it decides what interoperable means. Thread-safe. */
public final class OfficialClient implements AutoCloseable {

    private final HazelcastInstance client;

    private OfficialClient(HazelcastInstance client) {
        this.client = client;
    }

    /** Connects to the cluster. */
    public static OfficialClient connect(HazelcastCluster cluster) {
        return connect(cluster, config -> {});
    }

    /** Connects to the cluster, with some options of its own. */
    public static OfficialClient connect(HazelcastCluster cluster, Consumer<ClientConfig> changes) {
        ClientConfig config = new ClientConfig();
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setClusterName(cluster.name());
        config.getNetworkConfig().setAddresses(cluster.addresses());
        changes.accept(config);
        return new OfficialClient(HazelcastClient.newHazelcastClient(config));
    }

    /** Its view of a map. */
    public <K, V> IMap<K, V> map(String name) {
        return client.getMap(name);
    }

    /** Creates an object of a kind that Filbert does not offer. */
    public void createCardinalityEstimator(String name) {
        client.getCardinalityEstimator(name);
    }

    /** The partition it sends calls for the key to. */
    public int partitionId(Object key) {
        return client.getPartitionService().getPartition(key).getPartitionId();
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
