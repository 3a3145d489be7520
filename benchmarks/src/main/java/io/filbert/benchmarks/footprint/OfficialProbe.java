// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks.footprint;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.core.HazelcastInstance;
import org.jspecify.annotations.Nullable;

/** The official client in a probe. */
final class OfficialProbe implements ProbedClient {

    private final HazelcastInstance client;

    OfficialProbe(String address) {
        ClientConfig config = new ClientConfig();
        config.getNetworkConfig().addAddress(address).getAutoDetectionConfig().setEnabled(false);
        client = HazelcastClient.newHazelcastClient(config);
    }

    @Override
    public byte @Nullable [] get(String map, String key) {
        return client.<String, byte[]>getMap(map).get(key);
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
