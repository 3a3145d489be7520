// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit.faults;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The messages a listener was given: when first, and how often. Thread-safe. */
final class MessageLog implements Consumer<String> {

    private record Heard(long nanos, AtomicInteger times) {}

    private final Map<String, Heard> heard = new ConcurrentHashMap<>();

    @Override
    public void accept(String message) {
        heard.computeIfAbsent(message, key -> new Heard(System.nanoTime(), new AtomicInteger()))
                .times
                .incrementAndGet();
    }

    boolean hasHeard(String message) {
        return heard.containsKey(message);
    }

    /** When a message that was heard was heard first, by {@link System#nanoTime}. */
    long firstHeard(String message) {
        Heard found = heard.get(message);
        if (found == null) {
            throw new IllegalArgumentException("Not heard: " + message);
        }
        return found.nanos;
    }

    /** How many messages were heard more than once. */
    long heardAgain() {
        return heard.values().stream().filter(one -> one.times.get() > 1).count();
    }
}
