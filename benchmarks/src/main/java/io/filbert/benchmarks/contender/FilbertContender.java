// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks.contender;

import io.filbert.HazelcastClient;
import io.filbert.benchmarks.load.Contender;
import io.filbert.benchmarks.load.Dataset;
import io.filbert.benchmarks.load.Operation;
import io.filbert.benchmarks.load.Slot;
import io.filbert.config.ClientConfig;
import io.filbert.map.BlockingDistributedMap;
import io.filbert.map.DistributedMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Filbert as a user calls it. */
final class FilbertContender implements Contender {

    private final HazelcastClient client;
    private @Nullable State state;

    private record State(
            Dataset dataset, DistributedMap<String, byte[]> map, BlockingDistributedMap<String, byte[]> blocking) {}

    FilbertContender(String address, Consumer<ClientConfig.Builder> options) {
        client = HazelcastClient.connect(config -> options.accept(config.clusterMembers(address)));
    }

    @Override
    public void use(Dataset dataset) {
        DistributedMap<String, byte[]> map = client.getMap(dataset.mapName());
        BlockingDistributedMap<String, byte[]> blocking = map.blocking();
        for (int i = 0; i < dataset.keyCount(); i++) {
            blocking.set(dataset.key(i), dataset.value());
        }
        state = new State(dataset, map, blocking);
    }

    @Override
    public int call(Operation operation, int key, int caller) {
        State now = state();
        String name = now.dataset.key(key);
        if (operation == Operation.GET) {
            byte[] value = now.blocking.get(name);
            return value == null ? -1 : value.length;
        }
        now.blocking.set(name, now.dataset.value());
        return 0;
    }

    @Override
    public void start(Operation operation, int key, Slot slot) {
        State now = state();
        String name = now.dataset.key(key);
        if (operation == Operation.GET) {
            now.map.get(name).whenComplete(slot);
        } else {
            now.map.set(name, now.dataset.value()).whenComplete(slot);
        }
    }

    private State state() {
        State now = state;
        if (now == null) {
            throw new IllegalStateException("Not told yet which entries to use");
        }
        return now;
    }

    @Override
    public void close() {
        client.close();
    }
}
