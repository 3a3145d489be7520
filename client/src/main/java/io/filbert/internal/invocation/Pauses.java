// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.invocation;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Pauses between calls that make up one call of the user. They end when the client closes, so that nobody waits for ever. Thread-safe. */
final class Pauses {

    private static final class Pause {
        private final CompletableFuture<Void> over = new CompletableFuture<>();
    }

    private final ScheduledExecutorService timer;
    private final Set<Pause> pending = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Pauses(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /** Completes when the time has passed or the client closes, on a thread that must not run code of the user. */
    CompletableFuture<Void> pause(Duration time) {
        Pause pause = new Pause();
        pending.add(pause);
        try {
            var ignored = timer.schedule(() -> end(pause), time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            end(pause);
        }
        if (closed) {
            end(pause); // it may have come too late for close()
        }
        return pause.over;
    }

    private void end(Pause pause) {
        pending.remove(pause);
        pause.over.complete(null);
    }

    /** Ends all pauses, and later ones at once. */
    void close() {
        closed = true;
        pending.forEach(this::end);
    }
}
