// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit.faults;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A client that needs no cluster: it keeps everything to itself, and does everything right. Thread-safe. */
public class MyClient implements ClientUnderTest {

    final Map<String, String> entries = new ConcurrentHashMap<>();
    volatile Consumer<String> listener = message -> {};
    volatile Consumer<String> entryListener = key -> {};

    MyClient() {}

    @Override
    public CompletionStage<?> write(String key, String value) {
        if (entries.put(key, value) == null) {
            entryListener.accept(key);
        }
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<@Nullable String> read(String key) {
        return CompletableFuture.completedFuture(entries.get(key));
    }

    @Override
    public CompletionStage<?> publish(String message) {
        listener.accept(message);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void listen(Consumer<String> newListener) {
        listener = newListener;
    }

    @Override
    public void listenToEntries(Consumer<String> newListener) {
        entryListener = newListener;
    }

    @Override
    public void close() {}

    /** Made by name in the process of the load. */
    public static final class Factory implements ClientUnderTest.Factory {

        /** For the process of the load. */
        public Factory() {}

        @Override
        public ClientUnderTest connect(ClientOptions options) {
            return new MyClient();
        }
    }
}
