// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks.faults;

import io.filbert.HazelcastClient;
import io.filbert.map.DistributedMap;
import io.filbert.map.EntryEvent;
import io.filbert.map.EntryListener;
import io.filbert.testkit.faults.ClientOptions;
import io.filbert.testkit.faults.ClientUnderTest;
import io.filbert.topic.Topic;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Filbert as the faults see it. Thread-safe. */
final class FilbertUnderTest implements ClientUnderTest {

    private final HazelcastClient client;
    private final DistributedMap<String, String> map;
    private final Topic<String> topic;

    /** Made by name in the process of the load. */
    public static final class Factory implements ClientUnderTest.Factory {

        /** For the process of the load. */
        public Factory() {}

        @Override
        public ClientUnderTest connect(ClientOptions options) {
            return new FilbertUnderTest(options);
        }
    }

    private FilbertUnderTest(ClientOptions options) {
        Path trusted = options.trustedCertificate();
        client = HazelcastClient.connect(config -> {
            config.clusterMembers(options.addresses())
                    .smartRouting(options.smartRouting())
                    .invocationTimeout(options.callDeadline())
                    .heartbeatInterval(options.heartbeatInterval())
                    .heartbeatTimeout(options.heartbeatTimeout())
                    .retryInitialBackoff(options.firstPause())
                    .retryMaxBackoff(options.longestPause())
                    .failOnIndeterminateOperationState(true);
            if (trusted != null) {
                config.tls(tls -> tls.caFile(trusted));
            }
        });
        map = client.getMap("faults");
        topic = client.getTopic("faults");
    }

    @Override
    public CompletionStage<?> write(String key, String value) {
        return map.set(key, value);
    }

    @Override
    public CompletionStage<@Nullable String> read(String key) {
        return map.get(key);
    }

    @Override
    public CompletionStage<?> publish(String message) {
        return topic.publish(message);
    }

    @Override
    public void listen(Consumer<String> listener) {
        topic.blocking().addListener(message -> listener.accept(message.message()));
    }

    @Override
    public void listenToEntries(Consumer<String> listener) {
        map.blocking()
                .addEntryListener(
                        new EntryListener<>() {
                            @Override
                            public void entryAdded(EntryEvent<String, String> event) {
                                listener.accept(event.key());
                            }
                        },
                        false);
    }

    @Override
    public void close() {
        client.close();
    }
}
