// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks.load;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One place in the window of an asynchronous load; used for one call after the other so that the harness allocates nothing.
 *
 * <p>Written by the thread that starts a call, then by the one that ends it; the {@link Window} orders the two.
 */
public final class Slot implements BiConsumer<@Nullable Object, @Nullable Throwable> {

    private final int index;
    private final Window window;
    long startNanos;
    long endNanos;
    int resultBytes;

    @Nullable
    Throwable failure;

    Slot(int index, Window window) {
        this.index = index;
        this.window = window;
    }

    /** Which place this is, from 0. */
    public int index() {
        return index;
    }

    /** The end of a call on a future. */
    @Override
    public void accept(@Nullable Object value, @Nullable Throwable error) {
        failure = error;
        end(value instanceof byte[] bytes ? bytes.length : 0);
    }

    /** The end of a call that succeeded. */
    public void end(int bytes) {
        resultBytes = bytes;
        endNanos = System.nanoTime();
        window.release(index);
    }
}
