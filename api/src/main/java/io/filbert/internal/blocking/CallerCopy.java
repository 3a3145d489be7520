// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.blocking;

import io.filbert.error.HazelcastException;
import java.util.ConcurrentModificationException;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Copies a failure that another thread made, so that the stack trace shows where the caller waited, and below that what the other thread
 * was doing. The cause is the original's, not the original: else every printed error would say everything twice, and the reason would be
 * found at another depth than in a future. Classes that are not known here are thrown as they are: a wrapper would change what {@code
 * catch} sees.
 */
final class CallerCopy {

    private static final Map<Class<?>, Function<@Nullable String, RuntimeException>> JDK_CLASSES = Map.ofEntries(
            Map.entry(IllegalArgumentException.class, IllegalArgumentException::new),
            Map.entry(IllegalStateException.class, IllegalStateException::new),
            Map.entry(IllegalMonitorStateException.class, IllegalMonitorStateException::new),
            Map.entry(IllegalThreadStateException.class, IllegalThreadStateException::new),
            Map.entry(NullPointerException.class, NullPointerException::new),
            Map.entry(UnsupportedOperationException.class, UnsupportedOperationException::new),
            Map.entry(ClassCastException.class, ClassCastException::new),
            Map.entry(IndexOutOfBoundsException.class, IndexOutOfBoundsException::new),
            Map.entry(ArrayIndexOutOfBoundsException.class, ArrayIndexOutOfBoundsException::new),
            Map.entry(ArrayStoreException.class, ArrayStoreException::new),
            Map.entry(NegativeArraySizeException.class, NegativeArraySizeException::new),
            Map.entry(ConcurrentModificationException.class, ConcurrentModificationException::new),
            Map.entry(NoSuchElementException.class, NoSuchElementException::new),
            Map.entry(RejectedExecutionException.class, RejectedExecutionException::new),
            Map.entry(CancellationException.class, CancellationException::new),
            Map.entry(SecurityException.class, SecurityException::new));

    /** Stands in a stack trace between the frames of the two threads. */
    private static final StackTraceElement ELSEWHERE =
            new StackTraceElement("---- noticed by a thread of the client ----", "", null, -1);

    private CallerCopy() {}

    static RuntimeException of(Throwable error) {
        if (error instanceof HazelcastException own) {
            return joined(own.copyForCaller(), error);
        }
        Function<@Nullable String, RuntimeException> constructor = JDK_CLASSES.get(error.getClass());
        if (constructor != null) {
            RuntimeException copy = constructor.apply(error.getMessage());
            if (error.getCause() != null) {
                copy.initCause(error.getCause());
            }
            return joined(copy, error);
        }
        return error instanceof RuntimeException unchecked ? unchecked : new CompletionException(error);
    }

    private static RuntimeException joined(RuntimeException copy, Throwable original) {
        copy.setStackTrace(
                Stream.of(Stream.of(copy.getStackTrace()), Stream.of(ELSEWHERE), Stream.of(original.getStackTrace()))
                        .flatMap(frames -> frames)
                        .toArray(StackTraceElement[]::new));
        for (Throwable suppressed : original.getSuppressed()) {
            copy.addSuppressed(suppressed);
        }
        return copy;
    }
}
