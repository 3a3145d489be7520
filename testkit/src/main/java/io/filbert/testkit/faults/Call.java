// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit.faults;

import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One call and what became of it; the callback of its own future. Thread-safe. */
final class Call implements BiConsumer<@Nullable Object, @Nullable Throwable> {

    enum Kind {
        WRITE,
        READ,
        PUBLISH
    }

    final Kind kind;

    /** What was written, read or published, and under which name. */
    final String text;

    final long startNanos;
    private final AtomicInteger ends = new AtomicInteger();
    private volatile long endNanos;
    private volatile @Nullable String failure;
    private volatile boolean absent;
    private volatile boolean ended;

    Call(Kind kind, String text, long startNanos) {
        this.kind = kind;
        this.text = text;
        this.startNanos = startNanos;
    }

    @Override
    public void accept(@Nullable Object result, @Nullable Throwable thrown) {
        long now = System.nanoTime();
        if (ends.incrementAndGet() > 1) {
            return;
        }
        endNanos = now;
        if (thrown != null) {
            Throwable cause =
                    thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
            failure = kind + ": " + cause.getClass().getSimpleName() + ": " + cause.getMessage();
        } else if (kind == Kind.READ && result == null) {
            absent = true;
        } else if (kind == Kind.READ && !text.equals(result)) {
            failure = "READ: got " + result + " instead of " + text;
        }
        ended = true;
    }

    boolean hasEnded() {
        return ended;
    }

    boolean succeeded() {
        return ended && failure == null;
    }

    /** Whether its future called back more than once. */
    boolean endedTwice() {
        return ends.get() > 1;
    }

    /** Whether it read an entry that had been acknowledged and found none. */
    boolean foundNothing() {
        return absent;
    }

    @Nullable
    String failure() {
        return failure;
    }

    long endNanos() {
        return endNanos;
    }

    /** How long it took or, if it has not ended, has been under way. */
    long nanos(long nowNanos) {
        return (ended ? endNanos : nowNanos) - startNanos;
    }
}
