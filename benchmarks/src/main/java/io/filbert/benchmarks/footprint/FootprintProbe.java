// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks.footprint;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The main class of a probe's JVM: connects, gets once, gets a thousand times, and prints one line.
 *
 * <p>Classes are counted by the one who started it, from the JVM's log up to the loading of {@link EndOfWork}: the management
 * beans that could count them here bring hundreds of their own.
 */
public final class FootprintProbe {

    static final String ANSWER = "@footprint ";
    static final int GETS = 1000;

    /** Its loading marks in the log that the client has done its work. */
    static final class EndOfWork {
        private EndOfWork() {}

        static long nanoTime() {
            return System.nanoTime();
        }
    }

    private FootprintProbe() {}

    /** @param args {@code filbert} or {@code official}, the member's address, a map and a key in it */
    @SuppressWarnings("SystemOut") // standard output carries the answer
    public static void main(String[] args) {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        long start = System.nanoTime();
        try (ProbedClient client = args[0].equals("filbert") ? new FilbertProbe(args[1]) : new OfficialProbe(args[1])) {
            long connected = System.nanoTime();
            requirePresent(client.get(args[2], args[3]));
            long first = System.nanoTime();
            for (int i = 1; i < GETS; i++) {
                requirePresent(client.get(args[2], args[3]));
            }
            long end = EndOfWork.nanoTime();
            Set<Thread> threads = Thread.getAllStackTraces().keySet();
            String names = threads.stream()
                    .filter(thread -> !before.contains(thread))
                    .map(thread -> thread.getName().replace(' ', '_'))
                    .collect(Collectors.toCollection(TreeSet::new))
                    .stream()
                    .collect(Collectors.joining(","));
            System.out.println(String.format(
                    Locale.ROOT,
                    "%sconnect=%d first=%d rest=%d threads=%s",
                    ANSWER,
                    connected - start,
                    first - start,
                    end - first,
                    names));
        }
    }

    private static void requirePresent(byte @Nullable [] value) {
        if (value == null) {
            throw new IllegalStateException("The key has no value");
        }
    }
}
