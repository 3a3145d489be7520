// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit.faults;

import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A client as the load sees it: one map, one topic. Calls come from one thread, callbacks on any. */
public interface ClientUnderTest extends AutoCloseable {

    /** Writes an entry; completes when the cluster has acknowledged it, backups included. */
    CompletionStage<?> write(String key, String value);

    /** Reads an entry; completes with null if there is none. */
    CompletionStage<@Nullable String> read(String key);

    /** Publishes a message on the topic; completes when the cluster has taken it. */
    CompletionStage<?> publish(String message);

    /** Has the listener called for each message of the topic from now on. */
    void listen(Consumer<String> listener);

    /** Has the listener called with the key of each entry that is added to the map from now on, not of those that change. */
    void listenToEntries(Consumer<String> listener);

    /** Ends the client. */
    @Override
    void close();

    /** Connects clients; implementations have a public constructor without parameters, because they are made in another process. */
    interface Factory {

        /** Returns when the client is connected. */
        ClientUnderTest connect(ClientOptions options) throws Exception;
    }
}
