// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks;

import io.filbert.benchmarks.load.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What to measure.
 *
 * @param rows the workloads, in the order of the report
 * @param rounds how often each contender has its turn in each row
 * @param roundTime how long a turn lasts at most
 * @param warmUp how long each contender runs before the first round of a row
 * @param footprintRuns fresh JVMs for each client; 0 leaves that part out
 * @param micro whether JMH runs too
 * @param out directory for the report
 * @param from a file of results to report again instead of measuring
 */
record Options(
        List<Workload> rows,
        int rounds,
        Duration roundTime,
        Duration warmUp,
        int footprintRuns,
        boolean micro,
        Path out,
        @Nullable Path from,
        boolean help) {

    static final String HELP = """
            Compares Filbert with the official client and with the floor (a bare socket loop), taking turns.

              --quick             a few rows, short rounds: about 3 minutes; without it all rows, about 15 minutes
              --rows a,b,...      only these rows, such as get-100-blocking-1 or set-10240-async-256
                                  (get or set; bytes of the values; blocking callers or async calls in flight; how many)
              --rounds n          turns of each contender in each row (5; quick: 3)
              --round-millis n    length of a turn (1000)
              --warmup-millis n   running of each contender before a row (2000; three times as long before the first)
              --footprint-runs n  fresh JVMs for cold start, threads and classes (5; quick: 3; 0 = leave out)
              --micro             run JMH too (the full run does); --no-micro leaves it out
              --out dir           where performance.md, images/performance.svg and performance-results.tsv go
                                  (benchmark-results)
              --from file         measure nothing: write the report again from a results file
              --faults            compare what the clients do when things go wrong instead; --faults --help tells more
              --help              this text
            """;

    private static final List<String> QUICK_ROWS = List.of(
            "get-100-blocking-1",
            "get-100-blocking-4",
            "get-100-blocking-32",
            "get-100-async-256",
            "get-100-async-2048",
            "set-100-blocking-1",
            "set-100-async-256");

    Options {
        rows = List.copyOf(rows);
    }

    private static final Set<String> FLAGS = Set.of("--quick", "--micro", "--no-micro", "--help");

    private static final Set<String> VALUES =
            Set.of("--rows", "--rounds", "--round-millis", "--warmup-millis", "--footprint-runs", "--out", "--from");

    /** @throws IllegalArgumentException saying which argument cannot be understood */
    static Options parse(String... args) {
        Set<String> flags = new HashSet<>();
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < args.length; i++) {
            if (FLAGS.contains(args[i])) {
                flags.add(args[i]);
            } else if (!VALUES.contains(args[i])) {
                throw new IllegalArgumentException("Unknown option: " + args[i]);
            } else if (i + 1 == args.length) {
                throw new IllegalArgumentException(args[i] + " wants a value");
            } else {
                values.put(args[i], args[++i]);
            }
        }
        boolean quick = flags.contains("--quick");
        String rows = values.get("--rows");
        String from = values.get("--from");
        return new Options(
                rows != null ? rows(List.of(rows.split(",", -1))) : quick ? rows(QUICK_ROWS) : allRows(),
                number(values, "--rounds", 1, quick ? 3 : 5),
                Duration.ofMillis(number(values, "--round-millis", 1, 1000)),
                Duration.ofMillis(number(values, "--warmup-millis", 1, 2000)),
                number(values, "--footprint-runs", 0, quick ? 3 : 5),
                flags.contains("--micro") || (!quick && !flags.contains("--no-micro")),
                Path.of(values.getOrDefault("--out", "benchmark-results")),
                from == null ? null : Path.of(from),
                flags.contains("--help"));
    }

    private static List<Workload> rows(List<String> ids) {
        return ids.stream().map(Workload::parse).toList();
    }

    private static List<Workload> allRows() {
        List<String> ids = new ArrayList<>();
        for (String what : List.of("get-100", "set-100", "get-10240", "set-10240")) {
            Stream.of(1, 4, 32, 256).forEach(callers -> ids.add(what + "-blocking-" + callers));
            Stream.of(16, 256, 2048).forEach(calls -> ids.add(what + "-async-" + calls));
        }
        return rows(ids);
    }

    private static int number(Map<String, String> values, String name, int least, int byDefault) {
        String text = values.get(name);
        if (text == null) {
            return byDefault;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IllegalArgumentException(name + " wants a number from " + least + ", not '" + text + "'");
    }
}
