// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks.footprint;

import io.filbert.HazelcastClient;
import org.jspecify.annotations.Nullable;

/** Filbert in a probe. */
final class FilbertProbe implements ProbedClient {

    private final HazelcastClient client;

    FilbertProbe(String address) {
        client = HazelcastClient.connect(config -> config.clusterMembers(address));
    }

    @Override
    public byte @Nullable [] get(String map, String key) {
        return client.<String, byte[]>getMap(map).blocking().get(key);
    }

    @Override
    public void close() {
        client.close();
    }
}
