// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * JUnit extension that fails a test which leaves something behind: threads whose names begin with {@code filbert-} or
 * {@code testkit-}, TCP sockets on the loopback interface (on Linux; not looked for elsewhere), and whatever {@link #watch
 * watched} probes find. What was there before the test does not count. Things get a few seconds to go away.
 *
 * <p>Put {@link NoLeaks @NoLeaks} on the test class. The check looks at the whole JVM, so tests of one JVM must not run in
 * parallel. Thread-safe.
 */
public final class LeakCheck implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

    private static final long DEFAULT_GRACE_MILLIS = 5_000;
    private static final List<String> THREAD_NAMES = List.of("filbert-", "testkit-");
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(LeakCheck.class);

    /** Probes of the test that runs; emptied after the check. */
    private static final List<LeakProbe> PROBES = new CopyOnWriteArrayList<>();

    /** Made by JUnit. */
    public LeakCheck() {}

    /** What is there at one moment: the threads, and the sockets by inode. */
    private record Snapshot(Set<Thread> threads, Map<String, String> sockets) {

        static Snapshot take() {
            return new Snapshot(watchedThreads(), LoopbackSockets.open());
        }
    }

    /** Has one more thing looked at when the running test, or class, ends; after that it is forgotten. */
    public static void watch(LeakProbe probe) {
        PROBES.add(requireNonNull(probe, "probe"));
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (scope(context) == NoLeaks.Scope.CLASS) {
            begin(context);
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (scope(context) == NoLeaks.Scope.TEST) {
            begin(context);
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (scope(context) == NoLeaks.Scope.TEST) {
            end(context);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (scope(context) == NoLeaks.Scope.CLASS) {
            end(context);
        }
    }

    private static void begin(ExtensionContext context) {
        context.getStore(NAMESPACE).put(Snapshot.class, Snapshot.take());
    }

    private static void end(ExtensionContext context) {
        Snapshot before = context.getStore(NAMESPACE).remove(Snapshot.class, Snapshot.class);
        Duration grace = Duration.ofMillis(graceMillis(context));
        try {
            if (!Deadline.after(grace).pollUninterruptibly(() -> leaks(before).isEmpty())) {
                List<String> leaks = leaks(before);
                if (!leaks.isEmpty()) {
                    throw new AssertionError(context.getDisplayName() + " left something behind, " + grace.toMillis()
                            + " ms after its end:\n" + String.join("\n", leaks));
                }
            }
        } finally {
            PROBES.clear();
        }
    }

    private static List<String> leaks(Snapshot before) {
        List<String> leaks = new ArrayList<>();
        for (Thread thread : watchedThreads()) {
            if (!before.threads().contains(thread)) {
                leaks.add(describe(thread));
            }
        }
        LoopbackSockets.open().forEach((inode, description) -> {
            if (!before.sockets().containsKey(inode)) {
                leaks.add("socket " + description);
            }
        });
        PROBES.forEach(probe -> leaks.addAll(probe.leaks()));
        return leaks;
    }

    private static Set<Thread> watchedThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> THREAD_NAMES.stream().anyMatch(thread.getName()::startsWith))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String describe(Thread thread) {
        StringBuilder text = new StringBuilder("thread ").append(thread.getName());
        for (StackTraceElement frame : thread.getStackTrace()) {
            text.append("\n    at ").append(frame);
        }
        return text.toString();
    }

    private static NoLeaks.Scope scope(ExtensionContext context) {
        return onClass(context).map(NoLeaks::value).orElse(NoLeaks.Scope.TEST);
    }

    private static long graceMillis(ExtensionContext context) {
        return context.getElement()
                .flatMap(element -> AnnotationSupport.findAnnotation(element, NoLeaks.class))
                .or(() -> onClass(context))
                .map(NoLeaks::graceMillis)
                .orElse(DEFAULT_GRACE_MILLIS);
    }

    /** The annotation of the test class or, for a nested one, of a class around it. */
    private static Optional<NoLeaks> onClass(ExtensionContext context) {
        for (Class<?> type = context.getRequiredTestClass(); type != null; type = type.getEnclosingClass()) {
            Optional<NoLeaks> found = AnnotationSupport.findAnnotation(type, NoLeaks.class);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }
}
