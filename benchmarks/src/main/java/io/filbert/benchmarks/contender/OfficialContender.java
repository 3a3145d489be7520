// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks.contender;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.filbert.benchmarks.load.Contender;
import io.filbert.benchmarks.load.Dataset;
import io.filbert.benchmarks.load.Operation;
import io.filbert.benchmarks.load.Slot;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The official client. Its thread counts and the like are tuned by system properties, which it reads itself. */
final class OfficialContender implements Contender {

    private final HazelcastInstance client;
    private final @Nullable Executor callbacks;
    private @Nullable State state;

    private record State(Dataset dataset, IMap<String, byte[]> map) {}

    /** @param callbacks runs what is attached to futures; null leaves that to the client's default */
    OfficialContender(String address, @Nullable Executor callbacks) {
        this.callbacks = callbacks;
        client = HazelcastClient.newHazelcastClient(config(address));
    }

    static ClientConfig config(String address) {
        ClientConfig config = new ClientConfig();
        config.setProperty("hazelcast.logging.type", "none");
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.getNetworkConfig().addAddress(address).getAutoDetectionConfig().setEnabled(false);
        return config;
    }

    @Override
    public void use(Dataset dataset) {
        IMap<String, byte[]> map = client.getMap(dataset.mapName());
        for (int i = 0; i < dataset.keyCount(); i++) {
            map.set(dataset.key(i), dataset.value());
        }
        state = new State(dataset, map);
    }

    @Override
    public int call(Operation operation, int key, int caller) {
        State now = state();
        String name = now.dataset.key(key);
        if (operation == Operation.GET) {
            byte[] value = now.map.get(name);
            return value == null ? -1 : value.length;
        }
        now.map.set(name, now.dataset.value());
        return 0;
    }

    @Override
    public void start(Operation operation, int key, Slot slot) {
        State now = state();
        String name = now.dataset.key(key);
        CompletionStage<?> stage =
                operation == Operation.GET ? now.map.getAsync(name) : now.map.setAsync(name, now.dataset.value());
        if (callbacks == null) {
            stage.whenComplete(slot);
        } else {
            stage.whenCompleteAsync(slot, callbacks);
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
        client.shutdown();
    }
}
