// SPDX-License-Identifier: Apache-2.0
package io.filbert.shell;

import io.filbert.map.BlockingDistributedMap;
import io.filbert.map.EntryView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** What a map can do with single entries and with a few at once. */
final class MapShow {

    /** Not one second: members may round a time to live down to whole seconds of their clock. */
    private static final Duration TTL = Duration.ofSeconds(2);

    private static final Duration EXPIRY_PATIENCE = Duration.ofSeconds(10);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

    private final Screen screen;
    private final BlockingDistributedMap<String, String> map;

    MapShow(Screen screen, Stage stage) {
        this.screen = screen;
        this.map = stage.<String, String>map("basics").blocking();
    }

    void run() {
        screen.heading("Map basics");
        map.put("visitor", "badge 7", TTL);
        long putAt = System.nanoTime();
        atomicChanges();
        severalAtOnce();
        entryView();
        expiry(putAt);
    }

    private void atomicChanges() {
        show("putIfAbsent(\"Alice\", \"IT\")", map.putIfAbsent("Alice", "IT"), null);
        show("putIfAbsent(\"Alice\", \"Sales\")", map.putIfAbsent("Alice", "Sales"), "IT");
        show("replaceIfSame(\"Alice\", \"IT\", \"Legal\")", map.replaceIfSame("Alice", "IT", "Legal"), true);
        show("replaceIfSame(\"Alice\", \"IT\", \"Sales\")", map.replaceIfSame("Alice", "IT", "Sales"), false);
        show("merge(\"Alice\", \", IT\", String::concat)", map.merge("Alice", ", IT", String::concat), "Legal, IT");
    }

    private void severalAtOnce() {
        map.putAll(Map.of("Bob", "IT", "Clark", "IT"));
        Map<String, String> found = new TreeMap<>(map.getAll(List.of("Bob", "Clark", "Nobody")));
        show("getAll(\"Bob\", \"Clark\", \"Nobody\")", found, Map.of("Bob", "IT", "Clark", "IT"));
    }

    private void entryView() {
        EntryView<String, String> view = Objects.requireNonNull(map.getEntryView("Alice"), "the entry of Alice");
        Expect.that("getEntryView", view.value(), "Legal, IT");
        screen.fact("getEntryView(\"Alice\")", "changed " + view.version() + " times, takes " + view.cost() + " bytes");
    }

    private void expiry(long putAt) {
        long deadline = putAt + EXPIRY_PATIENCE.toNanos();
        String last = map.get("visitor");
        screen.fact("put(\"visitor\", \"badge 7\", ttl 2 s), get", String.valueOf(last));
        while (map.get("visitor") != null) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("An entry with a time to live of " + TTL.toSeconds()
                        + " s is still there after " + EXPIRY_PATIENCE.toSeconds() + " s");
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
        screen.fact(
                "get again", "null after " + screen.time(Duration.ofNanos(System.nanoTime() - putAt)) + ": it expired");
    }

    private void show(String call, @Nullable Object answer, @Nullable Object expected) {
        Expect.that(call, answer, expected);
        screen.fact(call, String.valueOf(answer));
    }
}
