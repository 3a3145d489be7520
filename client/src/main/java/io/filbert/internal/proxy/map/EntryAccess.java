// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.proxy.map;

import io.filbert.internal.protocol.Data;
import io.filbert.internal.proxy.ObjectCalls;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** How an {@link EntryUpdate} reads and writes its entry: without a lock, or under the one of the key. */
interface EntryAccess<V> {

    ObjectCalls calls();

    /** The same with what is left of the time limit. */
    EntryAccess<V> endingIn(Duration left);

    /**
     * Locks the key, waiting until somebody else unlocks it. The call must not be cancelled: only its answer says whether there is something
     * to {@link #release}.
     *
     * @return whether it was locked within the time limit; null if no lock is needed
     */
    default @Nullable CompletableFuture<Boolean> lock(Data key, long owner) {
        return null;
    }

    CompletableFuture<@Nullable Fetched<V>> fetch(Data key, long owner);

    /** Whether the value was put. */
    CompletableFuture<Boolean> putIfAbsent(Data key, Data value, long owner);

    /** Whether the value was set; false if the entry has been changed since. */
    CompletableFuture<Boolean> replaceIfSame(Data key, Data oldValue, Data newValue, long owner);

    /** Whether the entry was removed; false if it has been changed since. */
    CompletableFuture<Boolean> removeIfSame(Data key, Data value, long owner);

    /** Unlocks the key if {@link #lock} has locked it, or may have. Completes normally, whether or not it could be unlocked. */
    default CompletableFuture<?> release(Data key, long owner) {
        return CompletableFuture.completedFuture(null);
    }
}
