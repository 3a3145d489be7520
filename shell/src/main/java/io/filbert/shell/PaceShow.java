// SPDX-License-Identifier: Apache-2.0
package io.filbert.shell;

import io.filbert.map.BlockingDistributedMap;
import io.filbert.map.DistributedMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Gives a feeling for speed. It measures little and warms up briefly; the benchmarks do it properly. */
final class PaceShow {

    private static final int ENTRIES = 10_000;
    private static final int BATCH = 100;
    private static final int SINGLE_GETS = 3_000;

    private final Screen screen;
    private final DistributedMap<Integer, String> map;
    private final BlockingDistributedMap<Integer, String> blocking;

    PaceShow(Screen screen, Stage stage) {
        this.screen = screen;
        this.map = stage.map("pace");
        this.blocking = map.blocking();
    }

    void run() {
        screen.heading("Pace");
        putAll();
        walk();
        oneByOne();
        pipelined();
        screen.note("A glimpse, on a JVM just started. For figures that mean something: filbert bench");
    }

    private void putAll() {
        Map<Integer, String> entries = new HashMap<>();
        for (int key = 0; key < ENTRIES; key++) {
            entries.put(key, value(key));
        }
        long begin = System.nanoTime();
        blocking.putAll(entries);
        Duration took = since(begin);
        Expect.that("size", blocking.size(), ENTRIES);
        screen.fact("putAll of " + Screen.count(ENTRIES) + " entries", screen.time(took));
    }

    private void walk() {
        long begin = System.nanoTime();
        long keys = 0;
        int seen = 0;
        for (Map.Entry<Integer, String> entry : blocking.entries(BATCH)) {
            Expect.that("a walk", entry.getValue(), value(entry.getKey()));
            keys += entry.getKey();
            seen++;
        }
        Duration took = since(begin);
        Expect.that("a walk over all entries", seen, ENTRIES);
        Expect.that("the sum of all keys", keys, (long) ENTRIES * (ENTRIES - 1) / 2);
        screen.fact("Walk over all of them, " + BATCH + " at a time", screen.time(took) + ", in constant memory");
    }

    private void oneByOne() {
        long[] nanos = new long[SINGLE_GETS];
        long begin = System.nanoTime();
        for (int i = 0; i < SINGLE_GETS; i++) {
            long sent = System.nanoTime();
            String value = blocking.get(i);
            nanos[i] = System.nanoTime() - sent;
            Expect.that("get", value, value(i));
        }
        Duration took = since(begin);
        Arrays.sort(nanos);
        screen.fact(
                Screen.count(SINGLE_GETS) + " gets, one after the other",
                perSecond(SINGLE_GETS, took) + ", p50 " + screen.time(Duration.ofNanos(nanos[SINGLE_GETS / 2]))
                        + ", p99 " + screen.time(Duration.ofNanos(nanos[SINGLE_GETS * 99 / 100])));
    }

    private void pipelined() {
        List<CompletableFuture<String>> answers = new ArrayList<>(ENTRIES);
        long begin = System.nanoTime();
        for (int key = 0; key < ENTRIES; key++) {
            answers.add(map.get(key));
        }
        CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new)).join();
        Duration took = since(begin);
        for (int key = 0; key < ENTRIES; key++) {
            Expect.that("get", answers.get(key).join(), value(key));
        }
        screen.fact(
                Screen.count(ENTRIES) + " gets without waiting in between",
                perSecond(ENTRIES, took) + ", all in " + screen.time(took));
    }

    private static String value(int key) {
        return "value of " + key;
    }

    private static String perSecond(int calls, Duration took) {
        long rate = Math.round(calls / (took.toNanos() / 1e9));
        return Screen.count(rate / 1_000 * 1_000) + " per second";
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
