// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit.faults;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** What a listener heard of calls of one kind: when first, and how often. Thread-safe. */
final class ListenerLog implements Consumer<String> {

    private record Heard(long nanos, AtomicInteger times) {}

    private final Call.Kind kind;
    private final Map<String, Heard> heard = new ConcurrentHashMap<>();

    ListenerLog(Call.Kind kind) {
        this.kind = kind;
    }

    @Override
    public void accept(String text) {
        heard.computeIfAbsent(text, key -> new Heard(System.nanoTime(), new AtomicInteger()))
                .times
                .incrementAndGet();
    }

    boolean hasHeard(Call call) {
        return call.kind == kind && heard.containsKey(call.text);
    }

    /** Whether it is a call to be heard of, and nothing was. */
    boolean lacks(Call call) {
        return call.kind == kind && !heard.containsKey(call.text);
    }

    /** Whether the cluster acknowledged it and nothing was heard. */
    boolean missed(Call call) {
        return lacks(call) && call.succeeded();
    }

    /** When a call that was heard of was heard of first, by {@link System#nanoTime}. */
    long firstHeard(Call call) {
        Heard found = heard.get(call.text);
        if (found == null) {
            throw new IllegalArgumentException("Not heard: " + call.text);
        }
        return found.nanos;
    }

    /** Of how many calls more was heard than once. */
    long heardAgain() {
        return heard.values().stream().filter(one -> one.times.get() > 1).count();
    }
}
