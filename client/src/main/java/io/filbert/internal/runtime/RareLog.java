// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.runtime;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Log lines about what goes on failing: each subject has its line at most once in a while, and then it says how many were left out.
 * Thread-safe.
 */
public final class RareLog {

    /** At most one line in this time about one subject. */
    static final Duration PAUSE = Duration.ofSeconds(10);

    /** More subjects than a client has members; the one that was longest silent is forgotten first. */
    private static final int MOST_SUBJECTS = 512;

    private record Failure(Object subject, Class<?> cause) {}

    private static final class Subject {
        long loggedNanos;
        int suppressed;
    }

    private final ClientLog log;
    private final LongSupplier nanoClock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Object, Subject> subjects = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Subject> eldest) {
            return size() > MOST_SUBJECTS;
        }
    };

    public RareLog(ClientLog log) {
        this(log, System::nanoTime);
    }

    RareLog(ClientLog log, LongSupplier nanoClock) {
        this.log = log;
        this.nanoClock = nanoClock;
    }

    /**
     * Something an operator should act on.
     *
     * @param subject what the line is about, such as what was tried and with which member
     */
    public void warning(Object subject, String message) {
        log(subject, message, null, log::warning);
    }

    /** A change of state, or an attempt at one, that operators want to know. */
    public void info(Object subject, String message) {
        log(subject, message, null, log::info);
    }

    /**
     * Something that should not have happened. Each class of causes is a subject of its own, so that one failure does not hide another.
     */
    public void error(Object subject, String message, Throwable cause) {
        log(new Failure(subject, cause.getClass()), message, cause, line -> log.error(line, cause));
    }

    private void log(Object subject, String message, @Nullable Throwable cause, Consumer<String> line) {
        String tail = tail(subject);
        if (tail == null) {
            log.debug(() -> cause == null ? message : message + ": " + cause);
        } else {
            line.accept(message + tail);
        }
    }

    /** What is to be added to the line; null if there shall be none. */
    private @Nullable String tail(Object subject) {
        lock.lock();
        try {
            long now = nanoClock.getAsLong();
            Subject known = subjects.get(subject);
            if (known == null) {
                known = new Subject();
                subjects.put(subject, known);
            } else if (now - known.loggedNanos < PAUSE.toNanos()) {
                known.suppressed++;
                return null;
            }
            String tail = known.suppressed == 0
                    ? ""
                    : " (and " + known.suppressed + " more times in the last "
                            + TimeUnit.NANOSECONDS.toSeconds(now - known.loggedNanos) + " s)";
            known.loggedNanos = now;
            known.suppressed = 0;
            return tail;
        } finally {
            lock.unlock();
        }
    }
}
