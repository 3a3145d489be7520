// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks.faults;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.client.config.RoutingMode;
import com.hazelcast.config.SSLConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.map.listener.EntryAddedListener;
import com.hazelcast.topic.ITopic;
import io.filbert.testkit.faults.ClientOptions;
import io.filbert.testkit.faults.ClientUnderTest;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The official client as the faults see it. Thread-safe. */
final class OfficialUnderTest implements ClientUnderTest {

    private final HazelcastInstance client;
    private final IMap<String, String> map;
    private final ITopic<String> topic;

    /** Made by name in the process of the load. */
    public static final class Factory implements ClientUnderTest.Factory {

        /** For the process of the load. */
        public Factory() {}

        @Override
        public ClientUnderTest connect(ClientOptions options) {
            return new OfficialUnderTest(options);
        }
    }

    private OfficialUnderTest(ClientOptions options) {
        client = HazelcastClient.newHazelcastClient(config(options));
        map = client.getMap("faults");
        topic = client.getTopic("faults");
    }

    private static ClientConfig config(ClientOptions options) {
        ClientConfig config = new ClientConfig();
        config.setProperty("hazelcast.logging.type", "jdk");
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.client.heartbeat.interval", millis(options.heartbeatInterval()));
        config.setProperty("hazelcast.client.heartbeat.timeout", millis(options.heartbeatTimeout()));
        config.setProperty(
                "hazelcast.client.invocation.timeout.seconds",
                String.valueOf(options.callDeadline().toSeconds()));
        config.setProperty("hazelcast.client.operation.fail.on.indeterminate.state", "true");
        config.getNetworkConfig().setAddresses(options.addresses());
        config.getNetworkConfig().getAutoDetectionConfig().setEnabled(false);
        config.getNetworkConfig()
                .getClusterRoutingConfig()
                .setRoutingMode(options.smartRouting() ? RoutingMode.ALL_MEMBERS : RoutingMode.SINGLE_MEMBER);
        config.getConnectionStrategyConfig()
                .getConnectionRetryConfig()
                .setInitialBackoffMillis((int) options.firstPause().toMillis())
                .setMaxBackoffMillis((int) options.longestPause().toMillis());
        if (options.trustedCertificate() != null) {
            config.getNetworkConfig().setSSLConfig(new SSLConfig().setEnabled(true));
        }
        return config;
    }

    private static String millis(Duration duration) {
        return String.valueOf(duration.toMillis());
    }

    /** So that callbacks run on the client's own threads and not on ones started for the purpose. */
    private static <T extends @Nullable Object> CompletionStage<T> direct(CompletionStage<T> stage) {
        CompletableFuture<T> own = new CompletableFuture<>();
        stage.whenCompleteAsync(
                (result, failure) -> {
                    if (failure == null) {
                        own.complete(result);
                    } else {
                        own.completeExceptionally(failure);
                    }
                },
                Runnable::run);
        return own;
    }

    @Override
    public CompletionStage<?> write(String key, String value) {
        return direct(map.setAsync(key, value));
    }

    @Override
    public CompletionStage<@Nullable String> read(String key) {
        return direct(map.getAsync(key));
    }

    @Override
    public CompletionStage<?> publish(String message) {
        return direct(topic.publishAsync(message));
    }

    @Override
    public void listen(Consumer<String> listener) {
        UUID ignored = topic.addMessageListener(message -> listener.accept(message.getMessageObject()));
    }

    @Override
    public void listenToEntries(Consumer<String> listener) {
        EntryAddedListener<String, String> added = event -> listener.accept(event.getKey());
        UUID ignored = map.addEntryListener(added, false);
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
